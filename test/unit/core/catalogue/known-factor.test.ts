import { describe, expect, it } from 'vitest';
import { adoptedAlone, knownConversions, knownFactor } from '../../../../shared/core/catalogue/adoption.ts';
import { catalogueOf, indicator } from '../small-year.ts';

type Unit = {
  unit: string;
  alsoIn?: { unit: string; factor: string }[];
  output?: { unit: string; factor: string; decimals: number };
};

const withUnit = (own: Unit) => catalogueOf({ indicators: [indicator('a', 'flow', own)] });
const yuan = { unit: '元' };
const tenThousand = { unit: '万元' };

describe('the factor of a unit that changed', () => {
  it.each<[string, Unit, Unit, string | undefined]>([
    [
      'known by the new entry',
      yuan,
      { ...tenThousand, alsoIn: [{ unit: '元', factor: '0.0001' }] },
      '0.0001',
    ],
    [
      'known by the old entry, the other way',
      { ...tenThousand, alsoIn: [{ unit: '元', factor: '0.0001' }] },
      yuan,
      '10000',
    ],
    [
      'known by the old entry, but not to be kept exactly',
      { unit: '天', alsoIn: [{ unit: '周', factor: '7' }] },
      { unit: '周' },
      undefined,
    ],
    ['known by neither', yuan, tenThousand, undefined],
    [
      'known by the one of several units that it is about',
      yuan,
      {
        ...tenThousand,
        alsoIn: [
          { unit: '百元', factor: '0.01' },
          { unit: '元', factor: '0.0001' },
        ],
      },
      '0.0001',
    ],
  ])('is %s', (_, before, after, expected) => {
    const needed = { indicator: 'a', from: before.unit, to: after.unit };
    expect(knownFactor(needed, { before: [withUnit(before)], after: withUnit(after) })).toBe(expected);
  });

  it('is told by no other indicator, and by no unit in which it was meanwhile', () => {
    const needed = { indicator: 'a', from: '元', to: '万元' };
    const alsoIn = [
      { unit: '元', factor: '0.001' },
      { unit: '万元', factor: '10' },
    ];
    const before = [withUnit({ unit: '千元', alsoIn }), withUnit(yuan)];
    expect(knownFactor(needed, { before, after: withUnit(tenThousand) })).toBeUndefined();
    const other = indicator('b', 'flow', { unit: '万元', alsoIn: [{ unit: '元', factor: '0.0001' }] });
    const after = catalogueOf({ indicators: [indicator('a', 'flow', tenThousand), other] });
    expect(knownFactor(needed, { before: [withUnit(yuan)], after })).toBeUndefined();
  });
});

describe('the conversions that the catalogues know', () => {
  const inTenThousands = { unit: '万元', factor: '0.0001', decimals: 0 };
  it.each<[sentence: string, before: Unit, after: Unit, factor: string | undefined]>([
    [
      'are those of units that may be entered',
      yuan,
      { ...tenThousand, alsoIn: [{ unit: '元', factor: '0.0001' }] },
      '0.0001',
    ],
    [
      'are those of the unit in which it was published',
      { ...yuan, output: inTenThousands },
      tenThousand,
      '0.0001',
    ],
    [
      'are those of the unit in which it is, the other way',
      tenThousand,
      { ...yuan, output: inTenThousands },
      '10000',
    ],
    [
      'are those of units that may be entered, before what was published',
      { ...yuan, output: { ...inTenThousands, factor: '0.001' } },
      { ...tenThousand, alsoIn: [{ unit: '元', factor: '0.0001' }] },
      '0.0001',
    ],
    ['are none where no unit changed', yuan, { ...yuan, output: inTenThousands }, undefined],
    ['are none of other units', { unit: '千元', output: inTenThousands }, yuan, undefined],
  ])('%s', (_, before, after, factor) => {
    const known = knownConversions(withUnit(after), adoptedAlone(withUnit(before)));
    expect(known.map((one) => one.factor)).toEqual(factor === undefined ? [] : [factor]);
  });
});
