import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingSchema } from '../../shared/core/returns/finding.ts';
import { readWorkbook, type WorkbookReading } from '../../shared/workbook/reading/read-workbook.ts';
import { gridWorkbook, workbookParts, zipped } from '../fixtures/spreadsheetml.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

const seed = 20_230_331;
const good = gridWorkbook(12, 8);

/** Whatever the bytes: an answer whose findings are findings, with an error or with sheets. */
async function readSafely(bytes: Uint8Array): Promise<WorkbookReading> {
  const reading = await readWorkbook(bytes);
  for (const finding of reading.findings) findingSchema.parse(finding);
  expect(reading.findings.map(({ rule }) => rule)).not.toContain('file-unreadable');
  if (!reading.findings.some(({ severity }) => severity === 'error')) expect(reading.sheets).not.toEqual([]);
  return reading;
}

describe('reading never fails', () => {
  test('on random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, zip) => {
        await readSafely(zip ? Buffer.concat([Buffer.from('PK\x03\x04'), bytes]) : bytes);
      }),
      { seed, numRuns: casesTried(2000) },
    );
  });

  test('on a workbook with some bytes changed, cut out or put in', async () => {
    const change = fc.record({
      at: fc.nat(good.length),
      cut: fc.nat(20),
      put: fc.uint8Array({ maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let bytes = Buffer.from(good);
        for (const { at, cut, put } of changes)
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
        await readSafely(bytes);
      }),
      { seed, numRuns: casesTried(2000) },
    );
  });

  test('on a workbook whose directory has bytes changed', async () => {
    const change = fc.record({
      back: fc.integer({ min: 1, max: 700 }),
      to: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const bytes = Buffer.from(good);
        for (const { back, to } of changes) bytes[bytes.length - back] = to;
        await readSafely(bytes);
      }),
      { seed, numRuns: casesTried(3000) },
    );
  });

  test('on parts whose XML was shuffled', async () => {
    const parts = workbookParts({
      sheets: [
        { rows: '<row r="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1"><f>A1</f><v>1</v></c></row>' },
      ],
      strings: '<si><t>甲</t></si>',
    });
    const pieces = [
      '<',
      '>',
      '/',
      '"',
      '&',
      ';',
      ' ',
      '<c',
      '</c>',
      '<v>',
      '</v>',
      '<row r="1">',
      '</row>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '&#55296;',
      '_xD800_',
      'r="B7"',
      '9',
      '\ufffe',
      '<!',
    ];
    const change = fc.record({ at: fc.nat(1000), cut: fc.nat(12), put: fc.constantFrom(...pieces) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(parts)),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (name, changes) => {
          let xml = String(parts[name]);
          for (const { at, cut, put } of changes)
            xml = xml.slice(0, at % xml.length) + put + xml.slice((at % xml.length) + cut);
          await readSafely(zipped({ ...parts, [name]: xml }, 1));
        },
      ),
      { seed, numRuns: casesTried(3000) },
    );
  });
});
