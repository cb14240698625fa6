import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/core/returns/finding.ts';
import { formColumns, formRows, roles } from '../../../shared/workbook/layout.ts';
import {
  type CellReading,
  readWorkbook,
  type SheetReading,
} from '../../../shared/workbook/reading/read-workbook.ts';
import { type Address, edited, put, read, rowOf, submitted, withSheet } from './form-cases.ts';
import {
  bytes,
  first,
  firstList,
  lastRow,
  layout,
  onForm,
  original,
  second,
  swapped,
} from './police-form.ts';

const text = (typed: string) => ({ kind: 'text', text: typed }) as const;
const errorsOf = ({ findings }: { findings: Finding[] }) =>
  findings.filter(({ severity }) => severity === 'error');

describe('what is refused, with the place and the reason', () => {
  const names = (sheet: SheetReading) =>
    sheet.cells.filter(({ column }) => column === formColumns.name || column === formColumns.value);
  const without = (id: string) => (sheet: SheetReading) => ({
    ...sheet,
    cells: sheet.cells.filter(({ row }) => row !== rowOf(id)),
  });
  const copied = (id: string) => (sheet: SheetReading) => ({
    ...sheet,
    cells: [
      ...sheet.cells,
      ...sheet.cells.filter(({ row }) => row === rowOf(id)).map((cell) => ({ ...cell, row: lastRow + 9 })),
    ],
  });
  const partlySorted = (sheet: SheetReading) => {
    const moving = new Set(names(sheet));
    const swap = swapped(rowOf(first), rowOf(second));
    return {
      ...sheet,
      cells: sheet.cells
        .map((cell) => (moving.has(cell) ? { ...cell, row: swap(cell.row) } : cell))
        .sort((a, b) => a.row - b.row || a.column - b.column),
    };
  };
  const merged = (sheet: SheetReading) => {
    const range = {
      firstRow: rowOf(first),
      lastRow: rowOf(second),
      firstColumn: formColumns.value,
      lastColumn: formColumns.value,
    };
    return { ...sheet, merges: [...sheet.merges, range] };
  };
  const columnOf = (sheet: SheetReading, role: string) =>
    sheet.cells.find(({ value }) => value.kind === 'text' && value.text === role)!.column;

  it.each([
    [
      'rows sorted without their marks',
      partlySorted,
      [`row-name-differs ${first}`, `row-name-differs ${second}`],
    ],
    ['a deleted row', without(second), [`row-missing ${second}`]],
    ['a row copied', copied(second), [`row-repeated ${second}`]],
    ['inputs merged', merged, [`input-cell-merged ${first}`, `input-cell-merged ${second}`]],
    [
      'a number that belongs to nothing',
      (sheet: SheetReading) => put(sheet, lastRow + 1, formColumns.value, { kind: 'number', text: '99' }),
      ['row-unknown '],
    ],
    [
      'a number typed as text that belongs to nothing',
      (sheet: SheetReading) => put(sheet, lastRow + 1, formColumns.value, { kind: 'text', text: '合计９９' }),
      ['row-unknown '],
    ],
    [
      'an indicator of another form',
      (sheet: SheetReading) => put(sheet, rowOf(second), 1, { kind: 'text', text: 'hotline-due' }),
      ['row-unknown ', `row-missing ${second}`],
    ],
    [
      'the column of figures deleted',
      (sheet: SheetReading) => ({
        ...sheet,
        cells: sheet.cells.filter(({ column }) => column !== columnOf(sheet, roles.value)),
      }),
      ['column-missing '],
    ],
    [
      'the column of figures twice',
      (sheet: SheetReading) => put(sheet, 1, 12, { kind: 'text', text: roles.value }),
      ['column-repeated '],
    ],
    [
      'another heading over the figures',
      (sheet: SheetReading) => put(sheet, formRows.header, formColumns.value, text('本年累计')),
      ['column-name-differs '],
    ],
    [
      'the headings of two columns exchanged',
      (sheet: SheetReading) =>
        put(
          put(sheet, formRows.header, formColumns.value, text('上月数')),
          formRows.header,
          formColumns.lastPeriod,
          text('本月数'),
        ),
      ['column-name-differs '],
    ],
    ['the form twice', (sheet: SheetReading) => [sheet, { ...sheet, name: '月报 (2)' }], ['sheet-repeated ']],
    ['no form', () => [], ['form-not-recognised ']],
    [
      'the marks deleted',
      (sheet: SheetReading) => ({ ...sheet, cells: sheet.cells.filter(({ row }) => row !== 1) }),
      ['form-not-recognised '],
    ],
    [
      'another department in the heading',
      (sheet: SheetReading) => put(sheet, 3, 2, { kind: 'text', text: '填报单位： 市教育局' }),
      ['form-heading-differs '],
    ],
    [
      'another month in the heading',
      (sheet: SheetReading) => put(sheet, 3, 4, { kind: 'text', text: '报告期：2023年10月' }),
      ['form-heading-differs '],
    ],
  ] as [string, (sheet: SheetReading) => SheetReading | SheetReading[], string[]][])(
    '%s',
    (_, change, expected) => {
      const result = read(onForm(change));
      const found = errorsOf(result).map(({ rule, indicator = '' }) => `${rule} ${indicator}`);
      expect(found).toEqual(expected);
      for (const { message } of errorsOf(result)) expect(message).toMatch(/；.*请.+。$/);
    },
  );

  it.each<[what: string, change: (sheet: SheetReading) => SheetReading]>([
    ['with blanks', (sheet) => put(sheet, formRows.header, formColumns.value, text('本 月\n数 '))],
    [
      'deleted with its row',
      (sheet) => ({ ...sheet, cells: sheet.cells.filter(({ row }) => row !== formRows.header) }),
    ],
  ])('but not a heading over the figures that is written %s', (_, change) => {
    expect(errorsOf(read(onForm(change)))).toEqual([]);
  });

  it.each<[what: string, typed: CellReading['value'], isBlank: boolean, rules: string[]]>([
    ['a number beside a figure', { kind: 'number', text: '7' }, false, ['cell-ignored']],
    ['a number in text beside a figure', text('７'), false, ['cell-ignored']],
    ['words beside a figure', text('见附件3'), false, []],
    ['a number beside a blank', { kind: 'number', text: '7' }, true, ['figure-beside']],
    ['a number in text beside a blank', text('1,234'), true, ['figure-beside']],
    ['words beside a blank', text('见附件3'), true, ['figure-blank']],
  ])('%s, in a column that the form does not have', (_, typed, isBlank, rules) => {
    const changed = onForm((sheet) => {
      const gone = ({ row, column }: CellReading) =>
        isBlank && row === rowOf(first) && column === formColumns.value;
      const cells = sheet.cells.filter((cell) => !gone(cell));
      return put({ ...sheet, cells }, rowOf(first), 12, typed);
    });
    expect(
      read(changed).findings.flatMap(({ rule, indicator }) => (indicator === first ? [rule] : [])),
    ).toEqual(rules);
  });

  it.each<[Address, rule: string, found: string]>([
    [{ department: 'sfj', period: '2023-11' }, 'form-of-another-department', '市司法局'],
    [{ department: 'gaj', period: '2023-10' }, 'form-of-another-period', '2023年10月'],
    [{ department: 'sfj', period: '2023-10' }, 'form-of-another-department', '市司法局'],
  ])('the form of %j, said once and not row by row', async (address, rule, found) => {
    const result = read(await submitted(address));
    expect(result.findings).toMatchObject([{ rule, severity: 'error', found, expected: expect.any(String) }]);
    expect(result.observations).toEqual([]);
  });

  it("last year's form", () => {
    const old = onForm((sheet) => {
      const mark = sheet.cells[0]!;
      const text = mark.value.kind === 'text' ? mark.value.text.replace('period=2023', 'period=2022') : '';
      return put(sheet, mark.row, mark.column, { kind: 'text', text });
    });
    expect(read(old).findings).toMatchObject([{ rule: 'form-of-another-year', found: '2022年11月' }]);
  });

  it('a missing list sheet, while all other problems are told too', async () => {
    const reading = await readWorkbook(
      await edited(bytes, (workbook) => {
        workbook.removeWorksheet(firstList.sheet);
        workbook.getWorksheet('月报')!.getCell(rowOf(first), formColumns.value).value = '约3';
      }),
    );
    expect(errorsOf(read(reading)).map(({ rule, indicator }) => [rule, indicator])).toEqual([
      ['figure-approximate', first],
      ['sheet-missing', firstList.indicator.id],
    ]);
  });

  it('a list sheet without its header', () => {
    const bare = withSheet(original, firstList.sheet, (sheet) => ({
      ...sheet,
      cells: sheet.cells.filter(({ row }) => row !== 4),
    }));
    expect(errorsOf(read(bare))).toMatchObject([
      { rule: 'list-column-missing', indicator: firstList.indicator.id },
    ]);
  });

  it('a list sheet of another department', async () => {
    const other = await submitted({ department: 'fy', period: '2023-11' });
    const foreign = other.sheets.find(({ name }) => name.startsWith('清单'))!;
    const mixed = withSheet(original, layout.lists[1]!.sheet, () => [foreign]);
    expect(errorsOf(read(mixed)).map(({ rule }) => rule)).toEqual(['form-of-another-department']);
  });

  it('nothing of a file that could not be read', () => {
    const broken: Finding = { rule: 'file-truncated', severity: 'error', message: '文件不完整。' };
    expect(read({ ...original, findings: [broken] }).findings).toEqual([broken]);
  });
});
