import { describe, expect, test } from 'vitest';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { mainNamespace, workbookParts, zipped } from '../../fixtures/spreadsheetml.ts';
import { firstValues, number1, one, read, rules } from './one-number.ts';

const compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
const x14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"';
const et = 'xmlns:et="http://www.wps.cn/officeDocument/2017/etCustomData"';

const row = (value: string) => `<row r="1"><c r="A1"><v>${value}</v></c></row>`;
const sheet = (rows: string, declared = `${compatibility} ${x14} ${et}`) =>
  read({
    sheets: [
      { xml: `<worksheet xmlns="${mainNamespace}" ${declared}><sheetData>${rows}</sheetData></worksheet>` },
    ],
  });
const alternate = (forms: string, declared = '') =>
  `<mc:AlternateContent ${declared}>${forms}</mc:AlternateContent>`;
const choice = (requires: string, content: string) =>
  `<mc:Choice Requires="${requires}">${content}</mc:Choice>`;
const fallback = (content: string) => `<mc:Fallback>${content}</mc:Fallback>`;

describe('of alternate contents, that one is read which Excel takes', () => {
  test.each<[what: string, rows: string, value: string | undefined]>([
    ['a choice that is understood', alternate(choice('x14', row('1')) + fallback(row('2'))), '1'],
    ['else the fallback', alternate(choice('et', row('1')) + fallback(row('2'))), '2'],
    [
      'the first of two',
      alternate(choice('x14', row('1')) + choice('x14', row('2')) + fallback(row('3'))),
      '1',
    ],
    ['the second where the first is not', alternate(choice('et', row('1')) + choice('x14', row('2'))), '2'],
    ['none, without a fallback', alternate(choice('et', row('1'))), undefined],
    ['none of a choice that wants two', alternate(choice('x14 et', row('1')) + fallback(row('2'))), '2'],
    ['a choice that wants two that are', alternate(choice('x14  mc', row('1')) + fallback(row('2'))), '1'],
    ['none of a prefix that is not declared', alternate(choice('x15', row('1')) + fallback(row('2'))), '2'],
    ['none that requires nothing', alternate(choice('', row('1')) + fallback(row('2'))), '2'],
    [
      'an empty choice, which is taken too',
      alternate(`<mc:Choice Requires="x14"/>${fallback(row('2'))}`),
      undefined,
    ],
    ['alternates in alternates', alternate(choice('x14', alternate(fallback(row('1'))))), '1'],
    [
      'nothing of alternates in a form that is not taken',
      alternate(choice('et', alternate(fallback(row('1'))))),
      undefined,
    ],
    [
      'nothing that stands between the forms',
      alternate(row('1') + choice('et', '') + fallback('')),
      undefined,
    ],
    ['forms of another namespace', '<x14:AlternateContent><x14:Fallback/></x14:AlternateContent>', undefined],
    ['no form outside of them', choice('x14', row('1')) + fallback(row('2')), undefined],
    ['cells in a row', `<row r="1">${alternate(choice('x14', '<c r="A1"><v>1</v></c>'))}</row>`, '1'],
    [
      'a value in a cell',
      `<row r="1"><c r="A1">${alternate(choice('et', '<v>1</v>') + fallback('<v>2</v>'))}</c></row>`,
      '2',
    ],
  ])('%s', async (_, rows, value) => {
    const reading = await sheet(rows);
    expect(rules(reading)).toEqual([]);
    expect(reading.sheets[0]?.cells.map((cell) => cell.value)).toEqual(
      value === undefined ? [] : [{ kind: 'number', text: value }],
    );
  });

  test.each<[where: string, rows: string]>([
    ['the choice', alternate(`<mc:Choice ${x14} Requires="x14">${row('1')}</mc:Choice>`)],
    ['the alternates', alternate(choice('x14', row('1')), x14)],
    [
      'the choice, by another prefix',
      alternate(`<mc:Choice ${x14.replace('x14', 'a')} Requires="a">${row('1')}</mc:Choice>`),
    ],
  ])('whose prefix is declared at %s', async (_, rows) => {
    expect(firstValues(await sheet(rows, compatibility))).toEqual([['表1', number1]]);
  });

  test('a prefix means what the nearest element says, and nothing behind its end', async () => {
    const other = `<mc:Choice xmlns:x14="urn:x" Requires="x14">${row('1')}</mc:Choice>`;
    const inside = `<mc:Choice ${x14} Requires="x14 et"/>`;
    expect(firstValues(await sheet(alternate(other + choice('x14', row('2')))))).toEqual([
      ['表1', { kind: 'number', text: '2' }],
    ]);
    expect(firstValues(await sheet(alternate(inside + choice('x14', row('2'))), compatibility))).toEqual([
      ['表1', undefined],
    ]);
  });

  test.each([choice('x14', row('1')), fallback(row('1'))])(
    'a form behind the fallback is a fault',
    async (form) => {
      expect(rules(await sheet(alternate(fallback('') + form)))).toEqual(['file-xml']);
    },
  );

  test('more prefixes than any program declares are a fault', async () => {
    const many = Array.from({ length: 101 }, (_, at) => x14.replace('x14', `x${at}`)).join(' ');
    expect(rules(await sheet(row('1'), many))).toEqual(['file-xml']);
  });

  test('in every part: a sheet, a format and a relationship are found in them', async () => {
    const around = (xml: string, element: RegExp) =>
      xml.replace(
        element,
        (found) => `<mc:AlternateContent ${compatibility}>${fallback(found)}</mc:AlternateContent>`,
      );
    const parts = workbookParts({
      sheets: [{ rows: one.replace('r="A1"', 'r="A1" s="1"') }],
      formats: ['yyyy-mm-dd'],
      styles: [0, 164],
    });
    const changed = {
      ...parts,
      'xl/workbook.xml': around(String(parts['xl/workbook.xml']), /<sheet .*?>/),
      'xl/styles.xml': around(String(parts['xl/styles.xml']), /<numFmt .*?>/),
      'xl/_rels/workbook.xml.rels': around(String(parts['xl/_rels/workbook.xml.rels']), /<Relationship .*?>/),
    };
    expect(firstValues(await readWorkbook(zipped(changed)))).toEqual([
      ['表1', { kind: 'date', iso: '1900-01-01', text: '1' }],
    ]);
  });
});
