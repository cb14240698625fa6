import { type Catalogue, type Deadline, hasOwnSpan, ownSpanInWords, spanOf } from './catalogue.ts';
import { type CatalogueReading, readCatalogue } from './checks.ts';
import { nextYear } from './next-year.ts';
import {
  allFrequencies,
  type Day,
  dayOf,
  daysAfter,
  daysBetween,
  type Frequency,
  frequencyOf,
  lastMonthOf,
  periodInYear,
  periodOf,
  periodsOf,
  yearOf,
} from './period.ts';

/** The last day on which returns are taken without being held: so many days after they are due, or when January ends. */
export type CutOffRule = { kind: 'days-after-due'; days: number } | { kind: 'end-of-january' };

/** What an office says when it begins a catalogue of its own from another. */
export interface Beginning {
  year: number;
  authority: string;
  /** What each department is called here, by its id; a department without a name is left out. */
  names: ReadonlyMap<string, string>;
  /** From which month on there are returns, by the months in which their periods end, for an office that begins in the middle of the year. */
  firstMonth: number;
  /** The day of the month after a period until which returns are due. */
  dueDay: number;
  cutOff: CutOffRule;
}

/**
 * A catalogue of an office's own, with the indicators of another; problems where that makes none. What was printed on the
 * other's forms is not: a notice, the number under which an authority approved them.
 */
export function beginFrom(
  other: Catalogue,
  { year, authority, names, firstMonth, dueDay, cutOff }: Beginning,
): CatalogueReading {
  const { notice: _, ...rest } = { ...other, form: {} };
  const departments = rest.departments.map((department) => {
    const name = names.get(department.id);
    return name === undefined ? { ...department, to: periodOf(year - 1, 12) } : { ...department, name };
  });
  const reading = nextYear({ ...rest, departments }, year);
  if (reading.kind === 'problems') return reading;
  const { catalogue } = reading;
  return readCatalogue({
    ...catalogue,
    title: `${authority}${year}年法治政府建设指标目录`,
    authority,
    periods: catalogue.periods
      .filter(({ period }) => lastMonthOf(period) >= periodOf(year, firstMonth))
      .map((deadline) => deadlineBy(deadline, { dueDay, cutOff })),
  });
}

/** Every month of a year, due on a day of the following one. */
export function monthlyDeadlines(year: number, when: Pick<Beginning, 'dueDay' | 'cutOff'>): Deadline[] {
  return periodsOf(year, 'month').map((period) => deadlineBy({ period }, when));
}

/** A period's deadlines by a rule; the days that it counts by stay. */
function deadlineBy(
  { period, starts, ends }: Pick<Deadline, 'period' | 'starts' | 'ends'>,
  { dueDay, cutOff }: Pick<Beginning, 'dueDay' | 'cutOff'>,
): Deadline {
  const due = dayOfNextMonth(spanOf({ period, starts, ends }).ends, dueDay);
  return {
    period,
    ...(starts === undefined ? {} : { starts }),
    ...(ends === undefined ? {} : { ends }),
    due,
    cutOff: cutOff.kind === 'end-of-january' ? dayOf(yearOf(period) + 1, 1, 31) : daysAfter(due, cutOff.days),
  };
}

function dayOfNextMonth(day: Day, date: number): Day {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return dayOf(year, month + 1, date);
}

/** On which day of the month after a period its returns are due, as people say it. */
const dueWords: Record<Frequency, (day: number) => string> = {
  month: (day) => `各月的月报次月 ${day} 日前报送`,
  quarter: (day) => `各季的季报季后第一个月的 ${day} 日前报送`,
  'half-year': (day) => `半年报期满后第一个月的 ${day} 日前报送`,
  year: (day) => `年报次年 1 月 ${day} 日前报送`,
};

/**
 * Deadlines in words, of each frequency in one line where they follow one rule (`各月的月报次月 10 日前报送，最迟
 * 2027-01-31`), in one for each period where they do not.
 */
export function deadlinesInWords(periods: readonly Deadline[]): string[] {
  const byFrequency = Map.groupBy(periods, ({ period }) => frequencyOf(period));
  return allFrequencies.flatMap((frequency) => linesOf(frequency, byFrequency.get(frequency) ?? []));
}

function linesOf(frequency: Frequency, periods: readonly Deadline[]): string[] {
  const [first] = periods;
  if (first === undefined) return [];
  const dueDay = Number(first.due.slice(8));
  const isRegular = periods.every(
    (each) => !hasOwnSpan(each) && each.due === dayOfNextMonth(spanOf(each).ends, dueDay),
  );
  const days = daysBetween(first.due, first.cutOff);
  const cutOff = periods.every((each) => each.cutOff === first.cutOff)
    ? first.cutOff
    : periods.every((each) => daysBetween(each.due, each.cutOff) === days)
      ? `报送时限之后 ${days} 天`
      : undefined;
  if (isRegular && cutOff !== undefined) return [`${dueWords[frequency](dueDay)}，最迟 ${cutOff}`];
  return periods.map((each) => {
    const span = ownSpanInWords(each);
    const counted = span === undefined ? '' : `统计期间${span}，`;
    return `${periodInYear(each.period)}：${counted}${each.due} 前报送，最迟 ${each.cutOff}`;
  });
}
