import type { Period } from '../../../shared/core/period.ts';
import type { Warning } from '../../../shared/core/publication.ts';
import { warningsOf } from '../../../shared/core/warnings.ts';
import type { ReturnState, YearState } from '../../../shared/core/year-state.ts';
import { type Standing, type StandingKind, standingOf } from '../../year/standing.ts';

/** A return with where it stands at a moment. */
export interface PlacedReturn extends ReturnState {
  place: Standing;
}

/** How the year's returns stand at a moment. */
export interface Completeness {
  periods: Period[];
  returns: PlacedReturn[];
  warnings: Warning[];
}

export function completenessOf(state: YearState, now: string): Completeness {
  const warnings = warningsOf(state);
  const { utcOffset, periods } = state.catalogue;
  return {
    periods: periods.map(({ period }) => period).sort(),
    returns: state.returns.map((one) => ({ ...one, place: standingOf(one, { warnings, now, utcOffset }) })),
    warnings,
  };
}

/** How many returns stand where. */
export function countsOf(returns: readonly PlacedReturn[]): Record<StandingKind | 'expected', number> {
  const count = (kind: StandingKind) => returns.filter(({ place }) => place.kind === kind).length;
  return {
    expected: returns.length,
    accepted: count('accepted'),
    overdue: count('overdue'),
    refused: count('refused'),
    held: count('held'),
    due: count('due'),
    'not-due': count('not-due'),
  };
}
