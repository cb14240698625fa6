import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Instant } from '../catalogue/period.ts';
import { type Grid, gridsOf } from '../catalogue/tables.ts';
import type { EventOf } from '../ledger/event.ts';
import { comparisonsOf } from '../totals/comparisons.ts';
import { type Moment, periodsNotDue, standingBy } from '../totals/not-due.ts';
import { countingObservations, uploadedIn } from '../totals/observations-by-indicator.ts';
import { openMattersOf } from '../totals/open-matters.ts';
import type { Total } from '../totals/total.ts';
import { annualTotals } from '../totals/totals.ts';
import { warningsOf } from '../totals/warnings.ts';
import { onceForEach } from '../values/once-for-each.ts';
import { heldBecause, type Revision } from '../year/revision.ts';
import { awaitsScan, isHeldApart, openQuestionsIn, outcomeOf, wasLate } from '../year/standing.ts';
import type { ReturnState, YearState } from '../year/year-state.ts';
import type { Adopted, Held, PublishedQuestion, PublishedTable, ReturnStanding } from './publication.ts';
import { countingTexts } from './texts.ts';

/** What every publication of a state says, whenever and by which number: most of the work. */
export const contentOf = onceForEach((state: YearState) => {
  const { catalogue } = state;
  const totals = annualTotals(state);
  return {
    format: 'indicators-publication/1' as const,
    year: catalogue.year,
    status: totals.some(isOpen) ? ('provisional' as const) : ('final' as const),
    title: catalogue.title,
    authority: catalogue.authority,
    notice: catalogue.notice ?? '',
    catalogue: state.adopted.inForce.hash,
    adoptions: state.adoptions.map(adoptedOf),
    utcOffset: catalogue.utcOffset,
    sections: catalogue.sections,
    departments: catalogue.departments.map(({ id, name }) => ({ id, name })),
    tables: gridsOf(catalogue).map(publishedTable),
    totals,
    comparisons: comparisonsOf(state),
    observations: countingObservations(state),
    narratives: catalogue.narratives.map(({ id, name, section, definition }) => ({
      ...{ id, name, section, definition },
    })),
    texts: countingTexts(state),
    returns: standingsOf(state),
    warnings: warningsOf(state),
    held: heldIn(state),
    questions: questionsOf(state),
    open: openMattersOf(state),
  };
});

/** Where returns stand by a moment: what has not come and was not due is no gap yet. */
export function returnsBy(returns: readonly ReturnStanding[], moment: Moment): ReturnStanding[] {
  const notDue = periodsNotDue(moment);
  return returns.map((row) => ({ ...row, standing: standingBy(row.standing, row.period, notDue) }));
}

function publishedTable({ table, rows, columns }: Grid): PublishedTable {
  const { id, name, section, unit, definition } = table;
  const lineOf = (line: Grid['rows' | 'columns'][number]) => ({
    id: line.id,
    name: line.name,
    isSum: line.sum !== undefined,
  });
  return { id, name, section, unit, definition, rows: rows.map(lineOf), columns: columns.map(lineOf) };
}

function adoptedOf({ at, by, happening }: EventOf<'catalogue-adopted'>): Adopted {
  const { catalogue, reason, conversions } = happening;
  return { catalogue, at, by, reason, conversions };
}

/** A figure that each department keeps for itself has no status of its own, but returns of it may be missing too. */
function isOpen({ status, reasons }: Total): boolean {
  return status === 'provisional' || (status === 'per-department' && reasons.length > 0);
}

/** Where each expected return stands at a moment, and by whose leave it came late. */
export function returnsAt({ returns, catalogue }: YearState, now: Instant): ReturnStanding[] {
  return returnsBy(standingsOf({ returns, catalogue }), { now, catalogue });
}

function standingsOf({ returns, catalogue }: Pick<YearState, 'returns' | 'catalogue'>): ReturnStanding[] {
  return returns.map((one) => standingOf(one, catalogue));
}

function standingOf(one: ReturnState, catalogue: Catalogue): ReturnStanding {
  const { department, period, counting, revisions, refusals, extension = null } = one;
  const shown = counting ?? revisions.at(-1);
  const latestUpload = shown?.upload ?? refusals.at(-1)?.upload;
  return {
    department: department.id,
    period,
    standing: outcomeOf(one),
    late: wasLate(one),
    revision: counting?.number ?? null,
    revisions: revisions.length,
    uploadedAt: latestUpload?.uploadedAt ?? null,
    claimedAt: (shown?.handedIn ?? latestUpload)?.claimedAt ?? null,
    uploader: latestUpload?.uploader ?? null,
    admission: admissionOf(shown),
    extension,
    counted: counting === undefined ? null : countedIn(counting),
    scan: counting?.scans.at(-1)?.sha256 ?? null,
    awaitsScan: awaitsScan(one, catalogue),
  };
}

function countedIn(counting: Revision): ReturnStanding['counted'] {
  const { upload, file, ledger } = uploadedIn(counting);
  return { upload, file, ledger };
}

/** What the legal office decided about letting a version in, whichever of its uploads it named. */
export function admissionOf(revision: Revision | undefined): ReturnStanding['admission'] {
  if (revision?.admission === undefined) return null;
  const { kind, by, at, reason } = revision.admission;
  return { kind, by, at, reason };
}

/** The questions that are not closed. */
export function questionsOf(state: YearState): PublishedQuestion[] {
  return openQuestionsIn(state).flatMap((question): PublishedQuestion[] => {
    const { id, department, period, about, effect, stage, asked, steps } = question;
    return stage === 'closed' ? [] : [{ id, department, period, about, effect, stage, asked, steps }];
  });
}

/** The accepted revisions that do not count yet, with why. */
export function heldIn({ returns }: Pick<YearState, 'returns'>): Held[] {
  return returns.flatMap(heldOf);
}

function heldOf({ revisions }: ReturnState): Held[] {
  return revisions.filter(isHeldApart).map((revision): Held => {
    const { department, period, number, id, upload, handedIn } = revision;
    const { uploadedAt, uploader } = upload;
    const { claimedAt } = handedIn;
    const because = [...heldBecause(revision)];
    return { department, period, revision: number, upload: id, because, uploadedAt, claimedAt, uploader };
  });
}
