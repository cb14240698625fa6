import { type Catalogue, deadlineOf } from '../../shared/core/catalogue.ts';
import { isEvent, type LedgerEvent } from '../../shared/core/event.ts';
import { endOfDay, type Instant } from '../../shared/core/period.ts';
import type { ReturnStanding } from '../../shared/core/publication.ts';

/** A return that has not come although it was due. */
export interface Overdue {
  department: string;
  departmentName: string;
  period: string;
  due: string;
  refused: boolean;
}

/** The returns that are overdue now, the oldest first, unless the office has extended their deadline. */
export function overdueReturns(
  returns: readonly ReturnStanding[],
  { catalogue, office, now }: { catalogue: Catalogue; office: readonly LedgerEvent[]; now: Instant },
): Overdue[] {
  const extensions = office
    .filter((event) => isEvent(event, 'deadline-extended'))
    .map(({ happening }) => happening);
  const names = new Map(catalogue.departments.map(({ id, name }) => [id, name]));
  return returns
    .filter(({ standing }) => standing === 'not-reported' || standing === 'refused')
    .flatMap(({ department, period, standing }) => {
      const due = deadlineOf(catalogue, period)?.due;
      if (due === undefined || now <= endOfDay(due, catalogue.utcOffset)) return [];
      const extended = extensions.some(
        (extension) =>
          extension.period === period &&
          (extension.department === null || extension.department === department) &&
          now <= extension.until,
      );
      if (extended) return [];
      const departmentName = names.get(department) ?? department;
      return [{ department, departmentName, period, due, refused: standing === 'refused' }];
    })
    .sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
}
