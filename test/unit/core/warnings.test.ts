import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../shared/core/event.ts';
import { warningSchema } from '../../../shared/core/publication.ts';
import { warningsOf, warningsOn } from '../../../shared/core/warnings.ts';
import { accepted, catalogueOf, indicator, recordedAt, type Said, stateOf } from './small-year.ts';

const months = [1, 2, 3, 4, 5, 6, 7, 8];
const toDate = (expression: string) => [
  { id: 'balance', over: 'year-to-date', expression, message: '收到数不小于办结数。' },
];
const cases = catalogueOf({
  indicators: [indicator('closed'), indicator('received', 'flow', { notApplicable: true })],
  rules: toDate('closed <= received'),
  months,
});

type Month = Record<string, Said> | undefined;
const year = (...said: Month[]): Happening[] =>
  said.flatMap((figures, index) =>
    figures === undefined ? [] : [accepted('jia', `2023-0${index + 1}`, figures)],
  );
const month = (closed: string, received: Said) => ({ closed, received });

function warnings(happenings: Happening[], catalogue = cases) {
  const all = warningsOf(stateOf(catalogue, happenings));
  for (const warning of all) warningSchema.parse(warning);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  return all;
}
const said = (happenings: Happening[], catalogue = cases) =>
  warnings(happenings, catalogue).map(({ period, finding }) => `${period} ${finding.rule}`);

describe('a rule over the year to date', () => {
  it('warns in the month that breaks it, with the figures so far', () => {
    const [warning, ...others] = warnings(year(month('1', '2'), month('4', '1')));
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      department: 'jia',
      period: '2023-02',
      acknowledged: null,
      finding: {
        rule: 'rule-balance',
        severity: 'warning',
        indicator: 'closed',
        found: '指标closed 5，指标received 3',
        place: { sheet: '月报', cell: 'E6' },
      },
    });
    expect(warning?.finding.message).toContain('截至2023年2月的累计数不符合“收到数不小于办结数”；');
  });

  it.each([
    [
      [month('5', '2'), month('1', '1'), month('0', '0')],
      ['2023-01'],
      'broken by the same amount, it is said once',
    ],
    [[month('5', '2'), month('2', '1')], ['2023-01', '2023-02'], 'broken by more, it is said again'],
    [[month('5', '2'), month('0', '9'), month('8', '1')], ['2023-01', '2023-03'], 'mended and broken again'],
    [[month('1', '2'), month('3', '2')], [], 'a month may break it that the year to date keeps'],
    [[month('1', '2'), undefined, month('9', '2')], [], 'while a month lacks, the year to date is not known'],
    [[month('5', '2'), undefined, month('9', '2')], ['2023-01'], 'what was known before still is'],
    [[month('5', '不适用')], [], 'without a number there is nothing to compare'],
    [[month('5', '不适用'), month('0', '4')], ['2023-02'], 'what is not applicable adds nothing'],
  ] as [Month[], string[], string][])('%j: %j: %s', (figures, periods) => {
    expect(said(year(...figures))).toEqual(periods.map((period) => `${period} rule-balance`));
  });

  it('takes stocks as they stand, and says it once also across a month without one', () => {
    const stocks = catalogueOf({
      indicators: [indicator('received'), indicator('pending', 'stock', { notApplicable: true })],
      rules: toDate('received = pending'),
      months,
    });
    const stand = (received: string, pending: Said) => ({ received, pending });
    expect(said(year(stand('3', '3'), stand('2', '5'), stand('1', '6')), stocks)).toEqual([]);
    expect(said(year(stand('3', '2'), stand('0', '不适用'), stand('0', '2')), stocks)).toEqual([
      '2023-01 rule-balance',
    ]);
  });

  it('counts the names of a list once, as its total does', () => {
    const lists = catalogueOf({
      indicators: [indicator('works', 'list'), indicator('limit')],
      rules: toDate('works <= limit'),
      months,
    });
    const listed = (works: string[], limit: string) => ({ works, limit });
    expect(said(year(listed(['甲', '乙'], '2'), listed(['甲'], '0')), lists)).toEqual([]);
    expect(said(year(listed(['甲', '乙'], '2'), listed(['丙'], '0')), lists)).toEqual([
      '2023-02 rule-balance',
    ]);
  });

  it('is not for a department that does not report all of it', () => {
    const partly = catalogueOf({
      indicators: [indicator('closed'), indicator('received', 'flow', { reporters: ['yi'] })],
      rules: toDate('closed <= received'),
      months: [1],
    });
    expect(said([accepted('jia', '2023-01', { closed: '9' })], partly)).toEqual([]);
    expect(said([accepted('yi', '2023-01', { closed: '9', received: '1' })], partly)).toHaveLength(1);
  });

  it('leaves the order of recording without influence', () => {
    const happenings = year(month('5', '2'), month('2', '1'), month('0', '1'));
    expect(warnings(happenings.toReversed())).toEqual(warnings(happenings));
  });
});

describe('values unlike the months before', () => {
  const usual = ['30', '34', '29', '41', '36', '33'];
  const money = catalogueOf({ indicators: [indicator('x', 'flow', { unit: '万元' })], months });
  const values = (...all: string[]) => year(...all.map((x) => ({ x })));

  it('are told by rule and month', () => {
    expect(said(values(...usual, '400'), money)).toEqual(['2023-07 outlier']);
    expect(said(values('30', '34', '290000'), money)).toEqual(['2023-03 unit-slip']);
  });

  it('are compared with what counts only', () => {
    const held = accepted('jia', '2023-07', { x: '400' }, { at: '2024-05-01T00:00:00.000Z' });
    expect(said([...values(...usual), held], money)).toEqual([]);
  });

  it('go away with a correction of the month itself, or of the months before', () => {
    const slip = values('30', '34', '290000');
    const at = '2023-04-02T00:00:00.000Z';
    expect(said([...slip, accepted('jia', '2023-03', { x: '29' }, { at })], money)).toEqual([]);
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
    expect(said([...slip, ...corrected], money)).toEqual([]);
  });

  it('are not looked for in lists', () => {
    const lists = catalogueOf({
      indicators: [indicator('x', 'list', { list: { itemName: '名称', maxItems: 200 } })],
      months,
    });
    const items = (count: number) => Array.from({ length: count }, (_, index) => `第${index}项`);
    const figures = [30, 34, 29, 41, 36, 33, 190].map((count) => ({ x: items(count) }));
    expect(said(year(...figures), lists)).toEqual([]);
  });
});

describe('an acknowledgement', () => {
  const broken = year(month('5', '2'));
  const acknowledged = (warning: string, reason: string): Happening => ({
    kind: 'warning-acknowledged',
    department: 'jia',
    period: '2023-01',
    warning,
    reason,
  });
  const [warning] = warnings(broken);

  it('settles a warning with who, when and why, the last one given', () => {
    const settled = warnings([
      ...broken,
      acknowledged(warning!.id, '旧案'),
      acknowledged(warning!.id, '上年旧案'),
    ]);
    expect(settled).toMatchObject([{ acknowledged: { by: '系统', at: recordedAt, reason: '上年旧案' } }]);
    expect(settled[0]?.id).toBe(warning?.id);
  });

  it('does not settle what the figures say after a correction', () => {
    const worse = accepted('jia', '2023-01', month('9', '2'), { at: '2023-02-01T00:00:00.000Z' });
    expect(warnings([...broken, acknowledged(warning!.id, '旧案'), worse])).toMatchObject([
      { acknowledged: null },
    ]);
  });

  it('stays where the return was sent again with the same figures', () => {
    const same = accepted('jia', '2023-01', month('5', '2'), { at: '2023-02-01T00:00:00.000Z' });
    expect(warnings([...broken, acknowledged(warning!.id, '旧案'), same])[0]?.acknowledged).not.toBeNull();
  });
});

describe('the warnings on one return', () => {
  it('are those of all the year on it', () => {
    const state = stateOf(cases, [
      ...year(month('5', '2'), month('2', '1')),
      accepted('yi', '2023-01', month('5', '2')),
    ]);
    for (const [department, period] of [
      ['jia', '2023-01'],
      ['jia', '2023-02'],
      ['yi', '2023-01'],
      ['yi', '2023-02'],
    ] as const) {
      const expected = warningsOf(state).filter(
        (one) => one.department === department && one.period === period,
      );
      expect(warningsOn(state, department, period)).toEqual(expected);
    }
    expect(warningsOf(state)).toHaveLength(3);
  });
});
