import { expect, test } from 'vitest';
import { workbookParts } from '../../fixtures/spreadsheetml.ts';
import { firstValues, number1, one, read, rules } from './one-number.ts';

const extended = 'http://schemas.openxmlformats.org/officeDocument/2006/extended-properties';
const app = (application: string, namespace = extended) =>
  `<Properties xmlns="${namespace}"><Application>${application}</Application></Properties>`;

/** A workbook with a calcPr, and with properties behind a relationship of that type. */
function written(calcPr: string, properties?: string, type = 'officeDocument/2006/extended-properties') {
  const parts = workbookParts({ sheets: [{ rows: one }] });
  const relationship = `<Relationship Id="a" Type="http://x.org/${type}" Target="docProps/app.xml"/></Relationships>`;
  return read({
    sheets: [{ rows: one }],
    parts: {
      'xl/workbook.xml': String(parts['xl/workbook.xml']).replace('</workbook>', `${calcPr}</workbook>`),
      '_rels/.rels': String(parts['_rels/.rels']).replace('</Relationships>', relationship),
      ...(properties !== undefined && { 'docProps/app.xml': properties }),
    },
  });
}

test.each<[calcPr: string, application: string, calculated: boolean]>([
  ['', 'Microsoft Excel', true],
  ['<calcPr calcId="191029"/>', 'Microsoft Excel', true],
  ['<calcPr calcId="191029" fullCalcOnLoad="0" calcCompleted="1"/>', 'Microsoft Excel', true],
  ['<calcPr calcId="124519" fullCalcOnLoad="1"/>', 'Microsoft Excel', false],
  ['<calcPr fullCalcOnLoad="true"/>', 'Microsoft Excel', false],
  ['<calcPr calcCompleted="0"/>', 'Microsoft Excel', false],
  ['<calcPr calcCompleted="false"/>', 'WPS Office', false],
  ['', 'WPS Office', true],
  ['', 'LibreOffice/24.2.7.2$Linux_X86_64', true],
  ['', '', true],
  ['', 'Apache POI', false],
  ['', ' Apache POI\n', false],
  ['', 'NPOI', false],
  ['', 'SheetJS', false],
  ['', 'Go Excelize', false],
  ['', 'Microsoft Excel Compatible / Openpyxl 3.1.5', false],
  ['', 'node-xlsx-stream', false],
])('with %j, of %j, calculated: %s', async (calcPr, application, calculated) => {
  const reading = await written(calcPr, app(application));
  expect(reading.calculated).toBe(calculated);
  expect(firstValues(reading)).toEqual([['表1', number1]]);
});

test('the properties of a strict file are found too', async () => {
  const properties = app('NPOI', 'http://purl.oclc.org/ooxml/officeDocument/extendedProperties');
  expect((await written('', properties, 'officeDocument/relationships/extendedProperties')).calculated).toBe(
    false,
  );
});

test.each<[what: string, properties: string | undefined]>([
  ['that are not there', undefined],
  ['that are cut', app('Apache POI').slice(0, 60)],
  ['that are empty', ''],
  ['with a document type', `<!DOCTYPE a>${app('NPOI')}`],
  ['of another kind', '<html/>'],
])('properties %s are no fault', async (_, properties) => {
  const reading = await written('', properties);
  expect(rules(reading)).toEqual([]);
  expect(reading.calculated).toBe(true);
  expect(firstValues(reading)).toEqual([['表1', number1]]);
});

test('what cannot be read is not calculated', async () => {
  expect((await read({ sheets: [] })).calculated).toBe(false);
});
