import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Period } from '../../shared/core/catalogue/period.ts';
import type { Payload } from '../../shared/core/ledger/event.ts';
import { endOf, isAsked, isOfLength } from './asked.ts';
import { type CountedThing, countedBy } from './cells.ts';
import type { Figures } from './small-city.ts';

/**
 * What must be, said a second time and in the plainest way. Takes nothing from the program but the types of its
 * catalogue and events. Counts in whole millionths.
 */
export interface ModelUpload {
  id: string;
  department: string | undefined;
  period: string | undefined;
  uploadedAt: string;
  /** When it was handed in, as far as anybody says something else than that it came then. */
  claimedAt: string | null;
  key: string;
  version: string | null;
  /** Of which of the city's catalogues the form is. */
  form: number;
  /** The bytes of the file, or what tells them from others. */
  bytes: string;
  /** What was typed; undefined if it must be refused. */
  figures: Figures | undefined;
  note: string;
}

export interface ModelReturn {
  standing: 'counting' | 'held' | 'refused' | 'not-reported';
  counting: ModelUpload | undefined;
  /** By the id of the upload that first brought it, oldest first: `counting`, `superseded`, or why it is held. */
  accepted: Map<string, string>;
  refused: string[];
}

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

/** What counts of an upload under the catalogue in force: what it asks for, and money in its unit. */
function countedFigures(
  { figures = {}, form, department = '', period = '' }: ModelUpload,
  version: number,
): Figures {
  const isInOldUnit = form < 3 && version >= 3;
  return Object.fromEntries(
    Object.entries(figures)
      .filter(([id]) => isAsked(id, { department, period: period as Period }, version))
      .map(([id, typed]) => [id, id === 'money' && isInOldUnit ? tenThousandTimes(typed) : typed]),
  );
}

function tenThousandTimes(typed: Figures[string]): Figures[string] {
  return typeof typed === 'string' && typed !== 'n/a' ? inWriting(millionths(typed) * 10_000n) : typed;
}

const keyOf = (department: string | undefined, period: string | undefined) => `${department} ${period}`;
/** The year as it must stand, given the uploads that came and what the office's chain says, in its order. */
export function modelYear(inForce: InForce, uploads: ModelUpload[], office: Payload[]): ModelYear {
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

type About = { department: string; period: Period; lastMoment: number; version: number };

function modelReturn(uploads: ModelUpload[], office: Payload[], about: About): ModelReturn {
  const refused = uploads.filter(({ figures }) => figures === undefined).map(({ id }) => id);
  const good = uploads.filter(({ figures }) => figures !== undefined).sort(laterLast);
  const publishedId = lastPublished(good, office, about);
  const versions: ModelUpload[][] = [];
  for (const upload of good) {
    const last = versions.at(-1);
    if (last?.[0]?.bytes === upload.bytes) last.push(upload);
    else versions.push([upload]);
  }
  const accepted = new Map<string, string>();
  let publishedBefore: ModelUpload | undefined;
  let counting: ModelUpload | undefined;
  for (const version of versions) {
    const [upload] = version as [ModelUpload];
    const changes = publishedBefore !== undefined && !sameAs(publishedBefore, upload, about.version);
    const explained = upload.note !== '' || isAbout('correction-explained', version, office);
    const why = tooLate(version, office, about)
      ? 'after-cut-off'
      : changes && !explained
        ? 'changes-published-figures'
        : undefined;
    accepted.set(upload.id, why ?? 'superseded');
    if (why === undefined) {
      counting = upload;
      for (const id of accepted.keys()) accepted.set(id, 'superseded');
    }
    if (version.some(({ id }) => id === publishedId)) publishedBefore = upload;
  }
  if (counting !== undefined) accepted.set(counting.id, 'counting');
  const held = accepted.size > 0 && counting === undefined;
  const standing = counting ? 'counting' : held ? 'held' : refused.length > 0 ? 'refused' : 'not-reported';
  return { standing, counting, accepted, refused: refused.sort() };
}

function laterLast(a: ModelUpload, b: ModelUpload): number {
  const [left, right] = [a, b].map(({ uploadedAt, key, version }) => [uploadedAt, key, version ?? '']);
  const differing = left!.findIndex((part, index) => part !== right![index]);
  return differing < 0 ? 0 : left![differing]! < right![differing]! ? -1 : 1;
}

/** The upload that the newest publication to count this return counted. */
function lastPublished(good: ModelUpload[], office: Payload[], { department, period }: About) {
  let last: string | undefined;
  for (const fact of office) {
    const id = fact.kind === 'published' ? fact.counted[department]?.[period] : undefined;
    if (id !== undefined && good.some((upload) => upload.id === id)) last = id;
  }
  return last;
}

function tooLate(version: ModelUpload[], office: Payload[], { department, period, lastMoment }: About) {
  const moments = version.map(({ claimedAt, uploadedAt }) => Date.parse(claimedAt ?? uploadedAt));
  const moment = Math.min(...moments);
  if (moment <= lastMoment || isAbout('return-admitted', version, office)) return false;
  return !office.some(
    (fact) =>
      fact.kind === 'deadline-extended' &&
      fact.period === period &&
      (fact.department ?? department) === department &&
      moment <= Date.parse(fact.until),
  );
}

type AboutUpload = 'return-admitted' | 'correction-explained';

function isAbout(kind: AboutUpload, version: ModelUpload[], office: Payload[]) {
  return office.some((fact) => fact.kind === kind && version.some(({ id }) => id === fact.upload));
}

function sameAs(a: ModelUpload, b: ModelUpload, version: number): boolean {
  const plain = (upload: ModelUpload) =>
    Object.entries(countedFigures(upload, version)).map(
      ([id, typed]) => `${id}=${Array.isArray(typed) ? [...typed].sort() : typed}`,
    );
  return plain(a).sort().join() === plain(b).sort().join();
}

const unit = 1_000_000n;

function millionths(text: string): bigint {
  const [whole = '', decimals = ''] = text.split('.');
  return BigInt(whole) * unit + BigInt(decimals.padEnd(6, '0'));
}

function inWriting(value: bigint): string {
  if (value < 0n) return `-${inWriting(-value)}`;
  const decimals = String(value % unit).padStart(6, '0');
  return `${value / unit}.${decimals}`.replace(/\.?0+$/, '');
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
  const end = periods.map(endOf).sort().at(-1)!;
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
