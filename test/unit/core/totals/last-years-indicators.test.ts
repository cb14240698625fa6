import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../../shared/core/catalogue/catalogue.ts';
import { outputOf } from '../../../../shared/core/catalogue/indicator.ts';
import { lastYearsIndicators } from '../../../../shared/core/totals/last-years-indicators.ts';
import { decimalSchema } from '../../../../shared/core/values/decimal.ts';
import { catalogueOf, indicator } from '../small-year.ts';

type Changes = Partial<Record<string, object | null>>;
const sum = (...parts: [id: string, sign?: string][]) => ({
  parts: parts.map(([id, sign = '+']) => ({ indicator: id, sign })),
});
const kinds = {
  a: 'flow',
  b: 'flow',
  c: 'flow',
  people: 'stock',
  works: 'list',
  net: 'sum',
  rate: 'ratio',
  'of-net': 'ratio',
} as const;
const usual: Record<string, object> = {
  net: sum(['a'], ['b', '-']),
  rate: { numerator: 'a', denominator: 'c' },
  'of-net': { numerator: 'net', denominator: 'c' },
};

/** A catalogue of one of each kind with some of them changed, or not there; by `as` some are called otherwise. */
function catalogueWith(changes: Changes = {}, as: Record<string, string> = {}): Catalogue {
  const indicators = Object.entries(kinds).flatMap(([id, kind]) => {
    const change = changes[id];
    return change === null ? [] : [indicator(as[id] ?? id, kind, { ...usual[id], ...change })];
  });
  return catalogueOf({ indicators });
}
const all = Object.keys(kinds);
const idsOf = (now: Catalogue, before: Catalogue) => [...lastYearsIndicators(now, before).keys()].toSorted();
const without = (...gone: string[]) => all.filter((id) => !gone.includes(id)).toSorted();

describe('what is the same thing as last year', () => {
  it.each<[sentence: string, now: Changes, before: Changes, gone: string[]]>([
    ['is all where nothing changed', {}, {}, []],
    ['is whatever is called otherwise', { a: { name: '改称', definition: '改了。' } }, {}, []],
    [
      'is not what is new, nor what it makes',
      { a: {} },
      { a: null, net: sum(['c'], ['b', '-']), rate: { numerator: 'b', denominator: 'c' } },
      ['a', 'net', 'rate', 'of-net'],
    ],
    ['is not another kind', { people: { kind: 'flow', overTime: 'sum' } }, {}, ['people']],
    [
      'is not what is taken over time otherwise',
      {},
      {
        c: { overTime: 'cumulative' },
        rate: { numerator: 'a', denominator: 'b' },
        'of-net': { numerator: 'net', denominator: 'b' },
      },
      ['c', 'rate', 'of-net'],
    ],
    [
      'is not what is taken over departments otherwise',
      { people: { overDepartments: 'max' } },
      {},
      ['people'],
    ],
    ['is not what is counted in a unit that nobody converts', { people: { unit: '人' } }, {}, ['people']],
    [
      'is what this year may still be entered in',
      { people: { unit: '百件', decimals: 2, alsoIn: [{ unit: '件', factor: '0.01' }] } },
      {},
      [],
    ],
    [
      'is what last year could be entered in',
      { people: { unit: '百件', decimals: 2 } },
      { people: { alsoIn: [{ unit: '百件', factor: '100' }] } },
      [],
    ],
    ['is not a list that counts other things', { works: { unit: '部' } }, {}, ['works']],
    ['is not a sum of another part', { net: sum(['a'], ['c', '-']) }, {}, ['net', 'of-net']],
    ['is not a sum of one part more', { net: sum(['a'], ['b', '-'], ['c']) }, {}, ['net', 'of-net']],
    ['is not a sum of one part less', { net: sum(['a']) }, {}, ['net', 'of-net']],
    ['is not a sum that takes away what it added', { net: sum(['a'], ['b']) }, {}, ['net', 'of-net']],
    ['is a sum of the same parts in another order', { net: sum(['b', '-'], ['a']) }, {}, []],
    ['is not a ratio by something else', { rate: { numerator: 'a', denominator: 'b' } }, {}, ['rate']],
    ['is not a ratio of something else', { rate: { numerator: 'b', denominator: 'c' } }, {}, ['rate']],
    ['is not a ratio in another unit', { rate: { unit: '‰' } }, {}, ['rate']],
    ['is not a ratio that was a figure', {}, { rate: null }, ['rate']],
  ])('%s', (_, now, before, gone) => {
    expect(idsOf(catalogueWith(now), catalogueWith(before))).toEqual(without(...gone));
  });

  it('is found by what it was called last year, and is it under this year’s name', () => {
    const now = catalogueWith({ a: { was: 'old' }, net: { was: 'old-net' } });
    const before = catalogueWith(
      {
        net: sum(['old'], ['b', '-']),
        rate: { numerator: 'old', denominator: 'c' },
        'of-net': { numerator: 'old-net', denominator: 'c' },
      },
      { a: 'old', net: 'old-net' },
    );
    const matched = lastYearsIndicators(now, before);
    expect([...matched.keys()].toSorted()).toEqual(without());
    expect([matched.get('a')?.id, matched.get('net')?.id]).toEqual(['old', 'old-net']);
    expect([...lastYearsIndicators(now, before, { idThen: ({ id }) => id }).keys()].toSorted()).toEqual(
      without('a', 'net', 'rate', 'of-net'),
    );
  });

  it('is rounded as this year, in the unit in which this year is published', () => {
    const output = { unit: '万件', factor: '0.0001', decimals: 3 };
    const now = catalogueWith({
      people: {
        ...{ unit: '百件', decimals: 2, rounding: 'truncate' },
        ...{ alsoIn: [{ unit: '件', factor: '0.01' }], output },
      },
      b: { decimals: 2 },
      rate: { decimals: 1 },
    });
    const matched = lastYearsIndicators(now, catalogueWith({ rate: { decimals: 4 } }));
    expect(matched.get('people')).toMatchObject({
      ...{ unit: '件', decimals: 2, rounding: 'truncate' },
      output: { ...output, factor: '0.000001' },
    });
    expect(matched.get('b')).toMatchObject({
      decimals: 2,
      output: { unit: '件', factor: '1', decimals: 2 },
    });
    expect(matched.get('rate')).toMatchObject({ decimals: 1 });
  });

  it('is a sum in the unit in which this year’s is published', () => {
    const output = { unit: '万件', factor: '0.0001', decimals: 1 };
    const published = { a: { output }, b: { output }, c: { output }, net: { output, rounding: 'truncate' } };
    const matched = lastYearsIndicators(catalogueWith(published), catalogueWith());
    expect(matched.get('net')).toMatchObject({ output, rounding: 'truncate' });
  });

  it('is no sum whose unit is another, although that of its parts converts', () => {
    const hundreds = { unit: '百件', decimals: 2, alsoIn: [{ unit: '件', factor: '0.01' }] };
    const now = catalogueWith({ a: hundreds, b: hundreds, c: hundreds, net: { unit: '百件' } });
    expect(idsOf(now, catalogueWith())).toEqual(without('net', 'of-net'));
  });

  it.each<
    [
      sentence: string,
      of: string,
      was: object,
      units: [from: string, to: string, factor: string][],
      factor: string | undefined,
    ]
  >([
    ['is what this year adopted a factor for', 'people', {}, [['件', '百件', '0.01']], '0.01'],
    [
      'is what this year adopted several factors for',
      'people',
      {},
      [
        ['件', '千件', '0.001'],
        ['千件', '百件', '10'],
      ],
      '0.01',
    ],
    [
      'is not what was counted in a unit that this year never had',
      'people',
      {},
      [['万件', '百件', '100']],
      undefined,
    ],
    [
      'is not what was counted in the unit of another indicator',
      'a',
      {},
      [['件', '百件', '0.01']],
      undefined,
    ],
    [
      'goes by what its indicator says where it does',
      'people',
      { alsoIn: [{ unit: '百件', factor: '20' }] },
      [['件', '百件', '0.01']],
      '0.05',
    ],
  ])('%s', (_, of, was, units, factor) => {
    const conversions = units.map(([from, to, by]) => ({
      indicator: of,
      from,
      to,
      factor: decimalSchema.parse(by),
    }));
    const now = catalogueWith({ people: { unit: '百件', decimals: 2 } });
    const matched = lastYearsIndicators(now, catalogueWith({ people: was }), {
      adoptions: [{ conversions }],
    });
    const people = matched.get('people');
    expect(people && outputOf(people).factor).toBe(factor);
  });
});
