import { describe, expect, it } from 'vitest';
import { type Adoption, adoptedAlone, withAdoption } from '../../../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { isEvent } from '../../../../shared/core/ledger/event.ts';
import { observationSchema } from '../../../../shared/core/returns/observation.ts';
import { interpret } from '../../../../shared/core/year/interpretation.ts';
import { accepted, catalogueOf, indicator, narrative, recorded, type Said } from '../small-year.ts';

const first = catalogueOf({
  indicators: [indicator('a'), indicator('b')],
  narratives: [narrative('how')],
});
const said: Record<string, Said> = { a: '2000', b: '1' };
const texts = [{ narrative: 'how', text: '写明' }];

/** What 甲局 said for January by the first catalogue, under one that was adopted since. */
function under(next: Catalogue, figures = said, conversions: Adoption['conversions'] = []) {
  const happening = { ...accepted('jia', '2023-01', figures), narratives: texts };
  const event = recorded(first, [happening]).find((each) => isEvent(each, 'return-accepted'))!;
  const adoption = { catalogue: next, hash: catalogueHash(next), conversions };
  const {
    figures: counted,
    texts: written,
    uncounted,
  } = interpret(event, withAdoption(adoptedAlone(first), adoption));
  for (const each of counted) observationSchema.parse(each);
  return {
    counted: Object.fromEntries(
      counted.map((each) => [each.indicator, each.status === 'reported' ? each.value : each.status]),
    ),
    written,
    uncounted,
  };
}

/** The first catalogue with another indicator in place of a. */
const withA = (kind: Parameters<typeof indicator>[1], more: object = {}) =>
  catalogueOf({
    indicators: [indicator('a', kind, more as Record<string, unknown>), indicator('b')],
    narratives: [narrative('how')],
  });
const thousands = withA('flow', { unit: '千件' });
const toThousands = { indicator: 'a', from: '件', to: '千件', factor: '0.001' } as const;

describe('what an older form says', () => {
  it.each<
    [sentence: string, Catalogue, Adoption['conversions'], counted: object, because: string | undefined]
  >([
    ['counts as it is under its own catalogue', first, [], said, undefined],
    ['counts as it is where only words have changed', withA('flow', { name: '改称' }), [], said, undefined],
    [
      'counts in the new unit by the factor that was stated',
      thousands,
      [toThousands],
      { ...said, a: '2' },
      undefined,
    ],
    ['does not count where nobody stated a factor', thousands, [], { b: '1' }, 'no-factor'],
    ['does not count as another kind', withA('stock'), [], { b: '1' }, 'another-kind'],
    [
      'does not count to date what was said of a month',
      withA('flow', { overTime: 'cumulative' }),
      [],
      { b: '1' },
      'another-kind',
    ],
    [
      'does not count where the department is not asked',
      withA('flow', { reporters: ['yi'] }),
      [],
      { b: '1' },
      'not-asked',
    ],
    [
      'does not count where the month is not asked',
      withA('flow', { months: [2] }),
      [],
      { b: '1' },
      'not-asked',
    ],
    [
      'does not count where nobody is asked',
      catalogueOf({ indicators: [indicator('b')], narratives: [narrative('how')] }),
      [],
      { b: '1' },
      'not-asked',
    ],
  ])('%s', (_, next, conversions, counted, because) => {
    expect(under(next, said, conversions)).toEqual({
      counted,
      written: texts,
      uncounted: because === undefined ? [] : [{ indicator: 'a', because }],
    });
  });

  it('stays without a number in another unit where it had none', () => {
    expect(under(thousands, { a: null, b: '不适用' }, [toThousands]).counted).toEqual({
      a: 'missing',
      b: 'not-applicable',
    });
  });

  it('does not count an indicator of which its own catalogue knew nothing', () => {
    const more = catalogueOf({
      indicators: [indicator('a'), indicator('b'), indicator('c')],
      narratives: [narrative('how')],
    });
    expect(under(more, { ...said, c: '3' }).uncounted).toEqual([{ indicator: 'c', because: 'another-kind' }]);
  });

  it('keeps the words that are still asked for, and names those that are not', () => {
    const other = catalogueOf({
      indicators: [indicator('a'), indicator('b')],
      narratives: [narrative('why')],
    });
    expect(under(other)).toEqual({
      counted: said,
      written: [],
      uncounted: [{ indicator: 'how', because: 'not-asked' }],
    });
  });

  it('says no words where it has none', () => {
    const event = recorded(first, [accepted('jia', '2023-01', said)]).find((each) =>
      isEvent(each, 'return-accepted'),
    )!;
    expect(interpret(event, adoptedAlone(first)).texts).toEqual([]);
    expect(interpret(event, adoptedAlone(thousands)).texts).toEqual([]);
  });
});
