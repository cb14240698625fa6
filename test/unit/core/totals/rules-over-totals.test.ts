import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { warningSchema } from '../../../../shared/core/year/warning.ts';
import { warningsOn } from '../../../../shared/core/year/warnings.ts';
import { yearOfDepartment } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, type Said, stateOf } from '../small-year.ts';

const rule = (expression: string) => [
  { id: 'handed', over: 'all-departments', expression, message: '移送的应当都接收。' },
];
const months = [1, 2, 3, 4];

/** One department hands cases over, the other takes them. */
const handing = catalogueOf({
  indicators: [
    indicator('sent', 'flow', { reporters: ['jia'], name: '移送' }),
    indicator('taken', 'flow', { reporters: ['yi'], name: '接收' }),
    indicator('own', 'flow', { reporters: ['jia'] }),
  ],
  rules: rule('sent = taken'),
  months,
});
const sent = (month: number, said: Said) => accepted('jia', `2023-0${month}`, { sent: said, own: '1' });
const taken = (month: number, said: Said) => accepted('yi', `2023-0${month}`, { taken: said });

const warningsIn = (happenings: Payload[], catalogue = handing) =>
  warningsOf(stateOf(catalogue, happenings)).map((each) => warningSchema.parse(each));
const saidIn = (happenings: Payload[], catalogue = handing) =>
  warningsIn(happenings, catalogue).map(({ period, finding }) => `${period} ${finding.found}`);

describe('a rule over the totals of all departments', () => {
  it('warns in the period that breaks it, of no department, with both sides and their difference', () => {
    const [warning, ...others] = warningsIn([sent(1, '5'), taken(1, '5'), sent(2, '3'), taken(2, '1')]);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ department: null, period: '2023-02', acknowledged: null });
    expect(warning?.finding).toEqual({
      rule: 'rule-handed',
      severity: 'warning',
      indicator: 'sent',
      found: '移送 8，接收 6',
      expected: '移送的应当都接收。',
      message:
        '截至2023年2月的全市汇总数不符合“移送的应当都接收”：左边 8，右边 6，相差 2；请与有关部门核对，有误的由其重新报送，无误的请说明原因。',
    });
  });

  it.each<[said: string, happenings: Payload[], expected: string[]]>([
    [
      'once while it is broken by the same amount',
      [sent(1, '5'), taken(1, '4'), sent(2, '3'), taken(2, '3'), sent(3, '0'), taken(3, '1')],
      ['2023-01 移送 5，接收 4'],
    ],
    [
      'again when the amount is another',
      [sent(1, '5'), taken(1, '4'), sent(2, '3'), taken(2, '2')],
      ['2023-01 移送 5，接收 4', '2023-02 移送 8，接收 6'],
    ],
    ['not while a return is missing of one of them', [sent(1, '5'), taken(1, '5'), sent(2, '3')], []],
    ['nor after one that is missing', [sent(1, '5'), sent(2, '3'), taken(2, '1')], []],
    [
      'of what came before one that is missing',
      [sent(1, '5'), taken(1, '4'), sent(3, '3'), taken(2, '1'), taken(3, '1')],
      ['2023-01 移送 5，接收 4'],
    ],
    ['not where nothing is a number', [sent(1, '不适用'), taken(1, '4')], []],
  ])('is said %s', (_, happenings, expected) => {
    expect(saidIn(happenings)).toEqual(expected);
  });

  it('goes with a correction, and is settled by whom it is acknowledged', () => {
    const broken = [sent(1, '5'), taken(1, '4')];
    const [warning] = warningsIn(broken);
    const settled: Payload = {
      ...{ kind: 'warning-acknowledged', as: 'legal-office', department: null, period: warning!.period },
      ...{ warning: warning!.id, reason: '在途一件' },
    };
    expect(warningsIn([...broken, settled])[0]?.acknowledged).toMatchObject({ reason: '在途一件' });
    const mended = accepted('yi', '2023-01', { taken: '5' }, { at: '2023-02-02T00:00:00.000Z' });
    expect(warningsIn([...broken, mended])).toEqual([]);
  });

  it('is no warning on a return, and nothing that a department may be told', () => {
    const state = stateOf(handing, [sent(1, '5'), taken(1, '4')]);
    expect(warningsOf(state)).toHaveLength(1);
    for (const department of ['jia', 'yi']) {
      expect(warningsOn(state, { department, period: '2023-01' })).toEqual([]);
      expect(warningsOf(yearOfDepartment(state, department))).toEqual([]);
    }
    const alone = catalogueOf({
      indicators: [
        indicator('sent', 'flow', { reporters: ['jia'] }),
        indicator('own', 'flow', { reporters: ['jia'] }),
      ],
      rules: rule('sent <= own'),
      months,
    });
    const own = stateOf(alone, [sent(1, '5')]);
    expect(warningsOf(own)).toHaveLength(1);
    expect(warningsOf(yearOfDepartment(own, 'jia'))).toEqual([]);
  });

  const both = (month: number, jia: Record<string, Said>, yi: Record<string, Said>) => [
    accepted('jia', `2023-0${month}`, jia),
    accepted('yi', `2023-0${month}`, yi),
  ];

  it('takes totals by the operators of each indicator, exactly, before they are rounded', () => {
    const output = { unit: '百件', factor: '0.01', decimals: 0 };
    const mixed = catalogueOf({
      indicators: [
        indicator('open', 'stock', { decimals: 2, output }),
        indicator('shut', 'stock', { decimals: 2, overDepartments: 'max' }),
        indicator('works', 'list'),
      ],
      rules: rule('open - shut = works + 0.3'),
      months,
    });
    const said = (open: string, shut: string, works: string[]) => ({ open, shut, works });
    const happenings = [
      ...both(1, said('1.15', '0', ['甲']), said('2.15', '2', ['甲'])),
      ...both(2, said('3.2', '1', ['甲']), said('2.15', '3', ['乙'])),
    ];
    expect(saidIn(happenings, mixed)).toEqual([
      '2023-02 指标open 5.35 - 指标shut 3 = 2.35，指标works 2 + 0.3 = 2.3',
    ]);
  });

  it('adds what is reported to date as it was reported last', () => {
    const toDate = catalogueOf({
      indicators: [indicator('x', 'flow', { overTime: 'cumulative' }), indicator('y')],
      rules: rule('x = y'),
      months,
    });
    const said = (x: string, y: string) => ({ x, y });
    const happenings = [
      ...both(1, said('1', '1'), said('2', '2')),
      ...both(2, said('3', '2'), said('4', '1')),
    ];
    expect(saidIn(happenings, toDate)).toEqual(['2023-02 指标x 7，指标y 6']);
  });

  it('is asked in the periods that all of its figures have', () => {
    const rare = catalogueOf({
      indicators: [indicator('x'), indicator('open', 'stock', { months: [2, 4] })],
      rules: rule('open <= x'),
      months,
    });
    const happenings = [
      ...both(1, { x: '1' }, { x: '1' }),
      ...both(2, { x: '1', open: '3' }, { x: '1', open: '2' }),
      ...both(3, { x: '0' }, { x: '0' }),
    ];
    expect(saidIn(happenings, rare)).toEqual(['2023-02 指标open 5，指标x 4']);
  });

  it.each([
    ['stock', {}],
    ['flow', { overTime: 'cumulative' }],
  ] as const)('is not asked of a %s %j in a period in which that is not asked for', (kind, more) => {
    const toDate = 'overTime' in more ? more : {};
    const rare = catalogueOf({
      indicators: [indicator('x', 'flow', toDate), indicator('open', kind, { ...more, months: [2, 4] })],
      rules: rule('open <= x'),
      months,
    });
    const happenings = [
      ...both(1, { x: '1' }, { x: '1' }),
      ...both(2, { x: '2', open: '9' }, { x: '2', open: '9' }),
      ...both(3, { x: '3' }, { x: '3' }),
    ];
    expect(saidIn(happenings, rare).map((said) => said.slice(0, 7))).toEqual(['2023-02']);
  });

  it('is asked, of what adds up, behind the last period in which it was asked for', () => {
    const early = catalogueOf({
      indicators: [indicator('planned', 'flow', { months: [1] }), indicator('done')],
      rules: rule('done <= planned'),
      months,
    });
    const happenings = [
      ...both(1, { planned: '9', done: '5' }, { planned: '9', done: '5' }),
      ...both(2, { done: '5' }, { done: '5' }),
    ];
    expect(saidIn(happenings, early)).toEqual(['2023-02 指标done 20，指标planned 18']);
  });

  it('is not asked of the end of a year to which a department has gone', () => {
    const merged = catalogueOf({
      departments: [
        { id: 'jia', name: '甲局' },
        { id: 'yi', name: '乙局', to: '2023-01', successor: 'jia' },
      ],
      indicators: [indicator('open', 'stock')],
      rules: rule('open <= 9'),
      months,
    });
    const open = (department: string, month: number, said: string) =>
      accepted(department, `2023-0${month}`, { open: said });
    expect(saidIn([open('jia', 1, '5'), open('yi', 1, '5'), open('jia', 2, '9')], merged)).toEqual([
      '2023-01 指标open 10，9',
    ]);
  });
});
