import { describe, expect, test } from 'vitest';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { type Fixture, mainNamespace, workbookParts, zipped } from '../../fixtures/spreadsheetml.ts';
import { firstValues, number1, one, read, rules } from './one-number.ts';

describe('sheets', () => {
  test('come in the order of the workbook, with their visibility', async () => {
    const { sheets, findings } = await read({
      sheets: [
        { name: '封面', rows: one },
        { name: 'a & b <c>', state: 'hidden' },
        { name: '三', state: 'veryHidden' },
        { name: '_x0041_' },
      ],
    });
    expect(sheets.map(({ name, visibility }) => [name, visibility])).toEqual([
      ['封面', 'visible'],
      ['a & b <c>', 'hidden'],
      ['三', 'very-hidden'],
      ['A', 'visible'],
    ]);
    expect(findings).toEqual([]);
  });

  test('ranges of merges, validations and names over a whole sheet are kept as ranges', async () => {
    const { sheets, findings } = await read({
      sheets: [
        {
          rows: one,
          after:
            '<mergeCells count="2"><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2"/><mergeCell ref="C:C"/></mergeCells><dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>',
        },
      ],
    });
    expect(findings).toEqual([]);
    expect(sheets[0]?.merges).toEqual([
      { firstRow: 1, firstColumn: 1, lastRow: 1_048_576, lastColumn: 16_384 },
      { firstRow: 2, firstColumn: 2, lastRow: 2, lastColumn: 2 },
      { firstRow: 1, firstColumn: 3, lastRow: 1_048_576, lastColumn: 3 },
    ]);
  });

  test('a merge whose range is none is an error', async () => {
    const reading = await read({
      sheets: [{ rows: one, after: '<mergeCells><mergeCell ref="A1:ZZZ9"/></mergeCells>' }],
    });
    expect(rules(reading)).toEqual(['file-merge-range']);
  });

  test('hidden rows and columns are stretches; a height or width of 0 hides too', async () => {
    const { sheets } = await read({
      sheets: [
        {
          before:
            '<cols><col min="2" max="3" hidden="1"/><col min="4" max="4" width="0"/><col min="6" max="16384" hidden="true"/></cols>',
          rows: '<row r="9" hidden="1"/><row r="2" hidden="1"/><row r="3" hidden="true"/><row r="4" ht="0" customHeight="1"/><row r="5" hidden="0"/>',
        },
      ],
    });
    expect(sheets[0]?.hiddenRows).toEqual([
      [2, 4],
      [9, 9],
    ]);
    expect(sheets[0]?.hiddenColumns).toEqual([
      [2, 4],
      [6, 16_384],
    ]);
  });

  test('where rows are hidden by default, those that are given are shown', async () => {
    const { sheets } = await read({
      sheets: [
        {
          before: '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>',
          rows: '<row r="2"/><row r="3"/><row r="4" hidden="1"/>',
        },
      ],
    });
    expect(sheets[0]?.hiddenRows).toEqual([
      [1, 1],
      [4, 1_048_576],
    ]);
  });

  test('chart sheets, dialog sheets and macro sheets are skipped and said to be', async () => {
    const fixture: Fixture = { sheets: [{ name: '图表' }, { name: '数据', rows: one }] };
    const parts = workbookParts(fixture);
    const relations = String(parts['xl/_rels/workbook.xml.rels']).replace(
      'relationships/worksheet"',
      'relationships/chartsheet"',
    );
    const reading = await read({ ...fixture, parts: { 'xl/_rels/workbook.xml.rels': relations } });
    expect(firstValues(reading)).toEqual([['数据', number1]]);
    expect(reading.findings).toEqual([
      expect.objectContaining({ rule: 'file-sheet-skipped', severity: 'info', place: { sheet: '图表' } }),
    ]);
  });

  test('a workbook without a sheet to read is an error', async () => {
    expect(rules(await read({ sheets: [] }))).toEqual(['file-no-sheet']);
  });

  test('the data of a sheet twice is an error', async () => {
    const xml = `<worksheet xmlns="${mainNamespace}"><sheetData>${one}</sheetData><sheetData/></worksheet>`;
    expect(rules(await read({ sheets: [{ xml }] }))).toEqual(['file-sheet-twice']);
  });

  test('rows elsewhere than in the data of the sheet do not count', async () => {
    const { sheets } = await read({
      sheets: [{ before: `<extLst><ext>${one}<sheetData>${one}</sheetData></ext></extLst>`, after: one }],
    });
    expect(sheets[0]?.cells).toEqual([]);
  });

  test.each(['', 'A'.repeat(300)])("a sheet named '%s' is an error", async (name) => {
    expect(rules(await read({ sheets: [{ name }] }))).toEqual(['file-sheet-name']);
  });

  test('two sheets of one name are an error', async () => {
    expect(rules(await read({ sheets: [{ name: 'a' }, { name: 'A' }] }))).toEqual(['file-sheet-name']);
  });

  test('macros are not run but said to be there', async () => {
    const parts = workbookParts({ sheets: [{ rows: one }] });
    const vba =
      '<Relationship Id="x" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>';
    parts['xl/_rels/workbook.xml.rels'] = String(parts['xl/_rels/workbook.xml.rels']).replace(
      '</Relationships>',
      vba,
    );
    parts['xl/vbaProject.bin'] = Uint8Array.of(0xd0, 0xcf);
    const reading = await readWorkbook(zipped(parts));
    expect(firstValues(reading)).toEqual([['表1', number1]]);
    expect(reading.findings).toEqual([
      expect.objectContaining({ rule: 'file-has-macros', severity: 'info' }),
    ]);
  });
});
