import { type Instant, localTime, type Period } from '../core/catalogue/period.ts';
import type { Lineage } from '../core/totals/total.ts';
import type { Decimal } from '../core/values/decimal.ts';
import { observationWords } from '../core/words.ts';
import { type Cell, countCell, figureCell } from './summary/cells.ts';
import { observationColumns, sourceColumns, sourceNote } from './summary/observation-columns.ts';
import { type LongTable, workbookOfRows } from './summary/streamed-table.ts';
import { styles } from './summary/styles.ts';

/** Records that somebody looked for, with all that the sheet says of them. */
export interface RecordsToWrite {
  year: number;
  authority: string;
  /** What is to be known of the data as a whole, such as that it was made up. */
  notice: string;
  utcOffset: string;
  writtenAt: Instant;
  /** What was looked for, in words, a condition each; none if everything. */
  conditions: readonly string[];
  /** How many there are. */
  total: number;
  rows: () => Iterable<RecordRow>;
}

/** One observation of one revision; names, not ids. */
export interface RecordRow {
  department: string;
  period: Period;
  indicator: string;
  revision: number;
  standing: string;
  status: Lineage['status'];
  value: Decimal | null;
  unit: string;
  decimals: number;
  items: readonly string[];
  remark: string;
  sheet: string;
  cell: string;
  fileName: string;
  sha256: string;
  uploadedAt: Instant;
  uploader: string;
  chain: string;
  sequence: number;
}

/** Records as a workbook of one table, in pieces. Same records, same moment, same bytes. */
export async function* recordsWorkbook(records: RecordsToWrite): AsyncGenerator<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const written = new Date(records.writtenAt);
  const title = `${records.year}年观测值记录`;
  workbook.creator = records.authority;
  workbook.lastModifiedBy = records.authority;
  workbook.created = written;
  workbook.modified = written;
  workbook.title = title;
  const edition = `${localTime(records.writtenAt, records.utcOffset)} 导出 · ${records.total} 条`;
  yield* workbookOfRows(workbook, recordsTable(records, title), { title, edition });
}

function recordsTable({ conditions, notice, rows, utcOffset }: RecordsToWrite, title: string): LongTable {
  return {
    sheet: '记录',
    title,
    notes: [
      `查询条件：${conditions.length === 0 ? '无，全部记录' : conditions.join('；')}。`,
      `一行一个观测值，包括已被后来的版本替代的和暂存未计入的。${sourceNote}`,
      ...(notice === '' ? [] : [notice]),
    ],
    columns: [
      { heading: '部门', look: styles.text, most: 24 },
      { heading: '报告期', look: styles.centred, least: 10 },
      { heading: '指标', look: styles.text, most: 30 },
      { heading: '版次' },
      { heading: '状态', look: styles.centred, least: 8, most: 14 },
      ...observationColumns,
      ...sourceColumns,
    ],
    rows: function* () {
      for (const row of rows()) yield recordCells(row, utcOffset);
    },
    frozenColumns: 3,
    empty: '没有符合条件的记录。',
  };
}

function recordCells(row: RecordRow, utcOffset: string): Cell[] {
  return [
    row.department,
    row.period,
    row.indicator,
    countCell(row.revision),
    row.standing,
    observationWords[row.status],
    row.value === null ? null : figureCell(row.value, row),
    row.unit,
    row.items.length === 0 ? null : row.items.join('、'),
    row.remark === '' ? null : row.remark,
    row.sheet,
    row.cell,
    row.fileName,
    localTime(row.uploadedAt, utcOffset),
    row.uploader,
    row.chain,
    countCell(row.sequence),
    row.sha256,
  ];
}
