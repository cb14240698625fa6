import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type RecordRow, recordsWorkbook } from '../../../shared/workbook/records-workbook.ts';
import { saveWorkbook } from '../../../shared/workbook/save.ts';
import type { Cell } from '../../../shared/workbook/summary/cells.ts';
import { workbookOfRows } from '../../../shared/workbook/summary/streamed-table.ts';
import { numberLook, styles } from '../../../shared/workbook/summary/styles.ts';
import { addTable } from '../../../shared/workbook/summary/table.ts';

const row: Omit<RecordRow, 'status' | 'value'> = {
  department: '市司法局',
  period: '2023-01',
  indicator: '金额',
  revision: 1,
  standing: '计入汇总',
  unit: '万元',
  decimals: 4,
  items: [],
  remark: '',
  sheet: '月报',
  cell: 'E6',
  fileName: 'a.xlsx',
  sha256: 'f'.repeat(64),
  uploadedAt: '2023-02-03T01:00:00.000Z',
  uploader: '张三',
  chain: '2023/sfj',
  sequence: 1,
};

function written(rows: RecordRow[]): Promise<Buffer> {
  return bytesOf(
    recordsWorkbook({
      year: 2023,
      authority: '测试市',
      notice: '样例数据。',
      utcOffset: '+08:00',
      writtenAt: '2024-01-02T01:00:00.000Z',
      conditions: [],
      total: rows.length,
      rows: () => rows,
    }),
  );
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function opened(bytes: Uint8Array): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as never);
  return workbook.getWorksheet('记录')!;
}

describe('the workbook of records', () => {
  it('has figures as numbers, and words where there is none', async () => {
    const sheet = await opened(
      await written([
        { ...row, status: 'reported', value: '1.5' },
        { ...row, status: 'not-applicable', value: null },
        { ...row, status: 'missing', value: null },
        { ...row, status: 'reported', value: '123456789012345678.5' },
      ]),
    );
    const values = sheet.getSheetValues() as unknown[][];
    const shown = values.filter((cells) => cells?.[1] === '市司法局').map((cells) => [cells[6], cells[7]]);
    expect(shown).toEqual([
      ['已填报', 1.5],
      ['不适用', undefined],
      ['空白', undefined],
      ['已填报', '123456789012345678.5'],
    ]);
  });

  it('says that there are none', async () => {
    const texts = (await opened(await written([]))).getSheetValues().flat();
    expect(texts).toContain('没有符合条件的记录。');
  });
});

describe('a table that is written row by row', () => {
  const table = {
    sheet: '记录',
    title: '标题',
    notes: ['说明'],
    columns: [{ heading: '部门', look: styles.text, most: 20 }, { heading: '数' }, { heading: '备注' }],
    frozenColumns: 1,
  };
  const running = { title: '标题', edition: '一版' };
  const rows: Cell[][] = [
    ['甲', { value: 1.25, look: numberLook('0.00') }, null],
    ['乙 & <b>', null, '=1+1'],
    [`长${'长'.repeat(40)}`, { value: -3, look: numberLook('0') }, '一行\n第二行'],
    ['甲', { value: 7, look: numberLook('0.00') }, ' 前后有空格 '],
  ];
  const emptyWorkbook = () => {
    const workbook = new ExcelJS.Workbook();
    workbook.created = workbook.modified = new Date(0);
    return workbook;
  };

  it('is, but for where its texts are kept, the one that is written whole', async () => {
    const whole = emptyWorkbook();
    addTable(whole, { ...table, rows }, running);
    const expected = await opened(await saveWorkbook(whole));
    const found = await opened(
      await bytesOf(workbookOfRows(emptyWorkbook(), { ...table, rows: () => rows }, running)),
    );
    const { views, autoFilter, pageSetup, headerFooter, dimensions } = expected;
    expect(found).toMatchObject({ views, autoFilter, pageSetup, headerFooter, dimensions });
    expect(found.columns.map(({ width }) => width)).toEqual(expected.columns.map(({ width }) => width));
    const cellsOf = (sheet: ExcelJS.Worksheet) =>
      (sheet.getRows(1, sheet.rowCount) ?? []).map((each) => [
        each.height,
        ...[1, 2, 3].map((column) => ({
          text: each.getCell(column).text,
          style: each.getCell(column).style,
        })),
      ]);
    expect(cellsOf(found)).toEqual(cellsOf(expected));
  });

  it('is the same bytes each time, with the types of its parts first', async () => {
    const make = () => bytesOf(workbookOfRows(emptyWorkbook(), { ...table, rows: () => rows }, running));
    const [one, other] = [await make(), await make()];
    expect(one.equals(other)).toBe(true);
    expect(Object.keys(unzipSync(one))[0]).toBe('[Content_Types].xml');
  });

  it('has text that looks like the escape of a character as text', async () => {
    const rows = () => [['_x0041_', null, null]];
    const bytes = await bytesOf(workbookOfRows(emptyWorkbook(), { ...table, rows }, running));
    expect(strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml']!)).toContain('_x005F_x0041_');
  });
});
