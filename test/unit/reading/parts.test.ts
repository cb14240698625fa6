import { describe, expect, test } from 'vitest';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { mainNamespace, sheetXml, workbookParts, zipped } from '../../fixtures/spreadsheetml.ts';
import { firstValues, number1, one, read, rules } from './one-number.ts';

const strict = 'http://purl.oclc.org/ooxml';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

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
