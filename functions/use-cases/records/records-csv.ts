import { type CsvRow, csvOf } from '../../../shared/publication/csv.ts';
import type { StoredRecord } from './search-records.ts';

/** The columns of a record in the order in which CSV has them, with what people call them. */
const titles = {
  department: '部门',
  period: '报告期',
  indicator: '指标',
  revision: '版次',
  standing: '处理情况',
  status: '填报情况',
  value: '数值',
  unit: '单位',
  items: '清单各项',
  remark: '说明',
  sheet: '工作表',
  cell: '单元格',
  fileName: '文件名',
  sha256: '文件指纹',
  uploadedAt: '上传时间',
  uploader: '上传人',
  chain: '台账链',
  sequence: '台账序号',
} as const satisfies Partial<Record<keyof StoredRecord, string>>;

const columns = Object.keys(titles) as (keyof typeof titles)[];

/**
 * Records as CSV, a line each, the items of a list in one field. What is downloaded from a page is opened in a spreadsheet:
 * headings are Chinese, each with the code of its column (`指标（indicator）`), by which programs find it all the same; the
 * command line, which feeds programs, gives the codes alone. There is one row of headings, as every reader of CSV expects.
 */
export function recordsCsv(
  records: Iterable<StoredRecord>,
  headings: 'titles' | 'codes' = 'codes',
): Generator<string> {
  const head = headings === 'codes' ? columns : columns.map((column) => `${titles[column]}（${column}）`);
  return csvOf(head, rowsOf(records));
}

function* rowsOf(records: Iterable<StoredRecord>): Generator<CsvRow> {
  for (const record of records) {
    yield columns.map((column) => {
      const value = record[column];
      return Array.isArray(value) ? value.join('；') : value;
    });
  }
}
