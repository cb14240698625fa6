import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import type { LedgerReader } from '../../shared/core/ledger/ports.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import { emptySubmission, type Submission } from '../../shared/core/returns/submission.ts';
import type { ReferenceFigures } from '../../shared/core/year/reference-figures.ts';
import type { BaselineFile, BaselineFileReading } from '../use-cases/baseline-file.ts';
import type { CatalogueFileReading } from '../use-cases/catalogue-file.ts';
import type { Checked } from '../use-cases/check.ts';
import type { Examined, examineAgain } from '../use-cases/examine.ts';
import type { ReportWork } from '../use-cases/report-work.ts';
import type { HandedOver } from '../use-cases/stores/upload-store.ts';
import type { RawStore } from '../use-cases/verify/read-raw.ts';
import type { ExtractQuestion } from './records/extract.ts';
import type { Outcome } from './verification/raw-chains.ts';

/** Where work stands that may take long; `ahead` is how much is done before it. */
export type Standing<T> =
  | { kind: 'under-way'; ahead: number }
  | { kind: 'done'; result: T }
  | { kind: 'failed' };

/** What is handed over as a file. */
export interface FileContents {
  bytes: Uint8Array | ReadableStream<Uint8Array>;
  size: number;
}

/** An extract, which is as the ledger stood at that time. */
export type ExtractStanding = { takenAt: Instant } & (
  | { kind: 'under-way'; ahead: number }
  | { kind: 'done'; result: () => FileContents }
);

/** How long somebody waits for an answer, and since when they have been waiting for a file, if they have. */
export interface Patience {
  wait: 'a-while' | 'no-time';
  since: Instant | undefined;
}

/** What a verification of a year came to, and when it was run. */
export interface Verified {
  outcome: Outcome;
  at: Instant;
}

/**
 * What may take long. Where the portal answers others meanwhile, it is done elsewhere, and an answer that takes more
 * than some seconds is that it is under way: to ask again then tells where it stands. The same that is asked for twice
 * at the same time is done once, and again for whoever asks after something was recorded meanwhile.
 */
export interface LongWork {
  /** An extract as the ledger stands, or the one that was begun when somebody waits for it. Rejects if it cannot be made. */
  extract(question: ExtractQuestion, patience: Patience): Promise<ExtractStanding>;
  /** Publishes the year as it stands, in the name of a person. */
  publish(year: number, by: string): Promise<Standing<void>>;
  /** Where the newest publication of a year that somebody asked for stands; undefined if there is nothing to be said. */
  publication(year: number): Standing<void> | undefined;
  verify(year: number): Promise<Standing<Verified>>;
  /** Where the newest verification of a year stands that somebody asked for; undefined if it is long ago. */
  verification(year: number): Standing<Verified> | undefined;
  /** Verifies, however long it takes. */
  verified(year: number): Promise<Outcome>;
  readCatalogue(bytes: Uint8Array): Promise<CatalogueFileReading>;
  readBaseline(file: BaselineFile): Promise<BaselineFileReading>;
  /** The workbook in which last year's figures are entered. */
  baselineWorkbook(catalogue: Catalogue): Promise<Uint8Array>;
  /** A catalogue as a workbook. */
  catalogueWorkbook(catalogue: Catalogue): Promise<Uint8Array>;
  /** The form of a return, to be filled in, or with what was typed. */
  form(wanted: WantedForm): Promise<Uint8Array>;
  /** What a file would come to that were submitted now; nothing of it is kept. */
  check(file: HandedOver): Promise<Checked>;
  /** What is found in an upload of a year that is kept; undefined where it is not there any more. */
  examineAgain(kept: KeptUpload): Promise<Examined | undefined>;
  /** The report in Word and its template. */
  wordReports: ReportWork;
}

export type KeptUpload = Parameters<typeof examineAgain>[0];

/** Which form is wanted, of which catalogue, with the figures of earlier months that stand in it, and what is typed. */
export interface WantedForm {
  catalogue: Catalogue;
  place: ReturnKey;
  reference: ReadonlyMap<string, ReferenceFigures>;
  /** What stands under the title besides. */
  banner?: string;
  typed?: Submission;
}

/** What that needs which does everything while somebody waits. */
interface Means extends RawStore {
  ledger: LedgerReader;
  now: () => Instant;
  publish: (year: number, by: string) => Promise<void>;
}

/** Does everything at once, for a portal that answers one request at a time. What it takes is loaded when it is wanted. */
export function workAtOnce({ publish, ...services }: Means): LongWork {
  const verified = async (year: number) => {
    const [{ readRawYear }, { runVerification }] = await Promise.all([
      import('../use-cases/verify/read-raw.ts'),
      import('./verification/raw-chains.ts'),
    ]);
    return runVerification(await readRawYear(year, services), services);
  };
  const reports = async () => (await import('../use-cases/report-work.ts')).reportWork(services);
  return {
    async extract(question) {
      const { extractPieces } = await import('./records/extract.ts');
      const pieces: Uint8Array[] = [];
      for await (const piece of extractPieces(question, services)) pieces.push(piece);
      const bytes = new Uint8Array(Buffer.concat(pieces));
      return { kind: 'done', takenAt: question.takenAt, result: () => ({ bytes, size: bytes.length }) };
    },
    async publish(year, by) {
      await publish(year, by);
      return { kind: 'done', result: undefined };
    },
    publication: () => undefined,
    async verify(year) {
      const at = services.now();
      return { kind: 'done', result: { outcome: await verified(year), at } };
    },
    verification: () => undefined,
    verified,
    async readCatalogue(bytes) {
      const { readCatalogueFile } = await import('../use-cases/catalogue-file.ts');
      return readCatalogueFile(bytes);
    },
    async readBaseline(file) {
      const { readBaselineFile } = await import('../use-cases/baseline-file.ts');
      return readBaselineFile(file);
    },
    baselineWorkbook,
    catalogueWorkbook,
    form,
    async check(file) {
      const { checkFile } = await import('../use-cases/check.ts');
      return checkFile(file, services);
    },
    async examineAgain(kept) {
      const { examineAgain } = await import('../use-cases/examine.ts');
      return examineAgain(kept, services);
    },
    wordReports: {
      newTemplate: async (catalogue) => (await reports()).newTemplate(catalogue),
      examineTemplate: async (file) => (await reports()).examineTemplate(file),
      examineStanding: async (catalogue) => (await reports()).examineStanding(catalogue),
      makeReport: async (publication) => (await reports()).makeReport(publication),
      checkReport: async (bytes) => (await reports()).checkReport(bytes),
      updateReport: async (bytes) => (await reports()).updateReport(bytes),
    },
  };
}

export async function baselineWorkbook(catalogue: Catalogue): Promise<Uint8Array> {
  const { writeBaselineWorkbook } = await import('../../shared/workbook/baseline/baseline-writer.ts');
  return writeBaselineWorkbook(catalogue);
}

export async function catalogueWorkbook(catalogue: Catalogue): Promise<Uint8Array> {
  const { writeCatalogueWorkbook } = await import('../../shared/workbook/catalogue/catalogue-writer.ts');
  return writeCatalogueWorkbook(catalogue);
}

export async function form({ catalogue, place, reference, typed, ...more }: WantedForm): Promise<Uint8Array> {
  const [{ writeForm }, { formLayout }] = await Promise.all([
    import('../../shared/workbook/form-writer.ts'),
    import('../../shared/workbook/layout.ts'),
  ]);
  // Findings would be marked in it.
  const { findings: _, ...contents } = typed ?? emptySubmission();
  return writeForm(formLayout(catalogue, place), { ...contents, ...more, reference });
}
