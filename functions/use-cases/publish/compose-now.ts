import type { Instant } from '../../../shared/core/catalogue/period.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { composePublication } from '../../../shared/publication/compose.ts';
import type { LedgerYear } from '../read-year.ts';

/**
 * What would be published now. Its digest is that of the newest publication if there is nothing new to say; its
 * changes are told against `previous`.
 */
export function composeNow(
  { state, heads }: LedgerYear,
  { at, previous }: { at: Instant; previous: Publication | undefined },
): Publication {
  const number = (state.publications.at(-1)?.happening.number ?? 0) + 1;
  return composePublication(state, {
    number,
    chains: heads,
    publishedAt: at,
    publishedBy: '',
    software: '',
    previous,
  });
}
