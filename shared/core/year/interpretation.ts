import type { AdoptedCatalogues } from '../catalogue/adoption.ts';
import { adoptedWith, factorToUnit } from '../catalogue/adoption.ts';
import { isReportedBy } from '../catalogue/indicator.ts';
import { narrativesOnForm } from '../catalogue/narratives.ts';
import { indicatorOf } from '../catalogue/tables.ts';
import type { EventOf } from '../ledger/event.ts';
import { saidIn } from '../returns/grid.ts';
import type { NarrativeSaid } from '../returns/narrative.ts';
import type { Observation } from '../returns/observation.ts';
import { multiply } from '../values/decimal.ts';

/**
 * Why a figure of an accepted return does not count: the catalogue in force does not ask this department for it in
 * this period, or counts it as another kind, or nobody has stated a factor from its unit.
 */
export type NotCountedBecause = 'not-asked' | 'another-kind' | 'no-factor';

/** A figure, or narrative, of an accepted return that does not count under the catalogue in force. */
export interface Uncounted {
  indicator: string;
  because: NotCountedBecause;
}

/** A return's figures under the catalogue in force, in its units, and what it says in words. */
export interface Interpreted {
  figures: readonly Observation[];
  texts: readonly NarrativeSaid[];
  uncounted: Uncounted[];
}

/**
 * What an accepted return says, by the catalogue that it was read by, under the one in force. A figure that cannot be
 * reconciled is never counted as something else: it is left out, and named.
 */
export function interpret(event: EventOf<'return-accepted'>, adopted: AdoptedCatalogues): Interpreted {
  const { observations } = saidIn(event.happening);
  const { narratives = [] } = event.happening;
  if (event.catalogue === adopted.inForce.hash) {
    return { figures: observations, texts: narratives, uncounted: [] };
  }
  const figures: Observation[] = [];
  const texts: NarrativeSaid[] = [];
  const uncounted: Uncounted[] = [];
  for (const observation of observations) {
    const figure = interpretOne(observation, event, adopted);
    if (typeof figure !== 'string') figures.push(figure);
    else uncounted.push({ indicator: observation.indicator, because: figure });
  }
  const asked = new Set(narrativesOnForm(adopted.inForce.catalogue, event.happening).map(({ id }) => id));
  for (const said of narratives) {
    if (asked.has(said.narrative)) texts.push(said);
    else uncounted.push({ indicator: said.narrative, because: 'not-asked' });
  }
  return { figures, texts, uncounted };
}

function interpretOne(
  observation: Observation,
  { catalogue, happening }: EventOf<'return-accepted'>,
  adopted: AdoptedCatalogues,
): Observation | NotCountedBecause {
  const id = observation.indicator;
  const now = indicatorOf(adopted.inForce.catalogue, id);
  if (now === undefined || !isReportedBy(now, happening.department, happening.period)) return 'not-asked';
  const pinned = adoptedWith(catalogue, adopted)?.catalogue;
  const then = pinned && indicatorOf(pinned, id);
  if (then?.kind !== now.kind || then.overTime !== now.overTime) return 'another-kind';
  const factor = factorToUnit({ indicator: id, from: then.unit, to: now.unit }, adopted);
  if (factor === undefined) return 'no-factor';
  if (observation.status !== 'reported' || factor === '1') return observation;
  return { ...observation, value: multiply(observation.value, factor) };
}
