import { describe, expect, test } from 'vitest';
import { readWorkbook, type WorkbookReading } from '../../../shared/workbook/reading/read-workbook.ts';
import {
  type Fixture,
  mainNamespace,
  sheetXml,
  workbookBytes,
  workbookParts,
  zipped,
} from '../../fixtures/spreadsheetml.ts';

const one = '<row r="1"><c r="A1"><v>1</v></c></row>';
const strict = 'http://purl.oclc.org/ooxml';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const read = (fixture: Fixture): Promise<WorkbookReading> => readWorkbook(workbookBytes(fixture));
const rules = (reading: WorkbookReading) => reading.findings.map(({ rule }) => rule);
const firstValues = ({ sheets }: WorkbookReading) => sheets.map(({ name, cells }) => [name, cells[0]?.value]);
const number1 = { kind: 'number', text: '1' };

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
            '<mergeCells count="2"><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2"/></mergeCells><dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>',
        },
      ],
    });
    expect(findings).toEqual([]);
    expect(sheets[0]?.merges).toEqual([
      { firstRow: 1, firstColumn: 1, lastRow: 1_048_576, lastColumn: 16_384 },
      { firstRow: 2, firstColumn: 2, lastRow: 2, lastColumn: 2 },
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

describe('parts', () => {
  test('are found by relationships, whatever their names', async () => {
    const parts = workbookParts({ sheets: [{ rows: one }] });
    const renamed = {
      '_rels/.rels': String(parts['_rels/.rels']).replace('xl/workbook.xml', '/Wörk/b%20k.xml'),
      'wörk/b k.xml': parts['xl/workbook.xml'] ?? '',
      'wörk/_rels/B K.xml.rels': String(parts['xl/_rels/workbook.xml.rels'])
        .replace('worksheets/sheet1.xml', '../A/./x/../B.XML')
        .replaceAll(/Target="(styles|sharedStrings)/g, 'Target="/xl/$1'),
      'a/b.xml': parts['xl/worksheets/sheet1.xml'] ?? '',
      'xl/worksheets/sheet1.xml': sheetXml({ rows: one.replace('>1<', '>666<') }),
      'xl/styles.xml': parts['xl/styles.xml'] ?? '',
      'xl/sharedStrings.xml': parts['xl/sharedStrings.xml'] ?? '',
    };
    expect(firstValues(await readWorkbook(zipped(renamed)))).toEqual([['表1', number1]]);
  });

  test('may be named with backslashes, or a slash at the start', async () => {
    const parts = workbookParts({ sheets: [{ rows: one }] });
    const renamed = Object.entries(parts).map(([name, content], index) => [
      index % 2 ? `/${name}` : name.replaceAll('/', '\\'),
      content,
    ]);
    expect(firstValues(await readWorkbook(zipped(Object.fromEntries(renamed))))).toEqual([['表1', number1]]);
  });

  test('may be of the strict form', async () => {
    const parts = workbookParts({ sheets: [{ rows: one }] });
    const renamed = Object.entries(parts).map(([name, content]) => [
      name,
      String(content)
        .replaceAll(mainNamespace, `${strict}/spreadsheetml/main`)
        .replaceAll(office, `${strict}/officeDocument/relationships`),
    ]);
    expect(firstValues(await readWorkbook(zipped(Object.fromEntries(renamed))))).toEqual([['表1', number1]]);
  });

  test.each([
    ['utf-8 with a mark', (xml: string) => Buffer.from(`\ufeff${xml}`)],
    ['utf-16le', (xml: string) => Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
    ['utf-16le without a mark', (xml: string) => Buffer.from(xml.replace('UTF-8', 'UTF-16'), 'utf16le')],
    ['utf-16be', (xml: string) => Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le').swap16()],
  ])('may be in %s', async (_, encode) => {
    const text = '<row r="1"><c r="A1" t="str"><v>汉字𠀀</v></c></row>';
    const parts = Object.entries(workbookParts({ sheets: [{ rows: text }] })).map(([name, xml]) => [
      name,
      encode(String(xml)),
    ]);
    const reading = await readWorkbook(zipped(Object.fromEntries(parts)));
    expect(firstValues(reading)).toEqual([['表1', { kind: 'text', text: '汉字𠀀' }]]);
  });

  test('styles and strings may be missing', async () => {
    const parts = workbookParts({ sheets: [{ rows: one }] });
    const bare = {
      ...parts,
      'xl/_rels/workbook.xml.rels': String(parts['xl/_rels/workbook.xml.rels']).replace(
        /<Relationship Id="rId90.*\/>/,
        '',
      ),
    };
    expect(firstValues(await readWorkbook(zipped(bare)))).toEqual([['表1', number1]]);
  });

  test.each<[string, string | undefined]>([
    ['xl/worksheets/sheet1.xml', undefined],
    ['xl/_rels/workbook.xml.rels', undefined],
    ['xl/sharedStrings.xml', undefined],
    ['xl/workbook.xml', undefined],
  ])('a workbook without %s is an error', async (name, content) => {
    expect(rules(await read({ parts: { [name]: content } }))).toEqual(['file-part-missing']);
  });

  test.each<[string, string, (xml: string) => string]>([
    [
      'two workbooks',
      '_rels/.rels',
      (xml) =>
        xml.replace('</Rel', `<Relationship Id="b" Type="${office}/officeDocument" Target="b.xml"/></Rel`),
    ],
    [
      'two relationships of one id',
      'xl/_rels/workbook.xml.rels',
      (xml) =>
        xml.replace('</Rel', `<Relationship Id="rId1" Type="${office}/worksheet" Target="b.xml"/></Rel`),
    ],
    [
      'two lists of strings',
      'xl/_rels/workbook.xml.rels',
      (xml) =>
        xml.replace('</Rel', `<Relationship Id="b" Type="${office}/sharedStrings" Target="b.xml"/></Rel`),
    ],
  ])('%s are ambiguous', async (_, name, change) => {
    expect(rules(await read({ parts: { [name]: change(String(workbookParts()[name])) } }))).toEqual([
      'file-ambiguous-parts',
    ]);
  });

  test('two ids of a sheet are ambiguous', async () => {
    const xml = String(workbookParts()['xl/workbook.xml']).replace('r:id=', 'x:id="rId901" r:id=');
    expect(rules(await read({ parts: { 'xl/workbook.xml': xml } }))).toEqual(['file-xml']);
  });

  test('a sheet outside of the file is an error', async () => {
    const xml = String(workbookParts()['xl/_rels/workbook.xml.rels']).replace(
      'Target="worksheets',
      'TargetMode="External" Target="http://example.org',
    );
    expect(rules(await read({ parts: { 'xl/_rels/workbook.xml.rels': xml } }))).toEqual([
      'file-part-missing',
    ]);
  });
});

describe('XML that is wrong is refused', () => {
  const wrap = (rows: string) =>
    `<worksheet xmlns="${mainNamespace}"><sheetData>${rows}</sheetData></worksheet>`;
  test.each<[what: string, xml: string, rule: string]>([
    ['nothing', '', 'file-xml'],
    ['no XML', 'hello', 'file-xml'],
    ['another root', '<html/>', 'file-xml'],
    ['another namespace', '<worksheet xmlns="urn:x"/>', 'file-xml'],
    ['an end too early', wrap(one).slice(0, -20), 'file-xml'],
    ['an end in a tag', wrap(one).slice(0, -1), 'file-xml'],
    ['tags that do not match', wrap('<row r="1"></c>'), 'file-xml'],
    ['a second root', `${wrap(one)}<worksheet/>`, 'file-xml'],
    ['text behind the root', `${wrap(one)}x`, 'file-xml'],
    ['an attribute twice', wrap('<row r="1"><c r="A1" r="B1"><v>1</v></c></row>'), 'file-xml'],
    ['an attribute without quotes', wrap('<row r=1/>'), 'file-xml'],
    ['an attribute without a value', wrap('<row r/>'), 'file-xml'],
    ['attributes without a space', wrap('<row r="1"ht="2"/>'), 'file-xml'],
    ['< in an attribute', wrap('<row r="<"/>'), 'file-xml'],
    ['a namespace bound anew', wrap('<row r="1" xmlns="urn:x"/>'), 'file-xml'],
    ['a document type', `<!DOCTYPE worksheet>${wrap(one)}`, 'file-doctype'],
    [
      'an entity',
      `<!DOCTYPE worksheet [<!ENTITY a "1">]>${wrap('<row r="1"><c r="A1"><v>&a;</v></c></row>')}`,
      'file-doctype',
    ],
    ['an unknown entity', wrap('<row r="1"><c r="A1"><v>&nbsp;</v></c></row>'), 'file-entity'],
    ['a bare ampersand', wrap('<row r="1"><c r="A1" t="str"><v>a & b</v></c></row>'), 'file-entity'],
    ['another declaration', wrap('<!ELEMENT a>xxxxxxxxxx'), 'file-xml'],
    ['elements nested too deep', wrap('<a>'.repeat(300)), 'file-xml'],
  ])('%s', async (_, xml, rule) => {
    expect(rules(await read({ sheets: [{ xml }] }))).toEqual([rule]);
  });

  test('an encoding that is none of ours', async () => {
    const xml = `<?xml version="1.0" encoding="GBK"?>${wrap(one)}`;
    expect(rules(await read({ sheets: [{ xml }] }))).toEqual(['file-encoding']);
  });

  test('bytes that are not UTF-8', async () => {
    const xml = Buffer.from(wrap('<row r="1"><c r="A1" t="str"><v>\u00ff</v></c></row>'), 'latin1');
    expect(rules(await read({ parts: { 'xl/worksheets/sheet1.xml': xml } }))).toEqual(['file-encoding']);
  });
});
