import { describe, expect, it } from 'vitest';
import { catalogueSchema, readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { indicator } from '../small-year.ts';
import { list, merged, only, period, ratio, rule, sound, stock, successor } from './catalogue-parts.ts';

describe('a catalogue', () => {
  it.each([
    [
      'department "jia"',
      'its stock "s" would be lost',
      sound({
        departments: [merged, successor],
        indicators: [indicator('a'), stock({ reporters: ['jia'] })],
      }),
    ],
    [
      'indicator "a"',
      'unit "千件" is given twice',
      only(
        indicator('a', 'flow', {
          alsoIn: [
            { unit: '千件', factor: '1000' },
            { unit: '千件', factor: '100' },
          ],
        }),
      ),
    ],
    [
      'indicator "a"',
      'a flow has no denominator',
      only(indicator('a', 'flow', { denominator: 'b' }), indicator('b')),
    ],
    [
      'rule "r1"',
      '"rate" is a ratio',
      sound({
        indicators: [indicator('a', 'flow', { unit: '%' }), indicator('b', 'flow', { unit: '%' }), ratio({})],
        rules: [rule('a <= rate')],
      }),
    ],
    [
      'department "jia"',
      'listed twice',
      sound({
        departments: [
          { id: 'jia', name: '甲' },
          { id: 'jia', name: '乙' },
        ],
      }),
    ],
    [
      'department name "甲"',
      'listed twice',
      sound({
        departments: [
          { id: 'jia', name: '甲' },
          { id: 'yi', name: '甲' },
        ],
      }),
    ],
    ['department "office"', 'reserved', sound({ departments: [{ id: 'office', name: '甲' }] })],
    ['department "unaddressed"', 'reserved', sound({ departments: [{ id: 'unaddressed', name: '甲' }] })],
    [
      'department "jia"',
      'ends before',
      sound({ departments: [{ id: 'jia', name: '甲', from: '2023-05', to: '2023-04' }] }),
    ],
    [
      'department "jia"',
      'no last period',
      sound({
        departments: [
          { id: 'jia', name: '甲', successor: 'yi' },
          { id: 'yi', name: '乙' },
        ],
      }),
    ],
    [
      'department "jia"',
      'no other department',
      sound({ departments: [{ id: 'jia', name: '甲', to: '2023-01', successor: 'jia' }] }),
    ],
    [
      'department "jia"',
      'successor "bing"',
      sound({ departments: [{ id: 'jia', name: '甲', to: '2023-01', successor: 'bing' }] }),
    ],
    ['indicator "a"', 'listed twice', only(indicator('a'), indicator('a', 'flow', { name: '别的' }))],
    [
      'indicator name "同名"',
      'listed twice',
      only(indicator('a', 'flow', { name: '同名' }), indicator('b', 'flow', { name: '同名' })),
    ],
    ['indicator "a"', 'over time by "sum"', only(indicator('a', 'stock', { overTime: 'sum' }))],
    ['indicator "a"', 'over time by "last"', only(indicator('a', 'flow', { overTime: 'last' }))],
    ['indicator "a"', 'over time by "max"', only(indicator('a', 'list', { overTime: 'max' }))],
    [
      'indicator "a"',
      'over departments by "sum"',
      only(indicator('a', 'extreme', { overDepartments: 'sum' })),
    ],
    ['indicator "a"', 'over departments by "max"', only(indicator('a', 'flow', { overDepartments: 'max' }))],
    [
      'indicator "rate"',
      'over departments by "sum"',
      only(indicator('a'), indicator('b'), ratio({ overDepartments: 'sum' })),
    ],
    ['indicator "a"', 'range is empty', only(indicator('a', 'flow', { range: { min: '10', max: '9' } }))],
    ['indicator "a"', 'needs a step', only(indicator('a', 'flow', { prose: { style: 'at-least' } }))],
    [
      'indicator "a"',
      'step must be positive',
      only(indicator('a', 'flow', { prose: { style: 'at-least', step: '0' } })),
    ],
    [
      'indicator "a"',
      'step must be positive',
      only(indicator('a', 'flow', { prose: { style: 'at-least', step: '-10' } })),
    ],
    [
      'indicator "a"',
      'unit "千件" must have a positive factor',
      only(indicator('a', 'flow', { alsoIn: [{ unit: '千件', factor: '0' }] })),
    ],
    [
      'indicator "a"',
      'unit "件" is given twice',
      only(indicator('a', 'flow', { alsoIn: [{ unit: '件', factor: '2' }] })),
    ],
    [
      'indicator "a"',
      'a flow has no numerator',
      only(indicator('a', 'flow', { numerator: 'b' }), indicator('b')),
    ],
    ['indicator "rate"', 'needs a denominator', only(indicator('a'), ratio({ denominator: undefined }))],
    [
      'indicator "rate"',
      'numerator "c" is no indicator',
      only(indicator('a'), indicator('b'), ratio({ numerator: 'c' })),
    ],
    [
      'indicator "rate"',
      'must be a flow or a stock',
      only(indicator('a', 'extreme'), indicator('b'), ratio({})),
    ],
    [
      'indicator "rate"',
      'has no sum',
      only(indicator('a'), indicator('b', 'flow', { overDepartments: 'none' }), ratio({})),
    ],
    [
      'indicator "rate"',
      'mixes units',
      only(indicator('a', 'flow', { unit: '人' }), indicator('b'), ratio({})),
    ],
    [
      'indicator "rate"',
      'a ratio has no reporters',
      only(indicator('a'), indicator('b'), ratio({ reporters: 'all' })),
    ],
    ['indicator "a"', 'nobody reports it', only(indicator('a', 'flow', { reporters: undefined }))],
    ['indicator "a"', 'reporter "bing"', only(indicator('a', 'flow', { reporters: ['jia', 'bing'] }))],
    ['indicator "works"', 'needs "list"', only(indicator('works', 'list', { list: undefined }))],
    ['indicator "works"', 'longer than maxLength', only(list({ maxLength: 2, options: ['三个字'] }))],
    [
      'indicator "a"',
      'a flow has no list',
      only(indicator('a', 'flow', { list: { itemName: '名称', maxItems: 5 } })),
    ],
    ['rule "r1"', 'listed twice', sound({ rules: [rule('a <= b'), rule('b <= a')] })],
    ['rule "r1"', '"c" is no indicator', sound({ rules: [rule('a <= c')] })],
    [
      'rule "r1"',
      'different units: 件, 人',
      sound({
        indicators: [indicator('a'), indicator('b', 'flow', { unit: '人' })],
        rules: [rule('a <= b')],
      }),
    ],
    [
      'rule "r1"',
      '"b" is a extreme',
      sound({
        indicators: [indicator('a'), indicator('b', 'extreme')],
        rules: [rule('a <= b', 'year-to-date')],
      }),
    ],
    [
      'rule "r1"',
      'never be checked',
      sound({
        indicators: [
          indicator('a', 'flow', { reporters: ['jia'] }),
          indicator('b', 'flow', { reporters: ['yi'] }),
        ],
        rules: [rule('a <= b')],
      }),
    ],
    [
      'period "2023-01"',
      'listed twice',
      sound({
        file: {
          periods: [
            period('2023-01', '2023-02-10', '2023-02-20'),
            period('2023-01', '2023-02-10', '2023-02-20'),
          ],
        },
      }),
    ],
    [
      'period "2022-12"',
      'is not in 2023',
      sound({ file: { periods: [period('2022-12', '2023-01-10', '2023-01-20')] } }),
    ],
    [
      'period "2023-03"',
      'due before it begins',
      sound({ file: { periods: [period('2023-03', '2023-02-28', '2023-04-20')] } }),
    ],
    [
      'period "2023-03"',
      'cut off before',
      sound({ file: { periods: [period('2023-03', '2023-04-10', '2023-04-09')] } }),
    ],
    [
      'period "2023-01"',
      'not in order',
      sound({
        file: {
          periods: [
            period('2023-02', '2023-03-10', '2023-03-20'),
            period('2023-01', '2023-02-10', '2023-02-20'),
          ],
        },
      }),
    ],
    ['department "jia"', 'may take', only(list({ maxItems: 500, maxLength: 200 }))],
  ])('is refused where %s: %s', (entry, why, file) => {
    const reading = readCatalogue(file);
    const problems = reading.kind === 'problems' ? reading.problems : [];
    expect(problems.filter((each) => each.includes(entry) && each.includes(why))).not.toEqual([]);
    expect(new Set(problems).size).toBe(problems.length);
  });

  it('names a form that is too large once, and only where the department is there to fill it in', () => {
    const departments = [
      { id: 'jia', name: '甲', to: '2023-01' },
      { id: 'yi', name: '乙' },
    ];
    const large = list({ maxItems: 500, maxLength: 200 });
    const of = (months: number[]) =>
      sound({ departments, indicators: [{ ...large, months }, indicator('a')] });
    const named = (file: unknown) =>
      catalogueSchema.safeParse(file).error?.issues.map(({ message }) => message.split(':')[0]);
    expect(named(of([1, 2, 3]))).toEqual([
      'department "jia", period "2023-01"',
      'department "yi", period "2023-01"',
    ]);
    expect(named(of([2, 3]))).toEqual(['department "yi", period "2023-02"']);
  });
});
