import { describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../../../shared/core/catalogue/tables.ts';
import type { Decimal } from '../../../../shared/core/values/decimal.ts';
import { isComputable, type Known } from '../../../../shared/core/year/known-alike.ts';
import { catalogueFile, indicator } from '../small-year.ts';

const file = catalogueFile({
  indicators: [
    indicator('a'),
    indicator('b'),
    indicator('c'),
    indicator('quarterly', 'flow', { frequency: 'quarter' }),
    indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b' }] }),
    indicator('rate', 'ratio', { numerator: 'a', denominator: 'c' }),
    indicator('rate-of-sum', 'ratio', { numerator: 'both', denominator: 'c' }),
    indicator('sum-below', 'ratio', { numerator: 'c', denominator: 'both' }),
    indicator('by-quarter', 'ratio', { numerator: 'quarterly', denominator: 'c' }),
  ],
});
const quarter = { period: '2023-Q1', due: '2023-04-10', cutOff: '2023-04-20' };
const catalogue = catalogueSchema.parse({ ...file, periods: [...file.periods, quarter] });

/** What is known of an indicator: in each period who said a number, with `?` behind who said none. */
type Said = Partial<Record<Period, string>>;
const january = { '2022-01': 'jia yi' };
const both = { '2022-01': 'jia yi', '2022-02': 'jia yi' };

function knownFrom(said: Said): Known {
  return new Map(
    (Object.entries(said) as [Period, string][]).map(([period, who]) => [
      period,
      new Map(
        who
          .split(' ')
          .map((each): [string, Decimal | undefined] =>
            each.endsWith('?') ? [each.slice(0, -1), undefined] : [each, '1'],
          ),
      ),
    ]),
  );
}

function computable(id: string, known: Record<string, Said>): boolean {
  const ofEach = new Map(Object.entries(known).map(([each, said]) => [each, knownFrom(said)]));
  return isComputable(indicatorOf(catalogue, id)!, catalogue, ofEach);
}

describe('whether what an indicator is computed from is known alike', () => {
  it.each<[sentence: string, id: string, known: Record<string, Said>, expected: boolean]>([
    ['a sum of parts that are known in the same periods is', 'both', { a: both, b: both }, true],
    ['a sum of which a part is known in fewer periods is not', 'both', { a: both, b: january }, false],
    ['nor one of which a part is known in more', 'both', { a: january, b: both }, false],
    ['a sum of which a part is not known is not', 'both', { a: both }, false],
    ['a sum of which nothing is known is not', 'both', {}, false],
    [
      'a sum whose parts are missing of the same department is',
      'both',
      { a: { '2022-01': 'jia yi?' }, b: { '2022-01': 'jia yi?' } },
      true,
    ],
    [
      'a sum whose parts are missing of different departments is not',
      'both',
      { a: { '2022-01': 'jia yi?' }, b: { '2022-01': 'jia? yi' } },
      false,
    ],
    [
      'a sum of which one part is missing of a department is not',
      'both',
      { a: { '2022-01': 'jia yi?' }, b: { '2022-01': 'jia yi' } },
      false,
    ],
    [
      'a sum whose parts are missing of a department in different months is not',
      'both',
      {
        a: { '2022-01': 'jia yi?', '2022-02': 'jia yi' },
        b: { '2022-01': 'jia yi', '2022-02': 'jia yi?' },
      },
      false,
    ],
    [
      'in whatever order the same departments are known',
      'both',
      { a: { '2022-01': 'jia yi bing?' }, b: { '2022-01': 'yi jia bing?' } },
      true,
    ],
    [
      'a sum of parts of which departments differ is, where nothing is missing',
      'both',
      { a: { '2022-01': 'jia' }, b: { '2022-01': 'yi' } },
      true,
    ],
    [
      'a sum of which one part is known of somebody more, and not whole, is not',
      'both',
      { a: { '2022-01': 'jia yi?' }, b: { '2022-01': 'jia bing yi?' } },
      false,
    ],
    [
      'a sum of which the other part never had whoever is missing is',
      'both',
      { a: { '2022-01': 'jia yi?' }, b: { '2022-01': 'jia' } },
      true,
    ],
    ['a ratio of the same months is', 'rate', { a: both, c: both }, true],
    ['a ratio of different months is not', 'rate', { a: both, c: january }, false],
    ['a ratio without a denominator is not', 'rate', { a: both }, false],
    ['a ratio without a numerator is not', 'rate', { c: both }, false],
    ['a ratio of which nothing is known is not', 'rate', {}, false],
    [
      'a ratio of a quarter by its months is',
      'by-quarter',
      {
        quarterly: { '2022-Q1': 'jia' },
        c: { '2022-03': 'jia', '2022-02': 'jia', '2022-01': 'jia' },
      },
      true,
    ],
    [
      'a ratio of a quarter by two of its months is not',
      'by-quarter',
      { quarterly: { '2022-Q1': 'jia' }, c: { '2022-01': 'jia', '2022-02': 'jia' } },
      false,
    ],
    ['a ratio of a sum that is known is', 'rate-of-sum', { a: both, b: both, c: both }, true],
    [
      'a ratio of a sum whose parts are known of different months is not, although all months are there',
      'rate-of-sum',
      { a: { '2022-01': 'jia' }, b: { '2022-02': 'jia' }, c: { '2022-01': 'jia', '2022-02': 'jia' } },
      false,
    ],
    [
      'nor one by such a sum',
      'sum-below',
      { a: { '2022-01': 'jia' }, b: { '2022-02': 'jia' }, c: { '2022-01': 'jia', '2022-02': 'jia' } },
      false,
    ],
    [
      'a ratio whose parts are missing of different departments is not',
      'rate',
      { a: { '2022-01': 'jia yi?' }, c: { '2022-01': 'jia? yi' } },
      false,
    ],
  ])('%s', (_, id, known, expected) => {
    expect(computable(id, known)).toBe(expected);
  });
});
