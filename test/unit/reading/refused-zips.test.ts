import { describe, expect, test } from 'vitest';
import { deflated, headersOf, type RawEntry, rawZip, tampered } from '../../fixtures/hostile-zip.ts';
import { workbookParts } from '../../fixtures/spreadsheetml.ts';
import { entry } from './archive-cases.ts';
import { good } from './one-number.ts';
import { rulesOf } from './refusals.ts';

const sheet = 'xl/worksheets/sheet1.xml';

type Write = 'writeUInt16LE' | 'writeUInt32LE';
function both(bytes: Buffer, write: Write, value: number, central: number, local: number): void {
  bytes[write](value, central);
  bytes[write](value, local);
}

describe('a zip is refused', () => {
  const changed = (name: string, change: (bytes: Buffer, at: { central: number; local: number }) => void) =>
    tampered(good, (bytes) => change(bytes, headersOf(good, name)));
  const zeros = (size: number, more: Partial<RawEntry> = {}): RawEntry => ({
    name: sheet,
    data: deflated(Buffer.alloc(size, 32)),
    size,
    ...more,
  });

  test.each<[what: string, bytes: Uint8Array, rule: string]>([
    ['cut at half', good.slice(0, good.length / 2), 'file-truncated'],
    ['without its last byte', good.slice(0, -1), 'file-truncated'],
    ['followed by another', Buffer.concat([good, good]), 'file-two-archives'],
    ['followed by the start of another', Buffer.concat([good, good.slice(0, 100)]), 'file-two-archives'],
    [
      'followed by the directory of another',
      Buffer.concat([good, good.slice(headersOf(good, sheet).central)]),
      'file-two-archives',
    ],
    ['followed by the end of another', Buffer.concat([good, good.slice(-22)]), 'file-two-archives'],
    [
      'followed by another and much else',
      Buffer.concat([good, good, Buffer.alloc(70_000, 'x')]),
      'file-two-archives',
    ],
    ['followed by another without its end', Buffer.concat([good, good.slice(0, -1)]), 'file-two-archives'],
    [
      'cut behind a whole zip in it',
      rawZip([{ ...entry('a.zip'), method: 0, data: good }, entry('b')]).slice(0, -30),
      'file-truncated',
    ],
    ['of nothing but end records', Buffer.from('PK\x05\x06'.repeat(250_000)), 'file-damaged'],
    ['with bytes before it', Buffer.concat([Buffer.from('PK\x03\x04'), good]), 'file-damaged'],
    [
      'with a wrong CRC',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt32LE', 1, at.central + 16, at.local + 14)),
      'file-crc',
    ],
    [
      'with damaged data',
      changed(sheet, (bytes, at) =>
        bytes.fill(0xff, at.local + 30 + sheet.length, at.local + 40 + sheet.length),
      ),
      'file-damaged',
    ],
    [
      'with a CRC that differs in its two headers',
      changed(sheet, (bytes, at) => bytes.writeUInt32LE(1, at.local + 14)),
      'file-damaged',
    ],
    [
      'with a method that differs',
      changed(sheet, (bytes, at) => bytes.writeUInt16LE(0, at.local + 8)),
      'file-damaged',
    ],
    [
      'with flags that differ',
      changed(sheet, (bytes, at) => bytes.writeUInt16LE(1, at.local + 6)),
      'file-damaged',
    ],
    [
      'with a name that differs',
      changed(sheet, (bytes, at) => bytes.write('XL', at.local + 30)),
      'file-damaged',
    ],
    [
      'with an unknown method',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt16LE', 12, at.central + 10, at.local + 8)),
      'file-damaged',
    ],
    [
      'with a password',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt16LE', 1, at.central + 8, at.local + 6)),
      'file-is-encrypted',
    ],
    [
      'that says less than it inflates to',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt32LE', 9, at.central + 24, at.local + 22)),
      'file-inflates-too-far',
    ],
    [
      'that says more than it inflates to',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt32LE', 9999, at.central + 24, at.local + 22)),
      'file-damaged',
    ],
    [
      'whose large entry inflates to more than it says',
      rawZip([
        ...Object.entries(workbookParts())
          .filter(([name]) => name !== sheet)
          .map(([name, xml]) => entry(name, String(xml))),
        zeros(40_000_000, { size: 1_100_000 }),
      ]),
      'file-inflates-too-far',
    ],
    ['with an entry of 129 MiB', rawZip([zeros(129 * 1024 * 1024, { name: 'a.xml' })]), 'file-bomb'],
    ['with a ratio above 200', rawZip([zeros(2 * 1024 * 1024, { name: 'a.xml' })]), 'file-bomb'],
    [
      'with three entries of 50 MiB',
      rawZip(
        [0, 1, 2].map((index) =>
          entry(`${index}`, 'x', { size: 50 * 1024 * 1024, data: Buffer.alloc(300_000) }),
        ),
      ),
      'file-bomb',
    ],
    ['with 2001 entries', rawZip(Array.from({ length: 2001 }, (_, index) => entry(`${index}`))), 'file-bomb'],
    ['with an entry twice', rawZip([entry('a.xml'), entry('a.xml')]), 'file-duplicate-entry'],
    [
      'with two entries that differ by case',
      rawZip([entry('a/b.xml'), entry('A\\B.xml')]),
      'file-duplicate-entry',
    ],
    [
      'with entries that share their data',
      rawZip([
        entry('a.xml'),
        entry('b.xml', '<x/>', { localName: 'b.xml' }),
        entry('b.xml2', '<x/>', { sameDataAs: 1, localName: 'b.xml' }),
      ]),
      'file-damaged',
    ],
    [
      'with two entries at one place',
      rawZip([entry('a.xml'), { ...entry('b.xml'), sameDataAs: 0 }]),
      'file-damaged',
    ],
    ['with a name that climbs', rawZip([entry('../a.xml')]), 'file-entry-name'],
    ['with a name with a zero', rawZip([entry('a\0.xml')]), 'file-entry-name'],
    ['with an absolute name', rawZip([entry('C:\\a.xml')]), 'file-entry-name'],
    ['without a name', rawZip([entry('')]), 'file-entry-name'],
  ])('%s', async (_, bytes, rule) => {
    expect(await rulesOf(bytes)).toEqual([rule]);
  });

  test('whose entries overlap', async () => {
    const inner = entry('b.xml');
    const outer = rawZip([
      {
        ...entry('a.xml'),
        method: 0,
        data: Buffer.concat([rawZip([inner]).slice(0, 35 + inner.data.length)]),
      },
      inner,
    ]);
    const overlapping = tampered(outer, (bytes) => {
      const { central } = headersOf(outer, 'b.xml');
      bytes.writeUInt32LE(30 + 'a.xml'.length, central + 42);
    });
    expect(await rulesOf(overlapping)).toEqual(['file-overlapping-entries']);
  });
});
