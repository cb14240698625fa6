import { sameFigure } from '../returns/observation.ts';
import type { Lineage, Total } from '../totals/total.ts';
import { returnOf, type YearState } from '../year/year-state.ts';
import type { Change, Publication } from './publication.ts';

/** What figures are compared by. */
type Figures = Pick<Publication, 'totals' | 'observations'>;

/** The figures that differ from the publication before, each with the observations that made the difference. */
export function figureChanges(previous: Figures, current: Figures, state: YearState): Change[] {
  const [before, after] = [previous, current].map(
    ({ totals }) => new Map(totals.map((total) => [total.indicator, total])),
  );
  const [citedBefore, citedAfter] = [cited(previous), cited(current)];
  const indicators = new Set([...after!.keys(), ...before!.keys()]);
  return [...indicators].flatMap((indicator): Change[] => {
    const [old, now] = [before!.get(indicator), after!.get(indicator)];
    const because = observationChanges(citedBefore(old), citedAfter(now), state);
    if (because.length === 0 && isSame(old, now)) return [];
    return [{ indicator, before: figureOf(old), after: figureOf(now), because }];
  });
}

function isSame(a: Total | undefined, b: Total | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.value === b.value && a.unit === b.unit && a.status === b.status;
}

/** The observations behind a total; of a sum there are none, for its parts are totals that have changes of their own. */
function cited({ observations }: Figures): (total: Total | undefined) => Lineage[] {
  const byIndicator = Map.groupBy(observations, ({ indicator }) => indicator);
  return (total) => {
    if (total === undefined) return [];
    const { indicator, numerator, denominator } = total;
    const own = numerator && denominator ? [numerator.indicator, denominator.indicator] : [indicator];
    return own.flatMap((id) => byIndicator.get(id) ?? []);
  };
}

function figureOf(total: Total | undefined): Change['before'] {
  return total === undefined ? null : { value: total.value, unit: total.unit, status: total.status };
}

function recordedOf(row: Lineage | undefined): Change['because'][number]['before'] {
  return row === undefined ? null : { value: row.value, unit: row.unit, revision: row.revision };
}

function observationChanges(before: Lineage[], after: Lineage[], state: YearState): Change['because'] {
  const key = ({ indicator, department, period }: Lineage) => `${indicator} ${department} ${period}`;
  // In a process that stays nearly all are the very same rows, of which no keys need be made.
  const [earlier, later] = [new Set(before), new Set(after)];
  const old = new Map(before.flatMap((row) => (later.has(row) ? [] : [[key(row), row]])));
  const now = new Map(after.flatMap((row) => (earlier.has(row) ? [] : [[key(row), row]])));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((at): Change['because'] => {
    const [was, is] = [old.get(at), now.get(at)];
    const row = is ?? was;
    if (row === undefined || (sameFigure(was, is) && was?.unit === is?.unit)) return [];
    const revision = returnOf(state, row)?.revisions.find(({ id }) => id === is?.upload);
    return [
      {
        department: row.department,
        period: row.period,
        before: recordedOf(was),
        after: recordedOf(is),
        upload: is?.upload ?? null,
        uploader: is?.uploader ?? null,
        uploadedAt: is?.uploadedAt ?? null,
        reason: revision?.reason ?? '',
      },
    ];
  });
}
