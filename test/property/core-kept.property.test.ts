import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import type { LedgerEvent, Payload } from '../../shared/core/ledger/event.ts';
import { contentOf } from '../../shared/core/publication/content.ts';
import { comparisonsWithin } from '../../shared/core/totals/comparisons-within.ts';
import { goOnFrom } from '../../shared/core/totals/kept.ts';
import { annualTotalsAt } from '../../shared/core/totals/not-due.ts';
import { foldYear, type YearState, yearOfDepartment } from '../../shared/core/year/year-state.ts';
import { publicationDigest } from '../../shared/publication/compose.ts';
import { casesTried } from '../fixtures/thoroughness.ts';
import { accepted, adoption, catalogueOf, indicator, recorded, refused } from '../unit/core/small-year.ts';
import { lastYear } from '../unit/core/totals/compared-years.ts';

const departments = [
  { id: 'jia', name: '甲局', group: '部门' },
  { id: 'yi', name: '乙局', group: '部门' },
  { id: 'bing', name: '丙镇', group: '乡镇' },
];
const indicators = [
  indicator('a'),
  indicator('s', 'stock', { notApplicable: true, required: false }),
  indicator('w', 'list'),
  indicator('o', 'flow', { required: false }),
  indicator('c', 'flow', { required: false, overTime: 'cumulative' }),
  indicator('own', 'flow', { overDepartments: 'none' }),
  indicator('few', 'flow', { reporters: ['bing'], required: false }),
  indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'o', sign: '-' }] }),
  indicator('all', 'sum', { parts: [{ indicator: 'both' }, { indicator: 'a' }] }),
  indicator('r', 'ratio', { numerator: 'a', denominator: 'o' }),
];
const rules = [
  { id: 'a-of-o', over: 'year-to-date', expression: 'a <= o', message: '甲不大于乙。' },
  { id: 'total', over: 'all-departments', expression: 'a <= o', message: '合计。' },
];
const catalogue = catalogueOf({ departments, indicators, rules });

const count = fc.integer({ min: 0, max: 9 }).map(String);
const said = fc.record({
  a: count,
  s: fc.constantFrom('3', '不适用', '不适用', null, null),
  w: fc.shuffledSubarray(['甲', '乙', '《乙》', '丙'], { maxLength: 3 }),
  o: fc.option(count, { nil: null }),
  c: fc.option(count, { nil: null }),
  own: count,
});
/** A return that comes, often a correction that says little otherwise, and sometimes behind one that was sent after it. */
const coming = fc.record({
  department: fc.constantFrom('jia', 'yi', 'bing'),
  month: fc.integer({ min: 1, max: 2 }),
  day: fc.integer({ min: 10, max: 19 }),
  isAccepted: fc.integer({ min: 0, max: 5 }).map((chance) => chance > 0),
  said,
  changed: fc.option(fc.constantFrom('a', 's', 's', 'w', 'o', 'c', 'own'), { nil: undefined }),
});
const history = fc.array(coming, { minLength: 2, maxLength: 9 });
type Coming = typeof coming extends fc.Arbitrary<infer T> ? T : never;

/** What is recorded, in this order; of a correction all but one figure is as it was said before. */
function eventsOf(all: readonly Coming[]): LedgerEvent[] {
  const before = new Map<string, Coming['said']>();
  const happenings = all.map(
    ({ department, month, day, isAccepted, said: anew, changed }, index): Payload => {
      const period = `2023-0${month}`;
      const upload = { at: `2023-0${month + 1}-${day}T04:00:0${index}.000Z`, name: `${index}` };
      if (!isAccepted) return refused(department, period, upload);
      const was = before.get(`${department} ${period}`);
      const says =
        was && changed !== undefined ? { ...was, [changed]: anew[changed as keyof Coming['said']] } : anew;
      before.set(`${department} ${period}`, says);
      return accepted(department, period, says, { ...upload, note: '更正' });
    },
  );
  const place = ({ happening }: LedgerEvent) =>
    happenings.findIndex((each) => isDeepStrictEqual(each, happening));
  return recorded(catalogue, [adoption(catalogue), ...happenings]).toSorted((a, b) => place(a) - place(b));
}

/** What is published of a state. */
function publishedOf(state: YearState) {
  return {
    content: contentOf(state),
    digest: publicationDigest(state),
    soFar: annualTotalsAt(state, '2023-03-05T00:00:00.000Z'),
  };
}

/** What pages show of parts of it besides. */
function partsOf(state: YearState) {
  return {
    own: departments.map(({ id }) => contentOf(yearOfDepartment(state, id))),
    within: indicators.map(({ id }) => comparisonsWithin(state, id)(new Set(['jia', 'yi']))),
  };
}

describe('what is kept of one state for the next', () => {
  const before = lastYear(
    { departments, indicators },
    {
      jia: [{ a: '4', s: '3', w: ['甲'], o: '5', c: '1', own: '1' }],
      yi: [
        { a: '6', s: '1', w: ['乙'], o: '2', c: '3', own: '1' },
        undefined,
        { a: '2', s: '7', w: [], o: '4', c: '5', own: '1' },
      ],
    },
  );

  it('makes nothing of it otherwise, as returns come and are corrected', () => {
    fc.assert(
      fc.property(history, fc.boolean(), (all, isCompared) => {
        const events = eventsOf(all);
        const adopted = adoptedAlone(catalogue);
        const [beside, otherwise] = isCompared ? [before, undefined] : [undefined, before];
        let earlier = foldYear(adopted, [], beside);
        for (let length = 1; length <= events.length; length++) {
          const state = foldYear(adopted, events.slice(0, length), beside);
          goOnFrom(earlier, state);
          earlier = state;
          const anew = structuredClone(state);
          expect(publishedOf(state)).toEqual(publishedOf(anew));
          if (length % 4 > 0) continue;
          expect(partsOf(state)).toEqual(partsOf(anew));
          const other = foldYear(adopted, events.slice(0, length), otherwise);
          goOnFrom(state, other);
          expect(publishedOf(other)).toEqual(publishedOf(structuredClone(other)));
        }
      }),
      { seed: 20_230_101, numRuns: casesTried(300, 20) },
    );
  });
});
