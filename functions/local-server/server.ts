import { join, resolve } from 'node:path';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { type Instant, instantOf } from '../../shared/core/catalogue/period.ts';
import { software } from '../software.ts';
import { completeAdoptions } from '../use-cases/adopt.ts';
import { KnownCatalogues } from '../use-cases/known-catalogues.ts';
import { bindAddressOf, loopback } from './bind-address.ts';
import { scheduleDailyPublication } from './daily-publication.ts';
import { Inbox } from './inbox/inbox.ts';
import { prepareInbox } from './inbox/inbox-folder.ts';
import { listen } from './listening.ts';
import type { Logger } from './logger.ts';
import { type OpenIdRegistration, portalOver } from './portal-services.ts';
import { SamplePortal } from './sample-portal.ts';

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
  /** Whether this is the portal of the made-up year, which shows no other. */
  isSample?: boolean;
}

export interface RunningServer {
  origin: string;
  data: string;
  inbox: string;
  /** Finishes what is under way, and lets go of everything. */
  stop(): Promise<void>;
}

const silence: Logger = { fault: () => {}, done: () => {} };
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
    await prepareInbox(inbox);
    const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
    const catalogues = new KnownCatalogues({ ledger, documents });
    for (const year of (await catalogues.read()).keys()) await completeAdoptions(year, { ledger, documents });
    const store = { ledger, documents, catalogues, now, reports };
    const origin = outside ?? `http://${loopback}:${listening.port}`;
    const inboxLooks = new Inbox({ ...store, folder: inbox });
    const skippedFiles = () => inboxLooks.skipped();
    const { port } = listening;
    const sample = sampleBeside(data, options, reports);
    listening.answerWith(
      portalOver(store, {
        ...{ origin, port, openId: options.openId, skippedFiles },
        ...(sample !== undefined && { lookAtSample: () => sample.lookAt() }),
      }),
    );
    const looking = poll((isStopped) => inboxLooks.look(isStopped), options.inboxPause ?? 2_000);
    const publishing = scheduleDailyPublication({ ...store, software });
    const stop = async () => {
      await Promise.all([listening.close(), looking.stop(), publishing.stop(), sample?.stop()]);
      ledger.close();
    };
    return { origin, data, inbox, stop };
  } catch (error) {
    await listening.close();
    throw error;
  }
}

/** The portal of the made-up year, for whoever sits at this machine: nobody else would reach it. */
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
