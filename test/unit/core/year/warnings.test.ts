import { describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import type { Sha256 } from '../../../../shared/core/values/digest.ts';
import { accepted, catalogueFile, catalogueOf, indicator, recordedAt, type Said } from '../small-year.ts';
import { months, saidIn, toDate, warningsIn, year } from './warned-year.ts';

const cases = catalogueOf({
  indicators: [indicator('closed'), indicator('received', 'flow', { notApplicable: true })],
  rules: toDate('closed <= received'),
  months,
});
type Month = Record<string, Said> | undefined;
const month = (closed: string, received: Said) => ({ closed, received });
const warnings = (happenings: Payload[]) => warningsIn(happenings, cases);
const said = (happenings: Payload[], catalogue = cases) => saidIn(happenings, catalogue);

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
    expect(warning?.finding.message).toContain(
      '截至2023年2月的累计数不符合“收到数不小于办结数”：左边 5，右边 3，相差 2；',
    );
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
    [
      [month('1', '2'), undefined, month('9', '2')],
      [],
      'while a month is missing, the year to date is not known',
    ],
    [[month('5', '2'), undefined, month('9', '2')], ['2023-01'], 'what was known before still is'],
    [
      [{ closed: '5' }, month('0', '4')],
      [],
      'while a form was of a catalogue that did not ask for one of them yet, the year to date is not known',
    ],
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

  it('says nothing of stocks either after a month without a return', () => {
    const stocks = catalogueOf({
      indicators: [indicator('closed', 'stock'), indicator('received', 'stock')],
      rules: toDate('closed <= received'),
      months,
    });
    expect(said(year(month('1', '2'), undefined, month('9', '2')), stocks)).toEqual([]);
    expect(said(year(undefined, month('9', '2')), stocks)).toEqual([]);
    expect(said(year(month('1', '2'), month('9', '2')), stocks)).toEqual(['2023-02 rule-balance']);
  });

  it('is not known while a figure of it is not asked for, and counts what does not apply as nothing', () => {
    const more = catalogueOf({
      indicators: [
        indicator('closed'),
        indicator('received'),
        indicator('extra', 'flow', { months: [2, 3], notApplicable: true }),
      ],
      rules: toDate('closed <= received + extra'),
      months,
    });
    expect(said(year(month('5', '2')), more)).toEqual([]);
    expect(said(year(month('5', '2'), { ...month('1', '1'), extra: '不适用' }), more)).toEqual([
      '2023-02 rule-balance',
    ]);
  });

  it('looks at returns of the frequency of its figures, whatever else is missing', () => {
    const file = catalogueFile({
      indicators: [
        indicator('closed'),
        indicator('received'),
        indicator('q', 'flow', { frequency: 'quarter' }),
      ],
      rules: toDate('closed <= received'),
      months: [1, 2, 3, 4],
    });
    const [january, february, march, april] = file.periods;
    const quarter = { period: '2023-Q1', due: '2023-04-10', cutOff: '2023-04-20' };
    const mixed = catalogueSchema.parse({ ...file, periods: [january, february, march, quarter, april] });
    const sound = month('1', '1');
    expect(said(year(sound, sound, sound, month('9', '1')), mixed)).toEqual(['2023-04 rule-balance']);
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

  it('takes no other list, and no list that does not apply, for its names', () => {
    const lists = catalogueOf({
      indicators: [
        indicator('works', 'list', { notApplicable: true }),
        indicator('others', 'list'),
        indicator('limit'),
      ],
      rules: [
        { id: 'most', over: 'year-to-date', expression: 'works <= limit', message: '作品不多于限额。' },
        { id: 'least', over: 'year-to-date', expression: 'works >= limit', message: '作品不少于限额。' },
      ],
      months,
    });
    const listed = (works: Said, limit: string) => ({ works, others: ['丙', '丁'], limit });
    expect(said(year(listed(['甲'], '1'), listed(['乙'], '1')), lists)).toEqual([]);
    expect(said(year(listed('不适用', '1'), listed(['甲', '乙'], '1')), lists)).toEqual([]);
    expect(said(year(listed('不适用', '1'), listed(['甲'], '1')), lists)).toEqual(['2023-02 rule-least']);
  });

  it('says nothing of a rule over a month, which is told when the return is checked', () => {
    const monthly = catalogueOf({
      indicators: [indicator('closed'), indicator('received')],
      rules: [{ ...toDate('closed <= received')[0]!, over: 'period' }],
      months,
    });
    expect(said(year(month('5', '2')), monthly)).toEqual([]);
  });

  it.each([
    ['-5', '-4', ['2023-01 rule-balance'], 'less may be lost than was gained'],
    ['-5', '-5', [], 'as much is as it should be'],
    ['-3', '0', ['2023-01 rule-balance'], 'nothing is more than something lost'],
  ])('compares %s and %s as numbers: %j: %s', (closed, received, expected) => {
    const range = { range: { min: '-100' } };
    const signed = catalogueOf({
      indicators: [indicator('closed', 'flow', range), indicator('received', 'flow', range)],
      rules: toDate('closed = received'),
      months,
    });
    expect(said(year(month(closed, received)), signed)).toEqual(expected);
  });

  it('says term by term, of which none is cut, what is too long for a sentence', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `i${index}`);
    const many = catalogueOf({
      indicators: ids.map((id) => indicator(id, 'flow', { name: `${id}${'长'.repeat(40)}` })),
      rules: toDate(`${ids.slice(1).join(' + ')} <= ${ids[0]}`),
      months,
    });
    const [warning] = warningsIn(year(Object.fromEntries(ids.map((id) => [id, '1']))), many);
    expect(warning?.finding.found).toBe('左边 11，右边 1');
    expect(warning?.finding.breakdown).toHaveLength(1 + 11 + 1 + 1 + 1);
    expect(warning?.finding.breakdown?.at(-1)).toBe('相差 10');
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

describe('an acknowledgement', () => {
  const broken = year(month('5', '2'));
  const acknowledged = (warning: Sha256, reason: string): Payload => ({
    kind: 'warning-acknowledged',
    as: 'legal-office',
    department: 'jia',
    period: '2023-01',
    warning,
    reason,
  });
  const warned = () => warnings(broken)[0]!;

  it('settles a warning with who, when and why, the last one given', () => {
    const settled = warnings([
      ...broken,
      acknowledged(warned().id, '旧案'),
      acknowledged(warned().id, '上年旧案'),
    ]);
    expect(settled).toMatchObject([{ acknowledged: { by: '系统', at: recordedAt, reason: '上年旧案' } }]);
    expect(settled[0]?.id).toBe(warned().id);
  });

  it('does not settle what the figures say after a correction', () => {
    const worse = accepted('jia', '2023-01', month('9', '2'), { at: '2023-02-01T00:00:00.000Z' });
    expect(warnings([...broken, acknowledged(warned().id, '旧案'), worse])).toMatchObject([
      { acknowledged: null },
    ]);
  });

  it('stays where the return was sent again with the same figures', () => {
    const same = accepted('jia', '2023-01', month('5', '2'), { at: '2023-02-01T00:00:00.000Z' });
    expect(warnings([...broken, acknowledged(warned().id, '旧案'), same])[0]?.acknowledged).not.toBeNull();
  });
});
