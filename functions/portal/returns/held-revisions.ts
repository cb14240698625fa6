import { compare } from '../../../shared/core/decimal.ts';
import type { Observation } from '../../../shared/core/observation.ts';
import type { ReturnState, Revision } from '../../../shared/core/year-state.ts';
import { waitingRevisions } from '../../year/standing.ts';

/** Held revisions that wait for the department's own reason. */
export function revisionsToExplain(one: ReturnState): Revision[] {
  return waitingRevisions(one).filter(({ heldBecause }) => heldBecause === 'changes-published-figures');
}

/** A figure that two revisions of a return say differently; undefined where one does not say it at all. */
export interface ChangedFigure {
  indicator: string;
  before: Observation | undefined;
  after: Observation | undefined;
}

/** What a revision says otherwise than an earlier one, in the order of the form. */
export function changedFigures(
  before: readonly Observation[],
  after: readonly Observation[],
): ChangedFigure[] {
  const old = new Map(before.map((observation) => [observation.indicator, observation]));
  const indicators = [...new Set([...after, ...before].map(({ indicator }) => indicator))];
  const now = new Map(after.map((observation) => [observation.indicator, observation]));
  return indicators
    .map((indicator) => ({ indicator, before: old.get(indicator), after: now.get(indicator) }))
    .filter((figure) => !isSame(figure.before, figure.after));
}

function isSame(a: Observation | undefined, b: Observation | undefined): boolean {
  if (a?.status !== 'reported' || b?.status !== 'reported') return a?.status === b?.status;
  const items = (observation: typeof a) => JSON.stringify((observation.items ?? []).toSorted());
  return compare(a.value, b.value) === 0 && items(a) === items(b);
}
