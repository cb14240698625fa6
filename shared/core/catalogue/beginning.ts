import type { Catalogue, Deadline } from './catalogue.ts';
import { type CatalogueReading, readCatalogue } from './checks.ts';
import { nextYear } from './next-year.ts';
import { type Day, monthOf, type Period, periodOf } from './period.ts';

/** The last day on which returns are taken without being held: so many days after they are due, or when January ends. */
export type CutOffRule = { kind: 'days-after-due'; days: number } | { kind: 'end-of-january' };

/** What an office says when it begins a catalogue of its own from another. */
export interface Beginning {
  year: number;
  authority: string;
  /** What each department is called here, by its id; a department without a name is left out. */
  names: ReadonlyMap<string, string>;
  /** From which month on there are returns, for an office that begins in the middle of the year. */
  firstMonth: number;
  /** The day of the following month until which returns are due. */
  dueDay: number;
  cutOff: CutOffRule;
}

/** A catalogue of an office's own, with the indicators of another; problems where that makes none. */
export function beginFrom(
  other: Catalogue,
  { year, authority, names, firstMonth, dueDay, cutOff }: Beginning,
): CatalogueReading {
  const { notice: _, ...rest } = other;
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
      .filter(({ period }) => monthOf(period) >= firstMonth)
      .map(({ period }) => deadlineBy(period, { dueDay, cutOff })),
  });
}

/** Every month of a year, due on a day of the following one. */
export function monthlyDeadlines(year: number, when: Pick<Beginning, 'dueDay' | 'cutOff'>): Deadline[] {
  return Array.from({ length: 12 }, (_, index) => deadlineBy(periodOf(year, index + 1), when));
}

function deadlineBy(period: Period, { dueDay, cutOff }: Pick<Beginning, 'dueDay' | 'cutOff'>): Deadline {
  const due = dayOf(Number(period.slice(0, 4)), monthOf(period) + 1, dueDay);
  return {
    period,
    due,
    cutOff: cutOff.kind === 'end-of-january' ? endOfJanuaryAfter(period) : later(due, cutOff.days),
  };
}

function dayOf(year: number, month: number, day: number): Day {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10) as Day;
}

function endOfJanuaryAfter(period: Period): Day {
  return dayOf(Number(period.slice(0, 4)) + 1, 1, 31);
}

function later(day: Day, days: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return dayOf(year, month, date + days);
}

/** Between two days. */
function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/**
 * Deadlines in words, in one line where they follow one rule (`各月的月报次月 10 日前报送，最迟 2027-01-31`), in one for
 * each month where they do not.
 */
export function deadlinesInWords(periods: readonly Deadline[]): string[] {
  const [first] = periods;
  if (first === undefined) return [];
  const dueDay = Number(first.due.slice(8));
  const isRegular = periods.every(
    ({ period, due }) => due === dayOf(Number(period.slice(0, 4)), monthOf(period) + 1, dueDay),
  );
  const days = daysBetween(first.due, first.cutOff);
  const cutOff = periods.every((each) => each.cutOff === first.cutOff)
    ? first.cutOff
    : periods.every((each) => daysBetween(each.due, each.cutOff) === days)
      ? `报送时限之后 ${days} 天`
      : undefined;
  if (isRegular && cutOff !== undefined) return [`各月的月报次月 ${dueDay} 日前报送，最迟 ${cutOff}`];
  return periods.map((each) => `${monthOf(each.period)}月：${each.due} 前报送，最迟 ${each.cutOff}`);
}
