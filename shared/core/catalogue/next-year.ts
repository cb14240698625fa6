import type { Catalogue, Deadline, Department, Rule } from './catalogue.ts';
import { type CatalogueReading, readCatalogue } from './checks.ts';
import { type Indicator, isReported, type ReportedIndicator } from './indicator.ts';
import { type Day, daysAfter, type Month, type Period, periodOf } from './period.ts';
import { isEverAsked } from './rule-checks.ts';
import { indicatorsOfRule } from './rule-expression.ts';
import { type Indicators, indicatorOf, type Tables } from './tables.ts';
import type { Validity } from './validity.ts';

/**
 * The catalogue of another year, the next if none is given, made from this one: dates moved by whole years, what ended
 * before left out together with what cannot be without it, everything else kept. It is to be looked at before it is
 * adopted; problems where nothing is left, or where what begins or ends in that year does not fit together.
 */
export function nextYear(catalogue: Catalogue, year: number = catalogue.year + 1): CatalogueReading {
  const begin = periodOf(year, 1);
  const departments = catalogue.departments
    .filter((department) => isStill(department, begin))
    .map((department) => ofDepartment(department, begin));
  const known = new Set(departments.map(({ id }) => id));
  const goOn = catalogue.indicators
    .filter((indicator) => isStill(indicator, begin))
    .map((indicator) => ofIndicator(indicator, { begin, known }))
    .filter((indicator) => indicator !== undefined);
  const tables = catalogue.tables
    .filter((table) => isStill(table, begin))
    .map((table) => withRemainingReporters(sinceBegin(table, begin), { begin, known }))
    .filter((table) => table !== undefined);
  const narratives = catalogue.narratives
    .filter((narrative) => isStill(narrative, begin))
    .map((narrative) => ({
      ...sinceBegin(narrative, begin),
      formerNames: namesSince(narrative, begin),
    }))
    .map((narrative) => withRemainingReporters(narrative, { begin, known }))
    .filter((narrative) => narrative !== undefined);
  const lines = catalogue.lines.filter((line) => tables.some(({ id }) => id === line.table));
  const indicators = withoutLostParts(goOn, { tables, lines });
  const years = year - catalogue.year;
  return readCatalogue({
    ...catalogue,
    year,
    title: inYear(catalogue.title, { from: catalogue.year, to: year }),
    departments: departments.map((department) => withoutLostSuccessor(department, known)),
    indicators,
    tables,
    lines,
    narratives,
    rules: catalogue.rules.filter((rule) => isEverChecked(rule, departments, { indicators, tables, lines })),
    periods: catalogue.periods.map((deadline) => deadlineMoved(deadline, years)),
  });
}

function isStill({ to }: Validity, begin: Month): boolean {
  return to === undefined || to >= begin;
}

/** Without a beginning that lies before the year, and without names that nothing had in it. */
function ofDepartment(department: Department, begin: Month): Department {
  return { ...sinceBegin(department, begin), formerNames: namesSince(department, begin) };
}

function sinceBegin<V extends Validity>(entry: V, begin: Month): V {
  const { from, ...rest } = entry;
  return from === undefined || from <= begin ? (rest as V) : entry;
}

function namesSince<F extends { to: Month }>({ formerNames }: { formerNames: F[] }, begin: Month): F[] {
  return formerNames.filter(({ to }) => to >= begin);
}

function withoutLostSuccessor(department: Department, known: ReadonlySet<string>): Department {
  const { successor, ...rest } = department;
  return successor !== undefined && known.has(successor) ? department : rest;
}

interface Remaining {
  begin: Month;
  known: ReadonlySet<string>;
}

/** By its id alone, which it has had since; undefined if nobody is left who reports it. */
function ofIndicator(indicator: Indicator, remaining: Remaining): Indicator | undefined {
  const { begin } = remaining;
  const own = { ...sinceBegin(indicator, begin), formerNames: namesSince(indicator, begin) };
  delete own.was;
  return isReported(own) ? withRemainingReporters(own, remaining) : own;
}

/** Undefined if nobody is left. */
function withRemainingReporters<R extends Pick<ReportedIndicator, 'reporters'>>(
  own: R,
  { begin, known }: Remaining,
): R | undefined {
  if (own.reporters === 'all') return own;
  const reporters = own.reporters
    .map((each) => (typeof each === 'string' ? each : reporterSince(each, begin)))
    .filter((each) => each !== undefined && known.has(typeof each === 'string' ? each : each.department))
    .filter((each, index, all) => all.indexOf(each) === index);
  return reporters.length === 0 ? undefined : ({ ...own, reporters } as R);
}

type TimedReporter = Exclude<Exclude<ReportedIndicator['reporters'], 'all'>[number], string>;

/** A reporter that has no limits any more is written by its department alone; undefined if it ended. */
function reporterSince(reporter: TimedReporter, begin: Month): TimedReporter | string | undefined {
  if (!isStill(reporter, begin)) return undefined;
  const since = sinceBegin(reporter, begin);
  return since.from === undefined && since.to === undefined ? since.department : since;
}

/** Sums without the parts that are gone, and neither sums nor ratios of which nothing, or not enough, is left. */
function withoutLostParts(indicators: readonly Indicator[], tables: Tables): Indicator[] {
  const all = { indicators, ...tables };
  const isThere = (part: string) => indicatorOf(all, part) !== undefined;
  const left = indicators
    .map((indicator) =>
      indicator.kind === 'sum'
        ? { ...indicator, parts: indicator.parts.filter((part) => isThere(part.indicator)) }
        : indicator,
    )
    .filter((indicator) => {
      if (indicator.kind === 'sum') return indicator.parts.length > 0;
      return indicator.kind !== 'ratio' || [indicator.numerator, indicator.denominator].every(isThere);
    });
  return left.length === indicators.length ? left : withoutLostParts(left, tables);
}

/** Whether all indicators of a rule are still there, and still reported by whom it takes to check it. */
function isEverChecked(rule: Rule, departments: readonly Department[], indicators: Indicators): boolean {
  const parts = indicatorsOfRule(rule.expression).map((id) => indicatorOf(indicators, id));
  const known = parts.filter((indicator) => indicator !== undefined);
  return known.length === parts.length && isEverAsked(rule, known, { departments, indicators });
}

function deadlineMoved({ period, starts, ends, due, cutOff }: Deadline, years: number): Deadline {
  return {
    period: moved(period, years),
    ...(starts === undefined ? {} : { starts: dayMoved(starts, years) }),
    ...(ends === undefined ? {} : { ends: endMoved(ends, years) }),
    due: dayMoved(due, years),
    cutOff: dayMoved(cutOff, years),
  };
}

function moved(period: Period, years: number): Period {
  return `${Number(period.slice(0, 4)) + years}${period.slice(4)}` as Period;
}

/** The day before the one that follows it, moved: periods that follow each other do so in leap years too. */
function endMoved(day: Day, years: number): Day {
  return daysAfter(dayMoved(daysAfter(day, 1), years), -1);
}

/** The same day in another year; of 29 February, where there is none, the day before. */
function dayMoved(day: Day, years: number): Day {
  const year = Number(day.slice(0, 4)) + years;
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return `${year}${day.slice(4) === '-02-29' && !isLeap ? '-02-28' : day.slice(4)}` as Day;
}

const chineseDigits = '〇一二三四五六七八九';

/** A title with the one year in place of the other, in whichever digits it is written. */
function inYear(title: string, { from, to }: { from: number; to: number }): string {
  const chinese = (year: number) => String(year).replace(/[0-9]/g, (digit) => chineseDigits[Number(digit)]!);
  const written = new RegExp(chinese(from).replaceAll('〇', '[〇○零]'), 'g');
  return title.replaceAll(String(from), String(to)).replace(written, chinese(to));
}
