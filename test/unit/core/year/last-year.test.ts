import { describe, expect, it } from 'vitest';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { accepted, catalogueOf, indicator, type Said } from '../small-year.ts';
import { months, publishedYear, saidIn, warningsIn, year } from './warned-year.ts';

const catalogue = catalogueOf({ indicators: [indicator('x')], months });
const usual = [29, 31, 28, 33, 29, 30, 27, 32, 29, 31, 30, 28].map(String);

/** What the department said in each month of 2022. */
const returnsOf = (figures: readonly Said[], unit = '件', department = 'jia') =>
  figures.map((x, index) =>
    accepted(department, `2022-${String(index + 1).padStart(2, '0')}`, { x }, { unit }),
  );
const lastYear = publishedYear(returnsOf(usual));
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
    expect(saidIn(happenings, catalogue, lastYear)).toEqual(said);
  });

  it('is compared with nothing where last year was not published', () => {
    expect(publishedYear(returnsOf(usual), [])).toBeUndefined();
    expect(saidIn(may('725'), catalogue)).toEqual([]);
  });

  it('says the range of both years', () => {
    const [warning] = warningsIn(may('725'), catalogue, lastYear);
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
