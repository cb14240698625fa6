import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Period } from '../../shared/core/catalogue/period.ts';
import { endOf, isAsked, isOfLength } from './asked.ts';
import { type CountedThing, countedBy } from './cells.ts';
import { countedFigures, inWriting, type ModelUpload, millionths, unit } from './model-figures.ts';
import { type Fact, type ModelReturn, modelReturn } from './model-returns.ts';
import type { Figures } from './small-city.ts';

export type ModelTotal = {
  value: string | null;
  final: boolean;
  byDepartment: Record<string, string | null>;
};

export type ModelTotals = Record<string, ModelTotal>;
export type ModelYear = {
  returns: Map<string, ModelReturn>;
  totals: ModelTotals;
  totalsIn: (isIn: (period: string) => boolean) => ModelTotals;
  unaddressed: string[];
};

/** The catalogue in force, and which of the city's it is. */
export interface InForce {
  catalogue: Catalogue;
  version: number;
}

const keyOf = (department: string | undefined, period: string | undefined) => `${department} ${period}`;
/** The year as it must stand, given the uploads that came and what the office's chain says, in its order. */
export function modelYear(inForce: InForce, uploads: ModelUpload[], office: Fact[]): ModelYear {
  const { catalogue, version } = inForce;
  const returns = new Map<string, ModelReturn>();
  for (const { period, cutOff } of catalogue.periods) {
    for (const department of catalogue.departments) {
      if (department.to !== undefined && department.to < endOf(period)) continue;
      const key = keyOf(department.id, period);
      const own = uploads.filter((upload) => keyOf(upload.department, upload.period) === key);
      const lastMoment = Date.parse(`${cutOff}T23:59:59.999+08:00`);
      returns.set(key, modelReturn(own, office, { department: department.id, period, lastMoment, version }));
    }
  }
  const astray = uploads.filter(({ department, period }) => !returns.has(keyOf(department, period)));
  const unaddressed = astray.map(({ id }) => id).sort();
  const totalsIn: ModelYear['totalsIn'] = (isIn) => {
    const periods = catalogue.periods.filter(({ period }) => isIn(period));
    const own = new Map([...returns].filter(([key]) => isIn(key.split(' ')[1] ?? '')));
    return modelTotals({ version, catalogue: { ...catalogue, periods } }, own);
  };
  return { returns, totals: totalsIn(() => true), totalsIn, unaddressed };
}

function modelTotals({ catalogue, version }: InForce, returns: Map<string, ModelReturn>): ModelTotals {
  const totals: ModelTotals = {};
  const figures = new Map(
    [...returns].map(([key, { counting }]) => [key, counting && countedFigures(counting, version)]),
  );
  for (const indicator of countedBy(catalogue)) {
    if (indicator.kind === 'ratio' || indicator.kind === 'sum') continue;
    const final = [...figures].every(([key, counted]) => {
      const [department = '', period = ''] = key.split(' ');
      const asked = isAsked(indicator.id, { department, period: period as Period }, version);
      return !asked || counted?.[indicator.id] !== undefined;
    });
    totals[indicator.id] = modelTotal(indicator, catalogue, figures, final);
  }
  for (const indicator of countedBy(catalogue)) {
    if (indicator.kind === 'sum') totals[indicator.id] = modelSum(indicator.parts, totals);
  }
  for (const indicator of countedBy(catalogue)) {
    if (indicator.kind !== 'ratio') continue;
    const { id, numerator, denominator, decimals } = indicator;
    const [above, below] = [totals[numerator]!, totals[denominator]!];
    const percent = (a: string | null | undefined, b: string | null | undefined) =>
      a == null || b == null || b === '0' ? null : percentage(millionths(a), millionths(b), decimals);
    const departments = Object.keys(above.byDepartment);
    totals[id] = {
      value: percent(above.value, below.value),
      final: above.final && below.final,
      byDepartment: Object.fromEntries(
        departments.map((name) => [name, percent(above.byDepartment[name], below.byDepartment[name])]),
      ),
    };
  }
  return totals;
}

/** What is known of the parts, added up and taken away; nothing where nothing is known of any. */
function modelSum(parts: readonly { indicator: string; sign: '+' | '-' }[], totals: ModelTotals): ModelTotal {
  const sum = (of: (total: ModelTotal) => string | null | undefined) => {
    const known = parts.flatMap(({ indicator, sign }) => {
      const value = of(totals[indicator]!);
      return value == null ? [] : [sign === '-' ? -millionths(value) : millionths(value)];
    });
    return known.length === 0 ? null : inWriting(known.reduce((a, b) => a + b));
  };
  const departments = new Set(parts.flatMap(({ indicator }) => Object.keys(totals[indicator]!.byDepartment)));
  return {
    value: sum(({ value }) => value),
    final: parts.every(({ indicator }) => totals[indicator]!.final),
    byDepartment: Object.fromEntries(
      [...departments].map((name) => [name, sum(({ byDepartment }) => byDepartment[name])]),
    ),
  };
}

/** Half a unit of the last place is added, and the rest cut off: all figures here are positive. */
function percentage(above: bigint, below: bigint, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  return inWriting((((above * 200n * scale + below) / (2n * below)) * unit) / scale);
}

function modelTotal(
  indicator: CountedThing,
  catalogue: Catalogue,
  counted: Map<string, Figures | undefined>,
  final: boolean,
): ModelTotal {
  const periods = catalogue.periods
    .map(({ period }) => period)
    .filter((period) => isOfLength(indicator.id, period));
  const come = periods.filter((period) =>
    catalogue.departments.some(({ id }) => counted.get(keyOf(id, period))?.[indicator.id] !== undefined),
  );
  const end = come.map(endOf).sort().at(-1) ?? '';
  const names = new Set<string>();
  const figures: bigint[] = [];
  const byDepartment: ModelTotal['byDepartment'] = {};
  for (const { id, to } of catalogue.departments) {
    if (to !== undefined && !periods.some((period) => endOf(period) <= to)) continue;
    const gone = to !== undefined && to < end;
    const typed = periods
      .map((period) => counted.get(keyOf(id, period))?.[indicator.id])
      .filter((figure) => figure !== undefined && figure !== null && figure !== 'n/a');
    const numbers = typed.filter((figure) => typeof figure === 'string').map(millionths);
    const lists = typed.filter((figure) => Array.isArray(figure));
    const own = new Set(lists.flat().map(withoutTitleMarks));
    for (const name of own) names.add(name);
    const figure =
      lists.length > 0
        ? BigInt(own.size) * unit
        : taken(indicator.kind === 'stock' && gone ? [] : numbers, indicator.overTime);
    byDepartment[id] = figure === undefined ? null : inWriting(figure);
    if (figure !== undefined) figures.push(figure);
  }
  const over = indicator.overDepartments;
  const city = over === 'distinct' ? BigInt(names.size) * unit : taken(figures, over);
  const nothing = figures.length === 0 || over === 'none' || city === undefined;
  return { value: nothing ? null : inWriting(city), final, byDepartment };
}

/** The names of the small city differ in nothing else that says nothing. */
function withoutTitleMarks(name: string): string {
  return name.replace(/[《》]/g, '');
}

function taken(numbers: bigint[], operator: string): bigint | undefined {
  if (numbers.length === 0) return undefined;
  if (operator === 'sum') return numbers.reduce((a, b) => a + b);
  if (operator === 'max') return numbers.reduce((a, b) => (a > b ? a : b));
  return numbers.at(-1);
}
