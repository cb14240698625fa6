import type { Publication } from '../../core/publication/publication.ts';
import { statusWords } from '../../core/words.ts';
import { saveWorkbook } from '../save.ts';
import { changesTable } from './changes-sheet.ts';
import { addChartsSheet } from './charts-sheet.ts';
import { comparisonsByPeriodTable, comparisonsTable } from './comparison-sheets.ts';
import { addCover } from './cover-sheet.ts';
import { definitionsTable } from './definitions-sheet.ts';
import { lineageTable } from './lineage-sheet.ts';
import { departmentsTable, gridTables, periodsTable } from './matrix-sheets.ts';
import { returnsTable } from './returns-sheet.ts';
import { addTable, type Running, type Table } from './table.ts';
import { textTables } from './texts-sheet.ts';
import { totalsTable } from './totals-sheet.ts';
import { warningsTable } from './warnings-sheet.ts';

/** The publication as a workbook for reading, checking and printing. Same publication, same bytes. */
export async function writeSummaryWorkbook(publication: Publication): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const published = new Date(publication.publishedAt);
  workbook.creator = publication.authority;
  workbook.lastModifiedBy = publication.authority;
  workbook.created = published;
  workbook.modified = published;
  workbook.title = publication.title;
  const running = runningOf(publication);
  addCover(workbook, publication, running);
  const add = (table: Table) => void addTable(workbook, table, running);
  for (const table of [
    totalsTable(publication),
    ...gridTables(publication),
    departmentsTable(publication),
    periodsTable(publication),
    comparisonsTable(publication),
    comparisonsByPeriodTable(publication),
  ]) {
    add(table);
  }
  const charts = addChartsSheet(workbook, publication, running);
  for (const table of [
    ...textTables(publication),
    returnsTable(publication),
    warningsTable(publication),
    changesTable(publication),
    lineageTable(publication),
    definitionsTable(publication),
  ]) {
    add(table);
  }
  return saveWorkbook(workbook, [charts]);
}

/** Every sheet and printed page says which publication it is from, whether it is final, and what kind of data it has. */
function runningOf({ title, year, number, status, notice }: Publication): Running {
  const kindOfData = /^[^：，。；]{1,20}/.exec(notice)?.[0] ?? '';
  const said = [`${year}年第 ${number} 次发布`, statusWords[status], kindOfData];
  return { title, edition: said.filter((part) => part !== '').join(' · ') };
}
