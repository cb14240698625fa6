import {
  type Catalogue,
  type Department,
  type Indicator,
  indicatorOf,
  inForce,
  isAskedIn,
  isReportedBy,
} from './catalogue.ts';
import { type Decimal, largest, quotient, round, smallest, sum } from './decimal.ts';
import type { Observation } from './observation.ts';
import { type Period, periodInWords } from './period.ts';
import { proseOf } from './prose.ts';
import type { Contribution, Coverage, Gap, Lineage, Total } from './publication.ts';
import type { ReturnState, Revision, YearState } from './year-state.ts';

/** An observation that counts, with the return and revision it is part of. */
interface Counted {
  department: Department;
  period: Period;
  observation: Observation;
  lineage: Lineage;
}

/** All there is on one indicator: what is expected, what counts, what lacks. */
interface Evidence {
  indicator: Indicator;
  expected: { department: Department; period: Period }[];
  counted: Counted[];
  missing: Gap[];
}

/**
 * The year's totals, in catalogue order. Over time first, then over departments, each by the indicator's own
 * operator; ratios from the totals of their parts; rounded once, at the end.
 */
export function annualTotals(state: YearState): Total[] {
  const evidence = gatherEvidence(state);
  const totals = new Map<string, Total>();
  for (const item of evidence.values()) {
    if (item.indicator.kind !== 'ratio') totals.set(item.indicator.id, totalOf(item, state.catalogue));
  }
  for (const indicator of state.catalogue.indicators) {
    if (indicator.kind === 'ratio') totals.set(indicator.id, ratioTotal(indicator, totals, evidence));
  }
  return state.catalogue.indicators.map(({ id }) => totals.get(id)!);
}

/** Every observation that counts, with its lineage, by department, period and catalogue order. */
export function countingObservations(state: YearState): Lineage[] {
  return state.returns.flatMap(({ counting }) =>
    counting === undefined
      ? []
      : counting.observations.map((observation) => lineageOf(observation, counting, state.catalogue)),
  );
}

function gatherEvidence({ catalogue, returns }: YearState): Map<string, Evidence> {
  const evidence = new Map<string, Evidence>(
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

function contributionOf({ unit: _unit, ledger: _ledger, file, ...rest }: Lineage): Contribution {
  return { ...rest, file: { name: file.name, sha256: file.sha256 } };
}

function totalOf(evidence: Evidence, catalogue: Catalogue): Total {
  const { indicator } = evidence;
  const byDepartment = departmentFigures(evidence, catalogue);
  const taken = takenOverTime(evidence);
  const asOf = stockMonth(indicator, taken);
  const items = indicator.kind === 'list' ? distinctItems(taken) : undefined;
  const figure = overDepartments(indicator, byDepartment, taken);
  const reasons = [...gapReasons(evidence), ...otherReasons(evidence)];
  const value = figure === null ? null : round(figure, indicator.decimals, indicator.rounding);
  return {
    ...described(indicator),
    value,
    prose: proseOf(indicator, value),
    status:
      indicator.overDepartments === 'none'
        ? 'per-department'
        : reasons.length === 0
          ? 'final'
          : 'provisional',
    reasons,
    coverage: coverageOf(evidence),
    asOf,
    ...(items === undefined || indicator.overDepartments === 'none' ? {} : { items }),
    byDepartment,
    byMonth: monthFigures(evidence),
    contributions: evidence.counted.map(({ lineage }) => contributionOf(lineage)),
  };
}

type Described = Pick<
  Total,
  | 'indicator'
  | 'name'
  | 'section'
  | 'definition'
  | 'unit'
  | 'kind'
  | 'overTime'
  | 'overDepartments'
  | 'decimals'
  | 'rounding'
>;

function described(indicator: Indicator): Described {
  const { id, name, section, definition, unit, kind, overTime, overDepartments, decimals, rounding } =
    indicator;
  return {
    indicator: id,
    name,
    section,
    definition,
    unit,
    kind,
    overTime,
    overDepartments,
    decimals,
    rounding,
  };
}

/** The observations that make the annual figure: all of them, or for a stock each department's last. */
function takenOverTime({ indicator, expected, counted }: Evidence): Counted[] {
  if (indicator.kind !== 'stock') return counted;
  const lastPeriod = lastOf(expected.map(({ period }) => period));
  const last = new Map<string, Counted>();
  for (const item of counted) {
    const inForceAtTheEnd = lastPeriod !== undefined && inForce(item.department, lastPeriod);
    if (inForceAtTheEnd && item.observation.status !== 'missing') last.set(item.department.id, item);
  }
  return [...last.values()];
}

function lastOf(periods: Period[]): Period | undefined {
  return periods.reduce<Period | undefined>(
    (last, period) => (last === undefined || period > last ? period : last),
    undefined,
  );
}

function stockMonth(indicator: Indicator, taken: Counted[]): Period | null {
  if (indicator.kind !== 'stock') return null;
  return lastOf(taken.map(({ period }) => period)) ?? null;
}

function numbersOf(counted: readonly Counted[]): Decimal[] {
  return counted.flatMap(({ observation }) => (observation.status === 'reported' ? [observation.value] : []));
}

function distinctItems(counted: readonly Counted[]): string[] {
  const items = counted.flatMap(({ observation }) =>
    observation.status === 'reported' ? (observation.items ?? []) : [],
  );
  return [...new Set(items)];
}

function departmentFigures(evidence: Evidence, catalogue: Catalogue): Total['byDepartment'] {
  const reporters = new Set(evidence.expected.map(({ department }) => department.id));
  const byDepartment = Map.groupBy(takenOverTime(evidence), ({ department }) => department.id);
  return catalogue.departments
    .filter(({ id }) => reporters.has(id))
    .map(({ id }) => ({ department: id, value: overTime(evidence.indicator, byDepartment.get(id) ?? []) }));
}

function overTime(indicator: Indicator, counted: Counted[]): Decimal | null {
  const numbers = numbersOf(counted);
  if (numbers.length === 0) return null;
  switch (indicator.overTime) {
    case 'sum':
      return sum(numbers);
    case 'last':
      return numbers.at(-1) ?? null;
    case 'max':
      return largest(numbers) ?? null;
    case 'min':
      return smallest(numbers) ?? null;
    case 'distinct':
      return String(distinctItems(counted).length);
    case 'recompute':
      throw new Error(`ratio ${indicator.id} is not taken over time`);
  }
}

function overDepartments(
  indicator: Indicator,
  byDepartment: Total['byDepartment'],
  taken: Counted[],
): Decimal | null {
  const numbers = byDepartment.flatMap(({ value }) => (value === null ? [] : [value]));
  if (numbers.length === 0) return null;
  switch (indicator.overDepartments) {
    case 'sum':
      return sum(numbers);
    case 'max':
      return largest(numbers) ?? null;
    case 'min':
      return smallest(numbers) ?? null;
    case 'distinct':
      return String(distinctItems(taken).length);
    case 'none':
      return null;
    case 'recompute':
      throw new Error(`ratio ${indicator.id} is not taken over departments`);
  }
}

/** What the city's figure was in each month by itself: the indicator's operator over departments only. */
function monthFigures({ indicator, expected, counted }: Evidence): Total['byMonth'] {
  const byPeriod = Map.groupBy(counted, ({ period }) => period);
  const periods = [...new Set(expected.map(({ period }) => period))].sort();
  return periods.map((period) => {
    const month = byPeriod.get(period) ?? [];
    const figures = month.map((item) => ({
      department: item.department.id,
      value: numbersOf([item])[0] ?? null,
    }));
    return { period, value: overDepartments(indicator, figures, month) };
  });
}

function coverageOf({ expected, counted, missing }: Evidence): Coverage {
  const lacking = new Set(missing.map(({ period }) => period));
  const periods = new Set(expected.map(({ period }) => period));
  const count = (status: Observation['status']) =>
    counted.filter(({ observation }) => observation.status === status).length;
  return {
    months: { expected: periods.size, complete: periods.size - lacking.size },
    returns: {
      expected: expected.length,
      reported: count('reported'),
      notApplicable: count('not-applicable'),
      blank: count('missing'),
    },
    missing,
  };
}

function gapReasons({ expected, missing }: Evidence): string[] {
  return missing.length === 0 ? [] : [`缺少 ${missing.length} 份月报（应报 ${expected.length} 份）`];
}

function otherReasons(evidence: Evidence): string[] {
  const { indicator, expected } = evidence;
  const lastPeriod = lastOf(expected.map(({ period }) => period));
  if (lastPeriod === undefined) return ['本年没有部门需要报送本指标'];
  if (indicator.kind !== 'stock') return [];
  const early = takenOverTime(evidence).filter(({ period }) => period < lastPeriod);
  return early.length === 0
    ? []
    : [`${early.length} 个部门没有${periodInWords(lastPeriod)}的期末数，暂用其最近一个月的数`];
}

function ratioTotal(
  indicator: Indicator,
  totals: Map<string, Total>,
  evidence: Map<string, Evidence>,
): Total {
  const numerator = totals.get(indicator.numerator!)!;
  const denominator = totals.get(indicator.denominator!)!;
  const ratio = (above: Decimal | null, below: Decimal | null): Decimal | null =>
    above === null || below === null || below === '0'
      ? null
      : quotient(above, below, {
          factor: indicator.unit === '%' ? '100' : indicator.unit === '‰' ? '1000' : '1',
          decimals: indicator.decimals,
          rounding: indicator.rounding,
        });
  const value = ratio(numerator.value, denominator.value);
  const parts = [evidence.get(numerator.indicator)!, evidence.get(denominator.indicator)!];
  const both = evidenceOfBoth(indicator, parts);
  const reasons = [
    ...gapReasons(both),
    ...new Set(parts.flatMap(otherReasons)),
    ...(denominator.value === '0' ? [`“${denominator.name}”合计为 0，不能计算比率`] : []),
  ];
  const below = new Map(denominator.byDepartment.map(({ department, value }) => [department, value]));
  const belowByMonth = new Map(denominator.byMonth.map(({ period, value }) => [period, value]));
  return {
    ...described(indicator),
    value,
    prose: proseOf(indicator, value),
    status: numerator.status === 'final' && denominator.status === 'final' ? 'final' : 'provisional',
    reasons,
    coverage: coverageOf(both),
    asOf: null,
    numerator: { indicator: numerator.indicator, value: numerator.value },
    denominator: { indicator: denominator.indicator, value: denominator.value },
    byDepartment: numerator.byDepartment.map(({ department, value: above }) => ({
      department,
      value: ratio(above, below.get(department) ?? null),
    })),
    byMonth: numerator.byMonth.map(({ period, value: above }) => ({
      period,
      value: ratio(above, belowByMonth.get(period) ?? null),
    })),
    contributions: [...numerator.contributions, ...denominator.contributions],
  };
}

/** A ratio lacks whatever either of its parts lacks; a return that carries both parts counts once. */
function evidenceOfBoth(indicator: Indicator, parts: Evidence[]): Evidence {
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
