import { z } from 'zod';
import { instantSchema } from '../catalogue/period.ts';
import type { PeriodComparison } from '../totals/period-comparison.ts';
import { type Warning, warningSchema } from '../year/warning.ts';
import { lastYearSourceSchema, type YearState } from '../year/year-state.ts';
import { figureChanges } from './changes.ts';
import {
  adoptedSchema,
  changeSchema,
  type Publication,
  type ReturnStanding,
  returnStandingSchema,
  textChangeSchema,
} from './publication.ts';
import { textChanges } from './texts.ts';

const citationSchema = lastYearSourceSchema.nullable();
const sideSchema = z.strictObject({ number: z.int().min(1), publishedAt: instantSchema });
/** What became of a warning between two publications. */
const turnSchema = z.enum(['appeared', 'gone', 'acknowledged', 'reopened']);

/** What differs between two publications of a year. */
export const comparisonSchema = z.strictObject({
  from: sideSchema,
  to: sideSchema,
  figures: z.array(changeSchema),
  texts: z.array(textChangeSchema),
  returns: z.array(
    z.strictObject({
      department: z.string(),
      period: returnStandingSchema.shape.period,
      before: returnStandingSchema.nullable(),
      after: returnStandingSchema.nullable(),
    }),
  ),
  warnings: z.array(z.strictObject({ turn: turnSchema, warning: warningSchema })),
  adoptions: z.array(adoptedSchema),
  comparedWith: z
    .strictObject({ before: citationSchema, after: citationSchema })
    .nullable()
    .describe('what the figures of last year are from, where that changed what figures are compared with'),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/**
 * What changed from one publication to another, whichever lie between. The reasons of revisions are those that the
 * ledger knows now: `state`.
 */
export function comparePublications(from: Publication, to: Publication, state: YearState): Comparison {
  return {
    from: sideOf(from),
    to: sideOf(to),
    figures: figureChanges(from, to, state),
    texts: textChanges(from.texts, to.texts, state),
    returns: returnChanges(from.returns, to.returns),
    warnings: warningChanges(from.warnings, to.warnings),
    adoptions: to.adoptions.slice(from.adoptions.length),
    comparedWith: basisChange(from, to),
  };
}

/** Whatever changed of this year itself, other figures of last year than before stand beside it. */
function basisChange(from: Publication, to: Publication): Comparison['comparedWith'] {
  const basis = ({ comparisons }: Publication) =>
    new Map(comparisons.map((row) => [`${row.indicator} ${row.period}`, lastYearsSide(row)]));
  const [before, after] = [basis(from), basis(to)];
  const isOther = [...after].some(([at, side]) => before.has(at) && before.get(at) !== side);
  return isOther ? { before: from.comparedWith, after: to.comparedWith } : null;
}

function lastYearsSide({ lastYear, toDate }: PeriodComparison): string {
  return [lastYear, toDate.lastYear].map((base) => base && `${base.value} ${base.missing}`).join();
}

/** Whether there is any difference. */
export function isSame({ comparedWith, from: _from, to: _to, ...differences }: Comparison): boolean {
  return comparedWith === null && Object.values(differences).every(({ length }) => length === 0);
}

function sideOf({ number, publishedAt }: Publication): Comparison['from'] {
  return { number, publishedAt };
}

function returnChanges(
  from: readonly ReturnStanding[],
  to: readonly ReturnStanding[],
): Comparison['returns'] {
  const key = ({ department, period }: ReturnStanding) => `${department} ${period}`;
  const before = new Map(from.map((row) => [key(row), row]));
  const after = new Map(to.map((row) => [key(row), row]));
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((at): Comparison['returns'] => {
    const [was = null, is = null] = [before.get(at), after.get(at)];
    const row = is ?? was;
    if (row === null || JSON.stringify(said(was)) === JSON.stringify(said(is))) return [];
    return [{ department: row.department, period: row.period, before: was, after: is }];
  });
}

/**
 * What of a row can change: not that time went by (what was not due, and is not reported now), nor which upload of the same
 * version it is.
 */
function said(row: ReturnStanding | null): ReturnStanding | null {
  return (
    row && { ...row, counted: null, standing: row.standing === 'not-due' ? 'not-reported' : row.standing }
  );
}

function warningChanges(from: readonly Warning[], to: readonly Warning[]): Comparison['warnings'] {
  const before = new Map(from.map((warning) => [warning.id, warning]));
  const after = new Set(to.map(({ id }) => id));
  const gone = from.filter(({ id }) => !after.has(id));
  return [
    ...to.flatMap((warning): Comparison['warnings'] => {
      const turn = turnOf(before.get(warning.id), warning);
      return turn === undefined ? [] : [{ turn, warning }];
    }),
    ...gone.map((warning) => ({ turn: 'gone' as const, warning })),
  ];
}

function turnOf(before: Warning | undefined, after: Warning): z.infer<typeof turnSchema> | undefined {
  if (before === undefined) return 'appeared';
  const [was, is] = [before.acknowledged, after.acknowledged];
  if (JSON.stringify(was) === JSON.stringify(is)) return undefined;
  return is === null ? 'reopened' : 'acknowledged';
}
