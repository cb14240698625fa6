import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Instant } from '../catalogue/period.ts';
import { type Grid, gridsOf } from '../catalogue/tables.ts';
import type { ChainHead, EventOf } from '../ledger/event.ts';
import { comparisonsOf } from '../totals/comparisons.ts';
import { type Moment, periodsNotDue, standingBy, totalsAt } from '../totals/not-due.ts';
import { countingObservations, uploadedIn } from '../totals/observations-by-indicator.ts';
import { openMattersOf } from '../totals/open-matters.ts';
import type { Total } from '../totals/total.ts';
import { annualTotals } from '../totals/totals.ts';
import { warningsOf } from '../totals/warnings.ts';
import type { Sha256 } from '../values/digest.ts';
import { onceForEach } from '../values/once-for-each.ts';
import { heldBecause, type Revision } from '../year/revision.ts';
import { awaitsScan, isHeldApart, openQuestionsIn, outcomeOf, wasLate } from '../year/standing.ts';
import type { ReturnState, YearState } from '../year/year-state.ts';
import { figureChanges } from './changes.ts';
import { digestOfContent } from './digest.ts';
import type {
  Adopted,
  Held,
  Publication,
  PublishedQuestion,
  PublishedTable,
  ReturnStanding,
} from './publication.ts';
import { countingTexts, textChanges } from './texts.ts';

/** What a publication needs beside the state of the year. */
export interface PublicationContext {
  number: number;
  chains: ChainHead[];
  publishedAt: Instant;
  publishedBy: string;
  software: string;
  /** The publication before this one, which changes are told against. */
  previous: Publication | undefined;
}

/**
 * The whole of a publication as one model, which every writer renders; into which template its report is written is for whoever
 * writes it to say. Its `digest` covers what it says, not when
 * (nor what was not due then), by which number, at which ledger positions or beside what of last year: the same digest as the
 * previous publication's means that nothing has changed.
 */
export function composePublication(state: YearState, context: PublicationContext): Publication {
  const { content: undated, digest } = contentOf(state);
  const moment = { now: context.publishedAt, catalogue: state.catalogue };
  const content = { ...undated, ...saidAt(undated, moment) };
  const { texts, adoptions } = content;
  const { previous } = context;
  return {
    ...content,
    number: context.number,
    publishedAt: context.publishedAt,
    publishedBy: context.publishedBy,
    digest,
    software: context.software,
    comparedWith: state.lastYear?.source ?? null,
    report: { template: null, refused: null },
    changes: {
      since: previous?.number ?? null,
      figures: previous === undefined ? [] : figureChanges(previous, content, state),
      texts: previous === undefined ? [] : textChanges(previous.texts, texts, state),
      adoptions: previous === undefined ? [] : adoptions.slice(previous.adoptions.length),
    },
    chains: context.chains,
  };
}

/** The digest of what a publication would say now: that of the newest one where there is nothing new to say. */
export function publicationDigest(state: YearState): Sha256 {
  return contentOf(state).digest;
}

/** What is not due by the moment of publication, in place of not reported; no part of the digest, as time is none. */
function saidAt(
  { totals, returns }: Pick<Publication, 'totals' | 'returns'>,
  moment: Moment,
): Pick<Publication, 'totals' | 'returns'> {
  return {
    totals: totalsAt(totals, moment),
    returns: returnsBy(returns, moment),
  };
}

function returnsBy(returns: readonly ReturnStanding[], moment: Moment): ReturnStanding[] {
  const notDue = periodsNotDue(moment);
  return returns.map((row) => ({ ...row, standing: standingBy(row.standing, row.period, notDue) }));
}

/** What every publication of a state says, whenever and by which number: most of the work. */
const contentOf = onceForEach((state: YearState) => {
  const { catalogue } = state;
  const totals = annualTotals(state);
  const content = {
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
  return { content, digest: digestOfContent(content) };
});

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
