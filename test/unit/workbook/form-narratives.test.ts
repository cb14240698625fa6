import { describe, expect, it } from 'vitest';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout, narrativeSheetName } from '../../../shared/workbook/layout.ts';
import { readWorkbook, type SheetReading } from '../../../shared/workbook/reading/read-workbook.ts';
import { opened, signature } from './form-cases.ts';
import { narrated, narratedForm, onNarratives, written } from './narrative-findings.ts';

const saidIn = ({ narratives }: Awaited<ReturnType<typeof onNarratives>>) =>
  Object.fromEntries(narratives.map(({ narrative, text }) => [narrative, text]));
const errorsIn = ({ findings }: Awaited<ReturnType<typeof onNarratives>>) =>
  findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);

describe('narratives on a form', () => {
  it('are a sheet of their own, one a row, with what to write and room to write it', async () => {
    const sheet = (await opened(await narratedForm({}))).getWorksheet(narrativeSheetName)!;
    const rows = [4, 5, 6].map((row) => [2, 3, 4, 5].map((column) => sheet.getCell(row, column).text));
    expect(rows).toEqual([
      ['序号', '名称', '填写要求', '内容'],
      ['1', '说明how', '写明情况。必填，不超过 20 字。', ''],
      ['2', '说明best', '写明情况。没有的留空，不超过 20 字。', ''],
    ]);
    expect([5, 6].map((row) => sheet.getCell(row, 5).protection.locked)).toEqual([false, false]);
  });

  it('are read as they were written, each with its place; a blank says nothing', async () => {
    const result = await onNarratives({ how: '  　第一段。\r\n\r\n　　第二段。 ' });
    expect(result.findings).toEqual([]);
    expect(result.narratives).toEqual([
      { narrative: 'how', text: '第一段。\n第二段。', place: { sheet: narrativeSheetName, cell: 'E5' } },
    ]);
  });

  it.each([
    ['=1+1', 'what a spreadsheet program would compute'],
    ['-无', 'what begins like a formula'],
    ['<b>&"', 'what a page would take for its own'],
    ["'引号", 'a quotation mark at the beginning'],
  ])('keep %s as it was typed: %s', async (text) => {
    expect(saidIn(await onNarratives({ how: text }))).toEqual({ how: text });
  });

  it.each<[string, Parameters<typeof written>[0], string]>([
    ['a number is what its cell shows', { kind: 'number', text: '12' }, '12'],
    ['what nobody sees is left out', { kind: 'text', text: '平\u200b安\u0000' }, '平安'],
    ['letters are composed', { kind: 'text', text: 'e\u0301' }, 'é'],
  ])('%s', async (_, content, text) => {
    expect(saidIn(await onNarratives({}, written(content)))).toEqual({ how: text });
  });

  it('are found wherever rows and columns have gone, on a sheet with another name', async () => {
    const moved = (sheet: SheetReading): SheetReading => ({
      ...sheet,
      name: '别的名称',
      cells: sheet.cells
        .map((cell) => ({ ...cell, row: cell.row < 5 ? cell.row : 20 - cell.row, column: cell.column + 1 }))
        .sort((a, b) => a.row - b.row || a.column - b.column),
    });
    const result = await onNarratives({ how: '甲', best: '乙' }, moved);
    expect(errorsIn(result)).toEqual([]);
    expect(saidIn(result)).toEqual({ how: '甲', best: '乙' });
  });

  it('are read below rows that were put in above the headings', async () => {
    const lower = (sheet: SheetReading): SheetReading => ({
      ...sheet,
      cells: sheet.cells.map((cell) => (cell.row < 3 ? cell : { ...cell, row: cell.row + 7 })),
    });
    const result = await onNarratives({ how: '甲' }, lower);
    expect([errorsIn(result), saidIn(result)]).toEqual([[], { how: '甲' }]);
  });

  it.each<[string, string[], Parameters<typeof onNarratives>]>([
    ['a blank that must be filled in', ['narrative-blank'], [{}]],
    ['blanks and unseen characters alone', ['narrative-blank'], [{ how: ' \u200b　' }]],
    ['more than is allowed', ['text-too-long'], [{ how: '长'.repeat(21) }]],
    ['a formula that came to an error', ['text-not-text'], [{}, written({ kind: 'error', code: '#REF!' })]],
    ['writing that is turned round', ['text-reversed'], [{}, written({ kind: 'text', text: '甲\u202e乙' })]],
    [
      'a second paragraph in the row below',
      ['narrative-stray'],
      [{ how: '甲' }, written({ kind: 'text', text: '乙' }, { row: 9 })],
    ],
    [
      'a paragraph in another column of a row below',
      ['narrative-stray'],
      [{ how: '甲' }, written({ kind: 'text', text: '乙' }, { row: 9, column: 3 })],
    ],
    [
      'a second paragraph in the cell to the right',
      ['narrative-stray'],
      [{ how: '甲' }, written({ kind: 'text', text: '乙' }, { column: 6 })],
    ],
    [
      'rows that were sorted without their marks',
      ['row-name-differs'],
      [{ how: '甲' }, written({ kind: 'text', text: '说明best' }, { column: 3 })],
    ],
    ['a row that was deleted', ['row-missing'], [{ how: '甲' }, without(({ row }) => row === 5)]],
    [
      'no column of texts',
      ['column-missing'],
      [{ how: '甲' }, without(({ row, column }) => row === 1 && column === 5)],
    ],
    ['no such sheet', ['sheet-missing'], [{ how: '甲' }, () => []]],
    [
      'cells merged downwards',
      ['input-cell-merged'],
      [
        { how: '甲' },
        (sheet) => ({ ...sheet, merges: [{ firstRow: 5, lastRow: 6, firstColumn: 5, lastColumn: 5 }] }),
      ],
    ],
  ])('of %s is said: %s', async (_, rules, submission) => {
    expect(new Set(errorsIn(await onNarratives(...submission)))).toEqual(new Set(rules));
  });

  it('stand in the marked workbook as they were written, with what is wrong at the cell', async () => {
    const text = '长'.repeat(21);
    const { findings } = await onNarratives({ how: text });
    const layout = formLayout(narrated, { department: 'jia', period: '2023-01' });
    const narratives = new Map([['how', { content: { kind: 'text', text } as const }]]);
    const cell = (await opened(await writeForm(layout, { narratives, signature, findings })))
      .getWorksheet(narrativeSheetName)!
      .getCell('E5');
    expect(cell.text).toBe(text);
    expect(JSON.stringify(cell.note)).toContain('请缩短到 20 字以内');
  });

  it('are on no form that asks for none', async () => {
    const { narratives } = formLayout(
      { ...narrated, narratives: [] },
      { department: 'jia', period: '2023-01' },
    );
    expect(narratives).toBeUndefined();
    const bytes = await narratedForm({ how: '甲' });
    expect((await readWorkbook(bytes)).sheets.map(({ name }) => name)).toEqual([
      '月报',
      narrativeSheetName,
      '填报说明',
    ]);
  });
});

function without(isGone: (cell: SheetReading['cells'][number]) => boolean) {
  return (sheet: SheetReading): SheetReading => ({
    ...sheet,
    cells: sheet.cells.filter((cell) => !isGone(cell)),
  });
}
