import { keepCatalogue } from '../../functions/use-cases/stores/catalogue-store.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import type { LedgerEvent } from '../../shared/core/ledger/event.ts';
import { adoptInMemory } from '../fixtures/adopted.ts';
import { type InMemoryPorts, inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { type Means, type Plant, publishNow, uploadOfStep, workOf } from './actors.ts';
import { type AdoptionStep, adoptVersion } from './adoptions.ts';
import { type BaselineStep, recordStep } from './baselines.ts';
import { chanceOf } from './chance.ts';
import { type Fate, Fault, type FaultKind, faultKinds, portsOfOneLife } from './faulty-ports.ts';
import type { Step } from './history.ts';
import type { LastYearStep } from './last-year.ts';
import { virtualTime } from './scheduler.ts';
import { StayingPublisher } from './staying-publisher.ts';

/** What each call of an actor's life meets. */
export type Fates = (step: Step, delivery: number, life: number) => (name: string) => Fate;

export interface SimulationOptions {
  seed: number;
  catalogue: Catalogue;
  steps: readonly Step[];
  /** What is recorded of the year before, by others whom nothing befalls; nothing if not given. */
  lastYear?: readonly LastYearStep[];
  /** When the office records what it knows of the year before. */
  baselines?: readonly BaselineStep[];
  /** When the office adopts other catalogues over the first. */
  adoptions?: readonly AdoptionStep[];
  fates: Fates;
  plant?: Plant;
}

/** What is left when everything has been delivered and done. */
export interface Aftermath {
  catalogue: Catalogue;
  steps: readonly Step[];
  ports: InMemoryPorts;
  /** Every event that somebody was told was recorded. */
  told: LedgerEvent[];
  calls: number;
  faults: number;
}

/** After this many lives an actor meets no more faults: every history comes to its end. */
const mostFaultyLives = 8;
const patience = [1_000, 7_000, 60_000, 3_600_000];

/** Runs a history to its end: every actor works at its time, and again until it gets through. */
export async function simulate(options: SimulationOptions): Promise<Aftermath> {
  const {
    seed,
    catalogue,
    steps,
    lastYear = [],
    baselines = [],
    adoptions = [],
    fates,
    plant = {},
  } = options;
  const ports = inMemoryPorts();
  adoptInMemory(ports, catalogue);
  const scheduler = virtualTime(
    Math.min(0, ...[...steps, ...lastYear, ...baselines, ...adoptions].map(({ at }) => at)),
  );
  const aftermath: Aftermath = { catalogue, steps, ports, told: [], calls: 0, faults: 0 };
  const ledger = plant.ledger?.(ports.ledger, ports.events) ?? ports.ledger;
  const stores = { scheduler, ledger, documents: ports.documents, busyUntil: new Map<string, number>() };
  const told = (event: LedgerEvent) => void aftermath.told.push(event);
  const meansOf = (life: Pick<Means, 'ledger' | 'documents'>): Means => ({
    ...life,
    catalogue,
    now: instantOf(new Date(scheduler.now())),
  });
  const { publisherOf, last } = publishersOf(seed);
  async function persist(step: Step, delivery: number, work: (means: Means) => Promise<void>) {
    for (let life = 1; ; life++) {
      const fateOf = fates(step, delivery, life);
      const own = portsOfOneLife(stores, (name) => {
        const fate = life > mostFaultyLives ? { before: 0, after: 0, fault: undefined } : fateOf(name);
        aftermath.calls += 1;
        if (fate.fault !== undefined) aftermath.faults += 1;
        return fate;
      });
      const means = meansOf(own);
      try {
        return await Promise.race([work(means), own.death]);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        if (error.isDeath) publisherOf(step)?.stopDead(means);
        await scheduler.at(scheduler.now() + patience[Math.min(life, patience.length) - 1]!);
      }
    }
  }
  for (const { at, events, catalogue: adopted } of lastYear) {
    scheduler.start(at, async () => {
      if (adopted !== undefined) await keepCatalogue(adopted, ports.documents);
      for (const event of events) await ports.ledger.append(event);
    });
  }
  for (const baseline of baselines) scheduler.start(baseline.at, () => recordStep(baseline, ports));
  for (const adoption of adoptions) scheduler.start(adoption.at, () => adoptVersion(adoption, ports));
  for (const step of steps) {
    const work = workOf(step, { seed, told, plant, publisher: publisherOf(step) });
    if (step.kind === 'upload' && step.manner === 'put') {
      const { upload, bytes } = uploadOfStep(step);
      scheduler.start(step.at, async () => ports.upload(upload.key, upload.version!, bytes));
    }
    for (const { number, delay } of step.deliveries) {
      scheduler.start(step.at + delay, () => persist(step, number, work));
    }
  }
  await scheduler.run();
  await publishNow(meansOf({ ledger, documents: ports.documents }), plant, last);
  return aftermath;
}

/** Which steps of a seed are published by which process that stays: of some seeds none are, of others all by one or two. */
function publishersOf(seed: number) {
  const random = chanceOf(seed, 'who publishes');
  const publishers = Array.from({ length: random.pick([0, 1, 1, 2]) }, () => new StayingPublisher());
  const chosen = new Map<string, StayingPublisher | undefined>();
  return {
    publisherOf({ id }: Step): StayingPublisher | undefined {
      if (!chosen.has(id))
        chosen.set(id, chanceOf(seed, `who publishes ${id}`).pick([...publishers, publishers[0]]));
      return chosen.get(id);
    },
    last: publishers[0],
  };
}

/** How slow and faulty the machines of a seed are. */
interface Weather {
  /** How long a call may hang, now and then. */
  pauses: number[];
  /** A fault at about one call in this many; never if 0. */
  oneIn: number;
}

/** Fates drawn for each life by itself, so that leaving out a step changes no other's. */
export function seededFates(seed: number, { faultless = false } = {}): Fates {
  const weather = chanceOf(seed, 'weather');
  const { pauses, oneIn }: Weather = {
    pauses: weather.pick([[20], [400, 3_000], [1_000, 90_000], [5_000, 60_000, 86_400_000]]),
    oneIn: weather.pick([0, 60, 20, 10]),
  };
  return (step, delivery, life) => {
    const random = chanceOf(seed, `${step.id} delivery ${delivery} life ${life}`);
    const usual = random.pick([1, 5, 40]);
    const duration = () => random.between(0, random.below(7) === 0 ? random.pick(pauses) : usual);
    return () => {
      const [before, after] = [duration(), duration()];
      const meets = oneIn > 0 && random.below(oneIn) === 0;
      const kind = random.pick<FaultKind>(faultKinds);
      return { before, after, fault: meets && !faultless ? kind : undefined };
    };
  };
}
