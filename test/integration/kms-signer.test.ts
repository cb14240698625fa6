import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeStatement } from '../../functions/use-cases/witness.ts';
import { kmsSigner } from '../../shared/adapters/kms-signer.ts';
import { isSigned } from '../../shared/core/ledger/witness.ts';
import { startKeyService } from '../fixtures/key-service.ts';
import { standInAccount } from '../fixtures/moto.ts';
import { smallStore } from '../fixtures/small-store.ts';

const key = 'arn:aws:kms:eu-west-1:123456789012:key/witness';

describe('a key in KMS', () => {
  let service: Awaited<ReturnType<typeof startKeyService>>;
  let client: KMSClient;

  beforeAll(async () => {
    service = await startKeyService(key);
    client = new KMSClient({
      ...standInAccount,
      endpoint: service.endpoint,
      region: 'eu-west-1',
      maxAttempts: 1,
    });
  });
  afterAll(() => {
    client.destroy();
    service.stop();
  });

  it('signs statements whose signature is checked like any other', async () => {
    const signer = await kmsSigner({ client, key });
    const statement = await makeStatement('2023-05-01T00:00:00.000Z', { ...smallStore(), signer });
    expect(statement?.publicKey).toBe(service.publicKey);
    expect(isSigned(statement!)).toBe(true);
  });

  it('is none under another name', async () => {
    await expect(kmsSigner({ client, key: `${key}2` })).rejects.toThrow('not as KMS takes it');
  });
});
