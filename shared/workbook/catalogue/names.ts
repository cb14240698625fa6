import type { Lookup } from '../../core/catalogue/lookup.ts';

/** What cells may name. */
export interface Names {
  departments: Lookup;
  indicators: Lookup;
  tables: Lookup;
  /** Of a line: the rows of its table, or the columns. */
  lines: Lookup;
}
