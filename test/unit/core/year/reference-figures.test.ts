import { describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import type { Kind } from '../../../../shared/core/catalogue/kinds.ts';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import { referenceFigures } from '../../../../shared/core/year/reference-figures.ts';
import { accepted, catalogueFile, catalogueOf, indicator, type Said, stateOf } from '../small-year.ts';
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
    ['flow', { overTime: 'cumulative' }, ['3', '7'], '7', '7'],
    ['flow', { overTime: 'cumulative' }, ['3', '不适用'], undefined, '3'],
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

    it('have no December before January where they are to date', () => {
      const toDate = { ...parts, indicators: [indicator('x', 'flow', { overTime: 'cumulative' })] };
      const then = lastYear(toDate, {
        jia: Array.from({ length: 12 }, (_, index) => ({ x: `${index + 1}` })),
      });
      const figures = referenceFigures(yearBeside(toDate, {}, then), {
        department: 'jia',
        period: '2023-01',
      });
      expect(figures.get('x')?.lastPeriod).toBeUndefined();
    });

    it('have its December before January', () => {
      expect(shown('2023-01')).toEqual({ lastPeriod: '12', lastYear: '1', yearToDate: undefined });
    });
  });

  it('of a sum count a blank as nothing, and are none where a part is not known', () => {
    const catalogue = catalogueOf({
      indicators: [
        indicator('x', 'flow', { notApplicable: true }),
        indicator('y'),
        indicator('both', 'sum', { parts: [{ indicator: 'x' }, { indicator: 'y' }] }),
      ],
    });
    const sumAfter = (figures: Record<string, Said>) =>
      referenceFigures(stateOf(catalogue, [accepted('jia', '2023-01', figures)]), {
        department: 'jia',
        period: '2023-02',
      }).get('both');
    expect(sumAfter({ x: '不适用', y: '3' })).toMatchObject({ lastPeriod: '3', yearToDate: '3' });
    expect(sumAfter({ y: '3' })?.lastPeriod).toBeUndefined();
  });

  it('are those of periods as long', () => {
    const file = catalogueFile({
      indicators: [indicator('x'), indicator('q', 'flow', { frequency: 'quarter' })],
      months: [1, 2, 3, 4],
    });
    const quarters = [1, 2].map((number) => ({
      period: `2023-Q${number}`,
      due: `2023-0${3 * number + 1}-10`,
      cutOff: `2023-0${3 * number + 1}-20`,
    }));
    const mixed = catalogueSchema.parse({
      ...file,
      periods: [...file.periods.slice(0, 3), quarters[0], ...file.periods.slice(3), quarters[1]],
    });
    const state = stateOf(mixed, [
      accepted('jia', '2023-04', { x: '1' }),
      accepted('jia', '2023-Q1', { q: '5' }, { at: '2023-04-05T00:00:00.000Z' }),
    ]);
    expect(referenceFigures(state, { department: 'jia', period: '2023-Q2' }).get('q')).toMatchObject({
      lastPeriod: '5',
      yearToDate: '5',
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
