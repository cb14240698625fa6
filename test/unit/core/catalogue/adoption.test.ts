import { describe, expect, it } from 'vitest';
import {
  adoptedAlone,
  adoptedCatalogues,
  adoptedWith,
  type Conversion,
  conversionSchema,
  conversionsNeeded,
  factorToUnit,
  withAdoption,
} from '../../../../shared/core/catalogue/adoption.ts';
import { catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { catalogueOf, indicator } from '../small-year.ts';

const withUnit = (unit: string) =>
  catalogueOf({ indicators: [indicator('a', 'flow', { unit }), indicator('b')] });
const conversion = (from: string, to: string, factor: string, of = 'a') =>
  conversionSchema.parse({ indicator: of, from, to, factor });

/** Adopted one after the other, each with what it states. */
function adopted(...all: [unit: string, ...conversions: Conversion[]][]) {
  const adoptions = all.map(([unit, ...conversions]) => {
    const catalogue = withUnit(unit);
    return { catalogue, hash: catalogueHash(catalogue), conversions };
  });
  return adoptedCatalogues(adoptions)!;
}

describe('the catalogues of a year', () => {
  it('are all that were adopted, of which the last is in force', () => {
    const { inForce, adoptions } = adopted(['元'], ['万元'], ['亿元']);
    expect(inForce.catalogue).toEqual(withUnit('亿元'));
    expect(adoptions).toHaveLength(3);
    expect(adoptedCatalogues([])).toBeUndefined();
  });

  it('are one more after another adoption', () => {
    const one = adoptedAlone(withUnit('元'));
    expect(one.adoptions).toEqual([one.inForce]);
    expect(one.inForce).toMatchObject({ hash: catalogueHash(withUnit('元')), conversions: [] });
    const [, next] = adopted(['元'], ['万元']).adoptions;
    expect(withAdoption(one, next!)).toEqual({ inForce: next, adoptions: [one.inForce, next] });
  });

  it('are known by their hashes; adopted twice, one is as it was adopted last', () => {
    const twice = adopted(['元'], ['万元', conversion('元', '万元', '0.0001')], ['元']);
    const hash = catalogueHash(withUnit('元'));
    expect(adoptedWith(hash, twice)).toBe(twice.adoptions[2]);
    expect(adoptedWith(catalogueHash(withUnit('万元')), twice)).toBe(twice.adoptions[1]);
    expect(adoptedWith(catalogueHash(withUnit('亿元')), twice)).toBeUndefined();
    expect(adoptedWith(undefined, twice)).toBeUndefined();
  });
});

describe('what figures of another unit are multiplied by', () => {
  const chain = () =>
    adopted(
      ['元'],
      ['万元', conversion('元', '万元', '0.0001')],
      ['亿元', conversion('万元', '亿元', '0.0001'), conversion('件', '起', '3', 'b')],
    );
  const factor = (from: string, to: string, of = chain()) => factorToUnit({ indicator: 'a', from, to }, of);

  it.each<[from: string, to: string, factor: string | undefined, what: string]>([
    ['亿元', '亿元', '1', 'the unit is the same'],
    ['美元', '美元', '1', 'that is so, though it was never the indicator’s'],
    ['万元', '亿元', '0.0001', 'the last adoption says so'],
    ['元', '亿元', '0.00000001', 'all since are multiplied'],
    ['件', '起', undefined, 'it is stated of another indicator'],
    ['美元', '亿元', undefined, 'nobody has stated it'],
    ['元', '万元', undefined, 'it does not end at that unit'],
  ])('from %s to %s is %s: %s', (from, to, expected) => {
    expect(factor(from, to)).toBe(expected);
  });

  it('is what was stated since the unit was last the indicator’s own', () => {
    const again = adopted(
      ['元'],
      ['万元', conversion('元', '万元', '0.0001')],
      ['元', conversion('万元', '元', '10000')],
      ['千元', conversion('元', '千元', '0.001')],
    );
    expect(factor('元', '千元', again)).toBe('0.001');
    expect(factor('万元', '千元', again)).toBe('10');
    expect(factor('元', '千元', adoptedAlone(withUnit('千元')))).toBeUndefined();
  });

  it.each([
    ['0.00000001', true, 'a hundred millionth'],
    ['0.000000001', false, 'more places than a factor has'],
    ['10000', true, 'ten thousand'],
    ['0', false, 'nothing'],
    ['-1', false, 'less than nothing'],
  ])('may be %s: %s, %s', (value, may) => {
    const stated = { indicator: 'a', from: '元', to: '万元', factor: value };
    expect(conversionSchema.safeParse(stated).success).toBe(may);
  });
});

describe('the conversions that an adoption has to state', () => {
  it('are those of units that changed, from the last that there was', () => {
    expect(conversionsNeeded(withUnit('亿元'), adopted(['元'], ['万元']))).toEqual([
      { indicator: 'a', from: '万元', to: '亿元' },
    ]);
  });

  it('are those since an indicator was there last, where it was left out meanwhile', () => {
    const without = catalogueOf({ indicators: [indicator('b')] });
    const meanwhile = withAdoption(adopted(['元']), {
      ...{ catalogue: without, hash: catalogueHash(without), conversions: [] },
    });
    expect(conversionsNeeded(withUnit('万元'), meanwhile)).toEqual([
      { indicator: 'a', from: '元', to: '万元' },
    ]);
  });

  it('are none where no unit changed, of what is new, and before anything was adopted', () => {
    expect(conversionsNeeded(withUnit('元'), adopted(['元']))).toEqual([]);
    const more = catalogueOf({ indicators: [indicator('a', 'flow', { unit: '元' }), indicator('new')] });
    expect(conversionsNeeded(more, adopted(['元']))).toEqual([]);
    expect(conversionsNeeded(withUnit('元'), undefined)).toEqual([]);
  });
});
