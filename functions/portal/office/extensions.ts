import { lastDayInWords, wouldExtend } from '../../../shared/core/catalogue/deadlines.ts';
import { type Day, endOfDay, type Instant, type Period } from '../../../shared/core/catalogue/period.ts';
import { type EventOf, isEvent } from '../../../shared/core/ledger/event.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { type LedgerYear, officeEventsIn } from '../../use-cases/read-year.ts';

export type Extension = EventOf<'deadline-extended'>;

/** Every extension of the year, the newest first. */
export function extensionsOf({ chains, catalogue }: LedgerYear): Extension[] {
  const office = officeEventsIn(chains, catalogue.year);
  return office.filter((event) => isEvent(event, 'deadline-extended')).toReversed();
}

/** What somebody asks for. */
export interface ExtensionWish {
  period: Period;
  /** One department; undefined for all that report in the period. */
  department: string | undefined;
  /** The last day on which returns are in time. */
  until: Day;
}

/** Extensions only ever lengthen, and none can be taken back: a slip in the year must not pass. */
const longest = 366;

/** Said where no return is expected, before and after recording. */
export const nothingToExtend = '这个部门这一期没有要报的报表，请重新选择部门和报告期。';

/** Why an extension makes no sense, in a sentence that says what to do; undefined if it does. */
export function problemWithExtension(
  { period, department, until }: ExtensionWish,
  { state, now }: { state: YearState; now: Instant },
): string | undefined {
  const { catalogue } = state;
  if (endOfDay(until, catalogue.utcOffset) <= now) {
    return `延至的日期 ${until} 已经过去，请填今天或以后的日期。`;
  }
  if (Date.parse(until) - Date.parse(now) > longest * 86_400_000) {
    return `延至的日期 ${until} 在一年以后；延期不能收回，请核对年份。`;
  }
  const affected = state.returns
    .filter((one) => one.period === period)
    .filter((one) => department === undefined || one.department.id === department);
  const [first] = affected;
  if (first === undefined) return nothingToExtend;
  return affected.some((one) => wouldExtend(until, one, catalogue))
    ? undefined
    : `现在的时限已经到 ${lastDayInWords(first, catalogue)}，延至 ${until} 不起作用，请填更晚的日期。`;
}
