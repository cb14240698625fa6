import { comparePeriods, type Period } from '../catalogue/period.ts';
import type { Observation } from '../returns/observation.ts';
import { onceForEach } from '../values/once-for-each.ts';
import type { IndicatorObservations } from './observations-by-indicator.ts';

/** What a department said in a period for which it is asked for an indicator; undefined where it did not report it. */
interface Said {
  period: Period;
  status: Observation['status'] | undefined;
}

/** Returns, as `department period`, that do not tell what is reported as the year to date of some periods alone. */
export interface Untold {
  /** What was left blank, and no figure came after it. */
  blank: string[];
  /** Figures that are of more periods: the one before was left blank or not reported. What did not apply is passed over. */
  longer: string[];
}

/** Which returns do not tell the part of a year to date that is of these periods, which follow each other. */
export function untoldIn(observations: IndicatorObservations, isIn: (period: Period) => boolean): Untold {
  const untold: Untold = { blank: [], longer: [] };
  for (const [department, all] of saidBy(observations)) {
    const own = all.filter(({ period }) => isIn(period));
    const last = own.findLast(({ status }) => status === 'missing' || status === 'reported');
    if (last?.status === 'missing') untold.blank.push(`${department} ${last.period}`);
    const first = own.find(({ status }) => status === 'reported');
    const before = all
      .slice(
        0,
        all.findIndex(({ period }) => isIn(period)),
      )
      .findLast(({ status }) => status !== 'not-applicable');
    if (first === undefined || before === undefined || before.status === 'reported') continue;
    untold.longer.push(`${department} ${first.period}`);
  }
  return untold;
}

/** What each department said, in order of period. */
const saidBy = onceForEach(({ expected, counted }: IndicatorObservations): Map<string, Said[]> => {
  const statuses = new Map(
    counted.map(({ department, period, observation }) => [`${department.id} ${period}`, observation.status]),
  );
  const ordered = expected.toSorted((a, b) => comparePeriods(a.period, b.period));
  const byDepartment = Map.groupBy(ordered, ({ department }) => department.id);
  return new Map(
    [...byDepartment].map(([id, own]) => [
      id,
      own.map(({ period }) => ({ period, status: statuses.get(`${id} ${period}`) })),
    ]),
  );
});
