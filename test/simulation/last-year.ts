import type { Random } from '../../functions/demo/seeded-random.ts';
import { type Catalogue, catalogueHash, indicatorsOnForm } from '../../shared/core/catalogue/catalogue.ts';
import type { ReportedIndicator } from '../../shared/core/catalogue/indicator.ts';
import { measuresOf } from '../../shared/core/catalogue/measures.ts';
import { type Instant, instantOf, type Period, periodOf } from '../../shared/core/catalogue/period.ts';
import {
  chainOf,
  type EventOf,
  type LedgerEvent,
  nextEvent,
  type Payload,
} from '../../shared/core/ledger/event.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { type Observation, unsigned } from '../../shared/core/returns/observation.ts';
import { decimalSchema } from '../../shared/core/values/decimal.ts';
import { digestOf, type Sha256, sha256 } from '../../shared/core/values/digest.ts';
import { chanceOf } from './chance.ts';
import { catalogueOfLastYear, city } from './city-catalogues.ts';

/** Events of last year that come into the ledger at a moment, all at once. */
export interface LastYearStep {
  at: number;
  events: LedgerEvent[];
  /** What the events adopt; kept before they are recorded. */
  catalogue?: Catalogue;
}

const year = city.year - 1;
/** Those that this year's months are beside, and as many others as a rule needs: the fewer, the more seeds. */
const periods = [1, 2, 3, 6, 9, 11, 12].map((month) => periodOf(year, month));
type Accepted = EventOf<'return-accepted'>['happening'];

/**
 * Last year of a seed: sometimes none, or none that was published; else returns in this year's units or in others,
 * and a publication of them; and sometimes a correction and another publication while this year goes on.
 */
export function lastYearOfSeed(seed: number, moments: readonly number[]): LastYearStep[] {
  const random = chanceOf(seed, 'last year');
  if (random.chance(25)) return [];
  const isOtherUnit = random.chance(25);
  const catalogue = catalogueOfLastYear({ isOtherUnit });
  const chains = new RecordedChains(catalogueHash(catalogue));
  const first = Math.min(...moments);
  const returns = returnsOf(random, isOtherUnit);
  const steps: LastYearStep[] = [
    {
      at: first - 1,
      catalogue,
      events: [chains.adopt(first - 1), ...returns.map((each) => chains.accept(each, first - 1))],
    },
  ];
  if (random.chance(15)) return steps;
  steps.push({ at: first - 1, events: [chains.publish(returns, first - 1)] });
  if (random.chance(50)) return steps;
  const at = random.pick(moments) + random.pick([0, 1, 400]);
  const [corrected, ...others] = returns.toReversed();
  const changed = {
    ...corrected!,
    ...figures(random, corrected!.department, corrected!.period, { level: 90_000, isOtherUnit }),
  };
  const correction = { ...changed, upload: { ...corrected!.upload, key: `${corrected!.upload.key}.again` } };
  const again = [chains.accept(correction, at), chains.publish([...others, correction], at)];
  return [...steps, { at, events: again }];
}

/** Each department at a level of its own, so that a month of this year is usual, odd, or a slip of unit. */
function returnsOf(random: Random, isOtherUnit: boolean): Accepted[] {
  return city.departments.flatMap(({ id }) => {
    const level = random.pick([4, 13, 40, 150_000]);
    return periods.map((period) => ({
      kind: 'return-accepted' as const,
      department: id,
      period,
      upload: {
        key: `uploads/${id}/${period}/last.xlsx`,
        version: null,
        fileName: 'last.xlsx',
        sha256: sha256(`${id} ${period}`),
        size: 1,
        uploadedAt: `${period}-28T01:00:00.000Z` as Instant,
        claimedAt: null,
        uploader: '上传人',
      },
      ...figures(random, id, period, { level, isOtherUnit }),
      signature: unsigned,
      findings: [],
    }));
  });
}

function figures(
  random: Random,
  department: string,
  period: Period,
  { level, isOtherUnit }: { level: number; isOtherUnit: boolean },
): Pick<Accepted, 'observations' | 'measures'> {
  const asked = indicatorsOnForm(city, department, city.periods[0]!.period);
  const unit = ({ unit: own }: ReportedIndicator) => (isOtherUnit ? `百${own}` : own);
  const isNothing = random.chance(10);
  const observations = asked.map(({ id: indicator }): Observation => {
    const value = decimalSchema.parse(
      `${isNothing ? 0 : level + random.between(0, Number(period.slice(5)))}`,
    );
    if (indicator === 'works') return { indicator, status: 'reported', value: one, items: [`作品${value}`] };
    return { indicator, status: 'reported', value };
  });
  return { observations, measures: measuresOf(asked.map((each) => ({ ...each, unit: unit(each) }))) };
}

const one = decimalSchema.parse('1');

/** The chains of last year as they grow. */
class RecordedChains {
  private readonly catalogue: Sha256;
  private readonly chains = new Map<string, LedgerEvent[]>();
  private published = 0;

  constructor(catalogue: Sha256) {
    this.catalogue = catalogue;
  }

  adopt(at: number): LedgerEvent {
    const { catalogue } = this;
    const stated = { replaces: null, conversions: [], reason: '采用' };
    return this.append('office', { kind: 'catalogue-adopted', catalogue, ...stated }, at);
  }

  accept(happening: Accepted, at: number): LedgerEvent {
    return this.append(happening.department, happening, at);
  }

  publish(returns: readonly Accepted[], at: number): LedgerEvent {
    const counts: EventOf<'published'>['happening']['counts'] = {};
    for (const { department, period, upload } of returns) {
      counts[department] = { ...counts[department], [period]: uploadId(upload) };
    }
    this.published += 1;
    const [digest, manifest] = [digestOf(counts), sha256(`manifest ${this.published}`)];
    return this.append(
      'office',
      { kind: 'published', year, number: this.published, digest, manifest, counts },
      at,
    );
  }

  private append(owner: string, happening: Payload, at: number): LedgerEvent {
    const chain = chainOf(year, owner);
    const events = this.chains.get(chain) ?? [];
    const entry = { at: instantOf(new Date(at)), by: '上年', catalogue: this.catalogue, happening };
    const event = nextEvent(chain, events, entry);
    this.chains.set(chain, [...events, event]);
    return event;
  }
}
