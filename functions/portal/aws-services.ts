import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { dynamodbClient } from '../../shared/adapters/aws-clients.ts';
import { dynamodbLedger } from '../../shared/adapters/dynamodb-ledger.ts';
import { uploadFormOrigin } from '../../shared/adapters/s3-upload-form-origin.ts';
import { readSecret, secretsClient } from '../../shared/adapters/secrets.ts';
import { loadCatalogues } from '../../shared/catalogue/load-catalogues.ts';
import { deferredDocuments } from '../lambda/deferred.ts';
import { once } from '../once.ts';
import type { IdentityProvider } from './access/sign-in.ts';
import { loadAssets } from './assets.ts';
import { type PortalEnvironment, portalSecretSchema } from './environment.ts';
import type { PortalServices } from './services.ts';

const now = () => new Date().toISOString();

/**
 * The portal's services on AWS, from the environment and the folder of the bundle. What not every page needs (S3, the
 * identity provider, starting the other function) is imported when it is first used.
 */
export async function awsServices(
  environment: PortalEnvironment,
  folder: string,
): Promise<Omit<PortalServices, 'log'>> {
  const buckets = {
    uploads: environment.UPLOADS_BUCKET,
    documents: environment.DOCUMENTS_BUCKET,
    publications: environment.PUBLICATIONS_BUCKET,
  };
  const store = once(async () => (await import('./aws-store.ts')).awsStore(buckets));
  const ledger = dynamodbLedger({ client: dynamodbClient(), table: environment.LEDGER_TABLE });
  const publish = once(() => publisher(environment.PUBLISH_FUNCTION));
  const secret = portalSecretSchema.parse(await readSecret(environment.PORTAL_SECRET, secretsClient()));
  return {
    origin: environment.PORTAL_ORIGIN,
    ledger,
    rawEvents: ledger.readRaw,
    documents: deferredDocuments(async () => (await store()).documents),
    catalogues: loadCatalogues(resolve(folder, environment.CATALOGUES)),
    intake: {
      kind: 'store',
      form: async (order) => (await store()).form(order),
      origin: uploadFormOrigin({
        bucket: buckets.uploads,
        region: environment.AWS_REGION,
        endpoint: environment.AWS_ENDPOINT_URL,
      }),
    },
    downloadAddress: async (document) => (await store()).downloadAddress(document),
    publishNow: async ({ year }, by) => (await publish())({ year, by }),
    signIn: {
      kind: 'provider',
      provider: deferredProvider(once(() => provider(environment, secret.clientSecret))),
    },
    sessionKey: createHash('sha256').update(secret.sessionKey).digest(),
    assets: loadAssets(resolve(folder, 'assets')),
    now,
  };
}

async function publisher(name: string) {
  const { lambdaClient, startFunction } = await import('../../shared/adapters/start-function.ts');
  return startFunction({ client: lambdaClient(), name });
}

async function provider(environment: PortalEnvironment, clientSecret: string): Promise<IdentityProvider> {
  const { openIdProvider } = await import('./access/openid-provider.ts');
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

function deferredProvider(load: () => Promise<IdentityProvider>): IdentityProvider {
  return {
    begin: async (...given) => (await load()).begin(...given),
    finish: async (...given) => (await load()).finish(...given),
    identify: async (...given) => (await load()).identify(...given),
    signOutAddress: async () => (await load()).signOutAddress(),
  };
}
