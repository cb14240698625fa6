import type { Department } from '../catalogue/catalogue.ts';
import { isReported, isReportedBy, type ReportedIndicator } from '../catalogue/indicator.ts';
import { unitIn } from '../catalogue/measures.ts';
import { comparePeriods, type Frequency, frequencyOf, type Period } from '../catalogue/period.ts';
import { indicatorsOf } from '../catalogue/tables.ts';
import type { Place } from '../returns/finding.ts';
import type { FigureSaid, Observation } from '../returns/observation.ts';
import { type Decimal, subtract } from '../values/decimal.ts';
import { areSame, onceForEach, onceForSame } from '../values/once-for-each.ts';
import type { Revision } from '../year/revision.ts';
import { outcomeOf } from '../year/standing.ts';
import type { YearState } from '../year/year-state.ts';
import { keptFor } from './kept.ts';
import type { Coverage, Gap, Lineage, Source } from './total.ts';

/** An observation that counts, in the unit of the catalogue in force. */
export interface Counted {
  department: Department;
  period: Period;
  observation: FigureSaid;
}

/** What is expected of an indicator, what counts, what is missing. */
export interface Observed {
  expected: { department: Department; period: Period }[];
  counted: Counted[];
  missing: Gap[];
}

/** All there is on one indicator that departments report. */
export interface IndicatorObservations extends Observed {
  indicator: ReportedIndicator;
}

/** By indicator, what there is on it: the very same as of the state that it goes on from where there is as much. */
export const observationsByIndicator = onceForEach(
  (state: YearState): ReadonlyMap<string, IndicatorObservations> => {
    const kept = keptFor(state);
    return new Map(
      [...allObservations(state)].map(([id, now]) => [
        id,
        kept.asBefore(`observations of ${id}`, now, saysTheSame),
      ]),
    );
  },
);

function saysTheSame(one: IndicatorObservations, other: IndicatorObservations): boolean {
  return (
    one.indicator === other.indicator &&
    areAlike(one.expected, other.expected, isOfSameReturn) &&
    areAlike(one.counted, other.counted, (a, b) => isOfSameReturn(a, b) && isSaidAlike(a, b)) &&
    areAlike(one.missing, other.missing, (a, b) => isOfSameReturn(a, b) && a.because === b.because)
  );
}

function areAlike<T>(one: readonly T[], other: readonly T[], isAlike: (a: T, b: T) => boolean): boolean {
  return one.length === other.length && one.every((each, index) => isAlike(each, other[index]!));
}

function isOfSameReturn<K extends { department: unknown; period: Period }>(a: K, b: K): boolean {
  return a.department === b.department && a.period === b.period;
}

/** To the letter: how the items of a list are set and in which order they come is published. */
function isSaidAlike({ observation: a }: Counted, { observation: b }: Counted): boolean {
  return a.status === b.status && a.value === b.value && areSame(a.items ?? [], b.items ?? []);
}

function allObservations({ catalogue, returns }: YearState): Map<string, IndicatorObservations> {
  const all = new Map<string, IndicatorObservations>(
    indicatorsOf(catalogue)
      .filter(isReported)
      .map((indicator) => [indicator.id, { indicator, expected: [], counted: [], missing: [] }]),
  );
  for (const one of returns) {
    const { department, period, counting } = one;
    const outcome = outcomeOf(one);
    const because = outcome === 'counting' ? 'not-on-form' : outcome;
    const figures = new Map(counting?.figures.map((figure) => [figure.indicator, figure]));
    const own = { department, period };
    for (const item of all.values()) {
      if (!isReportedBy(item.indicator, department.id, period)) continue;
      item.expected.push(own);
      const observation = figures.get(item.indicator.id);
      if (observation === undefined) item.missing.push({ department: department.id, period, because });
      else item.counted.push({ ...own, observation });
    }
  }
  for (const item of all.values()) {
    if (item.indicator.overTime === 'cumulative') item.counted = ownFigures(item.counted);
  }
  return all;
}

/**
 * What is reported as the year to date, as each period's own figure: less what was reported before. Where the period
 * before is missing, its figure is in the next one's, so that the year to date stays what was reported last.
 */
function ownFigures(counted: readonly Counted[]): Counted[] {
  const before = new Map<string, Decimal>();
  return counted
    .toSorted((a, b) => comparePeriods(a.period, b.period))
    .map((item) => {
      const { observation, department } = item;
      if (!observation.value) return item;
      const value = subtract(observation.value, before.get(department.id) ?? '0');
      before.set(department.id, observation.value);
      return { ...item, observation: { ...observation, value } };
    });
}

/** Every observation that counts, as it was recorded, with its lineage, by department, period and catalogue order. */
export function countingObservations(state: YearState): Lineage[] {
  return state.returns.flatMap(({ counting }) => {
    if (counting === undefined) return [];
    const recorded = recordedIn(counting);
    if (counting.uncounted.length === 0) return recorded;
    const counted = new Set(counting.figures.map(({ indicator }) => indicator));
    return recorded.filter(({ indicator }) => counted.has(indicator));
  });
}

/** What a version recorded: the very same however often its year is read. */
const recordedIn = onceForSame(
  ({ observations, upload, number, event }: Revision) => [observations, upload, number, event.hash],
  (revision): Lineage[] => revision.observations.map((observation) => lineageOf(observation, revision)),
);

/** An observation as it was recorded, with all that says where it comes from. */
export function lineageOf(observation: Observation, revision: Revision): Lineage {
  const reported = observation.status === 'reported' ? observation : undefined;
  const remark = revision.remarks.get(observation.indicator)?.text;
  return {
    indicator: observation.indicator,
    department: revision.department,
    period: revision.period,
    status: observation.status,
    value: reported?.value ?? null,
    ...(reported?.items === undefined ? {} : { items: reported.items }),
    unit: unitIn(revision.measures, observation.indicator),
    ...(remark === undefined ? {} : { remark }),
    cell: observation.place ?? {},
    ...uploadedIn(revision),
  };
}

/** Where something that a revision says comes from. */
export function sourceOf(place: Place | undefined, revision: Revision): Source {
  return { cell: place ?? {}, ...uploadedIn(revision) };
}

/** The same for all that a revision says. */
export const uploadedIn = onceForEach(
  ({ upload, event, number, id }: Revision): Omit<Source, 'cell'> => ({
    file: { name: upload.fileName, key: upload.key, version: upload.version, sha256: upload.sha256 },
    uploadedAt: upload.uploadedAt,
    uploader: upload.uploader,
    revision: number,
    upload: id,
    ledger: { chain: event.chain, sequence: event.sequence, hash: event.hash },
  }),
);

/** Of several indicators taken together all is missing that is missing of one; a return that carries all counts once. */
export function observationsTogether(parts: readonly Observed[]): Observed {
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
    expected: [...expected.values()],
    counted: [...counted.values()],
    missing: [...missing.values()],
  };
}

/** How often it was asked for; undefined where not all equally often, so that periods stand beside each other. */
export function frequencyIn({ expected }: Observed): Frequency | undefined {
  const often = new Set(expected.map(({ period }) => frequencyOf(period)));
  return often.size === 1 ? [...often][0] : undefined;
}

/** How much of what is expected has come. */
export function coverageOf({ expected, counted, missing }: Observed): Coverage {
  const incomplete = new Set(missing.map(({ period }) => period));
  const periods = new Set(expected.map(({ period }) => period));
  const counts = { reported: 0, 'not-applicable': 0, missing: 0 } satisfies Record<
    Observation['status'],
    number
  >;
  for (const { observation } of counted) counts[observation.status] += 1;
  return {
    periods: { expected: periods.size, complete: periods.size - incomplete.size },
    returns: {
      expected: expected.length,
      reported: counts.reported,
      notApplicable: counts['not-applicable'],
      blank: counts.missing,
    },
    missing,
  };
}
