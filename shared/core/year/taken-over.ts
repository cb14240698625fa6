import { type Catalogue, type Department, departmentOf } from '../catalogue/catalogue.ts';
import { idLastYear, isReported, type ReportedIndicator } from '../catalogue/indicator.ts';
import { endsBy, frequencyOf, type Period, periodOf, periodsOf, yearOf } from '../catalogue/period.ts';
import { indicatorOf } from '../catalogue/tables.ts';
import { isValidIn } from '../catalogue/validity.ts';
import type { ReturnKey } from '../returns/address.ts';
import { onceForEach } from '../values/once-for-each.ts';
import { reportersThen } from './baseline.ts';
import type { FigureLastYear, YearState } from './year-state.ts';

type Years = Pick<YearState, 'catalogue' | 'lastYear'>;

/** A figure of a department: of a period, or of its year to that. */
type Said = Pick<FigureLastYear, 'period' | 'isToDate'>;

/**
 * Tells of a department's figures of last year, or of this one, whether they are of the same offices as its return of a period
 * of this year: nobody who was merged into it reported the indicator apart in one of the two. What is to date must be so since
 * its year began. What others said is not known to whoever reads the department's chain alone, so that there is no figure of
 * all of them: where the offices are others nothing is beside, rather than what only looks comparable.
 */
export function ofSameOffices(
  { department, period }: ReturnKey,
  indicator: ReportedIndicator,
  state: Years,
): (figure: Said) => boolean {
  const years = officesOf(state);
  const merged = mergedInto(department, years, yearOf(period));
  if (merged.length === 0) return () => true;
  const { now, before } = years;
  const askedBefore = before.catalogue === now.catalogue ? indicator : lastYearsOwn(before, indicator);
  const thisYear = { offices: now, asked: indicator };
  const lastYear = { offices: before, asked: askedBefore };
  return ({ period: then, isToDate }) => {
    const looked = [period, then].flatMap((of) => {
      const year = yearOf(of) === yearOf(period) ? thisYear : lastYear;
      return (isToDate ? sinceBegun(of) : [of]).map((at) => ({ at, ...year }));
    });
    return merged.every(({ id }) => {
      const apart = looked.filter(({ at, offices }) => !isWithin(department, id, at, offices));
      if (apart.length === looked.length) return true;
      return apart.every(
        ({ at, offices, asked }) => !reportersThen(asked, at, offices.catalogue).includes(id),
      );
    });
  };
}

/** The periods of its year up to this one, as long as it. */
function sinceBegun(period: Period): Period[] {
  return periodsOf(yearOf(period), frequencyOf(period)).filter((each) => endsBy(each, period));
}

/** Whom a department took over since the first period that is known, so that figures of some periods are of other offices. */
export function takenOverSince(
  { department, year }: { department: string; year: number },
  state: Years,
): Department[] {
  const years = officesOf(state);
  const [first, offices] =
    state.lastYear === undefined ? [periodOf(year, 1), years.now] : [periodOf(year - 1, 1), years.before];
  return mergedInto(department, years, year).filter(({ id }) => !isWithin(department, id, first, offices));
}

/** A year as its catalogue says who was merged into whom; of whom it does not know, the other year's says so. */
interface Offices {
  catalogue: Catalogue;
  merged: readonly Department[];
}

interface BothYears {
  now: Offices;
  before: Offices;
  /** Whoever was merged by either. */
  merged: readonly Department[];
}

/** A baseline is written in this year's catalogue, and so is last year taken to be where its own is not known. */
const officesOf = onceForEach(({ catalogue, lastYear }: Years): BothYears => {
  const then = lastYear?.source.kind === 'publication' ? lastYear.state?.catalogue : undefined;
  const before = { catalogue: then ?? catalogue, merged: mergedBy(then ?? catalogue, catalogue) };
  const now = { catalogue, merged: mergedBy(catalogue, then ?? catalogue) };
  const merged = new Map([...before.merged, ...now.merged].map((each) => [each.id, each]));
  return { now, before, merged: [...merged.values()] };
});

function mergedBy(own: Catalogue, other: Catalogue): Department[] {
  if (own === other) return mergedIn(own);
  const gone = mergedIn(other).filter(({ id }) => departmentOf(own, id) === undefined);
  return [...mergedIn(own), ...gone];
}

function mergedIn({ departments }: Catalogue): Department[] {
  return departments.filter(({ successor }) => successor !== undefined);
}

/** Who belonged to the department by the end of one of the years. */
function mergedInto(department: string, { now, before, merged }: BothYears, year: number): Department[] {
  return merged.filter(
    ({ id }) =>
      isWithin(department, id, periodOf(year, 12), now) ||
      isWithin(department, id, periodOf(year - 1, 12), before),
  );
}

/** Whether a department's figures of a period are in another's, directly or through others. */
function isWithin(successor: string, id: string, period: Period, { merged }: Offices): boolean {
  const passed = new Set<string>();
  let heir: string | undefined = id;
  while (heir !== undefined && !passed.has(heir)) {
    passed.add(heir);
    const at = merged.find((each) => each.id === heir);
    heir = at && !isValidIn({ to: at.to }, period) ? at.successor : undefined;
    if (heir === successor) return true;
  }
  return false;
}

/** The indicator as last year's own catalogue has it, by the id that it had there. */
function lastYearsOwn({ catalogue }: Offices, indicator: ReportedIndicator): ReportedIndicator {
  const found = indicatorOf(catalogue, idLastYear(indicator));
  return found && isReported(found) ? found : indicator;
}
