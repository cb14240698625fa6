import {
  type Catalogue,
  type Department,
  type Indicator,
  indicatorOf,
  isAskedIn,
  isReportedBy,
} from '../catalogue/catalogue.ts';
import type { Period } from '../catalogue/period.ts';
import type { Observation } from '../returns/observation.ts';
import type { ReturnState, Revision, YearState } from '../year/year-state.ts';
import type { Contribution, Gap, Lineage } from './total.ts';

/** An observation that counts, with the return and revision it is part of. */
export interface Counted {
  department: Department;
  period: Period;
  observation: Observation;
  lineage: Lineage;
}

/** All there is on one indicator: what is expected, what counts, what lacks. */
export interface IndicatorObservations {
  indicator: Indicator;
  expected: { department: Department; period: Period }[];
  counted: Counted[];
  missing: Gap[];
}

export function observationsByIndicator({
  catalogue,
  returns,
}: YearState): Map<string, IndicatorObservations> {
  const evidence = new Map<string, IndicatorObservations>(
    catalogue.indicators.map((indicator) => [
      indicator.id,
      { indicator, expected: [], counted: [], missing: [] },
    ]),
  );
  for (const { department, period, counting, ...standing } of returns) {
    const observed = new Map(
      counting?.observations.map((observation) => [observation.indicator, observation]),
    );
    for (const item of evidence.values()) {
      if (!isReportedBy(item.indicator, department.id) || !isAskedIn(item.indicator, period)) continue;
      item.expected.push({ department, period });
      const observation = observed.get(item.indicator.id);
      if (counting === undefined || observation === undefined) {
        item.missing.push({ department: department.id, period, because: whyMissing(standing) });
      } else {
        const lineage = lineageOf(observation, counting, catalogue);
        item.counted.push({ department, period, observation, lineage });
      }
    }
  }
  return evidence;
}

function whyMissing({ revisions, refusals }: Pick<ReturnState, 'revisions' | 'refusals'>): Gap['because'] {
  if (revisions.some(({ standing }) => standing === 'held')) return 'held';
  return refusals.length > 0 && revisions.length === 0 ? 'refused' : 'not-reported';
}

/** Every observation that counts, with its lineage, by department, period and catalogue order. */
export function countingObservations(state: YearState): Lineage[] {
  return state.returns.flatMap(({ counting }) =>
    counting === undefined
      ? []
      : counting.observations.map((observation) => lineageOf(observation, counting, state.catalogue)),
  );
}

function lineageOf(observation: Observation, revision: Revision, catalogue: Catalogue): Lineage {
  const { upload, event } = revision;
  const reported = observation.status === 'reported' ? observation : undefined;
  return {
    indicator: observation.indicator,
    department: revision.department,
    period: revision.period,
    status: observation.status,
    value: reported?.value ?? null,
    ...(reported?.items === undefined ? {} : { items: reported.items }),
    unit: indicatorOf(catalogue, observation.indicator)?.unit ?? '',
    cell: observation.place ?? {},
    file: { name: upload.fileName, key: upload.key, version: upload.version, sha256: upload.sha256 },
    uploadedAt: upload.uploadedAt,
    uploader: upload.uploader,
    revision: revision.number,
    upload: revision.id,
    ledger: { chain: event.chain, sequence: event.sequence, hash: event.hash },
  };
}

export function contributionOf({ unit: _unit, ledger: _ledger, file, ...rest }: Lineage): Contribution {
  return { ...rest, file: { name: file.name, sha256: file.sha256 } };
}

/** A ratio lacks whatever either of its parts lacks; a return that carries both parts counts once. */
export function observationsOfBoth(
  indicator: Indicator,
  parts: IndicatorObservations[],
): IndicatorObservations {
  const key = (department: string, period: Period) => `${department} ${period}`;
  const expected = new Map(
    parts.flatMap((part) => part.expected).map((each) => [key(each.department.id, each.period), each]),
  );
  const missing = new Map(
    parts.flatMap((part) => part.missing).map((gap) => [key(gap.department, gap.period), gap]),
  );
  const counted = new Map<string, Counted>();
  for (const item of parts.flatMap((part) => part.counted)) {
    const at = key(item.department.id, item.period);
    const other = counted.get(at);
    const weaker = other === undefined || other.observation.status === 'reported';
    if (weaker && !missing.has(at)) counted.set(at, item);
  }
  return {
    indicator,
    expected: [...expected.values()],
    counted: [...counted.values()],
    missing: [...missing.values()],
  };
}
