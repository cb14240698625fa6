import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../../shared/core/catalogue/kinds.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { accepted, catalogueOf, indicator, type Said } from '../small-year.ts';
import { yearBeside } from '../totals/compared-years.ts';
import { enteredYear } from './entered-years.ts';
import { months, publishedYear, saidIn, warningsIn, year } from './warned-year.ts';

type Figures = Record<string, Said>;

/** What the department said in months of 2022, and how it was counted. */
function lastYear(byMonth: Record<number, Figures>, kind: Kind = 'flow', unit = '件') {
  return publishedYear(
    Object.entries(byMonth).map(([month, said]) => ({
      ...accepted('jia', `2022-${month.padStart(2, '0')}`, said),
      measures: [{ kind, unit, indicators: Object.keys(said) }],
    })),
  );
}

const rule = (over: string, expression: string) => [
  { id: 'back', over, expression, message: '与上年的数衔接。' },
];

describe('a rule over a period beside the end of last year', () => {
  const catalogue = catalogueOf({
    indicators: [
      indicator('begun', 'stock', { months: [1], name: '年初在办' }),
      indicator('pending', 'stock'),
    ],
    rules: rule('period', 'begun = last-year-end(pending)'),
    months,
  });
  const before = lastYear({ 11: { pending: '30' }, 12: { pending: '7' } }, 'stock');
  const january = (begun: Said): Payload[] => year({ begun, pending: '6' }, { pending: '5' });

  it('warns of the return that breaks it, with both sides, their difference, and where', () => {
    const [warning, ...others] = warningsIn(january('5'), catalogue, before);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      department: 'jia',
      period: '2023-01',
      finding: {
        rule: 'rule-back',
        severity: 'warning',
        indicator: 'begun',
        found: '年初在办 5，上年末【指标pending】 7',
        place: { cell: 'E6' },
        message:
          '2023年1月的数与上年的数相比，不符合“与上年的数衔接”：左边 5，右边 7，相差 2；请核对本期和上年的数字，有误的重新报送，无误的请说明原因。',
      },
    });
  });

  it.each([
    ['the figures meet', january('7'), before],
    ['last year was not published', january('5'), undefined],
    ['its last period is missing', january('5'), lastYear({ 11: { pending: '30' } }, 'stock')],
    ['it was counted in another unit', january('5'), lastYear({ 12: { pending: '7' } }, 'stock', '人')],
    ['it was something else', january('5'), lastYear({ 12: { pending: '7' } }, 'flow')],
    ['nothing was said of it', january('5'), lastYear({ 12: { pending: '不适用' } }, 'stock')],
    ['this year says nothing of it', january('不适用'), before],
  ])('says nothing where %s', (_, happenings, then) => {
    expect(saidIn(happenings, catalogue, then)).toEqual([]);
  });

  it('takes the last period for which it is asked as the end of the year', () => {
    const halves = catalogueOf({
      indicators: [
        indicator('begun', 'stock', { months: [1] }),
        indicator('pending', 'stock', { months: [5, 6] }),
      ],
      rules: rule('period', 'begun = last-year-end(pending)'),
      months,
    });
    expect(saidIn(year({ begun: '5' }), halves, lastYear({ 6: { pending: '7' } }, 'stock'))).toEqual([
      '2023-01 rule-back',
    ]);
  });

  it('finds what had another id last year', () => {
    const renamed = catalogueOf({
      indicators: [indicator('begun', 'stock'), indicator('open', 'stock', { was: 'pending' })],
      rules: rule('period', 'begun = last-year-end(open)'),
      months,
    });
    expect(saidIn(year({ begun: '5', open: '1' }), renamed, before)).toEqual(['2023-01 rule-back']);
  });
});

describe('a rule over a period beside the same period of last year', () => {
  const catalogue = catalogueOf({
    indicators: [indicator('x'), indicator('y')],
    rules: rule('period', 'x <= last-year(x) + last-year(y) + 10'),
    months,
  });
  const before = lastYear({ 1: { x: '1', y: '2' }, 2: { x: '3', y: null }, 3: { x: '3' } });

  it('is asked of each return by itself; a blank among numbers counts as nothing', () => {
    const said = warningsIn(
      year({ x: '13', y: '0' }, { x: '14', y: '0' }, { x: '99', y: '0' }, { x: '99', y: '0' }),
      catalogue,
      before,
    );
    expect(said.map(({ period, finding }) => [period, finding.found])).toEqual([
      ['2023-02', '指标x 14，上年同期【指标x】 3 + 10 = 13'],
    ]);
  });
});

describe('a rule over the year to date beside last year', () => {
  const catalogue = catalogueOf({
    indicators: [
      indicator('x'),
      indicator('y'),
      indicator('both', 'sum', { parts: [{ indicator: 'x' }, { indicator: 'y' }] }),
    ],
    rules: rule('year-to-date', 'both <= last-year(both)'),
    months,
  });
  const both = (x: string, y: string) => ({ x, y });
  const before = lastYear({ 1: both('1', '1'), 2: both('2', '2'), 3: both('3', '3'), 12: both('9', '9') });

  it('adds up last year to the end of the same period, and is said once while it differs by the same', () => {
    const [warning, ...others] = warningsIn(
      year(both('1', '1'), both('3', '2'), both('3', '3')),
      catalogue,
      before,
    );
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      period: '2023-02',
      finding: {
        found: '左边 7，右边 6',
        breakdown: [
          '左边 7',
          '　+ 指标both 7',
          '　　+ 指标x 4',
          '　　+ 指标y 3',
          '右边 6',
          '　+ 上年同期【指标both】 6',
          '　　+ 指标x 3',
          '　　+ 指标y 3',
          '相差 1',
        ],
      },
    });
    expect(warning?.finding.message).toContain(
      '截至2023年2月的累计数不符合“与上年的数衔接”：左边 7，右边 6，相差 1；',
    );
  });

  it.each([
    ['a return of this year is missing', year(undefined, both('9', '9')), before],
    [
      'a return of last year is missing',
      year(both('0', '0'), both('9', '9')),
      lastYear({ 2: both('2', '2') }),
    ],
    ['last year was counted otherwise', year(both('9', '9')), lastYear({ 1: both('1', '1') }, 'stock')],
  ])('says nothing where %s', (_, happenings, then) => {
    expect(saidIn(happenings, catalogue, then)).toEqual([]);
  });

  it('is not asked where last year asked in other months', () => {
    const summer = catalogueOf({
      indicators: [indicator('x', 'flow', { months: [2, 3] }), indicator('other')],
      rules: rule('year-to-date', 'x <= last-year(x)'),
      months,
    });
    const happenings = year({ other: '1' }, { x: '9', other: '1' }, { x: '9', other: '1' });
    const then = (months: number[]) =>
      lastYear(Object.fromEntries(months.map((month) => [month, { x: '1' }])));
    expect(saidIn(happenings, summer, then([2, 3]))).toEqual(['2023-02 rule-back', '2023-03 rule-back']);
    expect(saidIn(happenings, summer, then([1, 2, 3]))).toEqual([]);
  });

  it('takes what is reported to date, and stocks, as they stand', () => {
    const standing = catalogueOf({
      indicators: [indicator('x', 'stock')],
      rules: rule('year-to-date', 'x <= last-year(x)'),
      months,
    });
    const then = lastYear({ 2: { x: '5' } }, 'stock');
    expect(saidIn(year({ x: '9' }, { x: '6' }), standing, then)).toEqual(['2023-02 rule-back']);
    const toDate = catalogueOf({
      indicators: [indicator('x', 'flow', { overTime: 'cumulative' })],
      rules: rule('year-to-date', 'x <= last-year(x)'),
      months,
    });
    const measures = [{ kind: 'flow' as const, unit: '件', isToDate: true as const, indicators: ['x'] }];
    const reported = publishedYear([{ ...accepted('jia', '2022-02', { x: '5' }), measures }]);
    expect(saidIn(year({ x: '3' }, { x: '6' }), toDate, reported)).toEqual(['2023-02 rule-back']);
  });

  it('counts the names of a list of last year once', () => {
    const lists = catalogueOf({
      indicators: [indicator('works', 'list')],
      rules: rule('year-to-date', 'works <= last-year(works)'),
      months,
    });
    const then = lastYear({ 1: { works: ['甲', '乙'] }, 2: { works: ['乙'] } }, 'list');
    expect(saidIn(year({ works: ['丙', '丁'] }, { works: ['丁'] }), lists, then)).toEqual([]);
    expect(saidIn(year({ works: ['丙', '丁'] }, { works: ['戊'] }), lists, then)).toEqual([
      '2023-02 rule-back',
    ]);
  });
});

describe('a rule over the year to date beside a list of which a baseline knows the count', () => {
  it('takes the count of one month, and knows nothing of several', () => {
    const parts = {
      indicators: [indicator('x', 'list')],
      rules: rule('year-to-date', 'x <= last-year(x)'),
      months,
    };
    const entered = enteredYear(catalogueOf(parts), { jia: { x: { '2022-01': '1', '2022-02': '7' } } });
    const state = yearBeside(parts, { jia: [{ x: ['甲', '乙'] }, { x: ['丙'] }] }, entered);
    expect(warningsOf(state).map(({ period, finding }) => [period, finding.found])).toEqual([
      ['2023-01', '指标x 2，上年同期【指标x】 1'],
    ]);
  });
});
