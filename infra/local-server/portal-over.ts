import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { software } from '../../functions/cli/workplace.ts';
import { type OpenIdSettings, openIdProvider } from '../../functions/portal/access/openid-provider.ts';
import type { SignIn } from '../../functions/portal/access/sign-in.ts';
import { loadAssets } from '../../functions/portal/assets.ts';
import { createPortal } from '../../functions/portal/portal.ts';
import type { LogEntry, PortalServices } from '../../functions/portal/services.ts';
import { intakeHere } from '../../functions/portal/take-here.ts';
import { publish } from '../../functions/publish/publish.ts';
import type { SqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import type { Catalogue } from '../../shared/core/catalogue.ts';
import type { Instant } from '../../shared/core/period.ts';
import type { Documents } from '../../shared/core/ports.ts';
import { clientAddress } from './client-address.ts';
import { loopback } from './reach.ts';
import type { Reports } from './reports.ts';

/** How the portal is registered at an identity provider. */
export type OpenIdRegistration = Omit<OpenIdSettings, 'origin' | 'now'>;

/** Where one office's data are, and in what time. */
export interface Store {
  ledger: SqliteLedger;
  documents: Documents;
  catalogues: ReadonlyMap<number, Catalogue>;
  now: () => Instant;
  reports: Reports;
}

const assetsFolder = fileURLToPath(new URL('../../functions/portal/assets', import.meta.url));

/** The portal over a store on this machine. The key of sessions is new: after a restart people sign in again. */
export function portalOver(
  { ledger, documents, catalogues, now, reports }: Store,
  { origin, port, openId }: { origin: string; port: number; openId: OpenIdRegistration | undefined },
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
    intake: intakeHere({ ledger, documents, now }),
    publishNow: async (catalogue, by) => {
      const request = { publishedAt: now(), publishedBy: by, software };
      await publish(request, { ledger, documents, catalogue });
    },
    signIn,
    sessionKey: new Uint8Array(randomBytes(32)),
    assets: loadAssets(assetsFolder),
    now,
    log: (entry) => logRequest(entry, reports),
  };
  const aliases = [`localhost:${port}`, `${loopback}:${port}`];
  return createPortal(services, { clientAddress: clientAddress(origin), aliases });
}

function logRequest({ error, ...entry }: LogEntry, reports: Reports): void {
  if (error === undefined) reports.done('request', { ...entry });
  else reports.fault('a request failed', error, { ...entry });
}
