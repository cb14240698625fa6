import { type Catalogue, catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { isEvent } from '../../../../shared/core/ledger/event.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import {
  type Baseline,
  type BaselineRow,
  baselineHash,
  baselineSchema,
} from '../../../../shared/core/year/baseline.ts';
import { lastYearFromBaseline } from '../../../../shared/core/year/baseline-year.ts';
import type { LastYear } from '../../../../shared/core/year/year-state.ts';
import { adoption, recorded } from '../small-year.ts';

/** What is entered: by department, or by the city's `全市`, and by indicator, a figure of each period. */
export type Entered = Record<string, Record<string, Record<string, string>>>;

export function rowsOf(entered: Entered): BaselineRow[] {
  return Object.entries(entered).flatMap(([department, own]) =>
    Object.entries(own).map(([indicator, values]) => ({
      department: department === '全市' ? null : department,
      indicator,
      values: values as BaselineRow['values'],
    })),
  );
}

/** The baseline of the year before a catalogue's. */
export function baselineOf(catalogue: Catalogue, entered: Entered): Baseline {
  return baselineSchema.parse({
    format: 'indicators-baseline/1',
    year: catalogue.year - 1,
    catalogue: catalogueHash(catalogue),
    workbook: sha256('上年基数.xlsx'),
    rows: rowsOf(entered),
  });
}

/** The year before as it was entered for a catalogue. */
export function enteredYear(catalogue: Catalogue, entered: Entered): LastYear {
  const baseline = baselineOf(catalogue, entered);
  const happening = {
    kind: 'baseline-recorded' as const,
    baseline: baselineHash(baseline),
    reason: '首年比较',
  };
  const events = recorded(catalogue, [adoption(catalogue), happening]);
  const event = events.find((each) => isEvent(each, 'baseline-recorded'))!;
  return lastYearFromBaseline({ event, baseline, catalogue });
}

/** A figure for each month of 2022. */
export function monthsOf2022(figures: readonly (string | number)[]): Record<string, string> {
  return Object.fromEntries(
    figures.map((figure, index) => [`2022-${String(index + 1).padStart(2, '0')}`, `${figure}`]),
  );
}
