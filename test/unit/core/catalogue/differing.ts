import { type Difference, differences } from '../../../../shared/core/catalogue/difference.ts';
import { catalogueOf, indicator } from '../small-year.ts';

type Parts = Parameters<typeof catalogueOf>[0];
export type Said = [change: Difference['change'], before: string, after: string];

/** Indicators that catalogues have where it does not matter which. */
export const plain = [indicator('a'), indicator('b')];

/** In what two catalogues differ that are equal but for these parts. */
export function differing(before: Partial<Parts>, after: Partial<Parts>): Difference[] {
  const [old, renewed] = [before, after].map((parts) => catalogueOf({ indicators: plain, ...parts }));
  return differences(old!, renewed!);
}

/** The same by what is said of it. */
export function said(before: Partial<Parts>, after: Partial<Parts>): Said[] {
  return differing(before, after).map(({ change, before: was, after: is }) => [change, was, is]);
}
