import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { deflated, type RawEntry, rawZip } from '../fixtures/hostile-zip.ts';
import { workbookBytes, workbookParts, zipped } from '../fixtures/spreadsheetml.ts';

const sheet = 'xl/worksheets/sheet1.xml';
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
/** Digits that do not compress much, the same each time. */
const noise = (index: number) => (index * 2_654_435_761) % 4_294_967_296;

function lying(): Uint8Array {
  const others = Object.entries(workbookParts()).filter(([name]) => name !== sheet);
  const entries = others.map(
    ([name, xml]): RawEntry => ({
      name,
      data: deflated(Buffer.from(String(xml))),
      size: Buffer.byteLength(String(xml)),
      crc: crc32(String(xml)),
    }),
  );
  return rawZip([...entries, { name: sheet, data: deflated(Buffer.alloc(500 << 20, 32)), size: 60 << 20 }]);
}

const files: Readonly<Record<string, () => Uint8Array>> = {
  '60 MB of spaces': () => zipped({ ...workbookParts(), [sheet]: Buffer.alloc(60 << 20, 32) }),
  '500 MB that say they are 60': lying,
  '60 MB of formatting': () => {
    const row = (at: number) => times(40, (index) => `<c s="${noise(at * 40 + index) % 3}"/>`).join('');
    return workbookBytes({
      sheets: [{ rows: times(90_000, (at) => `<row>${row(at)}</row>`).join('') }],
      styles: [0, 0, 0],
    });
  },
  'a million rows': () =>
    workbookBytes({
      sheets: [{ rows: times(1_000_000, (at) => `<row><c s="${noise(at) % 99}"/></row>`).join('') }],
    }),
  'more cells than allowed': () =>
    workbookBytes({
      sheets: [{ rows: times(600_000, (at) => `<row><c><v>${noise(at)}</v></c></row>`).join('') }],
    }),
  'more strings than allowed': () =>
    workbookBytes({ strings: times(1_000_000, (at) => `<si><t>${noise(at)}</t></si>`).join('') }),
  'a million merges': () =>
    workbookBytes({
      sheets: [
        {
          after: `<mergeCells>${times(1_000_000, (at) => `<mergeCell ref="A${at + 1}:B${at + 1}"/>`).join('')}</mergeCells>`,
        },
      ],
    }),
  'array formulas over whole sheets': () =>
    workbookBytes({
      sheets: [
        {
          rows: times(900, () => `<row><c><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>`).join(''),
        },
      ],
    }),
};

test('hostile files are refused soon, or read within the bounds', async () => {
  const table: Record<string, unknown> = {};
  for (const [what, make] of Object.entries(files)) {
    const file = make();
    const start = performance.now();
    const { findings } = await readWorkbook(file);
    const rules = findings.map(({ rule }) => rule).join();
    table[what] = { KB: Math.round(file.length / 1024), ms: Math.round(performance.now() - start), rules };
    expect(rules).not.toContain('file-unreadable');
  }
  console.table(table);
});
