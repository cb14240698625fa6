import { recordBaseline } from '../../functions/use-cases/record-baseline.ts';
import { keepBaseline } from '../../functions/use-cases/stores/baseline-store.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import { type EventOf, isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { type Baseline, baselineSchema } from '../../shared/core/year/baseline.ts';
import { lastYearFromBaseline } from '../../shared/core/year/baseline-year.ts';
import type { LastYear } from '../../shared/core/year/year-state.ts';
import type { InMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { inForceAfter } from './adoptions.ts';
import { chanceOf } from './chance.ts';
import { city, cityCatalogues } from './city-catalogues.ts';

/** The office records what it knows of last year, of which nothing was published. */
export interface BaselineStep {
  at: number;
  level: number;
}

const year = city.year - 1;
const months = ['01', '02', '03', '12'].map((month) => `${year}-${month}`);

/** The baselines of a seed: none, one before anything else is done, or another while the year goes on. */
export function baselinesOfSeed(seed: number, moments: readonly number[]): BaselineStep[] {
  const random = chanceOf(seed, 'baselines');
  if (random.chance(30)) return [];
  const level = random.pick([4, 13, 40, 150_000]);
  const first = { at: Math.min(...moments) - 1, level };
  const later = { at: random.pick(moments) + random.pick([0, 1, 400]), level: level + 1 };
  return random.chance(50) ? [first] : [first, later];
}

/** Some figures of departments, some of the whole city, and one that is known of the whole year alone. */
function baselineOf(level: number, catalogue: Baseline['catalogue'], workbook: Uint8Array): Baseline {
  const values = (own: number) =>
    Object.fromEntries(months.map((month, index) => [month, `${level + own + index}`]));
  const rows = [
    ...['cases', 'peak'].flatMap((indicator) =>
      city.departments.map(({ id: department }, index) => ({ department, indicator, values: values(index) })),
    ),
    ...['buses', 'grid-gr-pa'].map((indicator) => ({ department: null, indicator, values: values(7) })),
    { department: null, indicator: 'solved', values: { [year]: `${level}` } },
  ];
  const format = 'indicators-baseline/1';
  return baselineSchema.parse({ format, year, catalogue, workbook: sha256(workbook), rows });
}

/** Nothing befalls the office while it records one. */
export async function recordStep({ at, level }: BaselineStep, ports: InMemoryPorts): Promise<void> {
  const office = (ports.events.get(`${city.year}/office`) ?? []).map(({ happening }) => happening);
  const workbook = new TextEncoder().encode(`workbook ${level}`);
  const baseline = baselineOf(level, catalogueHash(inForceAfter(office, city).catalogue), workbook);
  await keepBaseline(baseline, ports.documents, workbook);
  await recordBaseline({ baseline, reason: '基数', at: instantOf(new Date(at)), by: '法制科' }, ports);
}

/** The baseline that stands after these events of the year; undefined if none was recorded. */
export function standingBaseline(events: readonly LedgerEvent[]): EventOf<'baseline-recorded'> | undefined {
  return events.findLast((event) => isEvent(event, 'baseline-recorded'));
}

/** The baseline that an event records, as it was kept. */
export function baselineIn(event: EventOf<'baseline-recorded'>, { files }: InMemoryPorts): Baseline {
  const bytes = files.get(`catalogues/${city.year}/baselines/${event.happening.baseline}.json`);
  return baselineSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** Last year as that event has it. */
export function enteredLastYear(event: EventOf<'baseline-recorded'>, ports: InMemoryPorts): LastYear {
  const catalogue = cityCatalogues.find((each) => catalogueHash(each) === event.catalogue)!;
  return lastYearFromBaseline({ event, baseline: baselineIn(event, ports), catalogue });
}
