import { describe, expect, test } from 'vitest';
import { mainNamespace } from '../../fixtures/spreadsheetml.ts';
import { one, read, rules } from './one-number.ts';

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
