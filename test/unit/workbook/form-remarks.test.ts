import { describe, expect, it } from 'vitest';
import { maxRemarkLength } from '../../../shared/core/catalogue/narratives.ts';
import type { Content } from '../../../shared/core/returns/content.ts';
import { remarkSaidSchema } from '../../../shared/core/returns/remark.ts';
import type { FormContents } from '../../../shared/workbook/form-contents.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formColumns, formLayout, formRows } from '../../../shared/workbook/layout.ts';
import { readWorkbook, type SheetReading } from '../../../shared/workbook/reading/read-workbook.ts';
import { catalogueOf, indicator, smallTable } from '../core/small-year.ts';
import { moved, numberIn, opened, put, read, signature, withSheet } from './form-cases.ts';

const catalogue = catalogueOf({
  indicators: [
    indicator('a'),
    indicator('b', 'flow', { required: false }),
    indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b' }] }),
  ],
  ...smallTable(),
});
const january = { department: 'jia', period: '2023-01' } as const;
const layout = formLayout(catalogue, january);
const [grid] = layout.tables;
const rowOf = (id: string) => layout.rows.find((row) => row.indicator.id === id)!.row;
const gridRow = (id: string) => grid!.rows.find(({ row }) => row.id === id)!.at;

const cells = ['ra-ca', 'ra-cb', 'rb-ca', 'rb-cb'].map((id) => [`grid-${id}`, numberIn('1')] as const);
const form = async (more: FormContents = {}) =>
  writeForm(layout, {
    figures: new Map([['a', numberIn('725')], ...cells]),
    signature,
    ...more,
  });
const text = (typed: string): Content => ({ kind: 'text', text: typed });
const beside = (id: string, content: Content) => ({
  on: { kind: 'figure', indicator: id } as const,
  entry: { content },
});
const atEndOf = (row: string, content: Content) => ({
  on: { kind: 'row', table: 'grid', row } as const,
  entry: { content },
});

/** What is read of a form with these contents, whose sheet of figures, or of the table, was changed. */
async function onForm(
  contents: FormContents,
  change: (sheet: SheetReading) => SheetReading = (sheet) => sheet,
  sheet = layout.formSheet,
) {
  const reading = withSheet(await readWorkbook(await form(contents)), sheet, change);
  const result = read(reading, january, catalogue);
  for (const said of result.remarks) remarkSaidSchema.parse(said);
  return { ...result, texts: result.remarks.map((said) => said.text) };
}
const typed = (id: string, content: Content) => (sheet: SheetReading) =>
  put(sheet, rowOf(id), formColumns.remark, content);

describe('the cells for remarks', () => {
  it('are empty, unlocked and explained beside every figure that is typed, and none is beside a sum', async () => {
    const sheet = (await opened(await form())).getWorksheet(layout.formSheet)!;
    expect(sheet.getCell(formRows.header, formColumns.remark).text).toBe('说明');
    for (const id of ['a', 'b']) {
      const cell = sheet.getCell(rowOf(id), formColumns.remark);
      expect([cell.text, cell.protection.locked, cell.numFmt]).toEqual(['', false, '@']);
      expect(cell.dataValidation.prompt).toBe('选填：数字与往常相差很大时，在这里写原因');
    }
    expect(sheet.getCell(rowOf('both'), formColumns.remark).protection?.locked).not.toBe(false);
    const table = (await opened(await form())).getWorksheet(grid!.sheet)!;
    const locked = ['ra', 'rb', 'rc'].map(
      (id) => table.getCell(gridRow(id), grid!.remarkColumn).protection?.locked,
    );
    expect(locked).toEqual([false, false, undefined]);
  });

  it('say nothing where they are blank', async () => {
    expect(await onForm({})).toMatchObject({ remarks: [], rules: [] });
  });
});

describe('a remark', () => {
  it('is read with what it is on and its cell, beside an empty figure too, and at the end of a row', async () => {
    const remarks = [
      beside('a', text('专项行动')),
      beside('b', text('尚未统计')),
      atEndOf('rb', text('积案')),
    ];
    const result = await onForm({ remarks });
    expect(result.rules).toEqual([]);
    expect(result.remarks).toEqual([
      { kind: 'figure', indicator: 'a', text: '专项行动', place: { sheet: '月报', cell: `I${rowOf('a')}` } },
      { kind: 'figure', indicator: 'b', text: '尚未统计', place: { sheet: '月报', cell: `I${rowOf('b')}` } },
      { kind: 'row', table: 'grid', row: 'rb', text: '积案', place: { sheet: grid!.sheet, cell: 'F6' } },
    ]);
  });

  it.each<[string, Content, string]>([
    ['a formula that is text', text('=1+1'), '=1+1'],
    ['markup', text('<script>alert(1)</script>'), '<script>alert(1)</script>'],
    ['paragraphs', text('甲\r\n\r\n 乙 '), '甲\n乙'],
    ['what nobody sees', text('甲\u200b乙\u00ad'), '甲乙'],
    ['a number', { kind: 'number', text: '12' }, '12'],
    ['a number in a format', { kind: 'number', text: '0.5', shown: { text: '50%', power: 2 } }, '50%'],
    ['a day', { kind: 'date', iso: '2023-02-03', text: '44960' }, '2023-02-03'],
    ['a truth', { kind: 'boolean', value: true }, 'TRUE'],
    ['as much as is allowed', text('长'.repeat(maxRemarkLength)), '长'.repeat(maxRemarkLength)],
  ])('is read as it is shown: %s', async (_, content, expected) => {
    const written = await onForm({ remarks: [beside('a', content)] });
    expect([written.texts, written.rules]).toEqual([[expected], []]);
  });

  it.each<[string, Content, string]>([
    ['one character too many', text('长'.repeat(maxRemarkLength + 1)), 'text-too-long'],
    ['an error', { kind: 'error', code: '#REF!' }, 'text-not-text'],
    ['text that is turned round', text('甲\u202e乙'), 'text-reversed'],
  ])('is refused at its cell where it is %s', async (_, content, rule) => {
    const { findings, remarks } = await onForm({}, typed('a', content));
    expect(remarks).toEqual([]);
    expect(findings).toMatchObject([
      { rule, severity: 'error', indicator: 'a', place: { sheet: '月报', cell: `I${rowOf('a')}` } },
    ]);
  });

  it('is found wherever rows and columns have gone', async () => {
    const remarks = [beside('a', text('甲')), beside('b', text('乙')), atEndOf('ra', text('丙'))];
    const around = (sheet: SheetReading) =>
      moved(sheet, {
        row: (row) =>
          row < formRows.firstIndicator || row > rowOf('both') ? row : 2 * rowOf('b') - row + 40,
        column: (column) => (column === 1 ? 1 : 12 - column),
      });
    const result = await onForm({ remarks }, around);
    expect([result.rules, result.texts.toSorted()]).toEqual([[], ['丙', '乙', '甲'].toSorted()]);
    const turned = (sheet: SheetReading) =>
      moved(sheet, { row: (row) => (row < 5 || row > 7 ? row : 12 - row), column: (column) => column + 1 });
    const table = await onForm({ remarks }, turned, grid!.sheet);
    expect(table.remarks.at(-1)).toMatchObject({ kind: 'row', row: 'ra', text: '丙' });
  });

  it('that is merged downwards is beside each of its rows', async () => {
    const [first, last] = [rowOf('a'), rowOf('b')];
    const { remark } = formColumns;
    const merged = (sheet: SheetReading) => ({
      ...put(sheet, first, remark, text('同一原因')),
      merges: [{ firstRow: first, lastRow: last, firstColumn: remark, lastColumn: remark }],
    });
    expect((await onForm({}, merged)).remarks).toMatchObject([
      { indicator: 'a', text: '同一原因', place: { cell: `I${first}` } },
      { indicator: 'b', text: '同一原因', place: { cell: `I${first}` } },
    ]);
  });

  it.each([
    ['a row that was put in', 30],
    ['the row of a sum', rowOf('both')],
  ])('in %s is said to be left out, and refuses nothing', async (_, row) => {
    const { remarks, findings } = await onForm({}, (sheet) =>
      put(sheet, row, formColumns.remark, text('甲')),
    );
    expect(remarks).toEqual([]);
    expect(findings).toMatchObject([
      { rule: 'cell-ignored', severity: 'info', place: { cell: `I${row}` }, found: '甲' },
    ]);
  });

  it('is no figure beside the cell of one that was left blank', async () => {
    const { rules, texts } = await onForm({}, typed('b', { kind: 'number', text: '9' }));
    expect([rules, texts]).toEqual([[], ['9']]);
  });

  it('is not asked for where its column was taken away, and refused where that is there twice', async () => {
    const without = (sheet: SheetReading) => ({
      ...sheet,
      cells: sheet.cells.filter(({ column }) => column !== formColumns.remark),
    });
    expect((await onForm({}, without)).rules).toEqual([]);
    const twice = (sheet: SheetReading) => put(sheet, 1, 20, text('#remark'));
    expect((await onForm({}, twice)).findings[0]).toMatchObject({
      rule: 'column-repeated',
      expected: '说明',
    });
    const twiceInTable = (sheet: SheetReading) => put(sheet, 1, 20, text('@remark'));
    expect((await onForm({}, twiceInTable, grid!.sheet)).rules).toEqual(['column-repeated']);
  });

  it('stands in the marked copy again, and beside what was found of its figure, as text alone', async () => {
    const found = { rule: 'outlier', severity: 'warning', indicator: 'a', message: '相差很大。' } as const;
    const long = {
      ...found,
      rule: 'text-too-long',
      severity: 'error',
      place: { sheet: '月报', cell: 'I9' },
    } as const;
    const remarks = [
      {
        ...beside('a', text('=1+1')),
        entry: { content: text('=1+1'), place: { sheet: '月报', cell: 'I9' } },
      },
      atEndOf('ra', text('@行')),
    ];
    const bytes = await form({ remarks, findings: [found, long, { ...found, indicator: 'grid-ra-ca' }] });
    const workbook = await opened(bytes);
    const sheet = workbook.getWorksheet(layout.findingsSheet)!;
    expect([4, 5, 6].map((row) => [sheet.getCell(row, 4).text, sheet.getCell(row, 8).value])).toEqual([
      [`月报!E${rowOf('a')}`, "'=1+1"],
      [`月报!I${rowOf('a')}`, "'=1+1"],
      [`${grid!.sheet}!C5`, "'@行"],
    ]);
    expect(workbook.getWorksheet('月报')!.getCell(rowOf('a'), formColumns.remark).value).toBe("'=1+1");
    expect(read(await readWorkbook(bytes), january, catalogue).remarks.map((each) => each.text)).toEqual([
      '=1+1',
      '@行',
    ]);
  });
});
