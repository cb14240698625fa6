import type { Workbook } from 'exceljs';
import { localTime } from '../../core/catalogue/period.ts';
import type { Publication } from '../../core/publication/publication.ts';
import { sourceInWords, statusWords } from '../../core/words.ts';
import { saveWorkbook } from '../save.ts';
import { changesTable } from './changes-sheet.ts';
import { addChartsSheet } from './charts-sheet.ts';
import { comparisonsByPeriodTable, comparisonsTable } from './comparison-sheets.ts';
import { addCover } from './cover-sheet.ts';
import { definitionsTable } from './definitions-sheet.ts';
import { departmentsTable, gridTables, periodsTable } from './matrix-sheets.ts';
import { returnsTable } from './returns-sheet.ts';
import { sheetNames } from './sheet-names.ts';
import { styles } from './styles.ts';
import { addTable, type Running, type Table } from './table.ts';
import { textTables } from './texts-sheet.ts';
import { totalsTable } from './totals-sheet.ts';
import { warningsTable } from './warnings-sheet.ts';

/** The publication as a workbook for reading, checking and printing. Same publication, same bytes. */
export async function writeSummaryWorkbook(publication: Publication): Promise<Uint8Array> {
  const workbook = await beginSummary(publication);
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
    definitionsTable(publication),
    factsTable(publication),
  ]) {
    add(table);
  }
  return saveWorkbook(workbook, [charts]);
}

/** An empty workbook about a publication, by whom and from when that is. */
export async function beginSummary({ publishedAt, authority, title }: Publication): Promise<Workbook> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const published = new Date(publishedAt);
  workbook.creator = authority;
  workbook.lastModifiedBy = authority;
  workbook.created = published;
  workbook.modified = published;
  workbook.title = title;
  return workbook;
}

/** Every sheet and printed page says which publication it is from, whether it is final, and what kind of data it has. */
export function runningOf({ title, year, number, status, notice }: Publication): Running {
  const kindOfData = /^[^：，。；]{1,20}/.exec(notice)?.[0] ?? '';
  const said = [`${year}年第 ${number} 次发布`, statusWords[status], kindOfData];
  return { title, edition: said.filter((part) => part !== '').join(' · ') };
}

/** By what a publication is verified: hashes, software, and how far the ledger went. */
function factsTable(publication: Publication): Table {
  const { utcOffset, publishedAt, comparedWith, chains } = publication;
  const compared =
    comparedWith === null
      ? '上年没有发布，也没有录入基数，没有比较'
      : `${sourceInWords(comparedWith, utcOffset)}，内容摘要 ${comparedWith.digest}`;
  return {
    sheet: sheetNames.facts,
    title: sheetNames.facts,
    notes: [
      '核验时用：indicators verify 重新算出这些值，与台账核对。',
      '每个观测值出自哪个文件、哪个单元格，谁在什么时候上传：在系统的这次发布页面下载“溯源”。',
    ],
    columns: [
      { heading: '项目', look: styles.strong, least: 18, most: 30 },
      { heading: '内容', look: styles.text, least: 60, most: 80 },
    ],
    rows: [
      ['发布时间', `${localTime(publishedAt, utcOffset)}（UTC${utcOffset}）`],
      ['发布人', publication.publishedBy],
      ['指标目录', publication.catalogue],
      ['内容摘要', publication.digest],
      ['软件', publication.software],
      ['所比的上年数', compared],
      ...chains.map(({ chain, length, hash }) => [`台账 ${chain}`, `${length} 条，最后一条 ${hash}`]),
    ],
    frozenColumns: 1,
  };
}
