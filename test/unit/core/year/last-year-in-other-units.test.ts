import { describe, expect, it } from 'vitest';
import {
  type Adoption,
  adoptedCatalogues,
  type Conversion,
} from '../../../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import type { ReportedIndicator } from '../../../../shared/core/catalogue/indicator.ts';
import { indicatorOf } from '../../../../shared/core/catalogue/tables.ts';
import type { EventOf, Payload } from '../../../../shared/core/ledger/event.ts';
import { uploadId } from '../../../../shared/core/ledger/upload.ts';
import { comparisonsOf } from '../../../../shared/core/totals/comparisons.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { digestOf } from '../../../../shared/core/values/digest.ts';
import { figuresLastYear, lastYearOf, newestPublication } from '../../../../shared/core/year/last-year.ts';
import { referenceFigures } from '../../../../shared/core/year/reference-figures.ts';
import { foldYear, type LastYear, type YearState } from '../../../../shared/core/year/year-state.ts';
import { accepted, adoption, catalogueOf, indicator, recorded, type Said } from '../small-year.ts';
import { catalogueOf2022, type Parts } from '../totals/compared-years.ts';
import { enteredYear, monthsOf2022 } from './entered-years.ts';

const all = Array.from({ length: 12 }, (_, index) => index + 1);
const money = (unit: string, more: object = {}, kind: 'flow' | 'list' = 'flow') =>
  indicator('x', kind, { unit, ...(kind === 'list' ? {} : { decimals: 6 }), ...more });
const parts = (x: object, rules: object[] = []): Parts => ({
  departments: [{ id: 'jia', name: '甲局' }],
  indicators: [x],
  months: all,
  rules,
});
const toYuan: Conversion = { indicator: 'x', from: '万元', to: '元', factor: '10000' };

type Adopted = Pick<Adoption, 'catalogue'> & Partial<Adoption>;
const adoptedIn = (adoptions: Adopted[]) =>
  adoptedCatalogues(
    adoptions.map(({ catalogue, conversions = [] }) => {
      return { catalogue, hash: catalogueHash(catalogue), conversions };
    }),
  )!;
const eventsOf = (adoptions: Adopted[], happenings: Payload[]) =>
  recorded(adoptions[0]!.catalogue, [
    ...adoptions.map(({ catalogue, conversions = [] }) => ({
      ...(adoption(catalogue) as EventOf<'catalogue-adopted'>['happening']),
      conversions: [...conversions],
    })),
    ...happenings,
  ]);
const said = (year: number, unit: string, figures: readonly Said[], more: object = {}) =>
  figures.map((x, index) => {
    const one = accepted('jia', `${year}-${String(index + 1).padStart(2, '0')}`, { x });
    return { ...one, measures: [{ kind: 'flow' as const, unit, indicators: ['x'], ...more }] };
  });

/** 2022 as a publication of it has it, by the catalogues that were adopted for it. */
function published(adoptions: Adopted[], returns: ReturnType<typeof said>, isKnown = true): LastYear {
  const counts: EventOf<'published'>['happening']['counts'] = {};
  for (const { department, period, upload } of returns)
    counts[department] = { ...counts[department], [period]: uploadId(upload) };
  const digest = digestOf(counts);
  const publication: Payload = { kind: 'published', year: 2022, number: 1, digest, manifest: digest, counts };
  const events = eventsOf(adoptions, [...returns, publication]);
  return lastYearOf(newestPublication(events)!, events, isKnown ? adoptedIn(adoptions) : undefined);
}

const yearOf = (adoptions: Adopted[], happenings: Payload[], lastYear: LastYear): YearState =>
  foldYear(adoptedIn(adoptions), eventsOf(adoptions, happenings), lastYear);
const xOf = (catalogue: Catalogue) => indicatorOf(catalogue, 'x') as ReportedIndicator;
const january = { department: 'jia', period: '2023-01' as const };
const valuesOf = (state: YearState) =>
  figuresLastYear(state, january, xOf(state.catalogue)).map((figure) => [
    figure.unit,
    figure.said.value ?? null,
  ]);

const then = (unit: string, more?: object, kind?: 'list') => ({
  catalogue: catalogueOf2022(parts(money(unit, more, kind))),
});
const now = (unit: string, more?: object, kind?: 'list') => ({
  catalogue: catalogueOf(parts(money(unit, more, kind))),
});

describe('last year’s figures in the unit of this year’s', () => {
  const year = [now('万元'), { ...now('元'), conversions: [toYuan] }];
  const wan = said(2022, '万元', ['5', '0.123456', '不适用']);

  it.each<[sentence: string, lastYear: LastYear, year: Adopted[], expected: (string | null)[]]>([
    [
      'are converted as an adoption within the year states, exactly',
      published([then('万元')], wan),
      year,
      ['50000', '1234.56', null],
    ],
    [
      'are converted by the factors of one adoption after another',
      published([then('万元')], wan),
      [...year, { ...now('千元'), conversions: [{ ...toYuan, from: '元', to: '千元', factor: '0.001' }] }],
      ['50', '1.23456', null],
    ],
    [
      'are converted as this year’s indicator says by itself',
      published([then('万元')], wan),
      [now('元', { alsoIn: [{ unit: '万元', factor: '10000' }] })],
      ['50000', '1234.56', null],
    ],
    [
      'are converted as last year’s indicator said',
      published([then('万元', { alsoIn: [{ unit: '元', factor: '0.0001' }] })], wan),
      [now('元')],
      ['50000', '1234.56', null],
    ],
    [
      'are first converted as last year itself did',
      published([then('万元'), { ...then('元'), conversions: [toYuan] }], wan),
      [now('千元', { alsoIn: [{ unit: '元', factor: '0.001' }] })],
      ['50', '1.23456', null],
    ],
    [
      'are converted without last year’s catalogues, as far as this year’s say how',
      published([then('万元')], wan, false),
      year,
      ['50000', '1234.56', null],
    ],
    [
      'are those of a baseline that was entered before the unit changed',
      enteredYear(now('万元').catalogue, { jia: { x: monthsOf2022(['5', '0.123456']) } }),
      year,
      ['50000', '1234.56'],
    ],
    ['are none where nobody states a factor', published([then('万元')], wan), [now('元')], []],
    [
      'are none where last year itself could not convert them',
      published([then('万元'), then('元')], wan),
      [
        now('千元', {
          alsoIn: [
            { unit: '元', factor: '0.001' },
            { unit: '万元', factor: '10' },
          ],
        }),
      ],
      [],
    ],
  ])('%s', (_, lastYear, adoptions, expected) => {
    const { unit } = xOf(adoptions.at(-1)!.catalogue);
    const state = yearOf(adoptions, said(2023, unit, ['1', '1', '1']), lastYear);
    expect(valuesOf(state)).toEqual(expected.map((value) => [unit, value]));
    // Comparisons need last year's catalogues, and have no figure of what does not apply.
    if (lastYear.state === undefined) return;
    const compared = comparisonsOf(state).flatMap((row) => row.lastYear?.value ?? []);
    expect(compared).toEqual(expected.filter((value) => value !== null));
  });

  it('are none of a list, whatever is stated: what it counts is no amount', () => {
    const list = said(2022, '部', [['甲', '乙']], { kind: 'list' });
    const state = yearOf(
      [
        now('部', {}, 'list'),
        { ...now('百部', {}, 'list'), conversions: [{ ...toYuan, from: '部', to: '百部', factor: '0.01' }] },
      ],
      [],
      published([then('部', {}, 'list')], list),
    );
    expect(valuesOf(state)).toEqual([]);
  });
});

describe('after a unit changed within the year', () => {
  const usual = [29, 31, 28, 33, 29, 30, 27, 32, 29, 31, 30, 28];
  const toHundreds: Conversion = { ...toYuan, to: '百元', factor: '100' };
  /** What was reported in 万元 until April, and in 百元 since. */
  function yearIn(figures: string[], more: object = {}, rules: object[] = []): YearState {
    const isToDate = 'overTime' in more ? { isToDate: true } : {};
    const sofar = usual.map((_, index) => usual.slice(0, index + 1).reduce((a, b) => a + b));
    const before = published(
      [then('万元', more)],
      said(2022, '万元', ('overTime' in more ? sofar : usual).map(String), isToDate),
    );
    const catalogue = (unit: string) => catalogueOf(parts(money(unit, more), rules));
    const adoptions = [
      { catalogue: catalogue('万元') },
      { catalogue: catalogue('百元'), conversions: [toHundreds] },
    ];
    return yearOf(adoptions, said(2023, '万元', figures, isToDate), before);
  }
  const warned = (state: YearState) =>
    warningsOf(state).map(({ period, finding }) => `${period} ${finding.rule}`);

  it('forms show last year’s figures, and the last of its year', () => {
    const shown = (period: '2023-01' | '2023-02') =>
      referenceFigures(yearIn(['29']), { department: 'jia', period }).get('x');
    expect(shown('2023-01')).toMatchObject({ lastYear: '2900', lastPeriod: '2800' });
    expect(shown('2023-02')).toMatchObject({ lastYear: '3100', lastPeriod: '2900' });
  });

  it.each<[string, figures: string[], warnings: string[], more?: object]>([
    ['what is usual', ['29', '30'], []],
    ['a slip of a digit', ['29', '301'], ['2023-02 outlier']],
    ['a slip of unit', ['290000'], ['2023-01 unit-slip']],
    ['nothing', ['0'], ['2023-01 nothing-after-steady']],
    ['what is usual to date', ['29', '59'], [], { overTime: 'cumulative' }],
    ['a slip of unit to date', ['290000'], ['2023-01 unit-slip'], { overTime: 'cumulative' }],
    ['nothing more to date', ['29', '29'], ['2023-02 nothing-after-steady'], { overTime: 'cumulative' }],
  ])('figures are looked at beside last year’s: %s', (_, figures, warnings, more) => {
    expect(warned(yearIn(figures, more))).toEqual(warnings);
  });

  it.each<[string, over: string, figures: string[], warnings: string[]]>([
    ['of a period that holds', 'period', ['29', '30'], []],
    ['of a period that is broken', 'period', ['29', '32'], ['2023-02 rule-most']],
    ['of the year to date that holds', 'year-to-date', ['28', '32'], []],
    ['of the year to date that is broken', 'year-to-date', ['28', '33'], ['2023-02 rule-most']],
  ])('rules look at last year’s figures: %s', (_, over, figures, warnings) => {
    const rule = { id: 'most', over, expression: 'x <= last-year(x)', message: '不多于上年。' };
    expect(warned(yearIn(figures, {}, [rule]))).toEqual(warnings);
  });
});
