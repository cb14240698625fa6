import { expect } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../../shared/core/catalogue/catalogue.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { digestOf } from '../../../../shared/core/values/digest.ts';
import { lastYearOf, newestPublication } from '../../../../shared/core/year/last-year.ts';
import { type Warning, warningSchema } from '../../../../shared/core/year/warning.ts';
import { foldYear, type LastYear } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, recorded, type Said } from '../small-year.ts';

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
export function warningsIn(happenings: Payload[], catalogue: Catalogue, lastYear?: LastYear): Warning[] {
  const all = warningsOf(foldYear(adoptedAlone(catalogue), recorded(catalogue, happenings), lastYear));
  for (const warning of all) warningSchema.parse(warning);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  return all;
}

/** The months and rules of the warnings on a year. */
export function saidIn(happenings: Payload[], catalogue: Catalogue, lastYear?: LastYear): string[] {
  return warningsIn(happenings, catalogue, lastYear).map(
    ({ period, finding }) => `${period} ${finding.rule}`,
  );
}

type Accepted = Extract<Payload, { kind: 'return-accepted' }>;

/** The year 2022 of what was accepted then, as its publications have it, each of which counts the uploads given. */
export function publishedYear(
  returns: Accepted[],
  publications: { number: number; counts: Accepted[] }[] = [{ number: 1, counts: returns }],
): LastYear | undefined {
  const published = publications.map(({ number, counts }): Payload => {
    const counted: Record<string, Record<string, string>> = {};
    for (const { department, period, upload } of counts)
      counted[department] = { ...counted[department], [period]: uploadId(upload) };
    const digest = digestOf(counted);
    return { kind: 'published', year: 2022, number, digest, manifest: digest, counts: counted } as Payload;
  });
  const events = recorded({ ...catalogueOf({ indicators: [indicator('x')] }), year: 2022 }, [
    ...returns,
    ...published,
  ]);
  const newest = newestPublication(events);
  return newest && lastYearOf(newest, events);
}
