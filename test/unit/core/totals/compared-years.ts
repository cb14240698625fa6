import { expect } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import type { EventOf, Payload } from '../../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import { comparisonsOf } from '../../../../shared/core/totals/comparisons.ts';
import {
  type PeriodComparison,
  periodComparisonSchema,
} from '../../../../shared/core/totals/period-comparison.ts';
import { digestOf } from '../../../../shared/core/values/digest.ts';
import { lastYearOf, newestPublication } from '../../../../shared/core/year/last-year.ts';
import { foldYear, type LastYear, type YearState } from '../../../../shared/core/year/year-state.ts';
import { accepted, adoption, catalogueFile, catalogueOf, recorded, type Said } from '../small-year.ts';

export type Parts = Parameters<typeof catalogueFile>[0];
/** What each department said in each month; a month left out was not reported. */
export type Figures = Record<string, (Record<string, Said> | undefined)[]>;

/** The same for the year before. */
export function catalogueOf2022(parts: Parts): Catalogue {
  const file = catalogueFile(parts);
  const back = (text: string) => text.replace(/^20[0-9]{2}/, (year) => String(Number(year) - 1));
  const periods = file.periods.map(({ period, due, cutOff }) => ({
    period: back(period),
    due: back(due),
    cutOff: back(cutOff),
  }));
  return catalogueSchema.parse({ ...file, year: 2022, periods });
}

function returnsOf(year: number, figures: Figures) {
  return Object.entries(figures).flatMap(([department, months]) =>
    months.flatMap((said, index) => {
      const period = `${year}-${String(index + 1).padStart(2, '0')}`;
      return said === undefined ? [] : [accepted(department, period, said)];
    }),
  );
}

/** The year 2022 as a publication of all its returns has it. */
export function lastYear(parts: Parts, figures: Figures): LastYear {
  const catalogue = catalogueOf2022(parts);
  const returns = returnsOf(2022, figures);
  const counts: EventOf<'published'>['happening']['counts'] = {};
  for (const { department, period, upload } of returns)
    counts[department] = { ...counts[department], [period]: uploadId(upload) };
  const digest = digestOf(counts);
  const published: Payload = { kind: 'published', year: 2022, number: 1, digest, manifest: digest, counts };
  const events = recorded(catalogue, [adoption(catalogue), ...returns, published]);
  return lastYearOf(newestPublication(events)!, events, adoptedAlone(catalogue));
}

/** The year 2023 beside another. */
export function yearBeside(parts: Parts, figures: Figures, before?: LastYear): YearState {
  const catalogue = catalogueOf(parts);
  const events = recorded(catalogue, [adoption(catalogue), ...returnsOf(2023, figures)]);
  return foldYear(adoptedAlone(catalogue), events, before);
}

/** The comparisons of an indicator, each as its schema has it, by month. */
export function comparisonsIn(state: YearState, indicator = 'x'): PeriodComparison[] {
  const all = comparisonsOf(state);
  for (const row of all) expect(periodComparisonSchema.parse(row)).toEqual(row);
  return all.filter((row) => row.indicator === indicator);
}
