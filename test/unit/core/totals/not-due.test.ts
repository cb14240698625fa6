import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../shared/core/catalogue/period.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { comparePublications } from '../../../../shared/core/publication/comparison.ts';
import { annualTotalsAt, periodsNotDue, standingBy } from '../../../../shared/core/totals/not-due.ts';
import { composePublication } from '../../../../shared/publication/compose.ts';
import { accepted, catalogueOf, indicator, refused, stateOf } from '../small-year.ts';

const catalogue = catalogueOf({ indicators: [indicator('x')], months: [1, 2, 3] });
const january = accepted('jia', '2023-01', { x: '4' });
const inFebruary: Instant = '2023-02-15T00:00:00.000Z';

const stateWith = (...happenings: Payload[]) => stateOf(catalogue, [january, ...happenings]);

function totalAt(now: Instant, ...happenings: Payload[]) {
  const [total] = annualTotalsAt(stateWith(...happenings), now);
  return {
    status: total?.status,
    reasons: total?.reasons,
    gaps: total?.coverage.missing.map(
      ({ department, period, because }) => `${department} ${period} ${because}`,
    ),
  };
}

describe('a return of a period that is not over', () => {
  it('is not due, and not missing as one that was owed', () => {
    expect(totalAt(inFebruary)).toEqual({
      status: 'provisional',
      reasons: ['缺少 1 份月报，另有 4 份未到报送期（应报 6 份）'],
      gaps: [
        'yi 2023-01 not-reported',
        ...['jia 2023-02 not-due', 'yi 2023-02 not-due', 'jia 2023-03 not-due', 'yi 2023-03 not-due'],
      ],
    });
  });

  it.each<[now: Instant, what: string, isDue: boolean]>([
    ['2023-02-28T15:59:59.999Z', 'until the last moment of its last day', false],
    ['2023-02-28T16:00:00.000Z', 'from the next day on', true],
  ])('is due at %s by the clocks of the city: %s', (now, _, isDue) => {
    const [jia] = totalAt(now).gaps?.filter((gap) => gap.startsWith('jia')) ?? [];
    expect(jia).toBe(`jia 2023-02 ${isDue ? 'not-reported' : 'not-due'}`);
  });

  it('is what became of it where something came early', () => {
    const early = refused('jia', '2023-03', { at: '2023-02-10T00:00:00.000Z' });
    expect(totalAt(inFebruary, early).gaps).toContain('jia 2023-03 refused');
  });

  it('is all that is missing, where nothing is owed', () => {
    const yi = accepted('yi', '2023-01', { x: '1' });
    expect(totalAt(inFebruary, yi)).toMatchObject({
      status: 'provisional',
      reasons: ['4 份月报未到报送期（应报 6 份）'],
    });
  });
});

describe('where a return stands by a moment', () => {
  const moment = { now: inFebruary, catalogue };

  it.each([
    ['not-reported', '2023-02', 'not-due'],
    ['not-reported', '2023-01', 'not-reported'],
    ['refused', '2023-02', 'refused'],
    ['counting', '2023-02', 'counting'],
  ] as const)('%s for %s is %s', (standing, period, expected) => {
    expect(standingBy(standing, period, periodsNotDue(moment))).toBe(expected);
  });

  it('is not due in the periods that are not over, of those that the catalogue has', () => {
    expect([...periodsNotDue(moment)]).toEqual(['2023-02', '2023-03']);
  });
});

describe('publications of one ledger at two moments', () => {
  const state = stateWith();
  const at = (publishedAt: Instant) =>
    composePublication(state, {
      ...{ number: 1, chains: [], publishedAt, publishedBy: '法制机构', software: 'test' },
      previous: undefined,
    });
  const bothMoments = () => [at(inFebruary), at('2023-03-15T00:00:00.000Z')] as const;
  const standing = ({ returns }: ReturnType<typeof at>) =>
    returns.find(({ department, period }) => department === 'jia' && period === '2023-02')?.standing;

  it('say each what was due by then', () => {
    const [before, after] = bothMoments();
    expect([standing(before), standing(after)]).toEqual(['not-due', 'not-reported']);
    expect(before.totals[0]?.reasons).not.toEqual(after.totals[0]?.reasons);
    expect(at(inFebruary)).toEqual(before);
  });

  it('say nothing new, since only time went by', () => {
    const [before, after] = bothMoments();
    expect(after.digest).toBe(before.digest);
    expect(comparePublications(before, after, state).returns).toEqual([]);
  });
});
