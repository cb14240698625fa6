import { describe, expect, it } from 'vitest';
import { type Adoption, adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { conversionProblems } from '../../../../shared/core/year/reconciliation.ts';
import { catalogueOf, toThousands, withChanged } from './catalogue-to-replace.ts';

describe('the conversions that an adoption states', () => {
  const thousands = (more: object = {}) =>
    catalogueOf(withChanged('solo', { unit: '千件', decimals: 3, ...more }));
  const problems = (next: Catalogue, conversions: Adoption['conversions'], before?: Catalogue) =>
    conversionProblems(
      { catalogue: next, hash: catalogueHash(next), conversions },
      before === undefined ? undefined : adoptedAlone(before),
    ).map(({ id, message }) => `${id}: ${message}`);

  it.each<[sentence: string, next: Catalogue, Adoption['conversions'], RegExp[]]>([
    ['may be none where no unit changed', catalogueOf(), [], []],
    ['are enough where each unit that changed is stated', thousands(), [toThousands], []],
    ['must not be missing', thousands(), [], [/^solo: .*没有写明换算：1 件等于多少千件/]],
    [
      'must not be stated twice',
      thousands(),
      [toThousands, toThousands],
      [/^solo: 由“件”到“千件”的换算多余/],
    ],
    ['must not be of a unit that did not change', catalogueOf(), [toThousands], [/换算多余/]],
    [
      'must be from the unit that it was',
      thousands(),
      [{ ...toThousands, from: '百件' }],
      [/没有写明换算/, /由“百件”到“千件”的换算多余/],
    ],
    [
      'must be to the unit that it is',
      thousands(),
      [{ ...toThousands, to: '万件' }],
      [/没有写明换算/, /换算多余/],
    ],
    [
      'must be of that very indicator',
      thousands(),
      [{ ...toThousands, indicator: 'a' }],
      [/没有写明换算/, /^a: .*换算多余/],
    ],
  ])('%s', (_, next, conversions, expected) => {
    const found = problems(next, conversions, catalogueOf());
    expect(found).toHaveLength(expected.length);
    for (const [index, each] of expected.entries()) expect(found[index]).toMatch(each);
  });

  it('are none in the first catalogue of a year', () => {
    expect(problems(thousands(), [])).toEqual([]);
  });

  it.each([
    [4, '0.00000001', [], 'twelve places are kept'],
    [5, '0.00000001', ['solo'], 'thirteen are not'],
    [6, '0.000001', [], 'as many of both'],
  ])('of a figure of %i places by %s cannot be exact for %j: %s', (decimals, factor, ids) => {
    const before = catalogueOf(withChanged('solo', { unit: '元', decimals }));
    const next = catalogueOf(withChanged('solo', { unit: '亿元', decimals: 6 }));
    const found = problems(
      next,
      [{ indicator: 'solo', from: '元', to: '亿元', factor: factor as '1' }],
      before,
    );
    expect(found.map((each) => each.split(':')[0])).toEqual(ids);
  });

  it.each([
    ['0.0001', [], 'twelve places in all'],
    ['0.00001', ['solo'], 'thirteen'],
  ])('of a figure that is published in another unit by %s are exact but for %j: %s', (factor, ids) => {
    const before = catalogueOf(withChanged('solo', { unit: '元' }));
    const output = { unit: '亿元', factor: factor as '1', decimals: 2 };
    const next = catalogueOf(withChanged('solo', { unit: '万元', output }));
    const found = problems(
      next,
      [{ indicator: 'solo', from: '元', to: '万元', factor: '0.00000001' }],
      before,
    );
    expect(found.map((each) => each.split(':')[0])).toEqual(ids);
  });

  it('cannot be of names, which are counted and not measured', () => {
    const next = catalogueOf(withChanged('works', { unit: '部' }));
    const by = (factor: '1' | '2') =>
      problems(next, [{ indicator: 'works', from: '件', to: '部', factor }], catalogueOf());
    expect(by('1')).toEqual([]);
    expect(by('2')).toMatchObject([expect.stringMatching(/^works: .*不能准确地换成新单位/)]);
  });
});
