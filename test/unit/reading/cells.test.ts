import { describe, expect, test } from 'vitest';
import { cellAddress } from '../../../shared/workbook/reading/address.ts';
import { readWorkbook, type WorkbookReading } from '../../../shared/workbook/reading/read-workbook.ts';
import { type Fixture, mainNamespace, workbookBytes } from '../../fixtures/spreadsheetml.ts';
import { cases, formats, strings, styles } from './cell-cases.ts';

async function read(rows: string, fixture: Fixture = {}): Promise<WorkbookReading> {
  return readWorkbook(
    workbookBytes({ sheets: [{ name: '月报', rows }], strings, styles, formats, ...fixture }),
  );
}

/** What was read, short: `A1 number 12`. */
function told({ sheets, findings }: WorkbookReading): string[] {
  const cells = sheets.flatMap((sheet) =>
    sheet.cells.map(({ row, column, value, formula }) => {
      const { kind, ...rest } = value;
      const words = [
        cellAddress(row, column),
        kind,
        ...Object.values(rest).map((each) => JSON.stringify(each)),
      ];
      return words.join(' ') + (formula === undefined ? '' : ` =${formula}`);
    }),
  );
  return [...cells, ...findings.map(({ rule, place }) => `! ${rule} ${place?.cell ?? '-'}`)];
}

describe('cells', () => {
  test.each(cases)('%s', async (_, rows, expected) => {
    expect(told(await read(rows))).toEqual(expected);
  });

  test.each(cases)('the same under a prefix and indented: %s', async (_, rows, expected) => {
    const prefixed = rows
      .replace(/<(\/?)(row|c|v|f|is|t|r|rPh)(?=[\s/>])/g, '<$1m:$2')
      .replace(/<(m:(row|c|v|f|is)|\/m:(row|c))(?=[\s/>])/g, '\n <$1');
    const xml = `<m:worksheet xmlns:m="${mainNamespace}"><m:sheetData>${prefixed}</m:sheetData></m:worksheet>`;
    const reading = await readWorkbook(workbookBytes({ sheets: [{ xml }], strings, styles, formats }));
    expect(told(reading)).toEqual(expected);
  });

  test('names without a prefix do not count where the document uses one', async () => {
    const rows = '<m:row r="1"><c r="A1"><v>666</v></c><m:c r="B1"><v>666</v><m:v>1</m:v></m:c></m:row>';
    const xml = `<m:worksheet xmlns:m="${mainNamespace}" xmlns="urn:x"><m:sheetData>${rows}</m:sheetData></m:worksheet>`;
    expect(told(await readWorkbook(workbookBytes({ sheets: [{ xml }] })))).toEqual(['B1 number "1"']);
  });

  test('in the 1904 system dates are four years later', async () => {
    const rows = '<row r="1"><c r="A1" s="1"><v>43554</v></c><c r="B1" s="1"><v>0</v></c></row>';
    expect(told(await read(rows, { date1904: true }))).toEqual([
      'A1 date "2023-03-31" "43554"',
      'B1 date "1904-01-01" "0"',
    ]);
  });

  test('a text longer than a cell may have is an error', async () => {
    const long = '长'.repeat(32_768);
    const rows = `<row r="1"><c r="A1" t="str"><v>${long}</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="str"><v>${long.slice(1)}</v></c></row>`;
    const reading = await read(rows, { strings: `<si><t>${long}</t></si>` });
    expect(reading.findings.map(({ rule, place }) => [rule, place?.cell])).toEqual([
      ['file-text-too-long', 'A1'],
      ['file-text-too-long', 'B1'],
    ]);
  });

  test('findings name the sheet and quote what was found, with what nobody sees by name', async () => {
    const { findings } = await read('<row r="1"><c r="A1"><v>1\u200b2</v></c></row>');
    expect(findings).toEqual([
      expect.objectContaining({
        place: { sheet: '月报', cell: 'A1' },
        found: '1‹U+200B›2',
        severity: 'error',
      }),
    ]);
  });
});
