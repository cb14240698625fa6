import { describe, expect, it } from 'vitest';
import { rulesFor } from '../../../../shared/core/catalogue/rules.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { accepted, catalogueOf, indicator, stateOf } from '../small-year.ts';
import { totalOf } from './totals-of.ts';

const toDate = indicator('x', 'flow', { overTime: 'cumulative' });

describe('a flow that is reported as the year to date', () => {
  it('has the last figure of each department as its total, and differences as those of periods', () => {
    const total = totalOf(toDate, { jia: ['3', '3', '10'], yi: ['1', '4', '4'] });
    expect(total).toMatchObject({ value: '14', status: 'final' });
    expect(total.byPeriod.map(({ value }) => value)).toEqual(['4', '3', '7']);
    expect(total.byDepartment.map(({ value }) => value)).toEqual(['10', '4']);
  });

  it('has in the next period what a missing one would have had, and the same total', () => {
    const total = totalOf(toDate, { jia: ['3', undefined, '10'], yi: ['1', '4', '4'] });
    expect(total).toMatchObject({ value: '14', status: 'provisional' });
    expect(total.byPeriod.map(({ value }) => value)).toEqual(['4', '3', '7']);
  });

  it('goes on behind a period in which it did not apply', () => {
    const about = indicator('x', 'flow', { overTime: 'cumulative', notApplicable: true });
    const total = totalOf(about, { jia: ['3', '不适用', '10'], yi: ['1', '4', '4'] });
    expect(total.value).toBe('14');
    expect(total.byPeriod.map(({ value }) => value)).toEqual(['4', '3', '7']);
  });

  it('keeps what a department reported that is merged into another', () => {
    const departments = [
      { id: 'jia', name: '甲局' },
      { id: 'yi', name: '乙局', to: '2023-02', successor: 'jia' },
    ];
    expect(totalOf(toDate, { jia: ['3', '3', '10'], yi: ['1', '4'] }, { departments }).value).toBe('14');
  });

  it.each([
    ['a figure that falls', ['5', '4'], ['cumulative-falls']],
    ['a figure that stays, and one that jumps', ['5', '5', '500'], []],
  ] as const)('is asked about, where there is %s', (_, figures, rules) => {
    const catalogue = catalogueOf({ indicators: [toDate] });
    const said = figures.map((x, index) => accepted('jia', `2023-0${index + 1}`, { x }));
    expect(warningsOf(stateOf(catalogue, said)).map(({ finding }) => finding.rule)).toEqual(rules);
  });

  it('is as it was reported in a rule over the year to date', () => {
    const rules = [{ id: 'most', over: 'year-to-date', expression: 'x <= y', message: '不大于' }];
    const catalogue = catalogueOf({ indicators: [toDate, indicator('y')], rules, months: [1, 2] });
    expect(rulesFor(catalogue, 'jia', 'warning')).toHaveLength(1);
    const said = [
      accepted('jia', '2023-01', { x: '5', y: '5' }),
      accepted('jia', '2023-02', { x: '9', y: '3' }),
    ];
    expect(warningsOf(stateOf(catalogue, said)).map(({ finding }) => finding.found)).toEqual([
      '指标x 9，指标y 8',
    ]);
  });
});
