import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { totalSchema } from '../../../../shared/core/totals/total.ts';
import { annualTotals } from '../../../../shared/core/totals/totals.ts';
import { accepted, catalogueOf, type Said, stateOf } from '../small-year.ts';

export type Parts = Parameters<typeof catalogueOf>[0];
/** What each department said of indicator x (or of several) in each month; a month left out was not reported. */
export type Year = Record<string, (Said | Record<string, Said> | undefined)[]>;

/** The annual totals of a year, each as its schema has it. */
export function totalsOf(parts: Parts, year: Year, more: Payload[] = []) {
  const returns = Object.entries(year).flatMap(([department, months]) =>
    months.flatMap((said, index) => {
      if (said === undefined) return [];
      const figures = said !== null && typeof said === 'object' && !Array.isArray(said) ? said : { x: said };
      return [accepted(department, `2023-0${index + 1}`, figures)];
    }),
  );
  const totals = annualTotals(stateOf(catalogueOf(parts), [...returns, ...more]));
  for (const total of totals) totalSchema.parse(total);
  return totals;
}

/** The total of one indicator. */
export function totalOf(about: object, year: Year, parts: Partial<Parts> = {}, more: Payload[] = []) {
  return totalsOf({ indicators: [about], ...parts }, year, more)[0]!;
}
