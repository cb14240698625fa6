import type { LedgerYear } from '../../year/read-year.ts';
import { action, yearParam } from '../route.ts';

/** Publishes the year as it stands, in the name of whoever pressed the button. */
export const publishRoute = action(
  { path: '/:year/publications', access: ['legal-office'], params: yearParam },
  async (visit) => {
    const { year } = visit.params;
    const before = newestNumber(await visit.readYear(year));
    await visit.services.publishNow(visit.catalogue(year), visit.identity.name);
    const after = newestNumber(await visit.readYear(year));
    return {
      kind: 'redirect',
      to: `/${year}/publications?done=${after > before ? 'published' : 'unchanged'}`,
    };
  },
);

function newestNumber({ state }: LedgerYear): number {
  return state.publications.at(-1)?.happening.number ?? 0;
}
