import { describe, expect, it } from 'vitest';
import { deadlinesInWords, monthlyDeadlines } from '../../../../shared/core/catalogue/beginning.ts';
import { deadlineOf, expectedReturns } from '../../../../shared/core/catalogue/catalogue.ts';
import { readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { isOver } from '../../../../shared/core/catalogue/deadlines.ts';
import { differences } from '../../../../shared/core/catalogue/difference.ts';
import { nextYear } from '../../../../shared/core/catalogue/next-year.ts';
import { isValidIn } from '../../../../shared/core/catalogue/validity.ts';
import { mixedCatalogue } from '../../../fixtures/mixed-periods.ts';
import { indicator } from '../small-year.ts';
import { inOneLine, rule, sound } from './catalogue-parts.ts';

const half = (more: object = {}) => indicator('half', 'flow', { frequency: 'half-year', ...more });
const period = (name: string, days: object = {}) => ({
  ...{ period: name, due: '2024-01-10', cutOff: '2024-01-31' },
  ...days,
});

/** What is said of a catalogue with these indicators and periods. */
function saidOf(indicators: object[], periods: object[], more: object = {}): string[] {
  const reading = readCatalogue(sound({ indicators, ...more, file: { periods } as never }));
  return reading.kind === 'catalogue' ? [] : reading.problems.map(inOneLine);
}

describe('periods other than months', () => {
  it.each([
    ['months and half-years', [indicator('a'), half()], [period('2023-06'), period('2023-H1')], []],
    [
      'an order by text',
      [indicator('a'), half()],
      [period('2023-H1'), period('2023-06')],
      ['period 1 period 报送期 2023年6月：没有按先后排列；请把各报告期从早到晚排列，同月结束的，先短后长。'],
    ],
    [
      'an indicator of a frequency that has no period',
      [indicator('a'), half()],
      [period('2023-06')],
      [
        'indicator 1 frequency 指标“指标half”：报送频率是按半年，而报送期中没有半年报的报告期；请在报送期中加上，或改报送频率。',
      ],
    ],
    [
      'a period of which nothing is asked',
      [indicator('a')],
      [period('2023-06'), period('2023-Q2')],
      [
        'period 1 period 报送期 2023年第二季度：没有一个指标按季报送，这份季报里没有什么可填；请删去这个报告期，或改某个指标的报送频率。',
      ],
    ],
    [
      'months of an indicator that is not monthly',
      [half({ months: [6] })],
      [period('2023-H1')],
      [
        'indicator 0 months 指标“指标half”：只有按月报送的指标才能限定报送月份，这里按半年报送；请清空报送月份，或改报送频率。',
      ],
    ],
    [
      'half-years of their own days, one after the other',
      [half()],
      [
        period('2023-H1', { starts: '2022-12-11', ends: '2023-06-10' }),
        period('2023-H2', { starts: '2023-06-11', ends: '2023-12-10' }),
      ],
      [],
    ],
    [
      'days that two half-years count',
      [half()],
      [period('2023-H1', { ends: '2023-06-10' }), period('2023-H2', { starts: '2023-06-10' })],
      [
        'period 1 starts 报送期 2023年下半年：与2023年上半年重叠：2023年上半年统计到 2023-06-10，2023年下半年却从 2023-06-10 起；请改为从 2023-06-11 起，或改2023年上半年的统计止日。',
      ],
    ],
    [
      'days that no half-year counts, since only one has days of its own',
      [half()],
      [period('2023-H1', { ends: '2023-06-10' }), period('2023-H2')],
      [
        'period 1 starts 报送期 2023年下半年：与2023年上半年之间有空缺：2023年上半年统计到 2023-06-10，2023年下半年从 2023-07-01 才起；请改为从 2023-06-11 起，或改2023年上半年的统计止日。',
      ],
    ],
    [
      'a first day after the last',
      [half()],
      [period('2023-H1', { starts: '2023-06-11', ends: '2023-06-10' })],
      ['period 0 ends 报送期 2023年上半年：统计止日 2023-06-10 早于统计起日 2023-06-11；请改正其中一个。'],
    ],
    [
      'a first day of another year',
      [half()],
      [period('2023-H1', { starts: '2021-12-11' })],
      [
        'period 0 starts 报送期 2023年上半年：统计起日 2021-12-11 与2023年上半年的 2023-01-01 相差两个月以上；请核对年份和月份。',
      ],
    ],
    [
      'a month of one day',
      [indicator('a')],
      [period('2023-06', { starts: '2023-06-15', ends: '2023-06-15' })],
      [],
    ],
    [
      'a first day after the last of the calendar',
      [half()],
      [period('2023-H1', { starts: '2023-07-05', due: '2023-07-05' })],
      ['period 0 starts 报送期 2023年上半年：统计止日 2023-06-30 早于统计起日 2023-07-05；请改正其中一个。'],
    ],
    [
      'days as far from the calendar’s as may be',
      [half()],
      [period('2023-H1', { starts: '2022-10-31', ends: '2023-08-31' })],
      [],
    ],
    [
      'the same the other way',
      [half()],
      [period('2023-H1', { starts: '2023-03-04', ends: '2023-04-29' })],
      [],
    ],
    [
      'days that are farther',
      [half()],
      [period('2023-H1', { starts: '2023-03-05', ends: '2023-09-01' })],
      [
        'period 0 starts 报送期 2023年上半年：统计起日 2023-03-05 与2023年上半年的 2023-01-01 相差两个月以上；请核对年份和月份。',
        'period 0 ends 报送期 2023年上半年：统计止日 2023-09-01 与2023年上半年的 2023-06-30 相差两个月以上；请核对年份和月份。',
      ],
    ],
    [
      'a period twice',
      [indicator('a')],
      [period('2023-06'), period('2023-06')],
      ['period 1 period 报送期 2023年6月：这个报告期写了两次；请删去其中一个。'],
    ],
    [
      'a due day before the first day',
      [half()],
      [period('2023-H1', { starts: '2022-12-11', due: '2022-12-10' })],
      ['period 0 due 报送期 2023年上半年：截止日 2022-12-10 在2023年上半年开始之前；请改正。'],
    ],
    [
      'a due day in December before',
      [half()],
      [period('2023-H1', { starts: '2022-12-11', due: '2022-12-31' })],
      [],
    ],
  ] as [string, object[], object[], string[]][])('%s', (_, indicators, periods, said) => {
    expect(saidOf(indicators, periods)).toEqual(said);
  });

  it.each(['period', 'year-to-date'])('have no rule over the %s between months and half-years', (over) => {
    const periods = [period('2023-06'), period('2023-H1')];
    expect(saidOf([indicator('a'), half()], periods, { rules: [rule('half <= a', over)] })).toEqual([
      'rule 0 expression 规则“r1”：各指标的报送频率不同（按半年、按月），没有同一份报表可以核对；请只用报送频率相同的指标。',
    ]);
    expect(
      saidOf([half(), half({ id: 'other', name: '另一项' })], [period('2023-H1')], {
        rules: [rule('half <= other', over)],
      }),
    ).toEqual([]);
  });

  it('have no sum of months and half-years', () => {
    const sum = indicator('all', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'half' }] });
    expect(saidOf([indicator('a'), half(), sum], [period('2023-06'), period('2023-H1')])).toEqual([
      'indicator 2 parts 指标“指标all”：组成项的报送频率不同（按月、按半年），没有同一期的数可以相加；请只用报送频率相同的指标。',
    ]);
  });

  it('ask each department for what it reports so often', () => {
    const of = (department: string) =>
      expectedReturns(mixedCatalogue)
        .filter((each) => each.department.id === department)
        .map((each) => each.period)
        .filter((each) => !/-\d\d$/.test(each));
    expect(of('sfj')).toEqual(['2023-H1', '2023-H2', '2023']);
    expect(of('gaj')).toEqual(['2023-Q1', '2023-Q2', '2023-H1', '2023-Q3', '2023-Q4', '2023-H2']);
  });

  it.each([
    [{ from: '2023-04' }, '2023-Q1', false, 'that ended before'],
    [{ from: '2023-03' }, '2023-Q1', true, 'whose last month is the first'],
    [{ to: '2023-05' }, '2023-H1', false, 'that ends after'],
    [{ to: '2023-12' }, '2023', true, 'with the year'],
  ] as const)('an entry of %j is in force in %s: %s, one %s', (validity, name, is, _) => {
    expect(isValidIn(validity, name)).toBe(is);
  });

  it.each([
    ['2023-H1', '2023-06-10T15:59:59.999Z', false, 'its own last day is not over'],
    ['2023-H1', '2023-06-10T16:00:00.000Z', true, 'its own last day is over'],
    ['2023-Q2', '2023-06-10T16:00:00.000Z', false, 'its quarter has days left'],
    ['2023-Q2', '2023-06-30T16:00:00.000Z', true, 'its quarter is over'],
    ['2023', '2023-12-10T16:00:00.000Z', true, 'the statistical year is over'],
  ] as const)('%s is over at %s: %s, since %s', (name, now, is, _) => {
    expect(isOver(deadlineOf(mixedCatalogue, name)!, now, mixedCatalogue)).toBe(is);
  });

  it('are moved by whole years with their days, and still follow each other', () => {
    const next = nextYear(mixedCatalogue);
    expect(next.kind === 'catalogue' && next.catalogue.periods.slice(-2)).toEqual([
      {
        period: '2024-H2',
        starts: '2024-06-11',
        ends: '2024-12-10',
        due: '2024-12-20',
        cutOff: '2024-12-31',
      },
      { period: '2024', starts: '2023-12-11', ends: '2024-12-10', due: '2024-12-25', cutOff: '2025-01-31' },
    ]);
    const atFebruary = sound({
      indicators: [indicator('q', 'flow', { frequency: 'quarter' })],
      file: {
        periods: [period('2023-Q1', { ends: '2023-02-28' }), period('2023-Q2', { starts: '2023-03-01' })],
      } as never,
    });
    const reading = readCatalogue(atFebruary);
    const moved = reading.kind === 'catalogue' ? nextYear(reading.catalogue) : reading;
    expect(moved.kind === 'catalogue' && moved.catalogue.periods[0]?.ends).toBe('2024-02-29');
  });

  it('differ by their days and their frequency, in words', () => {
    const indicators = mixedCatalogue.indicators.map((each) =>
      each.id === 'inspections' ? { ...each, frequency: 'half-year' as const } : each,
    );
    const periods = mixedCatalogue.periods.map(({ starts: _, ...each }) => each);
    const said = differences(mixedCatalogue, { ...mixedCatalogue, indicators, periods });
    expect(said.map(({ name, before, after }) => [name, before, after])).toEqual([
      ['检查', '0 位小数，必填，按季报送，不小于 0', '0 位小数，必填，按半年报送，不小于 0'],
      [
        '2023年上半年',
        '统计期间2022年12月11日至2023年6月10日，2023-06-20前报送，最迟 2023-06-30',
        '统计期间2023年1月1日至2023年6月10日，2023-06-20前报送，最迟 2023-06-30',
      ],
      [
        '2023年下半年',
        '统计期间2023年6月11日至2023年12月10日，2023-12-20前报送，最迟 2023-12-31',
        '统计期间2023年7月1日至2023年12月10日，2023-12-20前报送，最迟 2023-12-31',
      ],
      [
        '2023年',
        '统计期间2022年12月11日至2023年12月10日，2023-12-25前报送，最迟 2024-01-31',
        '统计期间2023年1月1日至2023年12月10日，2023-12-25前报送，最迟 2024-01-31',
      ],
    ]);
  });

  it('have deadlines in one line a frequency where they follow a rule, else one a period', () => {
    const months = monthlyDeadlines(2023, { dueDay: 10, cutOff: { kind: 'end-of-january' } });
    const longer = mixedCatalogue.periods.filter((each) => !/-\d\d$/.test(each.period));
    expect(deadlinesInWords([...months, ...longer])).toEqual([
      '各月的月报次月 10 日前报送，最迟 2024-01-31',
      '各季的季报季后第一个月的 10 日前报送，最迟 2024-01-31',
      '上半年：统计期间2022年12月11日至2023年6月10日，2023-06-20 前报送，最迟 2023-06-30',
      '下半年：统计期间2023年6月11日至2023年12月10日，2023-12-20 前报送，最迟 2023-12-31',
      '全年：统计期间2022年12月11日至2023年12月10日，2023-12-25 前报送，最迟 2024-01-31',
    ]);
  });
});
