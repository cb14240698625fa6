import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../../shared/core/catalogue/kinds.ts';
import { annualTotals } from '../../../../shared/core/totals/totals.ts';
import { indicator, type Said } from '../small-year.ts';
import { comparisonsIn, type Figures, lastYear, type Parts, yearBeside } from './compared-years.ts';

const parts = (...indicators: object[]): Parts => ({ indicators });
const flow = parts(indicator('x'));
/** What departments said of indicator x. */
const said = (byDepartment: Record<string, (Said | undefined)[]>): Figures =>
  Object.fromEntries(
    Object.entries(byDepartment).map(([department, months]) => [
      department,
      months.map((x) => (x === undefined ? undefined : { x })),
    ]),
  );

describe('a month beside last year and beside the month before', () => {
  const then = () => lastYear(flow, said({ jia: ['600', '400', '29'], yi: ['427', '0', '1'] }));
  const rows = () => comparisonsIn(yearBeside(flow, said({ jia: ['868', '800'], yi: ['0', '30'] }), then()));

  it('has its figure, and that of the year to its end', () => {
    const [january, february] = rows();
    expect(january).toMatchObject({ value: '868', missing: 0, toDate: { value: '868' } });
    expect(february).toMatchObject({ value: '830', missing: 0, toDate: { value: '1698' } });
  });

  it('has the change from the same month of last year, and its rate to one place', () => {
    const [january, february] = rows();
    expect(january?.lastYear).toEqual({ value: '1027', missing: 0, change: '-159', rate: '-15.5' });
    expect(february?.lastYear).toEqual({ value: '400', missing: 0, change: '430', rate: '107.5' });
  });

  it('has the change from last year to the end of the same month', () => {
    const [, february] = rows();
    expect(february?.toDate.lastYear).toEqual({ value: '1427', missing: 0, change: '271', rate: '19' });
  });

  it('has the change from the month before', () => {
    const [, february] = rows();
    expect(february?.before).toEqual({ value: '868', missing: 0, change: '-38', rate: '-4.4' });
  });

  it('is there of months that have come, and of no others', () => {
    expect(rows()).toHaveLength(2);
    expect(comparisonsIn(yearBeside(flow, {}, then()))).toEqual([]);
  });
});

describe('January is beside December', () => {
  const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  const year = { ...flow, months };
  const twelve = months.map((month) => `${month}`);

  it('of last year, where that is known', () => {
    const before = lastYear(year, said({ jia: twelve, yi: twelve }));
    const [january] = comparisonsIn(yearBeside(year, said({ jia: ['20'], yi: ['10'] }), before));
    expect(january?.before).toEqual({ value: '24', missing: 0, change: '6', rate: '25' });
  });

  it('and beside nothing where it is not', () => {
    const [january] = comparisonsIn(yearBeside(year, said({ jia: ['20'], yi: ['10'] })));
    expect(january).toMatchObject({ before: null, lastYear: null, toDate: { value: '30', lastYear: null } });
  });
});

describe('the year to date', () => {
  it.each<
    [kind: Kind, more: Record<string, unknown>, now: Said[], then: Said[], toDate: string, change: string]
  >([
    ['flow', {}, ['1', '2', '3'], ['1', '1', '1'], '6', '3'],
    ['stock', {}, ['5', '7', '6'], ['5', '5', '4'], '6', '2'],
    ['extreme', {}, ['5', '7', '6'], ['5', '9', '4'], '7', '-2'],
    ['extreme', { overTime: 'min', overDepartments: 'min' }, ['5', '7', '6'], ['5', '9', '4'], '5', '1'],
    ['list', {}, [['甲'], ['甲', '乙'], ['《乙》']], [['甲'], [], []], '2', '1'],
  ])('of a %s %o is by its own operators', (kind, more, now, then, toDate, change) => {
    const of = { ...parts(indicator('x', kind, more)), departments: [{ id: 'jia', name: '甲局' }] };
    const rows = comparisonsIn(yearBeside(of, said({ jia: now }), lastYear(of, said({ jia: then }))));
    expect(rows.at(-1)?.toDate).toMatchObject({ value: toDate, lastYear: { change } });
  });

  it('to the last month is the annual total', () => {
    const state = yearBeside(flow, said({ jia: ['1', '2', '4'], yi: ['8', '16', '32'] }));
    expect(comparisonsIn(state).at(-1)?.toDate.value).toBe(annualTotals(state)[0]?.value);
  });

  it('of a ratio divides its totals to date, and differs by points', () => {
    const rate = parts(
      indicator('n'),
      indicator('d'),
      indicator('x', 'ratio', { numerator: 'n', denominator: 'd' }),
    );
    const year = (...months: [string, string][]): Figures => ({
      jia: months.map(([n, d]) => ({ n, d })),
      yi: months.map(() => ({ n: '0', d: '0' })),
    });
    const before = lastYear(rate, year(['1', '2'], ['1', '4'], ['0', '0']));
    const [, february] = comparisonsIn(yearBeside(rate, year(['1', '1'], ['1', '3']), before));
    expect(february).toMatchObject({
      value: '33.33',
      before: { value: '100', change: '-66.67', rate: null },
      lastYear: { value: '25', change: '8.33', rate: null },
      toDate: { value: '50', lastYear: { value: '33.33', change: '16.67', rate: null } },
    });
  });
});

describe('a rate', () => {
  it.each<[why: string, now: Said, then: Said, change: string | null, rate: string | null]>([
    ['is none from zero', '5', '0', '5', null],
    ['of nothing that was something is minus 100', '0', '5', '-5', '-100'],
    ['of what is the same is zero', '5', '5', '0', '0'],
    ['is rounded half up, away from zero', '2001', '2000', '1', '0.1'],
    ['is rounded half up, away from zero, downwards too', '1999', '2000', '-1', '-0.1'],
    ['and change are none where nothing was reported', '5', null, null, null],
    ['and change are none where nothing is', '不适用', '5', null, null],
  ])('%s', (_, now, then, change, rate) => {
    const of = { ...parts(indicator('x', 'flow', { notApplicable: true, required: false })), months: [1] };
    const before = lastYear(of, said({ jia: [then], yi: [then === null ? null : '0'] }));
    const [january] = comparisonsIn(
      yearBeside(of, said({ jia: [now], yi: [now === '不适用' ? now : '0'] }), before),
    );
    expect(january?.lastYear).toMatchObject({ change, rate });
  });

  it('is none of a percentage, which changes by points', () => {
    const of = { ...parts(indicator('x', 'extreme', { unit: '%' })), months: [1] };
    const before = lastYear(of, said({ jia: ['90'], yi: ['80'] }));
    expect(comparisonsIn(yearBeside(of, said({ jia: ['95'], yi: ['1'] }), before))[0]?.lastYear).toEqual({
      value: '90',
      missing: 0,
      change: '5',
      rate: null,
    });
  });
});

describe('what is missing is told beside what it is missing from', () => {
  it.each<[string, Figures, Figures, number[]]>([
    [
      'nothing',
      said({ jia: ['1', '1'], yi: ['1', '1'] }),
      said({ jia: ['1', '1'], yi: ['1', '1'] }),
      [0, 0, 0, 0],
    ],
    [
      'a return of this year',
      said({ jia: ['1', '1'], yi: [] }),
      said({ jia: ['1', '1'], yi: ['1', '1'] }),
      [1, 2, 0, 0],
    ],
    [
      'a return of last year',
      said({ jia: ['1', '1'], yi: ['1', '1'] }),
      said({ jia: ['1', '1'], yi: ['1'] }),
      [0, 0, 1, 1],
    ],
  ])('%s', (_, now, then, missing) => {
    const row = comparisonsIn(yearBeside(flow, now, lastYear(flow, then)))[1];
    expect([
      row?.missing,
      row?.toDate.missing,
      row?.lastYear?.missing,
      row?.toDate.lastYear?.missing,
    ]).toEqual(missing);
  });
});

describe('is compared with the same thing only', () => {
  const figures = said({ jia: ['5'], yi: ['5'] });
  const of = (...indicators: object[]) => ({ ...parts(...indicators), months: [1] });
  const compared = (now: Parts, then: Parts, before = figures) =>
    comparisonsIn(yearBeside(now, figures, lastYear(then, before)))[0]?.lastYear;

  it.each<[string, object, object, object | null]>([
    ['another kind', indicator('x'), indicator('x', 'stock'), null],
    ['another operator', indicator('x', 'stock'), indicator('x', 'stock', { overDepartments: 'max' }), null],
    ['another unit', indicator('x'), indicator('x', 'flow', { unit: '人' }), null],
    ['a list of other things', indicator('x', 'list'), indicator('x', 'list', { unit: '部' }), null],
    ['an indicator that is new', indicator('x'), indicator('y'), null],
  ])('%s is nothing to compare with', (_, now, then, expected) => {
    expect(compared(of(now), of(then))).toEqual(expected);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string, string]>([
    [
      'a unit that last year converted',
      { unit: '元' },
      { unit: '万元', alsoIn: [{ unit: '元', factor: '0.0001' }] },
      '100000',
      '-99990',
    ],
    [
      'a unit that this year converts',
      { unit: '元', alsoIn: [{ unit: '万元', factor: '10000' }] },
      { unit: '万元' },
      '100000',
      '-99990',
    ],
    [
      'what was published in another unit than this year',
      { unit: '元', decimals: 2, output: { unit: '万元', factor: '0.0001', decimals: 4 } },
      { unit: '元' },
      '0.001',
      '0',
    ],
  ])('%s is converted exactly', (_, now, then, value, change) => {
    const [one, other] = [of(indicator('x', 'flow', now)), of(indicator('x', 'flow', then))];
    expect(compared(one, other)).toMatchObject({ value, change });
  });

  it('an indicator with another id is found by what it was, and so are the parts of a ratio', () => {
    const rate = (n: object, id: string) => [
      n,
      indicator('d'),
      indicator('x', 'ratio', { numerator: id, denominator: 'd' }),
    ];
    const now = of(...rate(indicator('n', 'flow', { was: 'old' }), 'n'));
    const state = yearBeside(
      now,
      { jia: [{ n: '1', d: '2' }], yi: [{ n: '1', d: '2' }] },
      lastYear(of(...rate(indicator('old'), 'old')), {
        jia: [{ old: '1', d: '4' }],
        yi: [{ old: '0', d: '0' }],
      }),
    );
    expect(comparisonsIn(state, 'n')[0]?.lastYear).toMatchObject({ value: '1', change: '1' });
    expect(comparisonsIn(state)[0]?.lastYear).toMatchObject({ value: '25', change: '25' });
  });

  it('what no department had to report then is nothing to compare with', () => {
    const later = indicator('x', 'flow', { from: '2022-02' });
    const state = yearBeside(
      flow,
      said({ jia: ['5', '5'], yi: ['5', '5'] }),
      lastYear(parts(later), said({ jia: [undefined, '1'], yi: [undefined, '1'] })),
    );
    const [january, february] = comparisonsIn(state);
    expect(january).toMatchObject({ lastYear: null, toDate: { lastYear: null } });
    expect(february).toMatchObject({ lastYear: { value: '2', change: '8' }, toDate: { lastYear: null } });
  });

  it('a ratio of other parts is another ratio', () => {
    const rate = (numerator: string) => [
      indicator('n'),
      indicator('m'),
      indicator('d'),
      indicator('x', 'ratio', { numerator, denominator: 'd' }),
    ];
    const year: Figures = { jia: [{ n: '1', m: '1', d: '2' }], yi: [{ n: '1', m: '1', d: '2' }] };
    const beside = (then: string) =>
      comparisonsIn(yearBeside(of(...rate('n')), year, lastYear(of(...rate(then)), year)))[0]?.lastYear;
    expect(beside('m')).toBeNull();
    expect(beside('n')).toEqual({ value: '50', missing: 0, change: '0', rate: null });
  });

  it('what each department keeps for itself is not compared', () => {
    const own = of(indicator('x', 'flow', { overDepartments: 'none' }));
    expect(comparisonsIn(yearBeside(own, figures, lastYear(own, figures)))).toEqual([]);
  });

  it('a rate is from published figures, so that whoever divides them finds it', () => {
    const tenths = indicator('x', 'flow', {
      decimals: 1,
      output: { unit: '件', factor: '1', decimals: 0 },
    });
    const now = yearBeside(
      of(tenths),
      said({ jia: ['5.4'], yi: ['0'] }),
      lastYear(of(tenths), said({ jia: ['4.4'], yi: ['0.1'] })),
    );
    expect(comparisonsIn(now)[0]?.lastYear).toEqual({ value: '5', missing: 0, change: '0', rate: '0' });
  });
});
