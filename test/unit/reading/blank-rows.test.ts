import { describe, expect, test } from 'vitest';
import { inflatesFar } from '../../../shared/workbook/reading/zip-fault.ts';
import { rawZip } from '../../fixtures/hostile-zip.ts';
import { workbookParts } from '../../fixtures/spreadsheetml.ts';
import { entry, opened } from './archive-cases.ts';
import { read, rules } from './one-number.ts';

const value = '<c><v>1</v></c>';

/** Rows that are blank, and one with a number behind them. */
const followed = (rows: string, more = '') =>
  read({ sheets: [{ rows: `${rows}<row>${value}</row>`, before: more }], styles: [0, 0, 0] });

/** What the full reader reads of them: with an attribute more, they are none of the quick reader's. */
const slowly = (rows: string) => rows.replaceAll('<row ', '<row zz="1" ');

describe('blank rows are read quickly as they are read in full', () => {
  test.each<[what: string, rows: string]>([
    ['as Excel writes it', '<row r="7" spans="1:3" s="1" customFormat="1" ht="14.25" customHeight="1"/>'],
    ['as WPS writes it', '<row r="7" s="1" customFormat="1" ht="14.25" customHeight="1" spans="1:3"/>'],
    [
      'as LibreOffice writes it',
      '<row r="7" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"><c r="A7" s="1"/></row>',
    ],
    ['with its number alone', '<row r="7"/>'],
    ['with empty cells', '<row r="7" s="1"><c r="A7" s="1"/><c r="AB7" s="2"/><c r="ZZ7"/></row>'],
    ['with nothing between its tags', '<row r="7"></row>'],
    ['several', '<row r="7"/><row r="8"><c r="A8"/></row><row r="12"/>'],
    ['out of order', '<row r="7"/><row r="3"/>'],
    ['the last but one', '<row r="1048575"/>'],
    ['hidden', '<row r="7" hidden="1"/><row r="8" hidden="true"/>'],
    ['of no height', '<row r="7" ht="0"/><row r="8" ht="0.0" customHeight="1"/>'],
    ['of little height', '<row r="7" ht="0.75"/>'],
    ['with a number in a cell', `<row r="7"><c r="A7" s="1"/>${value}</row>`],
    ['with a cell of another row', '<row r="7"><c r="A8" s="1"/></row>'],
    ['with a cell behind the last column', '<row r="7"><c r="XFE7" s="1"/></row>'],
    ['with a number that is none', '<row r="0"/><row r="1048577"/><row r="x"/>'],
    ['with an attribute twice', '<row r="7" spans="1:3" ht="3" spans="1:3"/>'],
  ])('%s', async (_, rows) => {
    expect(await followed(rows)).toEqual(await followed(slowly(rows)));
  });

  test('where rows are hidden by default, the blank ones are shown', async () => {
    const { sheets } = await followed('<row r="2"/><row r="3"/>', '<sheetFormatPr zeroHeight="1"/>');
    expect(sheets[0]?.hiddenRows).toEqual([
      [1, 1],
      [5, 1_048_576],
    ]);
  });

  test('a sheet that is formatted to its last row is read', async () => {
    const rows = Array.from(
      { length: 1_048_574 },
      (_, at) => `<row r="${at + 1}" s="1" customFormat="1" ht="14.25" x14ac:dyDescent="0.2"/>`,
    );
    const reading = await followed(rows.join(''));
    expect(rules(reading)).toEqual([]);
    expect(reading.sheets[0]?.cells).toEqual([
      { row: 1_048_575, column: 1, value: { kind: 'number', text: '1' } },
    ]);
  });
});

describe('a file that inflates too far', () => {
  const said = (name: string) => inflatesFar(name, 300 * 1024 * 1024, 9 * 1024 * 1024).finding.message;

  test('is told that rows are formatted, if that is a sheet', () => {
    expect(said('xl/worksheets/sheet3.xml')).toBe(
      '工作表的数据（xl/worksheets/sheet3.xml）由 9216 KB 解压为 300 MB，超出系统读取的限度，多半是数据下方有大量设了格式的空行；请在该表中选中数据下方的所有行，删除整行后保存，再重新上传。',
    );
    expect(said('xl/media/image1.bmp')).toContain('请删去图片等与填报无关的内容');
  });

  test('leaves the other sheets as they are, if that is a sheet', async () => {
    const blank = '<row s="1" customFormat="1" ht="14.25"></row>'.repeat(200_000);
    const reading = await read({
      sheets: [
        { name: '填报', rows: `<row>${value}</row>` },
        { name: '底稿', rows: blank },
      ],
    });
    expect(reading.sheets.map(({ name }) => name)).toEqual(['填报']);
    expect(reading.findings).toEqual([
      expect.objectContaining({ rule: 'file-bomb', severity: 'error', place: { sheet: '底稿' } }),
    ]);
  });

  test('as a whole is told so of the part that is most of it', () => {
    const parts = Object.keys(workbookParts()).map((name) =>
      entry(name, 'x', { size: name.includes('sheet1') ? 900_000 : 10_000 }),
    );
    expect(() => opened(rawZip(parts), { inflatedBytes: 950_000 })).toThrow(
      expect.objectContaining({
        finding: expect.objectContaining({ message: expect.stringContaining('worksheets/sheet1.xml') }),
      }),
    );
  });
});
