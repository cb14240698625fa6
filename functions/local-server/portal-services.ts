import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, Hono } from 'hono';
import type { SqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { recorders } from '../../shared/core/ledger/people.ts';
import type { Documents } from '../../shared/core/ledger/ports.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import type { SignIn } from '../portal/access/identity-provider.ts';
import { type OpenIdSettings, openIdProvider } from '../portal/access/openid-provider.ts';
import { loadAssets } from '../portal/assets.ts';
import type { LongWork } from '../portal/long-work.ts';
import { createPortal } from '../portal/portal.ts';
import type { LogEntry, PortalServices, UploadTarget } from '../portal/services.ts';
import type { KnownCatalogues } from '../use-cases/known-catalogues.ts';
import type { ReceiptClock, Receive } from '../use-cases/receive.ts';
import { loopback } from './bind-address.ts';
import type { Logger } from './logger.ts';

/** How the portal is registered at an identity provider. */
export type OpenIdRegistration = Omit<OpenIdSettings, 'origin' | 'now'>;

/** Where one office's data are, and in what time. */
export interface Store {
  ledger: SqliteLedger;
  documents: Documents;
  receive: Receive;
  receipts: ReceiptClock;
  work: LongWork;
  catalogues: KnownCatalogues;
  now: () => Instant;
  reports: Logger;
}

const assetsFolder = fileURLToPath(new URL('../portal/assets', import.meta.url));

/** The portal over a store on this machine. The key of sessions is new: after a restart people sign in again. */
export function portalOver(
  { ledger, documents, receive, receipts, work, catalogues, now, reports }: Store,
  {
    origin,
    port,
    openId,
    skippedFiles,
    health,
    lookAtSample,
    accessLog,
    witnessProblem,
    reminding,
  }: { origin: string; port: number; openId: OpenIdRegistration | undefined } & Required<
    Pick<PortalServices, 'skippedFiles' | 'health' | 'witnessProblem' | 'reminding' | 'accessLog'>
  > &
    Pick<PortalServices, 'lookAtSample'>,
): Hono {
  const signIn: SignIn =
    openId === undefined
      ? { kind: 'chooser' }
      : { kind: 'provider', provider: openIdProvider({ ...openId, origin, now }) };
  const services: PortalServices = {
    origin,
    ledger,
    rawEvents: (chain) => ledger.readRaw(chain),
    documents,
    catalogues,
    uploadTarget: directUpload({ receive, receipts }),
    work,
    witnessProblem,
    reminding,
    skippedFiles,
    health,
    accessLog,
    ...(lookAtSample !== undefined && { lookAtSample }),
    signIn,
    sessionKey: new Uint8Array(randomBytes(32)),
    assets: loadAssets(assetsFolder),
    now,
    log: (entry) => logRequest(entry, reports),
  };
  const aliases = [`localhost:${port}`, `${loopback}:${port}`];
  return createPortal(services, { clientAddress: clientAddress(origin), aliases });
}

function logRequest({ error, ...entry }: LogEntry, reports: Logger): void {
  if (error === undefined) reports.done('request', { ...entry });
  else reports.fault('a request failed', error, { ...entry });
}

/** Takes uploads in where the portal itself runs: keeps the original, decides, records, writes the feedback. */
export function directUpload({ receive, receipts }: Pick<Store, 'receive' | 'receipts'>): UploadTarget {
  return {
    kind: 'here',
    async take(file) {
      const uploadedAt = await receipts.next();
      const { event } = await receive({ ...file, uploadedAt }, recorders.portal);
      return uploadId(event.happening.upload);
    },
  };
}

/**
 * The address of whoever asks. Where browsers come by https, a proxy stands before the server and says for whom it
 * asks, last in the list; what stands before that may have been made up.
 */
export function clientAddress(origin: string): (context: Context) => string {
  const hasProxy = origin.startsWith('https:');
  return (context) => {
    const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    if (hasProxy && forwarded !== undefined && forwarded !== '') return forwarded;
    return getConnInfo(context).remote.address ?? 'unknown';
  };
}
