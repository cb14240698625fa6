import { describe, expect, it } from 'vitest';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { figuresLastYear, isSameInYear } from '../../../../shared/core/year/last-year.ts';
import type { LastYear } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, reported, type Said, stateOf } from '../small-year.ts';
import { months, publishedYear, saidIn, warningsIn, year } from './warned-year.ts';

const catalogue = catalogueOf({ indicators: [indicator('x')], months });
const usual = [29, 31, 28, 33, 29, 30, 27, 32, 29, 31, 30, 28].map(String);

/** What the department said in each month of 2022. */
const returnsOf = (figures: readonly Said[], unit = '件', department = 'jia') =>
  figures.map((x, index) =>
    accepted(department, `2022-${String(index + 1).padStart(2, '0')}`, { x }, { unit }),
  );
const lastYear = () => publishedYear(returnsOf(usual));
const values = (...all: Said[]): Payload[] => year(...all.map((x) => ({ x })));
const may = (figure: Said) => values('29', '30', '28', '31', figure);

describe('a figure of the first months', () => {
  it.each([
    ['29 in four months, then 725', may('725'), ['2023-05 outlier']],
    ['725 in January', values('725'), ['2023-01 outlier']],
    ['ten thousand times as much in January', values('290000'), ['2023-01 unit-slip']],
    ['none in January', values('0'), ['2023-01 nothing-after-steady']],
    ['what was usual last year too', values('33', '28', '30'), []],
  ])('is looked at beside last year: %s', (_, happenings, said) => {
    expect(saidIn(happenings, catalogue, lastYear())).toEqual(said);
  });

  it('is compared with nothing where last year was not published', () => {
    expect(publishedYear(returnsOf(usual), [])).toBeUndefined();
    expect(saidIn(may('725'), catalogue)).toEqual([]);
  });

  it('says the range of both years', () => {
    const [warning] = warningsIn(may('725'), catalogue, lastYear());
    expect(warning?.finding).toMatchObject({ found: '725', expected: '以前各月为 27 至 33 件' });
  });

  it('of a stock is looked at beside last December, as beside the other months', () => {
    const stocks = catalogueOf({ indicators: [indicator('x', 'stock')], months });
    const stock = [{ kind: 'stock' as const, unit: '件', indicators: ['x'] }];
    const december = publishedYear(returnsOf(usual).map((each) => ({ ...each, measures: stock })));
    expect(saidIn(values('725'), stocks, december)).toEqual(['2023-01 outlier']);
  });

  it('that comes to nothing in the same month of each year is not asked about', () => {
    const holiday = publishedYear(returnsOf(['30', '0', '31', ...usual.slice(3)]));
    expect(saidIn(values('30', '0'), catalogue, holiday)).toEqual([]);
    expect(saidIn(values('30', '31', '0'), catalogue, holiday)).toEqual(['2023-03 nothing-after-steady']);
  });
});

describe('last year is what its newest publication counted', () => {
  const first = returnsOf(usual);
  const correction = accepted('jia', '2022-12', { x: '600' }, { at: '2023-01-09T00:00:00.000Z' });
  const corrected = [...first.slice(0, -1), correction];

  const once = { number: 1, counts: first };
  const again = { number: 2, counts: corrected };

  it.each([
    ['a correction that was not published says nothing', [once], ['2023-05 outlier']],
    ['published again, what was corrected says', [once, again], []],
    ['whichever of the two was recorded first', [again, once], []],
  ])('%s', (_, publications, said) => {
    const published = publishedYear([...first, correction], publications);
    expect(saidIn(may('725'), catalogue, published)).toEqual(said);
    expect(published?.source).toMatchObject({ year: 2022, number: publications.length });
  });

  it.each([
    ['another department', returnsOf(usual, '件', 'yi')],
    ['another unit', returnsOf(usual, '万元')],
    [
      'another kind',
      returnsOf(usual).map((each) => ({
        ...each,
        measures: [{ kind: 'stock' as const, unit: '件', indicators: ['x'] }],
      })),
    ],
    [
      'another indicator',
      returnsOf(usual).map((each) => ({
        ...each,
        observations: each.observations.map((one) => ({ ...one, indicator: 'y' })),
        measures: [{ kind: 'flow' as const, unit: '件', indicators: ['y'] }],
      })),
    ],
  ])('of the same thing only: %s is no past', (_, returns) => {
    expect(saidIn(may('725'), catalogue, publishedYear(returns))).toEqual([]);
  });
});

describe('what a department said last year', () => {
  const measure = (isToDate?: boolean) => ({
    measures: [
      { kind: 'flow' as const, unit: '件', ...(isToDate ? { isToDate } : {}), indicators: ['x', 'gone'] },
    ],
  });
  const monthly = ['2022-02', '2022-01'].map((period) => ({
    ...accepted('jia', period, { x: '5' }),
    ...measure(),
  }));
  const quarter = {
    ...accepted('jia', '2022-Q1', { x: '15' }, { at: '2022-04-05T00:00:00.000Z' }),
    ...measure(),
  };
  const toDate = { ...accepted('jia', '2022-03', { x: '15' }), ...measure(true) };
  const published = () => publishedYear([...monthly, quarter, toDate]);
  const x = { ...reported(), id: 'x' };
  const beside = (lastYear?: LastYear) => ({ ...stateOf(catalogue, []), lastYear });
  const periods = (indicator: Parameters<typeof figuresLastYear>[2], department = 'jia') =>
    figuresLastYear(beside(published()), { department, period: '2023-01' }, indicator).map(
      ({ period }) => period,
    );

  it.each<[string, Parameters<typeof figuresLastYear>[2], string[]]>([
    ['by the month, in order of period', x, ['2022-01', '2022-02']],
    ['by the quarter', { ...x, frequency: 'quarter' }, ['2022-Q1']],
    ['to date', { ...reported('flow', { overTime: 'cumulative' }), id: 'x' }, ['2022-03']],
    ['of what was called otherwise', { ...x, id: 'y', was: 'x' }, ['2022-01', '2022-02']],
    ['of what was measured and not said', { ...x, id: 'gone' }, []],
    ['of what is new', { ...x, id: 'new' }, []],
  ])('%s', (_, indicator, expected) => {
    expect(periods(indicator)).toEqual(expected);
  });

  it('is nothing of another department, and where nothing was published', () => {
    expect(periods(x, 'yi')).toEqual([]);
    expect(figuresLastYear(beside(), { department: 'jia', period: '2023-01' }, x)).toEqual([]);
  });

  it.each<[Period, Period, boolean, string]>([
    ['2022-03', '2023-03', true, 'the same month'],
    ['2022-03', '2023-04', false, 'another month'],
    ['2022-Q1', '2023-01', false, 'a quarter and a month, both the first'],
    ['2022-Q1', '2023-Q1', true, 'the same quarter'],
  ])('of %s and %s in their years, being the same is %s: %s', (a, b, expected) => {
    expect(isSameInYear(a, b)).toBe(expected);
  });
});
