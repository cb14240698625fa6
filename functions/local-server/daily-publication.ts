import { type Instant, instantOf, localDay } from '../../shared/core/catalogue/period.ts';
import { isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import { recorders } from '../../shared/core/ledger/people.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import type { KnownCatalogues } from '../use-cases/known-catalogues.ts';
import { type DueYear, dueYears, isFinal } from '../use-cases/publish/due-years.ts';
import { publish } from '../use-cases/publish/publish.ts';
import { readYear } from '../use-cases/read-year.ts';
import { inCityTime, offsetOf, type Schedule } from './city-time.ts';
import type { LocalWitness } from './local-witness.ts';
import type { Logger } from './logger.ts';

/** What the daily publication uses. */
export interface PublishingServices {
  ledger: Ledger;
  documents: Documents;
  catalogues: KnownCatalogues;
  now: () => Instant;
  software: string;
  reports: Logger;
  /** Signs statements of the ledger; without it none is signed. */
  witness?: Pick<LocalWitness, 'state' | 'stateUnlessSince'> | undefined;
}

/** When the daily run is, in the city's time: nobody works then. */
const [hour, minute] = ['02', '30'];

/**
 * Publishes the years that are due, then signs a statement of the ledger. A year that fails is reported and does not hold
 * up the others.
 */
export async function publishDueYears(services: PublishingServices): Promise<void> {
  for (const due of dueYears(await services.catalogues.readAnew(), services.now()))
    await publishOrReport(due, services);
  await services.witness?.state();
}

/** Publishes and signs what the last daily run would have, had the machine not been off. */
export async function catchUp(services: PublishingServices): Promise<void> {
  for (const due of dueYears(await services.catalogues.readAnew(), services.now())) {
    if (await wasMissed(due, services)) await publishOrReport(due, services);
  }
  await services.witness?.stateUnlessSince(lastRunBefore(services.now(), offsetOf(services.catalogues)));
}

/** Whether something was recorded before the last daily run, and nothing was published then or later. */
async function wasMissed(
  { year }: DueYear,
  { ledger, documents, now }: PublishingServices,
): Promise<boolean> {
  const { catalogue, chains } = await readYear({ ledger, documents }, year);
  const run = lastRunBefore(now(), catalogue.utcOffset);
  const events = chains.flatMap((chain) => chain.events);
  const published = events.filter((event) => isEvent(event, 'published'));
  return (
    events.some((event) => event.at < run && !isAdoption(event)) && !published.some(({ at }) => at >= run)
  );
}

/** Adopting a catalogue says nothing yet that could be published. */
function isAdoption(event: LedgerEvent): boolean {
  return isEvent(event, 'catalogue-adopted');
}

async function publishOrReport(due: DueYear, services: PublishingServices): Promise<void> {
  const { year } = due;
  try {
    services.reports.done('daily publication', { year, outcome: await publishDue(due, services) });
  } catch (error) {
    services.reports.fault('the daily publication failed', error, { year });
  }
}

/** A year of which nothing is recorded yet has nothing to say. */
async function publishDue(
  { year, untilFinal }: DueYear,
  { ledger, documents, now, software }: PublishingServices,
): Promise<string> {
  if (untilFinal && (await isFinal(year, { ledger, documents }))) return 'already final';
  const { chains } = await readYear({ ledger, documents }, year);
  if (chains.every(({ events }) => events.every(isAdoption))) return 'nothing recorded yet';
  const request = { year, publishedAt: now(), publishedBy: recorders.schedule, software };
  return (await publish(request, { ledger, documents })).outcome;
}

/** The last moment before now at which the daily run was due. */
export function lastRunBefore(now: Instant, utcOffset: string): Instant {
  const today = localDay(now, utcOffset);
  const run = Date.parse(`${today}T${hour}:${minute}:00${utcOffset}`);
  return instantOf(new Date(run <= Date.parse(now) ? run : run - 86_400_000));
}

/** Does a daily run at a time, or catches up on one that was missed; it must not throw. */
export type DailyRun = (given: { at: Instant; missed: boolean }) => Promise<void>;

/** Catches up, and then publishes daily by the clock of the city. */
export function scheduleDailyPublication(
  run: DailyRun,
  { catalogues, now }: Pick<PublishingServices, 'catalogues' | 'now'>,
): Schedule {
  const catchingUp = run({ at: now(), missed: true });
  return inCityTime(`${minute} ${hour} * * *`, catalogues, {
    begun: catchingUp,
    run: () => run({ at: now(), missed: false }),
  });
}
