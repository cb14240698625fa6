import { join, resolve } from 'node:path';
import { software } from '../../functions/cli/workplace.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { exampleCatalogueFile } from '../../shared/catalogue/load-catalogue.ts';
import { cataloguesAt, newestCatalogue } from '../../shared/catalogue/load-catalogues.ts';
import { type Catalogue, catalogueHash } from '../../shared/core/catalogue.ts';
import type { Instant } from '../../shared/core/period.ts';
import type { Documents } from '../../shared/core/ports.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { scheduleDailyPublication } from './daily-publication.ts';
import { Inbox } from './inbox/inbox.ts';
import { prepareInbox } from './inbox/instructions.ts';
import { listen } from './listening.ts';
import { type OpenIdRegistration, portalOver } from './portal-over.ts';
import { loopback, reachOf } from './reach.ts';
import { repeatedly } from './repeatedly.ts';
import type { Reports } from './reports.ts';

export interface ServerOptions {
  /** The folder of the ledger and the documents; made if there is none. */
  data: string;
  /** A catalogue file, or a folder with one a year; the worked example without it. */
  catalogue?: string | undefined;
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
  reports?: Reports;
  /** Between two looks into the inbox (milliseconds). */
  inboxPause?: number;
}

export interface RunningServer {
  origin: string;
  data: string;
  inbox: string;
  /** Finishes what is under way, and lets go of everything. */
  stop(): Promise<void>;
}

const silence: Reports = { fault: () => {}, done: () => {} };
const systemClock = () => new Date().toISOString();

/**
 * Starts all that one machine needs: portal, inbox and daily publication over one folder. Throws `Misused` for options
 * that would open the portal to others unprotected.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { now = systemClock, reports = silence } = options;
  const { host, origin: outside } = reachOf(options);
  const data = resolve(options.data);
  const inbox = resolve(options.inbox ?? join(data, 'inbox'));
  const catalogues = cataloguesAt(options.catalogue ?? exampleCatalogueFile);
  const listening = await listen(host, options.port);
  try {
    const documents = folderDocuments(data);
    await keepCatalogues(catalogues, documents);
    await prepareInbox(inbox, newestCatalogue(catalogues));
    const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
    const store = { ledger, documents, catalogues, now, reports };
    const origin = outside ?? `http://${loopback}:${listening.port}`;
    listening.answerWith(portalOver(store, { origin, port: listening.port, openId: options.openId }));
    const inboxLooks = new Inbox({ ...store, folder: inbox });
    const looking = repeatedly((isStopped) => inboxLooks.look(isStopped), options.inboxPause ?? 2_000);
    const publishing = scheduleDailyPublication({ ...store, software });
    const stop = async () => {
      await Promise.all([listening.close(), looking.stop(), publishing.stop()]);
      ledger.close();
    };
    return { origin, data, inbox, stop };
  } catch (error) {
    await listening.close();
    throw error;
  }
}

/** Every catalogue in force is kept under its hash, which events name. */
async function keepCatalogues(
  catalogues: ReadonlyMap<number, Catalogue>,
  documents: Documents,
): Promise<void> {
  for (const catalogue of catalogues.values()) {
    const key = `catalogues/${catalogueHash(catalogue)}.json`;
    await documents.put(key, jsonFile(catalogue), { ifAbsent: true });
  }
}
