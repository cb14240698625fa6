import { adopt } from '../../functions/use-cases/adopt.ts';
import { type AdoptedCatalogues, adoptedCatalogues } from '../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import { isEvent, type LedgerEvent, type Payload } from '../../shared/core/ledger/event.ts';
import type { Decimal } from '../../shared/core/values/decimal.ts';
import type { InMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { isMonth } from './asked.ts';
import { chanceOf } from './chance.ts';
import { catalogueOfLastYear, cityCatalogues, hamlet } from './city-catalogues.ts';
import type { Step } from './history.ts';
import type { InForce } from './model.ts';
import type { Figures } from './small-city.ts';

const conversions = [{ indicator: 'money', from: '万元', to: '元', factor: '10000' as Decimal }];

/** A catalogue of the city that comes into force at a moment, by its place among `cityCatalogues`. */
export interface AdoptionStep {
  at: number;
  version: number;
}

/** When the city of a seed adopts its other catalogues: in most seeds all three, some a little before the first step. */
export function adoptionsOf(seed: number, moments: readonly number[]): AdoptionStep[] {
  const random = chanceOf(seed, 'adoptions');
  if (random.chance(35)) return [];
  const [first = 0] = moments.toSorted((a, b) => a - b);
  const later = [1, 2].map(() => random.pick(moments) + random.pick([0, 1, 400, 3_600_000]));
  const times = [first - 1, ...later.sort((a, b) => a - b)];
  return times.slice(0, random.between(1, 3)).map((at, index) => ({ at: at + index, version: index + 1 }));
}

/** Of which catalogue a form is that is filled in at a moment: one that was in force then, or before. */
export function formVersion(
  { id, at }: Pick<Step, 'id' | 'at'>,
  seed: number,
  adoptions: AdoptionStep[],
): number {
  const random = chanceOf(seed, `form of ${id}`);
  const newest = adoptions.filter((each) => each.at < at).length;
  return random.chance(60) ? newest : random.between(0, newest);
}

/** The office adopts a catalogue; nothing befalls it, so that everybody knows since when its forms are out. */
export async function adoptVersion({ at, version }: AdoptionStep, ports: InMemoryPorts): Promise<void> {
  const [before, catalogue] = [cityCatalogues[version - 1]!, cityCatalogues[version]!];
  const request = {
    catalogue,
    conversions: version === 3 ? conversions : [],
    replaces: catalogueHash(before),
  };
  await adopt({ ...request, reason: '调整', at: instantOf(new Date(at)), by: '法制科' }, ports);
}

const knownCatalogues = [
  ...[...cityCatalogues, hamlet],
  ...[false, true].map((isOtherUnit) => catalogueOfLastYear({ isOtherUnit })),
];

/** The catalogues that events adopt, of those that this city has. */
export function adoptedIn(events: readonly LedgerEvent[]): AdoptedCatalogues {
  const known = new Map(knownCatalogues.map((each) => [catalogueHash(each) as string, each]));
  const adoptions = events
    .filter((event) => isEvent(event, 'catalogue-adopted'))
    .map(({ happening: { catalogue: hash, conversions: stated } }) => {
      return { hash, catalogue: known.get(hash)!, conversions: stated };
    });
  return adoptedCatalogues(adoptions)!;
}

/** What is typed on a form of a catalogue of the city, given what is typed on one of the first. */
export function typedOn(version: number, figures: Figures, department: string, period: string): Figures {
  const { joint, money, ...others } = figures;
  const isMoved = version >= 1 && department === 'sfj' && period > '2023-02';
  const inYuan = (typed: Figures[string]) =>
    version >= 3 && typed !== 'n/a' ? String(Math.round(Number(typed) * 10_000)) : typed;
  return {
    ...others,
    ...(joint === undefined || isMoved ? {} : { joint }),
    ...(money === undefined ? {} : { money: inYuan(money) }),
    ...(version >= 2 && isMonth(period) && period >= '2023-02' ? { visits: '2' } : {}),
  };
}

/** The catalogue in force after these acts of the office, and which of the city's it is. */
export function inForceAfter(office: readonly Payload[], first: Catalogue): InForce {
  const version = office.filter(({ kind }) => kind === 'catalogue-adopted').length - 1;
  return { version, catalogue: version === 0 ? first : cityCatalogues[version]! };
}
