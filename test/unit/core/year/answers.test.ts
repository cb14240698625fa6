import { describe, expect, it } from 'vitest';
import type { Answerer, Payload } from '../../../../shared/core/ledger/event.ts';
import { findingRules } from '../../../../shared/core/returns/findings/findings.ts';
import type { GridSaid } from '../../../../shared/core/returns/grid.ts';
import type { RemarkSaid } from '../../../../shared/core/returns/remark.ts';
import { decimalSchema } from '../../../../shared/core/values/decimal.ts';
import type { Warning } from '../../../../shared/core/year/warning.ts';
import { accepted, catalogueOf, indicator, recordedAt, smallTable } from '../small-year.ts';
import { months, publishedYear, toDate, warningsIn } from './warned-year.ts';

const place = { sheet: '月报', cell: 'I6' };
const cases = catalogueOf({
  months,
  indicators: [
    indicator('cases'),
    indicator('closed'),
    indicator('so-far', 'flow', { overTime: 'cumulative' }),
    indicator('works', 'list'),
    indicator('left'),
  ],
  ...smallTable(),
  rules: [
    ...toDate('closed <= cases'),
    { id: 'carried', over: 'period', expression: 'left >= last-year(left)', message: '不少于上年。' },
    { id: 'both', over: 'period', expression: 'left <= cases + last-year(left)', message: '不多于。' },
  ],
});

type Said = Parameters<typeof accepted>[2];
interface More {
  remarks?: RemarkSaid[];
  grids?: GridSaid[];
  at?: string;
}

/** A month's return, with these figures in place of the usual ones. */
function month(number: number, said: Said = {}, { remarks, grids, at }: More = {}): Payload {
  const usual = {
    cases: '20',
    closed: '20',
    'so-far': `${number}`,
    works: [`作品名称之${number}`],
    left: '5',
  };
  const period = `2023-0${number}`;
  const uploaded = at === undefined ? {} : { at };
  return {
    ...accepted('jia', period, { ...usual, ...said }, uploaded),
    ...(remarks === undefined ? {} : { remarks }),
    ...(grids === undefined ? {} : { grids }),
  };
}
const beside = (id: string, text = '专项行动 <b>'): RemarkSaid => ({
  kind: 'figure',
  indicator: id,
  text,
  place,
});
const answer = (warning: Warning, as: Answerer, reason = '已核'): Payload => ({
  ...{ kind: 'warning-acknowledged', as, department: warning.department, period: warning.period },
  ...{ warning: warning.id, reason },
});
const before = [1, 2, 3].map((each) => month(each));
const warnings = (...happenings: Payload[]) => warningsIn(happenings, cases, lastYear);
const lastYear = publishedYear([accepted('jia', '2022-04', { left: '5' })]);
const about = (rule: string, all: readonly Warning[]) => all.find(({ finding }) => finding.rule === rule)!;

describe('what it takes to settle a warning', () => {
  it('is said of each kind of finding that asks about a return that counts', () => {
    const asking = Object.entries(findingRules).filter(([, { severity }]) => severity === 'warning');
    const needed = asking.map(([name, rule]) => [name, 'settledBy' in rule ? rule.settledBy : undefined]);
    expect(Object.fromEntries(needed)).toEqual({
      'near-doubles': 'department',
      'figures-not-counted': 'department',
      'figures-asked-since': 'department',
      'unit-slip': 'remark',
      outlier: 'remark',
      'cumulative-falls': 'legal-office',
      'nothing-after-steady': 'remark',
    });
  });

  it.each([
    ['rule-balance', 'legal-office', 'broken over the year to date'],
    ['rule-carried', 'remark', 'of one figure beside itself last year'],
    ['rule-both', 'department', 'of several figures, of which a remark is on one'],
  ])('of %s is %s: %s', (rule, expected) => {
    const figures = { closed: '90', left: rule === 'rule-both' ? '90' : '1' };
    expect(about(rule, warnings(...before, month(4, figures)))?.settledBy).toBe(expected);
  });
});

describe('a remark beside a figure', () => {
  const slip = { cases: '200000' };

  it('settles what is asked about the figure, as it was uploaded and by whom, with nothing more to be done', () => {
    const [warning, ...others] = warnings(...before, month(4, slip, { remarks: [beside('cases')] }));
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      finding: { rule: 'unit-slip', indicator: 'cases' },
      acknowledged: { as: 'remark', by: '经办人', at: '2023-04-25T02:00:00.000Z', reason: '专项行动 <b>' },
      explained: null,
    });
  });

  it('settles the question whether there was nothing', () => {
    const remarks = [beside('cases', '停业')];
    const nothing = about(
      'nothing-after-steady',
      warnings(...before, month(4, { cases: '0', closed: '0' }, { remarks })),
    );
    expect(nothing.acknowledged?.reason).toBe('停业');
  });

  it('settles nothing about another figure', () => {
    const [warning] = warnings(...before, month(4, slip, { remarks: [beside('closed')] }));
    expect(warning).toMatchObject({ acknowledged: null, explained: null });
  });

  it('goes with the revision that said it', () => {
    const first = month(4, slip, { remarks: [beside('cases')] });
    const second = month(4, slip, { at: '2023-04-26T02:00:00.000Z' });
    expect(warnings(...before, first, second)[0]?.acknowledged).toBeNull();
    expect(warnings(...before, second, first)[0]?.acknowledged).toBeNull();
  });

  it('gives way to what a person answers afterwards, and is shown besides', () => {
    const payloads = [...before, month(4, slip, { remarks: [beside('cases')] })];
    const [warning] = warnings(...payloads);
    expect(warnings(...payloads, answer(warning!, 'department', '另有原因'))).toMatchObject([
      {
        acknowledged: { as: 'department', reason: '另有原因', at: recordedAt },
        explained: { as: 'remark', reason: '专项行动 <b>' },
      },
    ]);
  });

  it.each([
    ['rule-balance', { closed: '90' }, 'closed'],
    ['cumulative-falls', { 'so-far': '1' }, 'so-far'],
    ['rule-both', { left: '90' }, 'left'],
    ['near-doubles', { works: ['作品名称之贰', '作品名称之贰件'] }, 'works'],
  ])('does not settle %s, but is shown beside it', (rule, said, id) => {
    const warning = about(rule, warnings(...before, month(4, said, { remarks: [beside(id)] })));
    expect(warning).toMatchObject({ acknowledged: null, explained: { as: 'remark', by: '经办人' } });
  });
});

describe('a remark at the end of a row', () => {
  const place = { sheet: '表1 表', cell: 'F5' };
  const remark: RemarkSaid = { kind: 'row', table: 'grid', row: 'ra', text: '普查', place };
  const grid = (...values: [string, string]): GridSaid => ({
    ...{ table: 'grid', kind: 'flow', unit: '件', sheet: '表1 表' },
    columns: ['ca', 'cb'].map((column, index) => ({ column, at: 'CD'[index]! })),
    rows: [
      { row: 'ra', at: 5, values: values.map((value) => decimalSchema.parse(value)) },
      { row: 'rb', at: 6, values: values.map(() => decimalSchema.parse('1')) },
    ],
  });
  const withGrid = (...values: [string, string]) => [
    ...[1, 2, 3].map((each) => month(each, {}, { grids: [grid('30', '30')] })),
    month(4, {}, { grids: [grid(...values)], remarks: [remark] }),
  ];

  it('settles what is asked about the one figure of the row that is asked about', () => {
    expect(warnings(...withGrid('300000', '30'))).toMatchObject([
      { finding: { indicator: 'grid-ra-ca' }, acknowledged: { as: 'remark', reason: '普查' } },
    ]);
  });

  it('settles none of several, since nobody can tell which it is on', () => {
    expect(warnings(...withGrid('300000', '300000'))).toMatchObject([
      { acknowledged: null, explained: { reason: '普查' } },
      { acknowledged: null, explained: { reason: '普查' } },
    ]);
  });
});

describe('what only the legal office settles', () => {
  const broken = [...before, month(4, { closed: '90' })];
  const balance = (...more: Payload[]) => about('rule-balance', warnings(...broken, ...more));

  it('stays open whatever the department says, whose words are kept', () => {
    expect(balance(answer(balance(), 'department', 'ok'))).toMatchObject({
      acknowledged: null,
      explained: { as: 'department', by: '系统', reason: 'ok' },
    });
  });

  it('is settled by the office, before or after the department said why', () => {
    const [ours, theirs] = [
      answer(balance(), 'legal-office', '属实'),
      answer(balance(), 'department', '旧案'),
    ];
    for (const answers of [
      [ours, theirs],
      [theirs, ours],
    ]) {
      expect(balance(...answers)).toMatchObject({
        acknowledged: { as: 'legal-office', reason: '属实' },
        explained: { as: 'department', reason: '旧案' },
      });
    }
  });
});
