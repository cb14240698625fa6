import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { dynamodbClient } from '../../../shared/adapters/aws-clients.ts';
import { dynamodbLedger } from '../../../shared/adapters/dynamodb-ledger.ts';
import { readSecret, secretsClient } from '../../../shared/adapters/secrets.ts';
import { instantOf } from '../../../shared/core/catalogue/period.ts';
import { memoize } from '../../memoize.ts';
import type { IdentityProvider } from '../../portal/access/identity-provider.ts';
import { loadAssets } from '../../portal/assets.ts';
import { workAtOnce } from '../../portal/long-work.ts';
import { departmentLinks } from '../../portal/pages/addresses.ts';
import { KnownCatalogues } from '../../use-cases/known-catalogues.ts';
import { type PortalEnvironment, portalSecretSchema } from '../environment.ts';
import { lazyDocuments } from '../lazy.ts';
import { mostBytesOut } from './answers.ts';
import type { HandlerServices } from './handler.ts';

/** For so long an instance of the function goes by the catalogues that it saw last (milliseconds). */
const catalogueAge = 30_000;

const now = () => instantOf(new Date());

/**
 * The portal's services on AWS, from the environment and the folder of the bundle. What not every page needs (S3, the
 * identity provider, starting the other function) is imported when it is first used.
 */
export async function awsServices(environment: PortalEnvironment, folder: string): Promise<HandlerServices> {
  const buckets = {
    uploads: environment.UPLOADS_BUCKET,
    documents: environment.DOCUMENTS_BUCKET,
    publications: environment.PUBLICATIONS_BUCKET,
  };
  const store = memoize(async () => (await import('./s3-portal-store.ts')).awsStore(buckets));
  const documents = lazyDocuments(async () => (await store()).documents);
  const ledger = dynamodbLedger({ client: dynamodbClient(), table: environment.LEDGER_TABLE });
  const publish = memoize(() => publisher(environment.PUBLISH_FUNCTION));
  const secret = portalSecretSchema.parse(await readSecret(environment.PORTAL_SECRET, secretsClient()));
  return {
    origin: environment.PORTAL_ORIGIN,
    ledger,
    rawEvents: ledger.readRaw,
    documents,
    catalogues: new KnownCatalogues({ ledger, documents }, catalogueAge),
    uploadTarget: {
      kind: 'store',
      form: async (order) => (await store()).form(order),
      scanForm: async (order) => (await store()).scanForm(order),
      put: async (...given) => (await store()).put(...given),
      // As much as Lambda hands out it also takes.
      mostBytesHere: mostBytesOut,
      origin: uploadFormOrigin({
        bucket: buckets.uploads,
        region: environment.AWS_REGION,
        endpoint: environment.AWS_ENDPOINT_URL,
      }),
    },
    reminding: {
      by: environment.REMINDERS === 'on' ? 'what-was-deployed' : [],
      link: departmentLinks(environment.PORTAL_ORIGIN),
    },
    downloadAddress: async (document) => (await store()).downloadAddress(document),
    keepLarge: async (file) => (await store()).keepLarge(file),
    work: workAtOnce({
      ledger,
      documents,
      rawEvents: ledger.readRaw,
      now,
      publish: async (year, by) => (await publish())({ year, by }),
    }),
    signIn: {
      kind: 'provider',
      provider: lazyProvider(memoize(() => provider(environment, secret.clientSecret))),
    },
    sessionKey: createHash('sha256').update(secret.sessionKey).digest(),
    assets: loadAssets(resolve(folder, 'assets')),
    now,
  };
}

async function publisher(name: string) {
  const { lambdaClient, startFunction } = await import('../../../shared/adapters/start-function.ts');
  return startFunction({ client: lambdaClient(), name });
}

async function provider(environment: PortalEnvironment, clientSecret: string): Promise<IdentityProvider> {
  const { openIdProvider } = await import('../../portal/access/openid-provider.ts');
  return openIdProvider({
    issuer: environment.OIDC_ISSUER,
    clientId: environment.OIDC_CLIENT,
    ...(clientSecret !== '' && { clientSecret }),
    audience: environment.OIDC_AUDIENCE,
    origin: environment.PORTAL_ORIGIN,
    roleClaim: environment.OIDC_ROLE_CLAIM,
    departmentClaim: environment.OIDC_DEPARTMENT_CLAIM,
    now,
  });
}

function lazyProvider(load: () => Promise<IdentityProvider>): IdentityProvider {
  return {
    begin: async (...given) => (await load()).begin(...given),
    finish: async (...given) => (await load()).finish(...given),
    identify: async (...given) => (await load()).identify(...given),
    signOutAddress: async () => (await load()).signOutAddress(),
  };
}

/**
 * The origin of the forms for a bucket, without asking S3's client, which is slow to load: a host name for each
 * bucket, or the host of another endpoint than AWS's.
 */
export function uploadFormOrigin({
  bucket,
  region,
  endpoint,
}: {
  bucket: string;
  region: string;
  endpoint: string | undefined;
}): string {
  if (endpoint !== undefined) return new URL(endpoint).origin;
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${bucket}.s3.${region}.${suffix}`;
}
