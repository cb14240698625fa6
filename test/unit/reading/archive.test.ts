import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { entryKey } from '../../../shared/workbook/reading/archive.ts';
import { defaultLimits, type ReadingLimits } from '../../../shared/workbook/reading/limits.ts';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { deflated, headersOf, type RawEntry, rawZip, tampered } from '../../fixtures/hostile-zip.ts';
import { extraField, u64 } from '../../fixtures/zip64.ts';
import { entry, opened, outcome } from './archive-cases.ts';
import { good as workbook } from './one-number.ts';

const good = Buffer.from(workbook);
const mebi = 1024 * 1024;

describe('the bounds of a zip', () => {
  const sized = (size: number, packed: number, name = 'a') =>
    entry(name, 'x', { size, data: Buffer.alloc(packed) });

  it.each<[what: string, entries: RawEntry[], limits: Partial<ReadingLimits>, expected: string]>([
    ['as many entries as may be', [entry('a'), entry('b')], { entries: 2 }, 'read'],
    ['one more', [entry('a'), entry('b'), entry('c')], { entries: 2 }, 'file-bomb'],
    ['an entry as large as may be', [sized(500, 10)], { inflatedBytesPerEntry: 500 }, 'read'],
    ['a byte more', [sized(501, 10)], { inflatedBytesPerEntry: 500 }, 'file-bomb'],
    ['entries as large together', [sized(300, 9, 'a'), sized(200, 9, 'b')], { inflatedBytes: 500 }, 'read'],
    ['a byte more together', [sized(300, 9, 'a'), sized(201, 9, 'b')], { inflatedBytes: 500 }, 'file-bomb'],
    ['1 MiB out of nothing', [sized(mebi, 1)], {}, 'read'],
    ['a byte more than 1 MiB, out of nothing', [sized(mebi + 1, 1)], {}, 'file-bomb'],
    ['200 times as much', [sized(200 * 6000, 6000)], {}, 'read'],
    ['a byte more than 200 times as much', [sized(200 * 6000 + 1, 6000)], {}, 'file-bomb'],
  ])('%s', (_, entries, limits, expected) => {
    expect(outcome(rawZip(entries), limits)).toBe(expected);
  });

  it('are these by default', () => {
    expect(defaultLimits).toEqual({
      bytes: 10_485_760,
      entries: 2000,
      inflatedBytesPerEntry: 134_217_728,
      inflatedBytes: 134_217_728,
      ratioAboveOneMiB: 200,
      sheets: 256,
      cells: 250_000,
      sharedStrings: 250_000,
      textLength: 32_767,
      textInAll: 8_388_608,
      formatCodeLength: 255,
      styles: 65_536,
      ranges: 50_000,
      arrayFormulas: 1000,
      tokenLength: 1_048_576,
      steps: 12_000_000,
      findings: 100,
    });
  });
});

describe('the end of a zip', () => {
  const comment = (length: number, stated = length) => {
    const bytes = Buffer.concat([good, Buffer.alloc(length, 'c')]);
    bytes.writeUInt16LE(stated, good.length - 2);
    return bytes;
  };

  const followed = (bytes: string) => Buffer.concat([good, Buffer.from(bytes)]);

  it.each<[what: string, bytes: Uint8Array, expected: string]>([
    ['with a comment', comment(9), 'read'],
    ['with the longest comment', comment(65_535), 'read'],
    ['with a comment that is shorter than it says', comment(9, 10), 'file-truncated'],
    ['with a comment that is longer than it says', comment(9, 8), '1 byte behind'],
    ['with blanks behind it', Buffer.concat([good, Buffer.from('\r\n \0')]), 'read'],
    ['with a letter behind it', followed('!'), '1 byte behind'],
    ['with blanks and a letter behind it', followed('  !'), '3 bytes behind'],
    ['with more behind it than a comment may have', followed('x'.repeat(70_000)), '70000 bytes behind'],
    ['with half of a signature behind it', followed('PK\x05'), '3 bytes behind'],
    ['with more blanks behind it than a comment may have', followed(' '.repeat(70_000)), 'read'],
    ['with a comment and bytes behind it', Buffer.concat([comment(9), Buffer.from('!')]), '1 byte behind'],
    [
      'of another disk',
      tampered(good, (bytes) => bytes.writeUInt16LE(1, bytes.length - 18)),
      'damaged: 目录位置有误',
    ],
    [
      'that counts fewer entries on this disk',
      tampered(good, (bytes) => bytes.writeUInt16LE(1, bytes.length - 14)),
      'damaged: 目录位置有误',
    ],
    [
      'with other bytes behind the directory',
      Buffer.concat([good.subarray(0, -22), Buffer.alloc(76), good.subarray(-22)]),
      'damaged: 目录位置有误',
    ],
    [
      'a byte behind the directory',
      Buffer.concat([good.subarray(0, -22), Buffer.alloc(1), good.subarray(-22)]),
      'damaged: 目录位置有误',
    ],
  ])('%s', (_, bytes, expected) => {
    expect(outcome(bytes)).toBe(expected);
  });
});

describe('an entry', () => {
  const two = Buffer.from(rawZip([entry('a.xml'), entry('b.xml')]));
  const local = (name: string) => headersOf(two, name).local;
  const central = (name: string) => headersOf(two, name).central;

  it.each<[what: string, change: (bytes: Buffer) => void, expected: string]>([
    ['as it is', () => {}, 'read'],
    [
      'with its sizes and sum behind the data, as streams write it',
      (bytes) => {
        for (const at of [local('a.xml') + 6, central('a.xml') + 8]) bytes.writeUInt16LE(8, at);
        bytes.fill(0, local('a.xml') + 14, local('a.xml') + 26);
      },
      'read',
    ],
    [
      'with nothing for its sizes without saying that they come later',
      (bytes) => void bytes.fill(0, local('a.xml') + 14, local('a.xml') + 26),
      'damaged: 部件的两处说明不一致',
    ],
    [
      'with its sizes in 64 bits before its data',
      (bytes) => void bytes.fill(0xff, local('a.xml') + 18, local('a.xml') + 26),
      'read',
    ],
    [
      'with another packed size before its data',
      (bytes) => void bytes.writeUInt32LE(5, local('a.xml') + 18),
      'damaged: 部件的两处说明不一致',
    ],
    [
      'with another size before its data',
      (bytes) => void bytes.writeUInt32LE(5, local('a.xml') + 22),
      'damaged: 部件的两处说明不一致',
    ],
    [
      'with another way of saying how hard it was packed',
      (bytes) => void bytes.writeUInt16LE(6, local('a.xml') + 6),
      'read',
    ],
    [
      'with another encoding of its name before its data',
      (bytes) => void bytes.writeUInt16LE(0x800, local('a.xml') + 6),
      'read',
    ],
    [
      'whose last byte is in the directory',
      (bytes) =>
        void bytes.writeUInt32LE(bytes.readUInt32LE(central('b.xml') + 20) + 1, central('b.xml') + 20),
      'damaged: 部件位置有误',
    ],
    [
      'that begins in the directory',
      (bytes) => void bytes.writeUInt32LE(central('a.xml'), central('b.xml') + 42),
      'damaged: 部件位置有误',
    ],
    [
      'with no header of its own',
      (bytes) => void bytes.writeUInt32LE(0, local('b.xml')),
      'damaged: 部件位置有误',
    ],
    [
      'with no header in the directory',
      (bytes) => void bytes.writeUInt32LE(0, central('b.xml')),
      'damaged: 目录有误',
    ],
    [
      'whose name runs out of the directory',
      (bytes) => void bytes.writeUInt16LE(9000, central('b.xml') + 28),
      'damaged: 目录有误',
    ],
    [
      'whose extra part runs out of it',
      (bytes) => void bytes.writeUInt16LE(9000, central('b.xml') + 30),
      'damaged: 目录有误',
    ],
    [
      'whose comment runs out of it',
      (bytes) => void bytes.writeUInt16LE(1, central('b.xml') + 32),
      'damaged: 目录有误',
    ],
    [
      'that is encrypted, the strong way',
      (bytes) => void bytes.writeUInt16LE(0x40, central('b.xml') + 8),
      'file-is-encrypted',
    ],
    [
      'in an encrypted directory',
      (bytes) => void bytes.writeUInt16LE(0x2000, central('b.xml') + 8),
      'file-is-encrypted',
    ],
  ])('%s', (_, change, expected) => {
    expect(outcome(tampered(two, change))).toBe(expected);
  });

  it('begins where another ends, at the earliest', () => {
    const inner = entry('b.xml');
    const stored = (cut: number): RawEntry => {
      const data = Buffer.from(rawZip([inner])).subarray(0, 35 + inner.data.length - cut);
      return { ...entry('a.xml'), method: 0, data, size: data.length, crc: crc32(data) };
    };
    const outer = rawZip([stored(0), inner]);
    const moved = tampered(outer, (bytes) => {
      bytes.writeUInt32LE(30 + 'a.xml'.length, headersOf(outer, 'b.xml').central + 42);
    });
    expect([outcome(outer), outcome(moved)]).toEqual(['read', 'file-overlapping-entries']);
  });

  it('may come in the directory in another order than in the file', () => {
    const [a, b] = [central('a.xml'), central('b.xml')];
    const swapped = tampered(two, (bytes) => {
      bytes.set(two.subarray(b, b + (b - a)), a);
      bytes.set(two.subarray(a, b), b);
    });
    expect([...opened(swapped).entries.keys()]).toEqual(['b.xml', 'a.xml']);
  });

  it.each([
    ['xl/a.xml', 'read'],
    ['/xl/a.xml', 'read'],
    ['xl\\a.xml', 'read'],
    ['xl/..a.xml', 'read'],
    ['xl/a..', 'read'],
    ['xl/ab:c', 'read'],
    ['a'.repeat(1024), 'read'],
    ['a'.repeat(1025), 'file-entry-name'],
    ['..', 'file-entry-name'],
    ['xl/..', 'file-entry-name'],
    ['..\\a.xml', 'file-entry-name'],
    ['c:a.xml', 'file-entry-name'],
    ['a\u001f', 'file-entry-name'],
    ['a ', 'read'],
  ])('named %j is %s', (name, expected) => {
    expect(outcome(rawZip([entry(name)]))).toBe(expected);
  });

  it.each([
    ['XL\\Workbook.XML', 'xl/workbook.xml'],
    ['//xl/a.xml', 'xl/a.xml'],
    ['xl//a.xml', 'xl//a.xml'],
  ])('named %j is found as %j', (name, key) => {
    expect(entryKey(name)).toBe(key);
    expect([...opened(rawZip([entry(name)])).entries.keys()]).toEqual([key]);
  });

  it('has its name in the encoding that its flag says', () => {
    const named = (flags: number) =>
      [...opened(rawZip([entry('表.xml', '', { flags })])).entries.values()][0]?.name;
    expect(named(0x800)).toBe('表.xml');
    expect(named(0)).toBe(Buffer.from('表.xml').toString('latin1'));
  });

  it('begins behind the extra part of its own header', () => {
    const plain = Buffer.from(rawZip([entry('a.xml')]));
    const bytes = Buffer.concat([plain.subarray(0, 35), extraField(9, u64(0)), plain.subarray(35)]);
    bytes.writeUInt16LE(12, 28);
    bytes.writeUInt32LE(bytes.readUInt32LE(bytes.length - 6) + 12, bytes.length - 6);
    expect(opened(bytes).entries.get('a.xml')?.start).toBe(30 + 5 + 12);
  });

  it('says what its headers say', () => {
    const content = 'x'.repeat(300);
    const data = deflated(Buffer.from(content));
    expect(opened(rawZip([entry('A.xml', content)])).entries.get('a.xml')).toEqual({
      name: 'A.xml',
      method: 8,
      crc: crc32(content),
      compressedSize: data.length,
      size: 300,
      start: 30 + 'A.xml'.length,
    });
  });
});

it('says how many bytes stand behind a zip, and reads it', async () => {
  const { findings, sheets } = await readWorkbook(Buffer.concat([good, Buffer.from('<trace id="7"/>')]));
  expect(findings.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
    [
      'file-bytes-behind',
      'info',
      '文件末尾之后附有 15 个字节，不属于工作簿，多为办公系统或传输系统所加；系统未读取这些字节。',
    ],
  ]);
  expect(sheets).toEqual((await readWorkbook(good)).sheets);
});
