import { describe, expect, it } from 'vitest';
import { Spans } from '../../../shared/workbook/reading/spans.ts';

type Span = [first: number, last: number];
const lastRow = 1_048_576;

describe('stretches of rows', () => {
  it.each<[what: string, added: Span[], counted: number[], list: Span[], others: Span[]]>([
    ['none', [], [], [], [[1, lastRow]]],
    ['all', [[1, lastRow]], [1], [[1, lastRow]], []],
    ['all but the last', [[1, lastRow - 1]], [1], [[1, lastRow - 1]], [[lastRow, lastRow]]],
    ['all but the first', [[2, lastRow]], [1], [[2, lastRow]], [[1, 1]]],
    [
      'one beside another',
      [
        [1, 2],
        [3, 4],
      ],
      [1, 0],
      [[1, 4]],
      [[5, lastRow]],
    ],
    [
      'one row between',
      [
        [1, 2],
        [4, 5],
      ],
      [1, 1],
      [
        [1, 2],
        [4, 5],
      ],
      [
        [3, 3],
        [6, lastRow],
      ],
    ],
    [
      'one within another',
      [
        [1, 9],
        [3, 4],
      ],
      [1, 0],
      [[1, 9]],
      [[10, lastRow]],
    ],
    [
      'one at the same place',
      [
        [1, 3],
        [1, 5],
      ],
      [1, 0],
      [[1, 5]],
      [[6, lastRow]],
    ],
    [
      'one before another',
      [
        [5, 6],
        [1, 2],
      ],
      [1, 1],
      [
        [1, 2],
        [5, 6],
      ],
      [
        [3, 4],
        [7, lastRow],
      ],
    ],
    [
      'one over others',
      [
        [5, 6],
        [8, 9],
        [1, 20],
      ],
      [1, 1, 1],
      [[1, 20]],
      [[21, lastRow]],
    ],
  ])('%s', (_, added, counted, list, others) => {
    const spans = new Spans();
    expect(added.map(([first, last]) => spans.add(first, last))).toEqual(counted);
    expect(spans.list()).toEqual(list);
    expect(spans.otherRows()).toEqual(others);
  });
});
