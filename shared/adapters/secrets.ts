import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientConfig } from './client-config.ts';

export function secretsClient(): SecretsManagerClient {
  return new SecretsManagerClient(clientConfig);
}

/** The value of a secret that is kept as JSON in AWS Secrets Manager, not yet parsed by a schema. */
export async function readSecret(id: string, client: SecretsManagerClient): Promise<unknown> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  try {
    return JSON.parse(SecretString ?? '');
  } catch {
    // What the parser says of it would quote it.
    throw new Error(`the secret ${id} is not JSON`);
  }
}
