import { describe, expect, test } from 'vitest';
import {
  cellAddress,
  columnName,
  parseCellAddress,
  parseRange,
  rangeAddress,
} from '../../../shared/workbook/reading/address.ts';
import { dateFromIso, serialToIso } from '../../../shared/workbook/reading/dates.ts';
import { Spans } from '../../../shared/workbook/reading/spans.ts';

describe('addresses', () => {
  test.each([
    [1, 1, 'A1'],
    [12, 6, 'F12'],
    [9, 26, 'Z9'],
    [9, 27, 'AA9'],
    [9, 702, 'ZZ9'],
    [9, 703, 'AAA9'],
    [1_048_576, 16_384, 'XFD1048576'],
  ])('row %i, column %i is %s, and back', (row, column, address) => {
    expect(cellAddress(row, column)).toBe(address);
    expect(parseCellAddress(address)).toEqual({ row, column });
  });

  test.each(['', 'A', '1', 'A0', 'A1 ', 'XFE1', 'ZZZ1', 'A1048577', 'A01', '$A$1'])(
    "'%s' is no address",
    (text) => {
      expect(parseCellAddress(text)).toBeUndefined();
    },
  );

  test.each(['a1', 'xfd1048576', 'aB7'])("'%s' is an address, as some programs write it", (text) => {
    expect(parseCellAddress(text)).toEqual(parseCellAddress(text.toUpperCase()));
  });

  test('every column has a name of its own', () => {
    const names = Array.from({ length: 16_384 }, (_, index) => columnName(index + 1));
    expect(new Set(names).size).toBe(16_384);
    expect(names.at(-1)).toBe('XFD');
  });

  test.each([
    ['A1:F12', 'A1:F12'],
    ['F12:A1', 'A1:F12'],
    ['$B$2', 'B2'],
    ['F1:A12', 'A1:F12'],
    ['b2:c3', 'B2:C3'],
    ['B:A', 'A1:B1048576'],
    ['$C:$C', 'C1:C1048576'],
    ['c:c', 'C1:C1048576'],
    ['3:5', 'A3:XFD5'],
    ['$7:$7', 'A7:XFD7'],
    ['A:XFD', 'A1:XFD1048576'],
  ])('the range %s is %s', (text, expected) => {
    const range = parseRange(text);
    expect(range && rangeAddress(range)).toBe(expected);
  });

  test.each([
    '',
    ':',
    'A1:',
    ':A1',
    'A1:B2:C3',
    'A',
    '3',
    'A:',
    'A:3',
    'A1:B',
    '3:B5',
    'A:XFE',
    '0:3',
    '3:1048577',
    'A:B:C',
    'Sheet1!A1',
    'A1:XFE1',
  ])("'%s' is no range", (text) => {
    expect(parseRange(text)).toBeUndefined();
  });
});

describe('dates', () => {
  test.each([
    [0, '1899-12-31'],
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [60, '1900-02-29'],
    [61, '1900-03-01'],
    [45_016, '2023-03-31'],
    [45_016.5, '2023-03-31T12:00:00'],
    [0.75, '1899-12-31T18:00:00'],
    [45_016.999_999_99, '2023-04-01'],
    [2_958_465, '9999-12-31'],
    [36_585, '2000-02-29'],
  ])('serial %d is %s', (serial, iso) => {
    expect(serialToIso(serial, false)).toBe(iso);
  });

  test.each([-1, 2_958_466, 2_958_465.999_999_99, Number.NaN, Number.POSITIVE_INFINITY])(
    'serial %d is no date',
    (serial) => {
      expect(serialToIso(serial, false)).toBeUndefined();
    },
  );

  test('all days of both systems agree with the calendar of JavaScript', () => {
    const wrong: number[] = [];
    for (let serial = 61; serial < 2_958_466; serial += 7) {
      const iso = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
      if (serialToIso(serial, false) !== iso) wrong.push(serial);
      if (serial > 1462 && serialToIso(serial - 1462, true) !== iso) wrong.push(-serial);
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ['2023-03-31', '2023-03-31'],
    ['2023-03-31T00:00:00', '2023-03-31'],
    ['2023-03-31T08:30', '2023-03-31T08:30:00'],
    ['2023-03-31T08:30:15.250Z', '2023-03-31T08:30:15'],
    ['2023-03-31T08:30:15+08:00', '2023-03-31T08:30:15'],
    ['10:20:30', '1899-12-31T10:20:30'],
    ['2023-04-03T09:30:00.00000020954757600', '2023-04-03T09:30:00'],
    [`2023-04-03T09:30:00.${'3'.repeat(30_000)}Z`, '2023-04-03T09:30:00'],
    ['PT9H30M', 'PT9H30M'],
    ['P1DT2H', 'P1DT2H'],
    ['P1Y2M10DT2H30M5.25S', 'P1Y2M10DT2H30M5.25S'],
    ['P3W', 'P3W'],
  ])("'%s' is %s", (text, iso) => {
    expect(dateFromIso(text)).toEqual({ kind: 'date', iso, text });
  });

  test.each([
    '',
    '2023',
    '2023-13-01',
    '2023-02-29',
    '2023-03-31T24:00:00',
    '2023-03-31T08:30:15.',
    `2023-04-03T09:30:00.${'3'.repeat(33_000)}`,
    'P',
    'PT',
    'P1DT',
    'P1H',
    'PT1D',
    'P1D2',
    'PDT1H',
    'P1.5D',
    '-PT1S',
    `PT${'9'.repeat(70)}S`,
    '31.3.2023',
    '2023年3月31日',
    '45016',
  ])("'%s' is no date", (text) => {
    expect(dateFromIso(text)).toBeUndefined();
  });
});

describe('spans', () => {
  test('are merged and put in order', () => {
    const spans = new Spans();
    for (const [first, last] of [
      [5, 6],
      [7, 7],
      [1, 2],
      [2, 3],
      [10, 10],
    ] as const)
      spans.add(first, last);
    expect(spans.list()).toEqual([
      [1, 3],
      [5, 7],
      [10, 10],
    ]);
    expect(spans.otherRows()).toEqual([
      [4, 4],
      [8, 9],
      [11, 1_048_576],
    ]);
  });
});
