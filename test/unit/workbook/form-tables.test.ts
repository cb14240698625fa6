import { describe, expect, it } from 'vitest';
import { keptOf, saidIn } from '../../../shared/core/returns/grid.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout } from '../../../shared/workbook/layout.ts';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { catalogueOf, indicator, smallTable } from '../core/small-year.ts';
import { edited, numberIn, opened, read, signature, withSheet } from './form-cases.ts';

const of = (blank: 'ask' | 'zero') => catalogueOf({ indicators: [indicator('a')], ...smallTable({ blank }) });
const january = { department: 'jia', period: '2023-01' } as const;
const sheetName = '表1 表';
const all = { 'grid-ra-ca': '5', 'grid-ra-cb': '3', 'grid-rb-ca': '4', 'grid-rb-cb': '0' };

type Figures = Record<string, string>;
async function formOf(figures: Figures, blank: 'ask' | 'zero' = 'ask', more: object = {}) {
  const entries = Object.entries({ a: '1', ...figures }).map(([id, said]) => [id, numberIn(said)] as const);
  return writeForm(formLayout(of(blank), january), { figures: new Map(entries), signature, ...more });
}
const readBack = async (bytes: Uint8Array, blank: 'ask' | 'zero' = 'ask') =>
  read(await readWorkbook(bytes), january, of(blank));
const saidOf = ({ observations }: Awaited<ReturnType<typeof readBack>>) =>
  Object.fromEntries(
    observations.map((each) => [each.indicator, 'value' in each ? each.value : each.status]),
  );

describe('a table on a form', () => {
  it('is a sheet of its rows and columns, sums computed and locked', async () => {
    const sheet = (await opened(await formOf({}))).getWorksheet(sheetName)!;
    const grid = [4, 5, 6, 7].map((row) => [2, 3, 4, 5].map((column) => sheet.getCell(row, column)));
    expect(grid.map((row) => row.map((cell) => cell.formula ?? cell.text))).toEqual([
      ['项目', '个人', '单位', '合计'],
      ['收到', '', '', 'N(C5)+N(D5)'],
      ['办结', '', '', 'N(C6)+N(D6)'],
      ['未办结', 'N(C5)-N(C6)', 'N(D5)-N(D6)', 'N(C7)+N(D7)'],
    ]);
    expect(grid[1]?.map((cell) => cell.protection?.locked ?? true)).toEqual([true, false, false, true]);
  });

  it('is read as it was filled in, and kept as one grid from which every cell comes back with its place', async () => {
    const result = await readBack(await formOf(all));
    expect(result.findings).toEqual([]);
    expect(saidOf(result)).toEqual({ a: '1', ...all });
    const { observations, grids } = keptOf(result.observations, of('ask'));
    expect(observations.map((each) => each.indicator)).toEqual(['a']);
    expect(grids).toEqual([
      {
        ...{ table: 'grid', kind: 'flow', unit: '件', sheet: sheetName },
        columns: [
          { column: 'ca', at: 'C' },
          { column: 'cb', at: 'D' },
        ],
        rows: [
          { row: 'ra', at: 5, values: ['5', '3'] },
          { row: 'rb', at: 6, values: ['4', '0'] },
        ],
      },
    ]);
    expect(saidIn({ observations, measures: [], grids }).observations).toEqual(result.observations);
  });

  it('is read wherever its rows and columns have gone', async () => {
    const reading = withSheet(await readWorkbook(await formOf(all)), sheetName, (sheet) => ({
      ...sheet,
      name: '另一个名称',
      cells: sheet.cells
        .map((cell) => ({
          ...cell,
          row: cell.row === 5 ? 6 : cell.row === 6 ? 5 : cell.row + (cell.row > 6 ? 4 : 0),
          column: cell.column === 3 ? 4 : cell.column === 4 ? 3 : cell.column,
        }))
        .sort((a, b) => a.row - b.row || a.column - b.column),
    }));
    const result = read(reading, january, of('ask'));
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(saidOf(result)).toEqual({ a: '1', ...all });
  });

  it('may leave its zeros blank where the catalogue says so', async () => {
    const result = await readBack(await formOf({ 'grid-ra-ca': '5' }, 'zero'), 'zero');
    expect(result.findings).toEqual([]);
    expect(saidOf(result)).toMatchObject({ 'grid-ra-ca': '5', 'grid-ra-cb': '0', 'grid-rb-cb': '0' });
  });

  it('is asked about once, whatever number of its cells is blank', async () => {
    const { findings } = await readBack(await formOf({ 'grid-ra-ca': '5' }));
    expect(findings).toMatchObject([
      {
        rule: 'table-blanks',
        found: '3 格空白',
        place: { sheet: sheetName, cell: 'D5' },
        breakdown: ['D5 收到·单位', 'C6 办结·个人', 'D6 办结·单位'],
      },
    ]);
  });

  it.each(['ask', 'zero'] as const)('with nothing in it has to be said to be empty (%s)', async (blank) => {
    const { findings } = await readBack(await formOf({}, blank), blank);
    expect(findings.map(({ rule }) => rule)).toEqual(['table-empty']);
    const signed = { tables: new Map([['grid', { areBlanksZero: true }]]) };
    const result = await readBack(await formOf({}, blank, signed), blank);
    expect(result.findings).toEqual([]);
    expect(saidOf(result)).toMatchObject({ 'grid-ra-ca': '0', 'grid-rb-cb': '0' });
  });

  it('is refused where a sum was typed over, with row, column, sum and difference', async () => {
    const { findings } = await readBack(await formOf({ ...all, 'grid-ra-cc': '9' }));
    expect(findings).toMatchObject([
      {
        rule: 'sum-differs',
        place: { sheet: sheetName, cell: 'E5' },
        found: '9',
        expected: '收到·个人 5 + 收到·单位 3 = 8',
        message:
          '“收到·合计”填的是 9，各组成项加起来是 8，相差 1；请核对各组成项，这一格可以清除，由系统计算。',
      },
    ]);
  });

  it('is refused where a balance does not hold, in the column in which it does not', async () => {
    const { findings } = await readBack(await formOf({ ...all, 'grid-rb-cb': '7' }));
    expect(findings).toMatchObject([
      {
        rule: 'rule-grid-most-cb',
        place: { sheet: sheetName, cell: 'D6' },
        found: '办结·单位 7，收到·单位 3',
        message:
          '办结不大于收到（单位）；现在左边 7，右边 3，相差 4，请核对这几项的数字：办结·单位、收到·单位。',
      },
    ]);
  });

  it.each([
    ['a row is gone', { row: 5 }, ['row-missing']],
    ['a column is gone', { column: 3 }, ['column-missing']],
  ])('is refused where %s, which is said once', async (_, gone: { row?: number; column?: number }, rules) => {
    const reading = withSheet(await readWorkbook(await formOf(all)), sheetName, (sheet) => ({
      ...sheet,
      cells: sheet.cells.filter(({ row, column }) => row !== gone.row && column !== gone.column),
    }));
    const { findings } = read(reading, january, of('ask'));
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(rules);
  });

  it('is refused where its sheet is gone, which is said once', async () => {
    const reading = withSheet(await readWorkbook(await formOf(all)), sheetName, () => []);
    expect(read(reading, january, of('ask')).rules).toEqual(['sheet-missing']);
  });

  const row1 = { 'grid-ra-ca': '5', 'grid-ra-cb': '3' };

  it.each<[what: string, figures: Figures, cell: string, typed: string | number | object, rules: string[]]>([
    ['in none of its rows', all, 'C12', 7, ['row-unknown']],
    ['in the row for what is said of blanks', all, 'C9', 7, ['row-unknown']],
    ['in none of its columns', all, 'H5', 7, ['cell-ignored']],
    ['in none of its columns, as text', all, 'H5', '7', ['cell-ignored']],
    ['as words in none of its columns', all, 'H5', '见附件3', []],
    ['beside a row that is blank', row1, 'H6', 7, ['figure-beside']],
    ['beside a row that is blank, as text', row1, 'H6', '７', ['figure-beside']],
    ['in place of a remark on a row that is blank', row1, 'F6', 7, ['figure-beside']],
    ['in a remark on a row that is filled in', row1, 'F5', '7', []],
    [
      'in place of a sum, by a formula of somebody’s',
      row1,
      'E5',
      { formula: '12+8', result: 20 },
      ['sum-differs'],
    ],
  ])('notices a figure %s', async (_, figures, cell, typed, rules) => {
    const bytes = await edited(await formOf(figures, 'zero'), (workbook) => {
      workbook.getWorksheet(sheetName)!.getCell(cell).value = typed as number;
    });
    expect((await readBack(bytes, 'zero')).rules).toEqual(rules);
  });

  it('comes back marked, with what was typed, at the cells that the findings are about', async () => {
    const figures = { ...all, 'grid-ra-cc': '9' };
    const { findings, submission } = await readBack(await formOf(figures));
    const marked = await writeForm(formLayout(of('ask'), january), { ...submission, findings });
    const sheet = (await opened(marked)).getWorksheet(sheetName)!;
    expect([sheet.getCell('E5').value, sheet.getCell('C5').value]).toEqual([9, 5]);
    expect(sheet.getCell('E5').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect((await readBack(marked)).rules).toEqual(['sum-differs']);
  });
});
