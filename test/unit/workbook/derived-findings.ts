import { adoptedAlone, withAdoption } from '../../../shared/core/catalogue/adoption.ts';
import { catalogueHash } from '../../../shared/core/catalogue/catalogue.ts';
import type { Finding } from '../../../shared/core/returns/finding.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { foldYear } from '../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, recorded, stateOf } from '../core/small-year.ts';

const first = catalogueOf({ indicators: [indicator('a')] });

/** What is asked about a return of one figure after a catalogue without it, and with another, is adopted. */
export function afterAdoption(): Finding[] {
  const later = catalogueOf({ indicators: [indicator('d')] });
  const adoption = { catalogue: later, hash: catalogueHash(later), conversions: [] };
  const events = recorded(first, [accepted('jia', '2023-01', { a: '1' })]);
  const state = foldYear(withAdoption(adoptedAlone(first), adoption), events);
  return warningsOf(state).map(({ finding }) => finding);
}

/** What is asked of two months whose lists have names that differ in one character. */
export function nearDoubles(): Finding[] {
  const works = catalogueOf({ indicators: [indicator('works', 'list')] });
  const state = stateOf(works, [
    accepted('jia', '2023-01', { works: ['城市养犬管理条例'] }),
    accepted('jia', '2023-02', { works: ['城市养狗管理条例'] }),
  ]);
  return warningsOf(state).map(({ finding }) => finding);
}

/** What is asked where what is reported as the year to date becomes less. */
export function cumulativeFalls(): Finding[] {
  const toDate = catalogueOf({ indicators: [indicator('a', 'flow', { overTime: 'cumulative' })] });
  const state = stateOf(toDate, [
    accepted('jia', '2023-01', { a: '5' }),
    accepted('jia', '2023-02', { a: '4' }),
  ]);
  return warningsOf(state).map(({ finding }) => finding);
}
