import { type Catalogue, deadlineOf } from '../catalogue/catalogue.ts';
import { isOver } from '../catalogue/deadlines.ts';
import type { Instant, Period } from '../catalogue/period.ts';
import { onceForSame } from '../values/once-for-each.ts';
import type { Outcome } from '../year/standing.ts';
import type { YearState } from '../year/year-state.ts';
import { type Gap, gapReasons, type Total } from './total.ts';
import { annualTotals } from './totals.ts';

/** A moment at which a year is looked at, under the catalogue in force. */
export interface Moment {
  now: Instant;
  catalogue: Catalogue;
}

/** Whether the period is not over yet, so that nobody can have reported it (未到报送期). */
function isNotDue(period: Period, { now, catalogue }: Moment): boolean {
  const deadline = deadlineOf(catalogue, period);
  return deadline !== undefined && !isOver(deadline, now, catalogue);
}

/** The periods that are not over yet. */
export function periodsNotDue(moment: Moment): ReadonlySet<Period> {
  const periods = moment.catalogue.periods.map(({ period }) => period);
  return new Set(periods.filter((period) => isNotDue(period, moment)));
}

/** Where a return stands by a moment: what has not come of a period that is not over is not due. */
export function standingBy(
  standing: Outcome | 'not-due',
  period: Period,
  notDue: ReadonlySet<Period>,
): Outcome | 'not-due' {
  return standing === 'not-reported' && notDue.has(period) ? 'not-due' : standing;
}

/** The year's totals as they are said at a moment: what has not come, of periods that are not over, is not due. */
export function annualTotalsAt(state: YearState, now: Instant): Total[] {
  return totalsAt(annualTotals(state), { now, catalogue: state.catalogue });
}

/** Totals that say of each return that has not come whether it was due by a moment. */
export function totalsAt(totals: readonly Total[], moment: Moment): Total[] {
  const notDue = [...periodsNotDue(moment)];
  return totals.map((total) => dated({ total, notDue }));
}

const dated = onceForSame(
  ({ total, notDue }: { total: Total; notDue: readonly Period[] }) => [total, ...notDue],
  ({ total, notDue }): Total => {
    const { coverage } = total;
    const missing = coverage.missing.map(
      (gap): Gap =>
        gap.because === 'not-reported' && notDue.includes(gap.period) ? { ...gap, because: 'not-due' } : gap,
    );
    if (missing.length === 0) return total;
    const [, ...others] = total.reasons;
    const said = { ...total, coverage: { ...coverage, missing } };
    return { ...said, reasons: [...gapReasons(said), ...others] };
  },
);
