import { expect } from 'vitest';
import type { Catalogue } from '../../../../shared/core/catalogue/catalogue.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { type Warning, warningSchema, warningsOf } from '../../../../shared/core/year/warnings.ts';
import { accepted, type Said, stateOf } from '../small-year.ts';

/** The months of a year that goes on long enough to be warned about. */
export const months = [1, 2, 3, 4, 5, 6, 7, 8];

/** A rule over the year to date. */
export const toDate = (expression: string) => [
  { id: 'balance', over: 'year-to-date', expression, message: '收到数不小于办结数。' },
];

/** What one department says from January on; nothing of a month that it did not report. */
export function year(...said: (Record<string, Said> | undefined)[]): Payload[] {
  return said.flatMap((figures, index) =>
    figures === undefined ? [] : [accepted('jia', `2023-0${index + 1}`, figures)],
  );
}

/** The warnings on a year, each as its schema has it and none twice. */
export function warningsIn(happenings: Payload[], catalogue: Catalogue): Warning[] {
  const all = warningsOf(stateOf(catalogue, happenings));
  for (const warning of all) warningSchema.parse(warning);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  return all;
}

/** The months and rules of the warnings on a year. */
export function saidIn(happenings: Payload[], catalogue: Catalogue): string[] {
  return warningsIn(happenings, catalogue).map(({ period, finding }) => `${period} ${finding.rule}`);
}
