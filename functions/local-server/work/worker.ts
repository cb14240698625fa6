import { open } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { folderPendingUploads } from '../../../shared/adapters/pending-uploads.ts';
import { privateModes } from '../../../shared/adapters/private-modes.ts';
import { openSqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import type { Chain } from '../../../shared/core/ledger/event.ts';
import {
  baselineWorkbook,
  catalogueWorkbook,
  form,
  type KeptUpload,
  type Verified,
} from '../../portal/long-work.ts';
import { type ExtractQuestion, extractPieces } from '../../portal/records/extract.ts';
import type { WitnessProblem } from '../../portal/services.ts';
import { runVerification } from '../../portal/verification/raw-chains.ts';
import { software } from '../../software.ts';
import { type BaselineFile, readBaselineFile } from '../../use-cases/baseline-file.ts';
import { readCatalogueFile } from '../../use-cases/catalogue-file.ts';
import { checkFile } from '../../use-cases/check.ts';
import { examineAgain } from '../../use-cases/examine.ts';
import { KnownCatalogues } from '../../use-cases/known-catalogues.ts';
import { KeptFromLast, type PublishRequest, publish } from '../../use-cases/publish/publish.ts';
import { receive } from '../../use-cases/receive.ts';
import { reportWork } from '../../use-cases/report-work.ts';
import type { HandedOver } from '../../use-cases/stores/upload-store.ts';
import { readRawYear } from '../../use-cases/verify/read-raw.ts';
import { catchUp, publishDueYears } from '../daily-publication.ts';
import { LocalWitness, type WitnessPlaces } from '../local-witness.ts';
import type { Details, Logger } from '../logger.ts';

/** What each thread opens for itself. */
export interface ThreadData {
  /** The folder of the ledger and the documents. */
  data: string;
  /** By which key statements of the ledger are signed; without it none is. */
  witness?: WitnessPlaces | undefined;
}

const { data, witness: places } = workerData as ThreadData;
const documents = folderDocuments(data);
const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
const store = { ledger, documents, pending: folderPendingUploads(data) };

/** From the last publication to the next, as long as this thread does nothing else meanwhile that takes much memory. */
let kept: KeptFromLast | undefined;
function keptFromLast(): KeptFromLast {
  kept ??= new KeptFromLast(store);
  return kept;
}

/** What is done in a thread; elsewhere only the types of this are taken. */
const jobs = {
  /** Takes in a file that was received at the time that it says. */
  receive: ({ file, recordedBy }: { file: HandedOver; recordedBy: string }) =>
    receive(file, recordedBy, store),

  readCatalogue: (bytes: Uint8Array) => readCatalogueFile(bytes),
  readBaseline: (file: BaselineFile) => readBaselineFile(file),
  baselineWorkbook,
  catalogueWorkbook,
  form,
  check: (file: HandedOver) => checkFile(file, store),
  examineAgain: (kept: KeptUpload) => examineAgain(kept, store),
  ...reportWork(store),

  /** Writes an extract into a new file, piece by piece; how large it became (bytes). */
  async extract({ question, path }: { question: ExtractQuestion; path: string }): Promise<number> {
    const file = await open(path, 'wx', privateModes.file);
    let size = 0;
    try {
      for await (const piece of extractPieces(question, store)) {
        await file.write(piece);
        size += piece.length;
      }
    } finally {
      await file.close();
    }
    return size;
  },

  async publish(order: Omit<PublishRequest, 'software'>): Promise<Published> {
    await publish({ ...order, software }, { ...store, kept: keptFromLast() });
    const { reports, reported } = collected();
    const witness = witnessAt(order.publishedAt, reports);
    await witness?.state();
    return { reported, ...outcomeOf(witness) };
  },

  /** Publishes the years that are due, or those alone whose last daily run was missed. */
  async publishDue({ at, missed }: { at: Instant; missed: boolean }): Promise<Published> {
    const { reports, reported } = collected();
    const witness = witnessAt(at, reports);
    const catalogues = new KnownCatalogues(store);
    const services = { ...store, catalogues, now: () => at, software, reports, witness };
    await (missed ? catchUp(services) : publishDueYears(services));
    return { reported, ...outcomeOf(witness) };
  },

  /** Has an authority stamp the newest statement. */
  async stamp({ at }: { at: Instant }): Promise<Stamped> {
    const { reports, reported } = collected();
    const witness = witnessAt(at, reports);
    await witness?.stamp();
    return { reported, witnessProblem: witness?.problem };
  },

  async verify({ year, at }: { year: number; at: Instant }): Promise<Verified> {
    const rawEvents = (chain: Chain) => ledger.readRaw(chain);
    return { outcome: await runVerification(await readRawYear(year, { rawEvents, documents }), store), at };
  },
};

/** Whatever is reported, for the thread that has the log. */
function collected(): { reports: Logger; reported: Report[] } {
  const reported: Report[] = [];
  const reports: Logger = {
    fault: (what, error, details = {}) => reported.push({ kind: 'fault', what, error, details }),
    done: (what, details = {}) => reported.push({ kind: 'done', what, details }),
  };
  return { reports, reported };
}

function witnessAt(at: Instant, reports: Logger): LocalWitness | undefined {
  return places && new LocalWitness(places, { ledger, documents, now: () => at, reports });
}

/** A ledger that is contradicted, or of which nothing could be signed, has no statement whose time would matter. */
function outcomeOf(witness: LocalWitness | undefined): Omit<Published, 'reported'> {
  const problem = witness?.problem;
  const isSigned = problem === undefined || problem === 'not-handed-out';
  return { witnessProblem: problem, isStampDue: isSigned && places?.timestampAuthority !== undefined };
}

/** What stamping a statement has to report, and what was wrong with it. */
export interface Stamped {
  reported: Report[];
  witnessProblem: WitnessProblem | undefined;
}

/** What publishing has to report, what is wrong with the statement that was to be signed after it, and whether to stamp it. */
export interface Published extends Stamped {
  isStampDue: boolean;
}

/** What a thread has to report when it is done. */
export type Report =
  | { kind: 'done'; what: string; details: Details }
  | { kind: 'fault'; what: string; error: unknown; details: Details };

export type Jobs = typeof jobs;
export type Order<K extends keyof Jobs> = Parameters<Jobs[K]>[0];
export type Result<K extends keyof Jobs> = Awaited<ReturnType<Jobs[K]>>;

/** What a thread says when a job is over. */
export type Answer = { kind: 'done'; result: unknown } | { kind: 'failed'; name: string; error: unknown };

/** What may have the last publication beside it; the daily run may not, since it reads whole years anew. */
const goesOn: ReadonlySet<keyof Jobs> = new Set(['publish', 'stamp']);

async function answerTo({ kind, order }: { kind: keyof Jobs; order: unknown }): Promise<Answer> {
  try {
    if (!goesOn.has(kind)) kept = undefined;
    const work = jobs[kind] as (given: unknown) => Promise<unknown>;
    return { kind: 'done', result: await work(order) };
  } catch (error) {
    return { kind: 'failed', name: error instanceof Error ? error.name : '', error };
  }
}

/** Elsewhere than on Linux this would be the priority of the whole process: whoever asks for a page comes first. */
if (process.platform === 'linux') setPriority(10);

let working: Promise<void> = Promise.resolve();
parentPort?.on('message', (message: 'stop' | { kind: keyof Jobs; order: unknown }) => {
  working = working.then(async () => {
    if (message !== 'stop') return parentPort?.postMessage(await answerTo(message));
    ledger.close();
    parentPort?.close();
  });
});
