import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../../shared/core/catalogue/kinds.ts';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import { referenceFigures } from '../../../../shared/core/year/reference-figures.ts';
import { accepted, catalogueOf, indicator, type Said, stateOf } from '../small-year.ts';
import { type Figures, lastYear, yearBeside } from '../totals/compared-years.ts';

/** What the form of a month shows of indicator x after these months; undefined was not reported. */
function shownAfter(kind: Kind, more: object, months: (Said | undefined)[], period: Period = '2023-03') {
  const catalogue = catalogueOf({ indicators: [indicator('y'), indicator('x', kind, { ...more })] });
  const returns = months.flatMap((x, index) =>
    x === undefined ? [] : [accepted('jia', `2023-0${index + 1}`, { y: '1', x })],
  );
  const others = months.map((_, index) => accepted('yi', `2023-0${index + 1}`, { y: '700', x: '900' }));
  const state = stateOf(catalogue, [...returns, ...others]);
  return referenceFigures(state, { department: 'jia', period }).get('x');
}

describe('the figures beside an input', () => {
  it.each<
    [Kind, object, (Said | undefined)[], lastPeriod: string | undefined, yearToDate: string | undefined]
  >([
    ['flow', {}, ['3', '4'], '4', '7'],
    ['stock', {}, ['3', '4'], '4', '4'],
    ['stock', {}, ['3', null], undefined, '3'],
    ['extreme', {}, ['5', '4'], '4', '5'],
    ['extreme', { overTime: 'min', overDepartments: 'min' }, ['3', '4'], '4', '3'],
    ['list', {}, [['甲', '乙'], ['乙']], '1', '2'],
    ['flow', {}, ['3', '不适用'], undefined, '3'],
    ['flow', {}, ['不适用', '3'], '3', '3'],
    ['flow', {}, ['3', undefined], undefined, '3'],
    ['flow', {}, [undefined, undefined], undefined, undefined],
    ['flow', {}, ['0', '0'], '0', '0'],
    ['flow', {}, ['3', '4', '9'], '4', '7'],
  ])('of a %s %j after %j are %s and %s', (kind, more, months, lastPeriod, yearToDate) => {
    expect(shownAfter(kind, more, months)).toEqual({ lastPeriod, lastYear: undefined, yearToDate });
  });

  it('are none in the first month', () => {
    expect(shownAfter('flow', {}, ['3', '4'], '2023-01')).toEqual({
      lastPeriod: undefined,
      lastYear: undefined,
      yearToDate: undefined,
    });
  });

  describe('beside last year', () => {
    const parts = { indicators: [indicator('x')], months: [1, 2, 12] };
    const before = lastYear(parts, {
      jia: Array.from({ length: 12 }, (_, index) => ({ x: `${index + 1}` })),
      yi: [{ x: '900' }],
    });
    const shown = (period: Period, figures: Figures = {}) =>
      referenceFigures(yearBeside(parts, figures, before), { department: 'jia', period }).get('x');

    it('have its same month', () => {
      expect(shown('2023-02', { jia: [{ x: '7' }] })).toEqual({
        lastPeriod: '7',
        lastYear: '2',
        yearToDate: '7',
      });
    });

    it('have its December before January', () => {
      expect(shown('2023-01')).toEqual({ lastPeriod: '12', lastYear: '1', yearToDate: undefined });
    });
  });

  it('are those of what is on the form', () => {
    const catalogue = catalogueOf({
      indicators: [
        indicator('a'),
        indicator('seldom', 'flow', { months: [1] }),
        indicator('rate', 'ratio', { numerator: 'a', denominator: 'seldom' }),
      ],
    });
    expect([
      ...referenceFigures(stateOf(catalogue, []), { department: 'jia', period: '2023-02' }).keys(),
    ]).toEqual(['a']);
  });
});
