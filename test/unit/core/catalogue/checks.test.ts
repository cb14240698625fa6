import { describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import { indicator } from '../small-year.ts';
import { list, merged, only, period, ratio, rule, sound, stock, successor } from './catalogue-parts.ts';

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
