import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { extraField, type Field, u64, type Zip64, zip64 } from '../../fixtures/zip64.ts';
import { opened, outcome } from './archive-cases.ts';
import { good as workbook } from './one-number.ts';

const good = Buffer.from(workbook);
const mebi = 1024 * 1024;

describe('a zip in 64 bits', () => {
  const all: Field[] = ['size', 'packed', 'offset'];

  it.each<[what: string, zip: Zip64]>([
    ['whose end record leaves all to the 64-bit one', {}],
    ['whose end record says it all itself', { ones: [0, 0] }],
    ['whose end record leaves the count to it', { ones: [8, 12] }],
    ['whose end record leaves the size to it', { ones: [12, 16] }],
    ['whose end record leaves the start to it', { ones: [16, 20] }],
    ['with every field of its headers in 64 bits', { fields: all }],
    ['with the sizes in 64 bits', { fields: ['size', 'packed'] }],
    ['with the offsets in 64 bits', { fields: ['offset'] }],
    [
      'with other extra fields before',
      {
        fields: all,
        extra: (values) => Buffer.concat([extraField(0x5455, u64(9)), extraField(1, ...values)]),
      },
    ],
  ])('is read %s', async (_, how) => {
    const bytes = zip64(good, how);
    expect(opened(bytes).entries).toEqual(opened(good).entries);
    expect(await readWorkbook(bytes)).toEqual(await readWorkbook(good));
  });

  it.each<[what: string, zip: Zip64, expected: string]>([
    ['without the extra field', { fields: all, extra: () => Buffer.alloc(0) }, 'damaged: 目录有误'],
    [
      'with another extra field alone',
      { fields: all, extra: (values) => extraField(2, ...values) },
      'damaged: 目录有误',
    ],
    [
      'with a field of the extra part missing',
      { fields: all, extra: (values) => extraField(1, ...values.slice(0, 2)) },
      'damaged: 目录有误',
    ],
    [
      'with half of the last field missing',
      { fields: all, extra: (values) => extraField(1, ...values).subarray(0, -4) },
      'damaged: 目录有误',
    ],
    [
      'with an extra part too short for a field',
      { fields: all, extra: () => Buffer.from([1, 0, 0]) },
      'damaged: 目录有误',
    ],
    ['without a locator', { change: (_, locator) => locator.fill(0) }, 'damaged: 目录位置有误'],
    ['without a 64-bit record', { change: (record) => record.fill(0, 0, 4) }, 'damaged: 目录位置有误'],
    [
      'whose locator points behind itself',
      { change: (_, locator) => locator.set(u64(10 * mebi), 8) },
      'damaged: 目录位置有误',
    ],
    [
      'whose record is not behind its directory',
      { change: (record) => record.set(u64(1), 48) },
      'damaged: 目录位置有误',
    ],
    [
      'with one entry more than there is',
      { change: (record) => record.set(u64(Number(record.readBigUInt64LE(32)) + 1), 32) },
      'damaged: 目录有误',
    ],
    [
      'with one entry less than there is',
      { change: (record) => record.set(u64(Number(record.readBigUInt64LE(32)) - 1), 32) },
      'damaged: 目录大小不符',
    ],
    ['with more entries than may be', { change: (record) => record.set(u64(2001), 32) }, 'file-bomb'],
    ['with something before the end record', { between: Buffer.alloc(4) }, 'damaged: 目录位置有误'],
  ])('is refused %s', (_, how, expected) => {
    expect(outcome(zip64(good, how))).toBe(expected);
  });

  it('is refused where the locator would stand before the file', () => {
    const end = Buffer.alloc(22, 0xff);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt32LE(0, 4);
    end.writeUInt16LE(0, 20);
    expect(outcome(end)).toBe('damaged: 目录位置有误');
  });
});
