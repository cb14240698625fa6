import type { AdoptedCatalogues } from '../catalogue/adoption.ts';
import { isAfterCutOff, isLate, type TimeLimit } from '../catalogue/deadlines.ts';
import type { Measure } from '../catalogue/measures.ts';
import type { Period } from '../catalogue/period.ts';
import { countedUpload, type EventOf, type LedgerEvent } from '../ledger/event.ts';
import { byUploadOrder, handedInAt, type ReadUpload, type UploadId, uploadId } from '../ledger/upload.ts';
import type { Finding } from '../returns/finding.ts';
import { saidIn } from '../returns/grid.ts';
import { type NarrativeSaid, sameNarratives } from '../returns/narrative.ts';
import { type Observation, type Signature, sameFigures } from '../returns/observation.ts';
import { interpret, type Uncounted } from './interpretation.ts';

/** Why an accepted revision does not count although no later one supersedes it. */
export type HeldBecause = 'after-cut-off' | 'changes-published-figures';

/**
 * What became of an accepted revision: it counts, a later one took its place, or it is held. Only a revision later
 * than the one that counts is held: an earlier one would not count whatever anybody decided.
 */
export type RevisionState =
  | { kind: 'counting' }
  | { kind: 'superseded' }
  | { kind: 'held'; because: HeldBecause };

/** A file that was sent again while the revision it made was the last: the same revision, once more. */
export interface Repeat {
  id: UploadId;
  upload: ReadUpload;
}

/** One accepted version of a return (修订). `number` counts them by when they were uploaded. */
export interface Revision {
  id: UploadId;
  number: number;
  department: string;
  period: Period;
  upload: ReadUpload;
  repeats: Repeat[];
  /** Of it and its repeats the one that was handed in first, which decides whether it was in time. */
  handedIn: Pick<ReadUpload, 'uploadedAt' | 'claimedAt'>;
  /** As they were recorded, each in the unit that `measures` says. */
  observations: readonly Observation[];
  measures: readonly Measure[];
  /** As they count under the catalogue in force, in its units. */
  figures: Observation[];
  /** What it says in words, as it was recorded. */
  narratives: readonly NarrativeSaid[];
  /** Of that, what the catalogue in force asks for. */
  texts: NarrativeSaid[];
  /** What was recorded and does not count under the catalogue in force. */
  uncounted: Uncounted[];
  signature: Signature;
  findings: Finding[];
  event: Pick<LedgerEvent, 'chain' | 'sequence' | 'hash' | 'catalogue'>;
  late: boolean;
  state: RevisionState;
  /** The reason given for a change, in the file or afterwards. */
  reason: string;
}

/** Why the revision is held; undefined if it is not. */
export function heldBecause({ state }: Pick<Revision, 'state'>): HeldBecause | undefined {
  return state.kind === 'held' ? state.because : undefined;
}

/** Whether an upload made the revision, or repeated it. */
export function isUploadOf({ id, repeats }: Pick<Revision, 'id' | 'repeats'>, upload: string): boolean {
  return id === upload || repeats.some((repeat) => repeat.id === upload);
}

/** What decides about revisions beside themselves. */
export interface RankingContext {
  adopted: AdoptedCatalogues;
  limit: TimeLimit;
  /** Uploads that the legal office let in. */
  admitted: ReadonlySet<string>;
  /** Reasons that departments gave afterwards, by upload. */
  explained: ReadonlyMap<string, string>;
  publications: readonly EventOf<'published'>[];
}

/**
 * The revisions of one return, from its accepted uploads in any order: the last that is not held counts. The same
 * bytes again, read by the same catalogue while nothing else came in between, are no new revision.
 */
export function rankRevisions(uploads: EventOf<'return-accepted'>[], context: RankingContext): Revision[] {
  const inOrder = uploads.toSorted((a, b) => byUploadOrder(a.happening.upload, b.happening.upload));
  const revisions = withoutRepeats(inOrder).map((events, index) => revisionOf(events, index + 1, context));
  const published = publishedRevision(revisions, context.publications);
  const held = revisions.map((revision) => heldReason(revision, published, context));
  const counting = held.lastIndexOf(undefined);
  return revisions.map((revision, index) => {
    const because = held[index];
    if (index === counting) return { ...revision, state: { kind: 'counting' } };
    return index > counting && because !== undefined
      ? { ...revision, state: { kind: 'held', because } }
      : revision;
  });
}

type Accepted = EventOf<'return-accepted'>;
type Run = readonly [Accepted, ...Accepted[]];

function withoutRepeats(inOrder: readonly Accepted[]): Run[] {
  const runs: [Accepted, ...Accepted[]][] = [];
  for (const event of inOrder) {
    const run = runs.at(-1);
    const isRepeat =
      run?.[0].happening.upload.sha256 === event.happening.upload.sha256 &&
      run[0].catalogue === event.catalogue;
    if (run !== undefined && isRepeat) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

function revisionOf([first, ...others]: Run, number: number, context: RankingContext): Revision {
  const { chain, sequence, hash, catalogue, happening } = first;
  const { department, period, upload, narratives = [], signature, findings } = happening;
  const { observations, measures } = saidIn(happening);
  const id = uploadId(upload);
  const repeats = others.map((event) => ({
    id: uploadId(event.happening.upload),
    upload: event.happening.upload,
  }));
  const handedIn = firstHandedIn([upload, ...repeats.map((repeat) => repeat.upload)]);
  const explained = [id, ...repeats.map((repeat) => repeat.id)].flatMap(
    (each) => context.explained.get(each) ?? [],
  );
  return {
    id,
    number,
    department,
    period,
    upload,
    repeats,
    handedIn,
    observations,
    measures,
    narratives,
    ...interpret(first, context.adopted),
    signature,
    findings,
    event: { chain, sequence, hash, catalogue },
    late: isLate(handedInAt(handedIn), context.limit, context.adopted.inForce.catalogue),
    state: { kind: 'superseded' },
    reason: signature.correctionNote.trim() || (explained.at(-1) ?? ''),
  };
}

function firstHandedIn(uploads: readonly [ReadUpload, ...ReadUpload[]]): Revision['handedIn'] {
  const { uploadedAt, claimedAt } = uploads.reduce((first, each) =>
    handedInAt(each) < handedInAt(first) ? each : first,
  );
  return { uploadedAt, claimedAt };
}

function heldReason(
  revision: Revision,
  published: Revision | undefined,
  { limit, adopted, admitted }: RankingContext,
): HeldBecause | undefined {
  const tooLate = isAfterCutOff(handedInAt(revision.handedIn), limit, adopted.inForce.catalogue);
  if (tooLate && ![...admitted].some((upload) => isUploadOf(revision, upload))) return 'after-cut-off';
  const changes =
    published !== undefined &&
    published.number < revision.number &&
    !(sameFigures(published.figures, revision.figures) && sameNarratives(published.texts, revision.texts));
  return changes && revision.reason === '' ? 'changes-published-figures' : undefined;
}

/** The revision that the newest publication to include this return counted. */
function publishedRevision(
  revisions: Revision[],
  publications: readonly EventOf<'published'>[],
): Revision | undefined {
  for (const { happening } of publications.toReversed()) {
    const found = revisions.find((revision) => {
      const counted = countedUpload(happening, revision);
      return counted !== undefined && isUploadOf(revision, counted);
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
