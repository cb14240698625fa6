import { z } from 'zod';
import type { Catalogue, Department } from '../catalogue/catalogue.ts';
import { spanOf } from '../catalogue/catalogue.ts';
import { compareDue, isOver, isOverdue, lastDay } from '../catalogue/deadlines.ts';
import { type Day, daysAfter, daysBetween, type Instant, localDay } from '../catalogue/period.ts';
import { heldBecause, type Revision } from '../year/revision.ts';
import { awaitsScan, heldRevisions, outcomeOf } from '../year/standing.ts';
import type { ReturnState, YearState } from '../year/year-state.ts';
import type { Schedule } from './contacts.ts';

/** Why a department is reminded, the least pressing first. */
export const occasionSchema = z.enum(['opened', 'before-due', 'answer-missing', 'due-today', 'overdue']);
export type Occasion = z.infer<typeof occasionSchema>;

export const occasionWords: Record<Occasion, string> = {
  opened: '开始报送',
  'before-due': '即将到期',
  'answer-missing': '待答复',
  'due-today': '今天截止',
  overdue: '逾期催报',
};

/**
 * What a department has not done for a period: nothing came, what came was refused, a held change waits for its reason,
 * a version for its reviewer, or for its mending where the reviewer did not agree, a question of the legal office for its answer, while the return counts or does not, or a
 * return that counts for the scan of its signed sheet.
 */
export type Lack =
  | 'not-reported'
  | 'refused'
  | 'reason'
  | 'agreement'
  | 'disagreed'
  | 'answer'
  | 'answer-to-sent-back'
  | 'scan';

/** A return for which a department has to do something now. */
export interface LackingReturn {
  one: ReturnState;
  lacks: Lack[];
  occasion: Occasion;
  /** The days up to today on which the department is to be reminded of it, whatever else it lacks. */
  days: Day[];
  /** From which day on it is to be reminded again and again; undefined while that is to come. */
  since: Day | undefined;
}

/** Everything that a department lacks at a moment, first what was due first. */
export interface LackingDepartment {
  department: Department;
  lacking: LackingReturn[];
  /** The most pressing of all. */
  occasion: Occasion;
  /** The newest day, up to today, on which it is to be reminded of all that; undefined before the first. */
  remindOn: Day | undefined;
}

interface Moment {
  now: Instant;
  today: Day;
  schedule: Schedule;
  catalogue: Catalogue;
}

/**
 * The departments that lack something, in the order of the catalogue; whoever is done, or waits for the legal office, is
 * not among them.
 */
export function lackingIn(
  { returns, catalogue }: YearState,
  now: Instant,
  schedule: Schedule,
): LackingDepartment[] {
  const moment = { now, today: localDay(now, catalogue.utcOffset), schedule, catalogue };
  const byDepartment = Map.groupBy(returns, ({ department }) => department.id);
  return catalogue.departments.flatMap((department) => {
    const lacking = (byDepartment.get(department.id) ?? [])
      .toSorted((a, b) => compareDue(a.deadline, b.deadline))
      .flatMap((one) => lackOf(one, moment) ?? []);
    if (lacking.length === 0) return [];
    const occasion = mostPressing(lacking);
    return [{ department, lacking, occasion, remindOn: dayToRemind(lacking, moment) }];
  });
}

/**
 * The newest of all the days; while something is overdue, every so many days after it again. All of it together: else a
 * department that lacks many months, each with days of its own, would hear of them daily.
 */
function dayToRemind(lacking: readonly LackingReturn[], { today, schedule }: Moment): Day | undefined {
  const overdue = lacking.flatMap(({ since }) => since ?? []);
  const last = newest([...lacking.flatMap(({ days }) => days), ...overdue]);
  return last === undefined || overdue.length === 0 ? last : repeated(last, today, schedule);
}

/** How long a reminder is made up for that could not be sent on its day (days). */
const madeUpFor = 7;

/**
 * Who is to be reminded now, of all that they lack: those for whom this is the day, or a day was that is not long gone,
 * so that a machine that was off, or a server that could not be reached, delays a reminder and loses none.
 */
export function remindersDue(
  state: YearState,
  now: Instant,
  schedule: Schedule,
): (LackingDepartment & { remindOn: Day })[] {
  const today = localDay(now, state.catalogue.utcOffset);
  return lackingIn(state, now, schedule).flatMap((each) => {
    const { remindOn } = each;
    return remindOn !== undefined && daysBetween(remindOn, today) < madeUpFor ? [{ ...each, remindOn }] : [];
  });
}

function lackOf(one: ReturnState, moment: Moment): LackingReturn | undefined {
  const waiting = waitingFor(one, moment.catalogue);
  if (waiting.length > 0) return answerMissing(one, waiting, moment);
  const outcome = outcomeOf(one);
  if (outcome !== 'not-reported' && outcome !== 'refused') return undefined;
  if (!isOver(one.deadline, moment.now, moment.catalogue)) return undefined;
  return { one, lacks: [outcome], occasion: occasionOf(one, moment), ...daysOf(one, moment) };
}

/** What of an accepted return waits for the department, and since when. */
function waitingFor(one: ReturnState, catalogue: Catalogue): { lack: Lack; at: Instant }[] {
  const held = heldRevisions(one);
  const unexplained = held.filter((each) => heldBecause(each).includes('changes-issued'));
  const unreviewed = held.find((each) => heldBecause(each).includes('awaits-agreement'));
  const unsigned = awaitsScan(one, catalogue) ? one.counting : undefined;
  const asked = one.questions.filter(({ stage }) => stage === 'open');
  return [
    ...unexplained.map(({ upload }) => ({ lack: 'reason' as const, at: upload.uploadedAt })),
    ...(unreviewed === undefined ? [] : [reviewLacking(unreviewed)]),
    ...(unsigned === undefined ? [] : [{ lack: 'scan' as const, at: unsigned.upload.uploadedAt }]),
    ...asked.map(({ effect, asked, steps }) => ({
      lack: effect === 'sent-back' ? ('answer-to-sent-back' as const) : ('answer' as const),
      at: steps.at(-1)?.at ?? asked.at,
    })),
  ];
}

/** Of a version that waits for its reviewer: the review, or, where the reviewer does not agree, another version. */
function reviewLacking({ upload, agreement }: Revision): { lack: Lack; at: Instant } {
  return agreement?.kind === 'disagreed'
    ? { lack: 'disagreed', at: agreement.at }
    : { lack: 'agreement', at: upload.uploadedAt };
}

/** Reminded from the day after it was said to be wanted, as often as of what is overdue. */
function answerMissing(
  one: ReturnState,
  waiting: readonly { lack: Lack; at: Instant }[],
  { today, catalogue }: Moment,
): LackingReturn {
  const first = waiting.map(({ at }) => daysAfter(localDay(at, catalogue.utcOffset), 1));
  const since = newest(first.filter((day) => day <= today));
  const lacks = [...new Set(waiting.map(({ lack }) => lack))];
  return { one, lacks, occasion: 'answer-missing', days: [], since };
}

function occasionOf(one: ReturnState, { now, today, schedule, catalogue }: Moment): Occasion {
  if (isOverdue(one, now, catalogue)) return 'overdue';
  const left = daysBetween(today, lastDay(one, catalogue));
  if (left === 0) return 'due-today';
  return left <= Math.max(0, ...schedule.daysBefore) ? 'before-due' : 'opened';
}

/** On which days a department is to be reminded of a return that has not come. */
function daysOf(
  one: ReturnState,
  { today, schedule, catalogue }: Moment,
): Pick<LackingReturn, 'days' | 'since'> {
  const last = lastDay(one, catalogue);
  const opened = daysAfter(spanOf(one.deadline).ends, 1);
  const before = schedule.daysBefore.map((days) => daysAfter(last, -days));
  const overdue = daysAfter(last, 1);
  return {
    days: [opened, ...before, last].filter((day) => day <= today),
    since: overdue <= today ? overdue : undefined,
  };
}

/** The newest of the days that follow the first at even distances. */
function repeated(first: Day, today: Day, { overdueEvery }: Schedule): Day {
  return daysAfter(first, Math.floor(daysBetween(first, today) / overdueEvery) * overdueEvery);
}

function newest(days: readonly Day[]): Day | undefined {
  return days.toSorted().at(-1);
}

function mostPressing(lacking: readonly LackingReturn[]): Occasion {
  const { options } = occasionSchema;
  const rank = Math.max(...lacking.map(({ occasion }) => options.indexOf(occasion)));
  return options[rank] ?? 'opened';
}
