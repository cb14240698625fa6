import type { Instant } from '../../shared/core/period.ts';
import type { YearState } from '../../shared/core/year-state.ts';
import { overdueIn } from '../year/standing.ts';

/** A return that has not come although it was due. */
export interface Overdue {
  department: string;
  departmentName: string;
  period: string;
  due: string;
  refused: boolean;
}

/** The returns that are overdue now, the oldest first, as they are announced. */
export function overdueReturns(state: YearState, now: Instant): Overdue[] {
  return overdueIn(state, now).map(({ department, period, deadline, refusals }) => ({
    department: department.id,
    departmentName: department.name,
    period,
    due: deadline.due,
    refused: refusals.length > 0,
  }));
}
