import { describe, expect, it } from 'vitest';
import { formColumns } from '../../../shared/workbook/layout.ts';
import { readWorkbook, type SheetReading } from '../../../shared/workbook/reading/read-workbook.ts';
import { contents, edited, moved, put, read, rowOf, withSheet } from './form-cases.ts';
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
  third,
} from './police-form.ts';

const untouched = read(original);
const afterRow = (at: number) => (row: number) => (row > at ? row + 1 : row);

/** Distinct figures, so that a swap shows. */
const numbered = onForm((sheet) =>
  layout.rows
    .filter(({ list }) => list === undefined)
    .reduce((so, { row }) => put(so, row, formColumns.value, { kind: 'number', text: String(row) }), sheet),
);

describe('what a clerk may do to a form without changing what it says', () => {
  it.each([
    [
      'renamed and reordered sheets',
      (w: Parameters<Parameters<typeof edited>[1]>[0]) => {
        w.worksheets.forEach((sheet, index) => {
          sheet.name = `表${9 - index}`;
          (sheet as unknown as { orderNo: number }).orderNo = 9 - index;
        });
      },
    ],
    [
      'sheets of their own',
      (w: Parameters<Parameters<typeof edited>[1]>[0]) => {
        w.addWorksheet('底稿').getCell('E6').value = 999;
      },
    ],
    [
      'no instructions',
      (w: Parameters<Parameters<typeof edited>[1]>[0]) => {
        w.removeWorksheet('填报说明');
      },
    ],
    [
      'other fonts, widths and shown marks',
      (w: Parameters<Parameters<typeof edited>[1]>[0]) => {
        const sheet = w.getWorksheet('月报')!;
        sheet.getRow(1).hidden = false;
        sheet.getColumn(1).hidden = false;
        sheet.getCell('E6').font = { name: 'Arial' };
      },
    ],
  ])('%s', async (_, change) => {
    const { submission, findings } = read(await readWorkbook(await edited(bytes, change)));
    expect(findings).toEqual([]);
    expect(contents(submission)).toEqual(contents(untouched.submission));
  });

  it.each([
    ['a row inserted above', (sheet: SheetReading) => moved(sheet, { row: (row) => row + 1 })],
    [
      'a row inserted between indicators',
      (sheet: SheetReading) => moved(sheet, { row: afterRow(rowOf(second)) }),
    ],
    ['a column inserted in front', (sheet: SheetReading) => moved(sheet, { column: (column) => column + 1 })],
    [
      'a column inserted before the figures',
      (sheet: SheetReading) => moved(sheet, { column: (c) => (c >= formColumns.value ? c + 1 : c) }),
    ],
    [
      'two rows sorted whole',
      (sheet: SheetReading) => moved(sheet, { row: swapped(rowOf(first), rowOf(third)) }),
    ],
    [
      'all rows sorted the other way',
      (sheet: SheetReading) =>
        moved(sheet, { row: (row) => (row >= 6 && row <= lastRow ? lastRow + 6 - row : row) }),
    ],
    [
      'the title deleted',
      (sheet: SheetReading) => ({
        ...moved(sheet, { row: (row) => (row > 2 ? row - 1 : row) }),
        cells: moved(
          { ...sheet, cells: sheet.cells.filter(({ row }) => row !== 2) },
          { row: (row) => (row > 2 ? row - 1 : row) },
        ).cells,
      }),
    ],
  ])('%s', (_, change) => {
    const before = read(numbered);
    const after = read(withSheet(numbered, '月报', change));
    expect(after.submission.findings).toEqual([]);
    expect(contents(after.submission)).toEqual(contents(before.submission));
    expect(after.submission.signature).toEqual(before.submission.signature);
  });

  it('a figure keeps the cell that it stands in', () => {
    const { submission } = read(
      onForm((sheet) => moved(sheet, { row: (row) => row + 1, column: (column) => column + 1 })),
    );
    expect(submission.figures.get(first)?.place).toEqual({ sheet: '月报', cell: `F${rowOf(first) + 1}` });
  });

  it('hidden rows count, and are said to', () => {
    const row = rowOf(second);
    const result = read(
      onForm((sheet) => ({
        ...sheet,
        hiddenRows: [
          [1, 1],
          [row, row],
        ],
      })),
    );
    expect(result.findings).toMatchObject([
      { rule: 'row-hidden', severity: 'info', indicator: second, found: '3' },
    ]);
    expect(contents(result.submission)).toEqual(contents(untouched.submission));
  });

  it('a word in the margin of the figures is not read, and said not to be', () => {
    const { findings } = read(
      onForm((sheet) => put(sheet, lastRow + 1, formColumns.value, { kind: 'text', text: '以上' })),
    );
    expect(findings).toMatchObject([
      { rule: 'cell-ignored', severity: 'info', place: { cell: `E${lastRow + 1}` } },
    ]);
  });

  it('gaps between the items of a list are none', () => {
    const result = read(
      withSheet(original, firstList.sheet, (sheet) => moved(sheet, { row: (row) => (row === 6 ? 40 : row) })),
    );
    expect(result.findings).toEqual([]);
    expect(result.submission.lists.get(firstList.indicator.id)?.[1]?.place?.cell).toBe('C40');
  });
});
