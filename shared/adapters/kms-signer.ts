import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { WitnessSigner } from '../core/ledger/witness.ts';
import { clientConfig } from './client-config.ts';

export function kmsClient(): KMSClient {
  return new KMSClient(clientConfig);
}

/** An Ed25519 key (`ECC_NIST_EDWARDS25519`) in AWS KMS, which no one can take out. */
export async function kmsSigner({ client, key }: { client: KMSClient; key: string }): Promise<WitnessSigner> {
  const { PublicKey = new Uint8Array() } = await client.send(new GetPublicKeyCommand({ KeyId: key }));
  return {
    publicKey: Buffer.from(PublicKey).toString('base64'),
    async sign(bytes) {
      const { Signature = new Uint8Array() } = await client.send(
        new SignCommand({
          KeyId: key,
          Message: bytes,
          MessageType: 'RAW',
          SigningAlgorithm: 'ED25519_SHA_512',
        }),
      );
      return Signature;
    },
  };
}
