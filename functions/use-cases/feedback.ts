import type { AdoptedCatalogues } from '../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { adoptedAt } from '../../shared/core/ledger/adoptions.ts';
import { chainOf, headOf, type LedgerEvent, type UploadEvent } from '../../shared/core/ledger/event.ts';
import type { DocumentsReader, LedgerReader } from '../../shared/core/ledger/ports.ts';
import { type Aftermath, feedbackOn, type UnsealedFeedback } from '../../shared/core/ledger/receipt.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import { bySeverity, type Finding } from '../../shared/core/returns/finding.ts';
import type { Submission } from '../../shared/core/returns/submission.ts';
import { heldInWords, remarkWord, sameFile } from '../../shared/core/words.ts';
import type { RecordedBaseline } from '../../shared/core/year/baseline-year.ts';
import { newestPublication } from '../../shared/core/year/last-year.ts';
import { referenceFigures } from '../../shared/core/year/reference-figures.ts';
import { heldBecause, isUploadOf, type Revision } from '../../shared/core/year/revision.ts';
import { warningsOnVersion } from '../../shared/core/year/warnings.ts';
import { foldYear, returnOf } from '../../shared/core/year/year-state.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { software } from '../software.ts';
import { adoptedBy, type OfficeYear } from './adopted.ts';
import { recordedBaseline } from './baselines.ts';
import { lastYearIn, officeEventsIn, type ReadChain, readLastYear } from './read-year.ts';

/**
 * The chains that feedback on an upload is derived from: its own and the office's as they were read, and those of last
 * year that it is looked at beside.
 */
async function chainsBehind(
  event: UploadEvent,
  events: readonly LedgerEvent[],
  { ledger, office: { year, office } }: { ledger: LedgerReader; office: OfficeYear },
): Promise<ReadChain[]> {
  const read = [
    { chain: event.chain, events },
    { chain: chainOf(year, 'office'), events: office },
  ];
  const { department, period } = event.happening;
  if (department === null || period === null) return read;
  const before = await readLastYear(ledger, year, department);
  return [...read, ...before.filter((chain) => chain.events.length > 0)];
}

/** What the figures of last year are told by, beside its chains. */
interface LastYearBasis {
  /** The catalogues that were adopted for it, where it was published. */
  adoptedBefore: AdoptedCatalogues | undefined;
  /** The one that stands by the office's chain, where nothing of last year was published. */
  baseline: RecordedBaseline | undefined;
}

/** What feedback is derived by, beside the chains. */
export interface FeedbackBasis extends LastYearBasis {
  adopted: AdoptedCatalogues;
  software: string;
}

/**
 * By what of last year an upload is looked at, by these chains. Throws `BaselineGoneError` or `CatalogueGoneError` where
 * that is gone.
 */
export async function lastYearBehind(
  chains: readonly ReadChain[],
  { year, adopted }: Pick<OfficeYear, 'year' | 'adopted'>,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<LastYearBasis> {
  const before = officeEventsIn(chains, year - 1);
  if (newestPublication(before) !== undefined) {
    return { adoptedBefore: await adoptedBy(year - 1, before, documents), baseline: undefined };
  }
  const office = officeEventsIn(chains, year);
  return { adoptedBefore: undefined, baseline: await recordedBaseline({ year, office, adopted }, documents) };
}

/** The feedback on an upload, from its chain as it was read, the upload in it, and the chains beside which it is looked at. */
export async function feedbackAfter(
  event: UploadEvent,
  events: readonly LedgerEvent[],
  {
    ledger,
    documents,
    office,
  }: { ledger: LedgerReader; documents: Pick<DocumentsReader, 'get'>; office: OfficeYear },
): Promise<DerivedFeedback> {
  const chains = await chainsBehind(event, events, { ledger, office });
  const lastYear = await lastYearBehind(chains, office, documents);
  return deriveFeedback(event, chains, { adopted: office.adopted, software, ...lastYear });
}

export interface DerivedFeedback {
  feedback: UnsealedFeedback;
  /** The revision that the upload made or repeated; undefined for one that was refused. */
  revision: Revision | undefined;
  /**
   * The earlier figures that its form shows; undefined where it is for no return, or was made from another catalogue than
   * the one in force, which may count in other units.
   */
  reference: Reference | undefined;
}

export type Reference = ReturnType<typeof referenceFigures>;

/** The feedback on a recorded upload, from its event and these chains alone: the same whenever it is derived. */
export function deriveFeedback(
  event: UploadEvent,
  chains: readonly ReadChain[],
  { adopted, software, ...lastYear }: FeedbackBasis,
): DerivedFeedback {
  const { catalogue, hash } = adopted.inForce;
  const heads = chains.map(({ chain, events }) => headOf(chain, events));
  const asOf = { catalogue: hash, software, chains: heads };
  const { department, period } = event.happening;
  if (department === null || period === null) {
    const aftermath = { accepted: undefined, warnings: [], answered: [], asOf };
    const feedback = feedbackOn(event, catalogue, aftermath);
    return { feedback, revision: undefined, reference: undefined };
  }
  const key = { department, period };
  const isOfThisYear = ({ chain }: ReadChain) => chain.startsWith(`${catalogue.year}/`);
  const state = foldYear(
    adopted,
    chains.filter(isOfThisYear).flatMap(({ events }) => events),
    lastYearIn({
      chains: chains.filter((chain) => !isOfThisYear(chain)),
      adopted: lastYear.adoptedBefore,
      baseline: lastYear.baseline,
    }),
    department,
  );
  const reference = event.catalogue === hash ? referenceFigures(state, key) : undefined;
  const id = uploadId(event.happening.upload);
  const revision = returnOf(state, key)?.revisions.find((each) => isUploadOf(each, id));
  const found = revision === undefined ? [] : warningsOnVersion(state, revision);
  const accepted = revision && describe(revision, event);
  const open = found.filter(({ acknowledged }) => acknowledged === null);
  const warnings = open.map(({ finding }) => finding);
  const answered = found
    .filter(({ acknowledged }) => acknowledged?.as === 'remark')
    .map(({ finding }) => finding);
  return {
    feedback: feedbackOn(event, catalogue, { accepted, warnings, answered, asOf }),
    revision,
    reference,
  };
}

function describe(revision: Revision, { happening }: UploadEvent): Aftermath['accepted'] {
  const because = heldBecause(revision);
  return {
    repeats: revision.id === uploadId(happening.upload) ? undefined : sameFile(revision.number),
    held: because.length === 0 ? undefined : heldInWords(because),
  };
}

/**
 * The earlier figures that the form of an upload showed by feedback that was given on it before; undefined where the chains
 * do not go as far.
 */
export async function referenceAsOf(
  event: UploadEvent,
  { asOf }: Pick<UnsealedFeedback, 'asOf'>,
  { ledger, documents, office: { year, adopted } }: FeedbackStore,
): Promise<Reference | undefined> {
  const chains = await Promise.all(
    asOf.chains.map(async ({ chain, length }) => ({
      chain,
      events: (await ledger.read(chain)).slice(0, length),
    })),
  );
  const then = adoptedAt(officeEventsIn(chains, year), adopted);
  if (then === undefined) return undefined;
  const lastYear = await lastYearBehind(chains, { year, adopted: then }, documents);
  return deriveFeedback(event, chains, { adopted: then, software: asOf.software, ...lastYear }).reference;
}

interface FeedbackStore {
  ledger: LedgerReader;
  documents: Pick<DocumentsReader, 'get'>;
  office: Pick<OfficeYear, 'year' | 'adopted'>;
}

/** The return that a file is for, and what was typed in it. */
export interface FilledForm {
  key: ReturnKey;
  submission: Submission;
}

/** A warning that was answered asks no more. */
function asAnswered(finding: Finding): Finding {
  return { ...finding, severity: 'info', message: `已由“${remarkWord}”答复：${finding.message}` };
}

/** What of feedback is marked in a workbook. */
type Marks = Pick<UnsealedFeedback, 'findings' | 'warnings' | 'answered'>;

/** Whether there is anything to mark: only then a workbook is made, and kept, before somebody asks for it. */
export function hasMarks({ findings, warnings, answered }: Marks): boolean {
  return findings.length + warnings.length + answered.length > 0;
}

/** How a marked workbook is written, and what stands in it beside what was typed. */
export interface MarkedWith {
  catalogue: Catalogue;
  reference: Reference | undefined;
  write?: typeof writeForm | undefined;
}

/** What was typed, with every finding marked in it, beside the earlier figures that the form showed. */
export function writeMarked(
  { findings, warnings, answered }: Marks,
  { key, submission }: FilledForm,
  { catalogue, reference, write = writeForm }: MarkedWith,
): Promise<Uint8Array> {
  const all = [...findings, ...warnings, ...answered.map(asAnswered)].sort(bySeverity);
  const beside = reference === undefined ? {} : { reference };
  return write(formLayout(catalogue, key), { ...submission, ...beside, findings: all });
}
