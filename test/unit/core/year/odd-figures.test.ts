import { describe, expect, it } from 'vitest';
import { accepted, catalogueOf, indicator, type Said } from '../small-year.ts';
import { months, saidIn, toDate, warningsIn, year } from './warned-year.ts';

describe('values unlike the months before', () => {
  const usual = ['30', '34', '29', '41', '36', '33'];
  const money = catalogueOf({ indicators: [indicator('x', 'flow', { unit: '万元' })], months });
  const values = (...all: string[]) => year(...all.map((x) => ({ x })));

  it('are told by rule and month', () => {
    expect(saidIn(values(...usual, '400'), money)).toEqual(['2023-07 outlier']);
    expect(saidIn(values('30', '34', '290000'), money)).toEqual(['2023-03 unit-slip']);
  });

  it('are compared with what counts only', () => {
    const held = accepted('jia', '2023-07', { x: '400' }, { at: '2024-05-01T00:00:00.000Z' });
    expect(saidIn([...values(...usual), held], money)).toEqual([]);
  });

  it('go away with a correction of the month itself, or of the months before', () => {
    const slip = values('30', '34', '290000');
    const at = '2023-04-02T00:00:00.000Z';
    expect(saidIn([...slip, accepted('jia', '2023-03', { x: '29' }, { at })], money)).toEqual([]);
    const corrected = ['2023-01', '2023-02'].map((period) =>
      accepted(
        'jia',
        period,
        { x: '300000' },
        {
          at: `${period.replace('-0', '-1')}-01T00:00:00.000Z`
            .replace('-11-', '-02-')
            .replace('-12-', '-03-'),
        },
      ),
    );
    expect(saidIn([...slip, ...corrected], money)).toEqual([]);
  });

  it('are compared with the months that have a number', () => {
    const some = values(...usual.slice(0, 2), '不适用', ...usual.slice(2), '400');
    expect(saidIn(some, money)).toEqual(['2023-08 outlier']);
  });

  it('are asked about where there are none after steady months, until the month is corrected', () => {
    const loose = catalogueOf({
      indicators: [indicator('x', 'flow', { notApplicable: true, required: false })],
      months,
    });
    const steady = (...last: Said[]) => year(...[...usual.slice(0, 3), ...last].map((x) => ({ x })));
    const asked = ['2023-04 nothing-after-steady'];
    expect(saidIn(steady('0', '0'), loose)).toEqual(asked);
    expect(saidIn(steady('不适用', '不适用'), loose)).toEqual(asked);
    expect(saidIn(steady(null, '0'), loose)).toEqual(asked);
    const corrected = accepted('jia', '2023-04', { x: '31' }, { at: '2023-05-02T00:00:00.000Z' });
    expect(saidIn([...steady('0', '0'), corrected], loose)).toEqual(['2023-05 nothing-after-steady']);
    expect(saidIn(year({ x: '30' }, { x: '34' }, undefined, { x: '29' }, { x: '0' }), loose)).toEqual([
      '2023-05 nothing-after-steady',
    ]);
  });

  it('are asked about where a year to date stands still after steady months', () => {
    const toDateOnly = catalogueOf({
      indicators: [indicator('x', 'flow', { overTime: 'cumulative' })],
      months,
    });
    const asked = (...all: string[]) => saidIn(values(...all), toDateOnly);
    expect(asked('1100', '2190', '3300', '3300')).toEqual(['2023-04 nothing-after-steady']);
    expect(asked('1100', '2190', '3300', '3300', '3300')).toEqual(['2023-04 nothing-after-steady']);
    expect(asked('1100', '2190', '3300', '4420')).toEqual([]);
    expect(asked('1100', '2190', '3300', '0')).toEqual(['2023-04 cumulative-falls']);
    expect(asked('1100', '2190', '3300', '40000')).toEqual([]);
    expect(asked('3', '5', '8', '8')).toEqual([]);
  });

  it.each<[sentence: string, said: string[], expected: string[]]>([
    [
      '元 for 万元 in the whole',
      ['100', '200', '300', '400', '500', '600', '7000000'],
      ['2023-07 unit-slip'],
    ],
    [
      '元 for 万元 in what came since',
      ['100', '200', '300', '400', '500', '600', '1000600'],
      ['2023-07 unit-slip'],
    ],
    ['万元 for 元 in what came since', ['1000000', '2000000', '2000100'], ['2023-03 unit-slip']],
    [
      '万元 for 元 in the whole, which falls besides',
      ['1000000', '2000000', '300'],
      ['2023-03 cumulative-falls', '2023-03 unit-slip'],
    ],
    ['a slip is corrected', ['100', '200', '300', '400'], []],
    ['one month is nothing to compare with', ['100', '2000000'], []],
    ['nor is one month with anything in it', ['0', '100', '2000000'], []],
    ['a hundred times as much is none', ['100', '200', '30000'], []],
    ['a million times as much is none', ['100', '200', '300000000'], []],
  ])('of a year to date are beside the one before it: %s', (_, said, expected) => {
    const toDateOnly = catalogueOf({
      indicators: [indicator('x', 'flow', { overTime: 'cumulative', unit: '万元' })],
      months,
    });
    expect(saidIn(values(...said), toDateOnly)).toEqual(expected);
  });

  it('of a year to date say beside what they look wrong', () => {
    const toDateOnly = catalogueOf({
      indicators: [indicator('x', 'flow', { overTime: 'cumulative', unit: '万元' })],
      months,
    });
    const findingOn = (...said: string[]) => warningsIn(values(...said), toDateOnly).at(-1)?.finding;
    expect(findingOn('100', '210', '2100000')).toMatchObject({
      found: '2100000',
      expected: '与上一次的累计数相近（210 万元）',
      message: expect.stringContaining('累计数与上一次的累计数相差约一万倍'),
    });
    expect(findingOn('100', '210', '320', '430', '540', '650', '1000650')).toMatchObject({
      found: '1000650',
      expected: '比上一次增加的数与以前各月相近（中位数 110 万元）',
      message: expect.stringContaining('比上一次增加的数与以前各月相差约一万倍'),
    });
  });

  it('of a year to date are compared with the last month that has a number', () => {
    const toDateOnly = catalogueOf({
      indicators: [indicator('x', 'flow', { overTime: 'cumulative', notApplicable: true, required: false })],
      months,
    });
    const asked = (...all: Said[]) => saidIn(year(...all.map((x) => ({ x }))), toDateOnly);
    expect(asked('5', null, '4')).toEqual(['2023-03 cumulative-falls']);
    expect(asked('5', '不适用', '6')).toEqual([]);
    expect(asked('5', '4', null)).toEqual(['2023-02 cumulative-falls']);
    expect(asked('1100', '2190', null, '3300', '4400', '4400')).toEqual([]);
    expect(asked('1100', '2190', '3300', '4400', '4400')).toEqual(['2023-05 nothing-after-steady']);
    expect(asked('不适用')).toEqual([]);
    const two = catalogueOf({
      indicators: [indicator('x', 'flow', { overTime: 'cumulative' }), indicator('y')],
      months,
    });
    expect(saidIn(year({ y: '1' }, { x: '5', y: '1' }, { x: '4', y: '1' }), two)).toEqual([
      '2023-03 cumulative-falls',
    ]);
  });

  it('come by month and as the form runs, each with its cell', () => {
    const two = catalogueOf({
      indicators: [indicator('first'), indicator('second')],
      rules: toDate('second <= first'),
      months,
    });
    const both = (first: string, second: string) => ({ first, second });
    const told = warningsIn(year(both('2', '1'), both('2', '1'), both('8000', '9000'), both('0', '99')), two);
    expect(told.map(({ period, finding }) => [period, finding.rule, finding.place?.cell])).toEqual([
      ['2023-03', 'unit-slip', 'E6'],
      ['2023-03', 'rule-balance', 'E7'],
      ['2023-03', 'unit-slip', 'E7'],
      ['2023-04', 'rule-balance', 'E7'],
    ]);
  });

  it('are not looked for in lists', () => {
    const lists = catalogueOf({
      indicators: [indicator('x', 'list', { list: { itemName: '名称', maxItems: 200 } })],
      months,
    });
    const items = (count: number) => Array.from({ length: count }, (_, index) => `第${index}项`);
    const figures = [30, 34, 29, 41, 36, 33, 190].map((count) => ({ x: items(count) }));
    expect(saidIn(year(...figures), lists)).toEqual([]);
  });
});
