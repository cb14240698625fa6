import { join, resolve } from 'node:path';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { folderPendingUploads } from '../../shared/adapters/pending-uploads.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { removePartFiles } from '../../shared/adapters/whole-file.ts';
import { type Instant, instantOf } from '../../shared/core/catalogue/period.ts';
import { departmentLinks } from '../portal/pages/addresses.ts';
import { completeAdoptions } from '../use-cases/adopt.ts';
import { KnownCatalogues } from '../use-cases/known-catalogues.ts';
import { completePublication } from '../use-cases/publish/publish.ts';
import {
  type FinishedUpload,
  finishPending,
  ReceiptClock,
  type ReceivingStore,
} from '../use-cases/receive.ts';
import { AccessFiles } from './access-files.ts';
import { bindAddressOf, loopback } from './bind-address.ts';
import { offsetOf } from './city-time.ts';
import { scheduleDailyPublication } from './daily-publication.ts';
import { HealthWatch } from './health.ts';
import { Inbox } from './inbox/inbox.ts';
import { prepareInbox } from './inbox/inbox-folder.ts';
import { listen } from './listening.ts';
import { LocalWitness, type WitnessPlaces } from './local-witness.ts';
import { type Logger, silence } from './logger.ts';
import { type OpenIdRegistration, portalOver } from './portal-services.ts';
import { namesOf, type ReminderSettings, scheduleReminders } from './reminding.ts';
import { SamplePortal } from './sample-portal.ts';
import { ThreadedWork } from './work/threaded-work.ts';
import { Threads } from './work/threads.ts';

export interface ServerOptions {
  /** The folder of the ledger and the documents; made if there is none. */
  data: string;
  /** 0 takes any that is free. */
  port: number;
  /** The folder into which people put files, if not the one in `data`. */
  inbox?: string | undefined;
  /** Without it, people choose who they are. */
  openId?: OpenIdRegistration | undefined;
  /** Which of the machine's addresses is listened on, if not the one that it alone reaches. */
  host?: string | undefined;
  /** Where browsers find the portal, if a proxy stands before it: `https://…`. */
  origin?: string | undefined;
  now?: () => Instant;
  reports?: Logger;
  /** Between two looks into the inbox (milliseconds). */
  inboxPause?: number;
  /** Whether this is the portal of the sample, which shows no other. */
  isSample?: boolean;
  /** By which key statements of the ledger are signed, and where they are handed to; without it none is. */
  witness?: WitnessPlaces | undefined;
  /** By what departments are reminded; without it nobody is, and the office copies texts. */
  reminders?: ReminderSettings | undefined;
}

export interface RunningServer {
  origin: string;
  data: string;
  inbox: string;
  /** What an earlier run had begun and this one finished, a line each. */
  finished: readonly string[];
  /** The fingerprint of the key that signs statements, and whether it was made just now. */
  witnessKey: { fingerprint: string; isNew: boolean } | undefined;
  /** Finishes what is under way, and lets go of everything. */
  stop(): Promise<void>;
}

const systemClock = () => instantOf(new Date());

/**
 * Starts all that one machine needs: portal, inbox and daily publication over one folder. Throws `UsageError` for options
 * that would open the portal to others unprotected.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { now = systemClock, reports = silence } = options;
  const { host, origin: outside } = bindAddressOf(options);
  const data = resolve(options.data);
  const inbox = resolve(options.inbox ?? join(data, 'inbox'));
  const listening = await listen(host, options.port);
  try {
    const documents = folderDocuments(data);
    const pending = folderPendingUploads(data);
    await prepareInbox(inbox);
    const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
    const catalogues = new KnownCatalogues({ ledger, documents });
    const finished = await finishBegun(data, { ledger, documents, pending, catalogues });
    const threads = new Threads({ data, witness: options.witness });
    const receipts = new ReceiptClock(now, ledger);
    const work = new ThreadedWork(data, { threads, ledger, now, reports });
    const { receive } = threads;
    const store = { ledger, documents, receive, receipts, work, catalogues, now, reports };
    const origin = outside ?? `http://${loopback}:${listening.port}`;
    const inboxLooks = new Inbox({ ...store, folder: inbox });
    const skippedFiles = () => inboxLooks.skipped();
    const watch = new HealthWatch(threads);
    const health = () => watch.health;
    const { port } = listening;
    const witness = options.witness && new LocalWitness(options.witness, store);
    const witnessKey = await witness?.openKey();
    const sample = sampleBeside(data, options, reports);
    const utcOffset = () => offsetOf(catalogues);
    const accessLog = new AccessFiles({ folder: join(data, 'access'), utcOffset, reports });
    listening.answerWith(
      portalOver(store, {
        ...{ origin, port, openId: options.openId, skippedFiles, health, accessLog },
        reminding: {
          by: options.reminders === undefined ? [] : namesOf(options.reminders.channels),
          link: departmentLinks(outside),
        },
        witnessProblem: () => work.witnessProblem,
        ...(sample !== undefined && { lookAtSample: () => sample.lookAt() }),
      }),
    );
    const looking = poll((isStopped) => inboxLooks.look(isStopped), options.inboxPause ?? 2_000);
    const publishing = scheduleDailyPublication(work.publishDue, store);
    const reminding =
      options.reminders && scheduleReminders(options.reminders, { ...store, origin: outside });
    const stop = async () => {
      const others = [looking.stop(), publishing.stop(), reminding?.stop(), sample?.stop()];
      await listening.close();
      await threads.stop();
      await accessLog.stop();
      await Promise.all(others);
      work.stop();
      watch.stop();
      ledger.close();
    };
    return { origin, data, inbox, finished, witnessKey, stop };
  } catch (error) {
    await listening.close();
    throw error;
  }
}

/**
 * Finishes what was begun when the program was stopped: uploads that were being taken in, adoptions and publications
 * without their last file; what was being written is removed. A line of each, for whoever starts the program.
 */
async function finishBegun(
  data: string,
  { catalogues, ...store }: ReceivingStore & { catalogues: KnownCatalogues },
): Promise<string[]> {
  const lines: string[] = [];
  const parts = await removePartFiles(data);
  if (parts > 0) lines.push(`${parts} files that were being written are removed`);
  for (const year of (await catalogues.read()).keys()) {
    await completeAdoptions(year, store);
    if (await completePublication(year, store)) lines.push(`the newest publication of ${year} is completed`);
  }
  for (const finished of await finishPending(store, { isAlone: true })) lines.push(inWords(finished));
  return lines;
}

const outcomes: Record<FinishedUpload['outcome'], string> = {
  recorded: 'is recorded now',
  'was-recorded': 'had been recorded',
  'never-kept': 'was never kept: whoever sent it was not told that it was received',
  'other-bytes': 'is not what was sent: it is left among the uploads, unrecorded',
  'waits-for-catalogue': 'waits until a catalogue is adopted',
};

function inWords({ upload, outcome }: FinishedUpload): string {
  return `${upload.key}, which ${upload.uploader} sent at ${upload.uploadedAt}, ${outcomes[outcome]}`;
}

/** The portal of the sample, for whoever sits at this machine: nobody else would reach it. */
function sampleBeside(
  data: string,
  { isSample = false, openId, origin }: ServerOptions,
  reports: Logger,
): SamplePortal | undefined {
  if (isSample || openId !== undefined || origin !== undefined) return undefined;
  const start = (folder: string) => startServer({ data: folder, port: 0, isSample: true, reports });
  return new SamplePortal({ folder: `${data}-sample`, start, reports });
}

/**
 * Does something again and again, with a pause after each time, until it is stopped. The work may ask whether it
 * should leave the rest; it must not throw.
 */
export function poll(
  work: (isStopped: () => boolean) => Promise<void>,
  pause: number,
): { stop(): Promise<void> } {
  let isStopped = false;
  let wake = () => {};
  const loop = async () => {
    while (!isStopped) {
      await work(() => isStopped);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, isStopped ? 0 : pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = loop();
  return {
    stop: () => {
      isStopped = true;
      wake();
      return running;
    },
  };
}
