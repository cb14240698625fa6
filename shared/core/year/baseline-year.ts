import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Indicator, isReported, type ReportedIndicator } from '../catalogue/indicator.ts';
import { measuresOf } from '../catalogue/measures.ts';
import {
  calendarSpan,
  comparePeriods,
  frequencyOf,
  lastMonthOf,
  numberInYear,
  type Period,
} from '../catalogue/period.ts';
import { indicatorOf, indicatorsOf } from '../catalogue/tables.ts';
import type { EventOf } from '../ledger/event.ts';
import type { UploadId } from '../ledger/upload.ts';
import { type Observation, unsigned } from '../returns/observation.ts';
import type { Decimal } from '../values/decimal.ts';
import { type Baseline, type BaselineRow, reportersThen, valuesOf } from './baseline.ts';
import { isComputable, type Known } from './known-alike.ts';
import type { Revision } from './revision.ts';
import type { FigureLastYear, LastYear, ReturnState, YearState } from './year-state.ts';

/** A baseline with the event that recorded it, and the catalogue by which it was read. */
export interface RecordedBaseline {
  event: EventOf<'baseline-recorded'>;
  baseline: Baseline;
  catalogue: Catalogue;
}

/** Stands for whoever reported what is known of the whole city alone: no department can have this id. */
const wholeCity = '*';

const made = new WeakMap<Baseline, Map<string, LastYear>>();

/** Last year as a baseline has it: the same as of a publication, so that nothing else is needed to compare with it. */
export function lastYearFromBaseline(recorded: RecordedBaseline): LastYear {
  const { event, baseline } = recorded;
  const ofBaseline = made.get(baseline) ?? new Map<string, LastYear>();
  made.set(baseline, ofBaseline);
  const found = ofBaseline.get(event.hash) ?? madeFrom(recorded);
  ofBaseline.set(event.hash, found);
  return found;
}

function madeFrom(recorded: RecordedBaseline): LastYear {
  const { event, baseline } = recorded;
  const { at: recordedAt, by: recordedBy, happening } = event;
  const { year } = baseline;
  return {
    source: { kind: 'baseline', year, digest: happening.baseline, recordedAt, recordedBy },
    figures: figuresOf(recorded),
    state: yearOfBaseline(recorded, 'periods'),
    wholeYear: yearOfBaseline(recorded, 'whole'),
  };
}

function figuresOf({ baseline, catalogue }: RecordedBaseline): LastYear['figures'] {
  const figures = new Map<string, Map<string, FigureLastYear[]>>();
  for (const row of baseline.rows) {
    const indicator = indicatorOf(catalogue, row.indicator);
    if (row.department === null || indicator === undefined || !isReported(indicator)) continue;
    const { kind, unit, overTime } = indicator;
    const own = figures.get(row.department) ?? new Map<string, FigureLastYear[]>();
    figures.set(row.department, own);
    const measure = { kind, unit, isToDate: overTime === 'cumulative' };
    own.set(
      row.indicator,
      valuesOf(row).map(([period, value]) => ({ period, ...measure, said: { status: 'reported', value } })),
    );
  }
  return figures;
}

/** A year in which each indicator was reported as it is asked for, or once for all of it, by those whom the baseline has. */
function yearOfBaseline(recorded: RecordedBaseline, part: Part): YearState {
  const { baseline, catalogue } = recorded;
  const rows = Map.groupBy(baseline.rows, ({ indicator }) => indicator);
  const known = new Map<string, Known>();
  for (const indicator of indicatorsOf(catalogue).filter(isReported)) {
    const own = knownOf(indicator, rows.get(indicator.id) ?? [], { catalogue, part });
    if (own.size > 0) known.set(indicator.id, own);
  }
  const then = catalogueThen(recorded, known);
  const hash = recorded.event.happening.baseline;
  const adoption = { catalogue: then, hash, conversions: [] };
  return {
    catalogue: then,
    adopted: { inForce: adoption, adoptions: [adoption] },
    returns: returnsOf(recorded, then, known),
    unaddressed: [],
    unexpected: [],
    adoptions: [],
    reportTemplates: [],
    acknowledgements: new Map(),
    publications: [],
    issued: new Map(),
    lastYear: undefined,
    onlyOf: undefined,
  };
}

/** Of which figures: those of the periods in which indicators are asked for, or those of the whole year. */
type Part = 'periods' | 'whole';

/**
 * A figure of the whole city is taken where there is one: if all departments are known too, they come to it. Else those
 * count that departments have, and the others are missing; of the whole year only where none is, if there are figures of
 * its periods. What is to date does not change between the two within the year; a list is known of the city's whole year
 * alone, since no counts say which items were the same.
 */
export function knownOf(
  indicator: ReportedIndicator,
  rows: readonly BaselineRow[],
  { catalogue, part }: { catalogue: Catalogue; part: Part },
): Known {
  if (indicator.overDepartments === 'none') return new Map();
  const all = rows.flatMap((row) => valuesOf(row).map(([period, value]) => ({ ...row, period, value })));
  const frequency = part === 'whole' ? 'year' : indicator.frequency;
  const isList = indicator.kind === 'list';
  if (isList && frequency !== 'year') return new Map();
  const taken = all.filter(({ period }) => frequencyOf(period) === frequency);
  const isCityAlone = isList || (indicator.overTime === 'cumulative' && taken.some(isOfCity));
  const byPeriod = Map.groupBy(taken, ({ period }) => period);
  const periods = [...byPeriod].sort(([a], [b]) => comparePeriods(a, b));
  const known: Known = new Map(
    periods.flatMap(([period, here]): [Period, Map<string, Decimal | undefined>][] => {
      const city = here.find(isOfCity);
      if (city !== undefined)
        return [[period, new Map<string, Decimal | undefined>([[wholeCity, city.value]])]];
      if (isCityAlone) return [];
      const expected = reportersThen(indicator, period, catalogue).map((id) => [id, undefined] as const);
      const own = here.map(({ department, value }) => [department ?? wholeCity, value] as const);
      return [[period, new Map<string, Decimal | undefined>([...expected, ...own])]];
    }),
  );
  const isBesidePeriods = taken.length < all.length && part === 'whole';
  const isIncomplete = [...known.values()].some((own) => [...own.values()].includes(undefined));
  return isBesidePeriods && isIncomplete ? new Map() : known;
}

function isOfCity({ department }: Pick<BaselineRow, 'department'>): boolean {
  return department === null;
}

function catalogueThen(
  { baseline: { year }, catalogue }: RecordedBaseline,
  known: ReadonlyMap<string, Known>,
): Catalogue {
  const periods = new Set([...known.values()].flatMap((own) => [...own.keys()]));
  const always = { from: undefined, to: undefined };
  return {
    ...catalogue,
    year,
    departments: [
      { id: wholeCity, name: catalogue.authority, formerNames: [] },
      ...catalogue.departments.map(({ id, name, formerNames }) => ({ id, name, formerNames })),
    ],
    indicators: indicatorsOf(catalogue).flatMap((indicator): Indicator[] => {
      if (!isReported(indicator)) {
        return isComputable(indicator, catalogue, known) ? [{ ...indicator, ...always }] : [];
      }
      const own = known.get(indicator.id);
      const [first] = own?.keys() ?? [];
      if (own === undefined || first === undefined) return [];
      const frequency = frequencyOf(first);
      return [{ ...indicator, ...always, months: undefined, frequency, reporters: reportersIn(own) }];
    }),
    tables: [],
    lines: [],
    narratives: [],
    rules: [],
    periods: [...periods].sort(comparePeriods).map((period) => {
      const { ends } = calendarSpan(period);
      return { period, due: ends, cutOff: ends };
    }),
  };
}

/** Who reported in which periods, those that follow each other taken together. */
function reportersIn(known: Known): ReportedIndicator['reporters'] {
  const periods = new Map<string, Period[]>();
  for (const [period, figures] of known) {
    for (const id of figures.keys()) periods.set(id, [...(periods.get(id) ?? []), period]);
  }
  return [...periods].flatMap(([department, own]) =>
    runsOf(own).map(([first, last]) => ({ department, from: lastMonthOf(first), to: lastMonthOf(last) })),
  );
}

function runsOf(periods: readonly Period[]): [Period, Period][] {
  const runs: [Period, Period][] = [];
  for (const period of periods) {
    const run = runs.at(-1);
    if (run !== undefined && numberInYear(run[1]) + 1 === numberInYear(period)) run[1] = period;
    else runs.push([period, period]);
  }
  return runs;
}

function returnsOf(
  recorded: RecordedBaseline,
  then: Catalogue,
  known: ReadonlyMap<string, Known>,
): ReturnState[] {
  const figures = new Map<string, Map<string, Decimal>>();
  for (const [indicator, own] of known) {
    for (const [period, byReporter] of own) {
      for (const [department, value] of byReporter) {
        const key = `${department} ${period}`;
        const here = figures.get(key) ?? new Map<string, Decimal>();
        if (value !== undefined) here.set(indicator, value);
        figures.set(key, here);
      }
    }
  }
  return then.periods.flatMap((deadline) =>
    then.departments.flatMap((department): ReturnState[] => {
      const own = figures.get(`${department.id} ${deadline.period}`);
      if (own === undefined) return [];
      const { period } = deadline;
      const counting =
        own.size === 0 ? undefined : revisionOf(recorded, { department: department.id, period }, own);
      const revisions = counting === undefined ? [] : [counting];
      const none = {
        ...{ extendedUntil: undefined, extension: undefined, extensionRequests: [] },
        ...{ refusals: [], misdirected: [], questions: [] },
      };
      return [{ department, period, deadline, ...none, revisions, counting }];
    }),
  );
}

function revisionOf(
  { event, baseline, catalogue }: RecordedBaseline,
  place: Pick<Revision, 'department' | 'period'>,
  figures: ReadonlyMap<string, Decimal>,
): Revision {
  const { chain, sequence, hash, happening, at: uploadedAt, by: uploader } = event;
  const indicators = [...figures.keys()].flatMap((id) => indicatorOf(catalogue, id) ?? []);
  const observations = indicators.map(({ id, kind }): Observation => {
    const value = figures.get(id) ?? '0';
    const items = kind === 'list' ? { items: unnamedItems(value) } : {};
    return { indicator: id, status: 'reported', value, ...items };
  });
  const file = { key: '', version: null, fileName: '', sha256: baseline.workbook, size: 0 };
  return {
    ...place,
    id: event.hash.slice(0, 16) as UploadId,
    number: 1,
    upload: { ...file, uploadedAt, claimedAt: null, uploader },
    repeats: [],
    handedIn: { uploadedAt, claimedAt: null },
    observations,
    measures: measuresOf(indicators),
    narratives: [],
    remarks: new Map(),
    figures: observations,
    texts: [],
    uncounted: [],
    signature: unsigned,
    findings: [],
    event: { chain, sequence, hash, catalogue: event.catalogue },
    late: false,
    state: { kind: 'counting' },
    reason: happening.reason,
    explanation: undefined,
    admission: undefined,
    agreement: undefined,
    scans: [],
  };
}

/** Of a list only the count is known: as many names that are different. */
function unnamedItems(count: Decimal): string[] {
  return Array.from({ length: Number(count) }, (_, index) => `${index + 1}`);
}
