import { describe, expect, it } from 'vitest';
import { comparisonsOf } from '../../../../shared/core/totals/comparisons.ts';
import { comparisonsWithin } from '../../../../shared/core/totals/comparisons-within.ts';
import { indicator } from '../small-year.ts';
import { lastYear, type Parts, yearBeside } from './compared-years.ts';

const departments = [
  { id: 'jia', name: '甲局', group: '组' },
  { id: 'yi', name: '乙局', group: '组' },
  { id: 'bing', name: '丙局' },
];
const parts: Parts = {
  departments,
  indicators: [
    indicator('x'),
    indicator('y'),
    indicator('joint', 'flow', { overDepartments: 'none' }),
    indicator('both', 'sum', { parts: [{ indicator: 'x' }, { indicator: 'y' }] }),
    indicator('share', 'ratio', { numerator: 'x', denominator: 'both' }),
  ],
};
const said = (x: string, y: string, joint: string) => ({ x, y, joint });
const before = lastYear(parts, {
  jia: [said('10', '30', '1'), said('20', '0', '2')],
  yi: [said('1', '1', '5'), said('2', '2', '5')],
  bing: [said('100', '100', '9'), said('100', '100', '9')],
});
const now = {
  jia: [said('15', '25', '3'), said('15', '5', '3')],
  yi: [said('3', '1', '5'), said('4', '2', '5')],
  bing: [said('7', '7', '7')],
};
const state = yearBeside(parts, now, before);
const within = (id: string, ...of: string[]) => comparisonsWithin(state, id)(new Set(of));
const toDate = (id: string, ...of: string[]) => within(id, ...of).at(-1)?.toDate;

describe('figures of some departments beside last year', () => {
  it.each<[string, string[], object]>([
    ['x', ['jia'], { value: '30', lastYear: { value: '30', change: '0', rate: '0' } }],
    ['x', ['yi'], { value: '7', lastYear: { value: '3', change: '4', rate: '133.3' } }],
    ['both', ['jia'], { value: '60', lastYear: { value: '60' } }],
    ['share', ['yi'], { value: '70', lastYear: { value: '50', change: '20' } }],
    ['joint', ['jia'], { value: '6', lastYear: { value: '3', change: '3', rate: '100' } }],
    ['x', ['jia', 'yi'], { value: '37', lastYear: { value: '33', change: '4' } }],
  ])('of %s in %j are those of their returns alone', (id, of, expected) => {
    expect(toDate(id, ...of)).toMatchObject(expected);
  });

  it('are those of the city where they are all of it', () => {
    const all = departments.map(({ id }) => id);
    for (const id of ['x', 'both', 'share']) {
      expect(within(id, ...all)).toEqual(comparisonsOf(state).filter((row) => row.indicator === id));
    }
  });

  it('miss their own returns and nobody else’s', () => {
    expect(within('x', 'jia').map(({ missing }) => missing)).toEqual([0, 0]);
    expect(within('x', 'bing').map(({ period, missing }) => [period, missing])).toEqual([['2023-01', 0]]);
  });

  it('are not compared for several where each keeps its own', () => {
    expect(within('joint', 'jia', 'yi')).toEqual([]);
  });

  it('have those of whoever was merged into them on both sides', () => {
    const merged: Parts = {
      indicators: [indicator('x')],
      departments: [
        { id: 'jia', name: '甲局', to: '2023-01', successor: 'yi' },
        { id: 'yi', name: '乙局' },
      ],
    };
    const apart: Parts = { ...merged, departments: departments.slice(0, 2) };
    const then = lastYear(apart, { jia: [{ x: '10' }, { x: '10' }], yi: [{ x: '1' }, { x: '1' }] });
    const since = yearBeside(merged, { jia: [{ x: '12' }], yi: [{ x: '1' }, { x: '14' }] }, then);
    const [, february] = comparisonsWithin(since, 'x')(new Set(['yi']));
    expect(february?.toDate).toMatchObject({ value: '27', lastYear: { value: '22', change: '5' } });
  });

  describe('the year after a merger', () => {
    const jia = { id: 'jia', name: '甲局', to: '2022-01', successor: 'yi' };
    const yi = { id: 'yi', name: '乙局' };
    const indicators = [indicator('x'), indicator('joint', 'flow', { overDepartments: 'none' })];
    const of = (...those: object[]): Parts => ({ indicators, departments: those });
    const month = (x: string) => ({ x, joint: x });
    const merged = { jia: [month('100')], yi: [month('10'), month('110')] };
    const since = { yi: [month('120'), month('130')] };

    it.each<[sentence: string, now: Parts, then: Parts, lastYears: string]>([
      ['has whom this year’s catalogue does not know any more', of(yi), of(jia, yi), '220'],
      [
        'has whom they took over who was taken over',
        of(yi),
        of({ ...jia, successor: 'bing' }, { id: 'bing', name: '丙局', to: '2022-02', successor: 'yi' }, yi),
        '220',
      ],
      ['has nobody who is by himself this year', of({ id: 'jia', name: '甲局' }, yi), of(jia, yi), '120'],
    ])('%s', (_, now, then, lastYears) => {
      const [, february] = comparisonsWithin(
        yearBeside(now, since, lastYear(then, merged)),
        'x',
      )(new Set(['yi']));
      expect(february?.toDate).toMatchObject({ value: '250', lastYear: { value: lastYears } });
    });

    it('has nothing beside what each department keeps for itself', () => {
      const state = yearBeside(of(yi), since, lastYear(of(jia, yi), merged));
      const rows = comparisonsWithin(state, 'joint')(new Set(['yi']));
      expect(rows.map(({ toDate }) => toDate)).toEqual([
        { value: '120', missing: 0, lastYear: null },
        { value: '250', missing: 0, lastYear: null },
      ]);
    });
  });
});
