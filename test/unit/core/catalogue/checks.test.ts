import { describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import { indicator, smallTable } from '../small-year.ts';
import { list, merged, only, period, ratio, rule, sound, stock, successor } from './catalogue-parts.ts';

const sum = (id: string, ...parts: string[]) =>
  indicator(id, 'sum', { parts: parts.map((each) => ({ indicator: each })) });

describe('a catalogue', () => {
  it('that makes sense is taken, with its defaults filled in', () => {
    const catalogue = catalogueSchema.parse(sound());
    expect(catalogue.utcOffset).toBe('+08:00');
    expect(catalogue.indicators[0]).toMatchObject({ decimals: 0, required: true, notApplicable: false });
  });

  it.each([
    ['flow', 'sum', 'none'],
    ['stock', 'last', 'max'],
    ['stock', 'last', 'min'],
    ['extreme', 'min', 'min'],
    ['extreme', 'max', 'none'],
    ['list', 'distinct', 'none'],
  ] as const)('may take a %s by %s over time and %s over departments', (kind, overTime, overDepartments) => {
    const one = indicator('works', kind, { overTime, overDepartments });
    expect(catalogueSchema.safeParse(only(one)).success).toBe(true);
  });

  it.each<[what: string, file: unknown]>([
    ['a department of one month', sound({ departments: [{ ...successor, from: '2023-02', to: '2023-02' }] })],
    ['a department that begins', sound({ departments: [{ ...successor, from: '2023-02' }] })],
    ['a department that ends', sound({ departments: [{ ...successor, to: '2023-02' }] })],
    [
      'a successor that reports the stocks',
      sound({ departments: [merged, successor], indicators: [indicator('a'), stock()] }),
    ],
    [
      'a successor that need not report a flow',
      sound({
        departments: [merged, successor],
        indicators: [indicator('a', 'flow', { reporters: ['jia'] }), stock()],
      }),
    ],
    [
      'a successor that alone reports a stock',
      sound({
        departments: [merged, successor],
        indicators: [indicator('a'), stock({ reporters: ['yi'] })],
      }),
    ],
    ['a range of one number', only(indicator('a', 'flow', { range: { min: '5', max: '5' } }))],
    ['a range of several', only(indicator('a', 'flow', { range: { min: '5', max: '10' } }))],
    [
      'other units',
      only(
        indicator('a', 'flow', {
          alsoIn: [
            { unit: '千件', factor: '1000' },
            { unit: '百件', factor: '100' },
          ],
        }),
      ),
    ],
    ['a ratio of a stock and a flow', only(indicator('a', 'stock'), indicator('b'), ratio({}))],
    [
      'a ratio of units, in a unit of its own',
      only(indicator('a', 'flow', { unit: '人' }), indicator('b'), ratio({ unit: '人/件' })),
    ],
    ['what it was called last year', only(indicator('a', 'flow', { was: 'old' }), indicator('b'))],
    ['a step', only(indicator('a', 'flow', { prose: { style: 'at-least', step: '10' } }))],
    [
      'as many places of the unit that it is published in as are kept exactly',
      only(
        indicator('a', 'flow', { decimals: 2, output: { unit: '亿件', factor: '0.00000001', decimals: 2 } }),
      ),
    ],
    ['a sum of stocks', only(indicator('a', 'stock'), indicator('b', 'stock'), sum('both', 'a', 'b'))],
    ['a sum of sums', only(indicator('a'), indicator('b'), sum('one', 'a'), sum('both', 'one', 'b'))],
    ['a ratio of a sum', only(indicator('x'), indicator('b'), sum('a', 'x'), ratio({}))],
    ['a list of short items without options', only(list({ maxLength: 2 }))],
    [
      'options of as many characters as may be',
      only(
        list({
          maxLength: 200,
          options: [...Array(149).keys()]
            .map((at) => `${at}`.padStart(at === 0 ? 200 : 200 - 1, '选'))
            .concat('尾'.repeat(199)),
        }),
      ),
    ],
    [
      'a rule that one of several departments is checked by',
      sound({
        indicators: ['a', 'b'].map((id) => indicator(id, 'flow', { reporters: ['jia'] })),
        rules: [rule('a <= b')],
      }),
    ],
    [
      'a rule over a month of what each department keeps for itself',
      sound({
        indicators: ['a', 'b'].map((id) => indicator(id, 'flow', { overDepartments: 'none' })),
        rules: [rule('a <= b')],
      }),
    ],
    [
      'a rule over the year to date of what is reported so beside what is not',
      sound({
        indicators: [indicator('a'), indicator('b', 'flow', { overTime: 'cumulative' })],
        rules: [rule('a <= b', 'year-to-date')],
      }),
    ],
    ['a table and nothing else', sound({ indicators: [], ...smallTable() })],
    ['an option as long as may be', only(list({ maxLength: 3, options: ['三个字', '两个'] }))],
    [
      'an extreme in a rule over a month',
      sound({ indicators: [indicator('a'), indicator('b', 'extreme')], rules: [rule('a <= b')] }),
    ],
    [
      'a return that is due on the first day and cut off on the same',
      sound({ file: { periods: [period('2023-03', '2023-03-01', '2023-03-01')] } }),
    ],
  ])('may have %s', (_, file) => {
    expect(catalogueSchema.safeParse(file).error?.issues).toBeUndefined();
  });

  it.each([
    ['an unknown field', sound({ file: { oddity: 1 } })],
    ['an id with capital letters', only(indicator('Cases'))],
    [
      'a day that does not exist',
      sound({ file: { periods: [period('2023-01', '2023-02-30', '2023-03-20')] } }),
    ],
    ['a range in floating-point notation', only(indicator('a', 'flow', { range: { min: '1e3' } }))],
    ['no departments', sound({ departments: [] })],
  ])('is refused for its shape: %s', (_, file) => {
    expect(catalogueSchema.safeParse(file).success).toBe(false);
  });
});
