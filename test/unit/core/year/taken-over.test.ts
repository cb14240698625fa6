import { describe, expect, it } from 'vitest';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { referenceFigures } from '../../../../shared/core/year/reference-figures.ts';
import { takenOverSince } from '../../../../shared/core/year/taken-over.ts';
import type { LastYear } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator } from '../small-year.ts';
import { type Figures, lastYear, type Parts, yearBeside } from '../totals/compared-years.ts';
import { enteredYear, monthsOf2022 } from './entered-years.ts';
import { publishedYear } from './warned-year.ts';

const jia = { id: 'jia', name: '甲局' };
const yi = { id: 'yi', name: '乙局' };
const bing = { id: 'bing', name: '丙局' };
const into = (department: typeof jia, successor: string, to: string) => ({ ...department, successor, to });
const of = (departments: object[], more: object = {}, x: Record<string, unknown> = {}): Parts => ({
  departments,
  indicators: [indicator('x', 'flow', x)],
  months: [1, 2, 3, 12],
  ...more,
});

const twelve = (scale: number) => Array.from({ length: 12 }, (_, index) => ({ x: `${(index + 1) * scale}` }));
const figures = (...departments: string[]): Figures =>
  Object.fromEntries(departments.map((id, index) => [id, twelve(10 ** index)]));
const both = figures('jia', 'yi');
const apart = of([jia, yi]);

/** What the form of 乙局 shows as last year's figure in January, February and March. */
function shownIn(now: Parts, before: LastYear, which: 'lastYear' | 'lastPeriod' = 'lastYear') {
  const state = yearBeside(now, {}, before);
  return ['2023-01', '2023-02', '2023-03'].map(
    (period) => referenceFigures(state, { department: 'yi', period: period as Period }).get('x')?.[which],
  );
}

describe('last year’s figures of a department into which another was merged', () => {
  const merged = of([into(jia, 'yi', '2023-01'), yi]);
  const mergedLastYear = into(jia, 'yi', '2022-02');
  const toDate = of([mergedLastYear, yi], {}, { overTime: 'cumulative' });
  const toDateSince = of([{ ...mergedLastYear, from: '2022-02' }, yi], {}, { overTime: 'cumulative' });
  const entered = { jia: { x: monthsOf2022([1, 2, 3]) }, yi: { x: monthsOf2022([10, 20, 30]) } };

  it.each<[sentence: string, now: Parts, before: LastYear, shown: (string | undefined)[]]>([
    ['are its own where nobody was merged', apart, lastYear(apart, both), ['10', '20', '30']],
    [
      'are its own until the merger, and none since',
      merged,
      lastYear(apart, both),
      ['10', undefined, undefined],
    ],
    [
      'are none until the merger of last year, and since then its own, which are of both',
      of([yi]),
      lastYear(of([into(jia, 'yi', '2022-02'), yi]), both),
      [undefined, undefined, '30'],
    ],
    [
      'are none where the merger was between the years',
      of([yi]),
      lastYear(of([into(jia, 'yi', '2022-12'), yi]), both),
      [undefined, undefined, undefined],
    ],
    [
      'are its own where the merger was before both years',
      of([into(jia, 'yi', '2021-12'), yi]),
      lastYear(of([into(jia, 'yi', '2021-12'), yi]), both),
      ['10', '20', '30'],
    ],
    [
      'are none where who was merged had taken over somebody',
      of([into(bing, 'jia', '2022-12'), into(jia, 'yi', '2023-02'), yi]),
      lastYear(of([bing, jia, yi], {}, { reporters: ['bing', 'yi'] }), figures('bing', 'yi')),
      ['10', '20', undefined],
    ],
    [
      'are none where who was merged is by himself again',
      apart,
      lastYear(of([into(jia, 'yi', '2022-01'), yi]), both),
      ['10', undefined, undefined],
    ],
    [
      'are its own where who was merged did not report that',
      of([into(jia, 'yi', '2023-01'), yi], {}, { reporters: ['yi'] }),
      lastYear(of([jia, yi], {}, { reporters: ['yi'] }), figures('nobody', 'yi')),
      ['10', '20', '30'],
    ],
    [
      'are its own where who was merged began this year',
      of([{ ...into(jia, 'yi', '2023-02'), from: '2023-01' }, yi]),
      lastYear(of([yi]), figures('nobody', 'yi')),
      ['10', '20', '30'],
    ],
    [
      'are its own where the merger was into another',
      of([into(jia, 'bing', '2023-01'), yi, bing]),
      lastYear(of([jia, yi, bing]), both),
      ['10', '20', '30'],
    ],
    [
      'are none by this year’s catalogue where last year’s are not known',
      merged,
      publishedYear([1, 2, 3].map((month) => accepted('yi', `2022-0${month}`, { x: `${month}0` })))!,
      ['10', undefined, undefined],
    ],
    [
      'are none of a baseline, as of a publication',
      merged,
      enteredYear(catalogueOf(merged), entered),
      ['10', undefined, undefined],
    ],
    [
      'are none of a baseline that has the city besides',
      merged,
      enteredYear(catalogueOf(merged), { ...entered, 全市: { x: monthsOf2022([11, 22, 33]) } }),
      ['10', undefined, undefined],
    ],
    [
      'to date are none in the year of the merger, of which a part is in the other’s returns',
      toDate,
      enteredYear(catalogueOf(toDate), entered),
      [undefined, undefined, undefined],
    ],
    [
      'to date are none after the merger of who had begun and reported within the year, either',
      toDateSince,
      enteredYear(catalogueOf(toDateSince), entered),
      ['10', undefined, undefined],
    ],
  ])('%s', (_, now, before, shown) => {
    expect(shownIn(now, before)).toEqual(shown);
  });

  it('are not the last before January where the merger was between the years', () => {
    const turned = lastYear(of([into(jia, 'yi', '2022-12'), yi]), both);
    expect(shownIn(of([yi]), turned, 'lastPeriod')[0]).toBeUndefined();
    expect(shownIn(of([yi]), lastYear(of([into(jia, 'yi', '2022-11'), yi]), both), 'lastPeriod')[0]).toBe(
      '120',
    );
  });

  it('are still shown to who was merged', () => {
    const shown = referenceFigures(yearBeside(merged, {}, lastYear(apart, both)), {
      department: 'jia',
      period: '2023-01',
    });
    expect(shown.get('x')?.lastYear).toBe('1');
  });
});

describe('warnings on a department into which another was merged', () => {
  const usual = [29, 31, 28, 33, 29, 30, 27, 32, 29, 31, 30, 28].map((x) => ({ x: `${x}` }));
  const merged = of([into(jia, 'yi', '2023-01'), yi]);
  const rule = (over: string) => [
    { id: 'most', over, expression: 'x <= last-year(x)', message: '不多于上年。' },
  ];
  const warned = (now: Parts, said: string[]) =>
    warningsOf(
      yearBeside(
        now,
        { jia: [{ x: '29' }], yi: said.map((x) => ({ x })) },
        lastYear({ ...now, departments: [jia, yi] }, { jia: usual, yi: usual }),
      ),
    ).map(({ department, period, finding }) => `${department} ${period} ${finding.rule}`);

  it.each<[sentence: string, now: Parts, said: string[], warnings: string[]]>([
    ['look at last year until the merger', merged, ['725'], ['yi 2023-01 outlier']],
    ['do not look at it since, where more has come', merged, ['29', '725'], []],
    ['look at it where nobody was merged', apart, ['29', '725'], ['yi 2023-02 outlier']],
    [
      'are made by rules beside last year until the merger alone',
      { ...merged, rules: rule('period') },
      ['30', '60'],
      ['yi 2023-01 rule-most'],
    ],
    [
      'are made by rules over the year to date until the merger alone',
      { ...merged, rules: rule('year-to-date') },
      ['29', '60'],
      [],
    ],
    [
      'are made by rules over the year to date where nobody was merged',
      { ...apart, rules: rule('year-to-date') },
      ['29', '60'],
      ['yi 2023-02 rule-most'],
    ],
  ])('%s', (_, now, said, warnings) => {
    expect(warned(now, said)).toEqual(warnings);
  });
});

describe('figures of this year on the form of a department into which another was merged', () => {
  const shown = (kind: 'flow' | 'stock', x: Record<string, unknown>) => {
    const parts = of([into(jia, 'yi', '2023-02'), yi], {
      indicators: [indicator('x', kind, x)],
      months: [1, 2, 3, 4],
    });
    const state = yearBeside(parts, { yi: ['3', '4', '9'].map((said) => ({ x: said })) });
    return ['2023-02', '2023-03', '2023-04'].map((period) => {
      const own = referenceFigures(state, { department: 'yi', period: period as Period }).get('x');
      return [own?.lastPeriod, own?.yearToDate].map((each) => each ?? '—').join(' ');
    });
  };

  it.each<[sentence: string, kind: 'flow' | 'stock', x: Record<string, unknown>, expected: string[]]>([
    [
      'are added up since January, and none is of the last month of others',
      'flow',
      {},
      ['3 3', '— 7', '9 16'],
    ],
    ['are no stock of others, which would be without theirs', 'stock', {}, ['3 3', '— —', '9 9']],
    ['are none to date of others', 'flow', { overTime: 'cumulative' }, ['3 3', '— —', '9 9']],
    [
      'are its own where who was merged did not report that',
      'stock',
      { reporters: ['yi'] },
      ['3 3', '4 4', '9 9'],
    ],
  ])('%s', (_, kind, x, expected) => {
    expect(shown(kind, x)).toEqual(expected);
  });

  it('are not known of a sum of which a part is not', () => {
    const parts = of([into(jia, 'yi', '2023-02'), yi], {
      indicators: [
        indicator('x', 'stock'),
        indicator('own', 'stock', { reporters: ['yi'] }),
        indicator('all', 'sum', { parts: [{ indicator: 'x' }, { indicator: 'own' }] }),
      ],
    });
    const state = yearBeside(parts, { yi: ['3', '4'].map((said) => ({ x: said, own: said })) });
    const allIn = (period: Period) => referenceFigures(state, { department: 'yi', period }).get('all');
    expect(allIn('2023-02')).toMatchObject({ lastPeriod: '6', yearToDate: '6' });
    expect(allIn('2023-03')).toMatchObject({ lastPeriod: undefined, yearToDate: undefined });
  });
});

describe('warnings beside this year’s own figures', () => {
  const eight = [1, 2, 3, 4, 5, 6, 7, 8];
  const warned = (now: Parts, said: string[]) =>
    warningsOf(yearBeside({ ...now, months: eight }, { yi: said.map((x) => ({ x })) })).map(
      ({ period, finding }) => `${period} ${finding.rule}`,
    );
  const merged = [into(jia, 'yi', '2023-06'), yi];
  const usual = ['30', '34', '29', '41', '36', '33'];

  it.each<[sentence: string, now: Parts, said: string[], warnings: string[]]>([
    ['look at all of them where nobody was merged', apart, [...usual, '400'], ['2023-07 outlier']],
    ['do not look at those before a merger, since when more has come', of(merged), [...usual, '400'], []],
    [
      'look at those before a merger with who did not report that',
      of(merged, {}, { reporters: ['yi'] }),
      [...usual, '400'],
      ['2023-07 outlier'],
    ],
    [
      'look at those since the merger',
      of([into(jia, 'yi', '2023-01'), yi]),
      ['4', ...usual, '400'],
      ['2023-08 outlier'],
    ],
    [
      'look at what came since the merger, of what is to date',
      of([into(jia, 'yi', '2023-01'), yi], {}, { overTime: 'cumulative' }),
      ['4', '300', '610', '920', '920'],
      ['2023-05 nothing-after-steady'],
    ],
  ])('%s', (_, now, said, warnings) => {
    expect(warned(now, said)).toEqual(warnings);
  });
});

describe('whom a department took over since last year began', () => {
  it.each<[sentence: string, now: object[], before: object[], names: string[]]>([
    ['are those merged this year', [into(jia, 'yi', '2023-01'), yi], [jia, yi], ['甲局']],
    ['are those merged last year', [yi], [into(jia, 'yi', '2022-06'), yi], ['甲局']],
    [
      'are those whom they took over, too',
      [into(jia, 'yi', '2023-01'), yi],
      [into(bing, 'jia', '2022-06'), jia, yi],
      ['丙局', '甲局'],
    ],
    ['are nobody merged before', [yi], [into(jia, 'yi', '2021-12'), yi], []],
    ['are nobody merged into another', [into(jia, 'bing', '2023-01'), yi, bing], [jia, yi, bing], []],
  ])('%s', (_, now, before, names) => {
    const state = yearBeside(of(now), {}, lastYear(of(before), {}));
    expect(takenOverSince({ department: 'yi', year: 2023 }, state).map(({ name }) => name)).toEqual(names);
  });

  it.each<[sentence: string, to: string, names: string[]]>([
    ['are those merged this year where nothing of last year is known', '2023-01', ['甲局']],
    ['are not those merged in a last year of which nothing is known', '2022-12', []],
  ])('%s', (_, to, names) => {
    const state = yearBeside(of([into(jia, 'yi', to), yi]), {});
    expect(takenOverSince({ department: 'yi', year: 2023 }, state).map(({ name }) => name)).toEqual(names);
  });
});
