import {
  byDepartmentTable,
  byGroupTable,
  byPeriodTable,
  comparisonsTable,
  totalsTable,
} from './figure-tables.ts';
import { observationsTable } from './observations-table.ts';
import { changesTable, departmentsTable, findingsTable, returnsTable, textsTable } from './return-tables.ts';
import type { PublishedTableFile } from './table.ts';

/** The tables of a publication; what one names stands in another that is here too. */
export const publishedTables: readonly PublishedTableFile[] = [
  totalsTable,
  byDepartmentTable,
  byGroupTable,
  byPeriodTable,
  comparisonsTable,
  observationsTable,
  returnsTable,
  departmentsTable,
  textsTable,
  findingsTable,
  changesTable,
];
