import type { Measure } from '../catalogue/measures.ts';
import type { Period } from '../catalogue/period.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { Act } from '../ledger/people.ts';
import type { ReadUpload, UploadId } from '../ledger/upload.ts';
import type { Finding } from '../returns/finding.ts';
import type { NarrativeSaid } from '../returns/narrative.ts';
import type { Observation, Signature } from '../returns/observation.ts';
import type { RemarkSaid } from '../returns/remark.ts';
import type { Agreement } from './agreements.ts';
import type { Uncounted } from './interpretation.ts';
import type { FiledScan } from './scans.ts';

/** Why an accepted revision does not count although no later one supersedes it. */
export type HeldBecause = 'after-cut-off' | 'changes-issued' | 'awaits-agreement' | 'sent-back';

/** Every reason for which a revision is held, so that all that is missing is asked for at once. */
export type HeldReasons = readonly [HeldBecause, ...HeldBecause[]];

/**
 * What became of an accepted revision: it counts, a later one took its place, it is held, or it came after the cut-off
 * and the legal office declined to let it in, whoever gets more time since. Only a revision later than the one that
 * counts is held: an earlier one would not count whatever anybody decided.
 */
export type RevisionState =
  | { kind: 'counting' }
  | { kind: 'superseded' }
  | { kind: 'held'; because: HeldReasons }
  | { kind: 'declined' };

/** A file that was sent again while the revision it made was the last: the same revision, once more. */
export interface Repeat {
  id: UploadId;
  upload: ReadUpload;
}

/** One accepted version of a return (第N版). `number` counts them by when they were uploaded. */
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
  figures: readonly Observation[];
  /** What it says in words, as it was recorded. */
  narratives: readonly NarrativeSaid[];
  /** Of that, what the catalogue in force asks for. */
  texts: readonly NarrativeSaid[];
  /** What it says beside its figures, as it was recorded, by indicator. */
  remarks: ReadonlyMap<string, RemarkSaid>;
  /** What was recorded and does not count under the catalogue in force. */
  uncounted: Uncounted[];
  signature: Signature;
  findings: Finding[];
  event: Pick<LedgerEvent, 'chain' | 'sequence' | 'hash' | 'catalogue'>;
  late: boolean;
  state: RevisionState;
  /** The reason given for a change, in the file or afterwards. */
  reason: string;
  /** By which act that reason was given, where the file has none; undefined if it was not. */
  explanation: Act | undefined;
  /** What the legal office last decided about letting it in after the cut-off; undefined if nothing. */
  admission: Admission | undefined;
  /** What the department's own reviewer last decided about it; undefined if nothing. */
  agreement: Agreement | undefined;
  /** Scans of its sheet, signed and stamped, in the order in which they were filed: the last is the one that is meant. */
  scans: readonly FiledScan[];
}

/** Why the revision is held; empty if it is not. */
export function heldBecause({ state }: Pick<Revision, 'state'>): readonly HeldBecause[] {
  return state.kind === 'held' ? state.because : [];
}

/** Whether an upload made the revision, or repeated it. */
export function isUploadOf({ id, repeats }: Pick<Revision, 'id' | 'repeats'>, upload: string): boolean {
  return id === upload || repeats.some((repeat) => repeat.id === upload);
}

/** The version that a department goes on from: the newest of those that count or wait to; undefined if there is none. */
export function newestVersion({ revisions }: { revisions: readonly Revision[] }): Revision | undefined {
  return revisions.findLast(isCurrent);
}

/** Whether it counts, or waits to. */
export function isCurrent({ state }: Pick<Revision, 'state'>): boolean {
  return state.kind === 'counting' || state.kind === 'held';
}

/** Whether somebody uploaded the revision, or the same file again: who did does not review it. */
export function isUploadedBy(
  { upload, repeats }: Pick<Revision, 'upload' | 'repeats'>,
  name: string,
): boolean {
  return [upload, ...repeats.map((repeat) => repeat.upload)].some(({ uploader }) => uploader === name);
}

/** The legal office lets an upload in that came after the cut-off (同意), or does not (不同意). */
export interface Admission extends Act {
  upload: UploadId;
  kind: 'admitted' | 'declined';
}
