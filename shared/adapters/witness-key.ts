import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { WitnessSigner } from '../core/ledger/witness.ts';
import { privateModes } from './private-modes.ts';
import { hasCode } from './system-error.ts';
import { writeWhole } from './whole-file.ts';

/** A key in a file of this machine, and whether it was made just now. */
export interface FileSigner extends WitnessSigner {
  isNew: boolean;
}

/** The Ed25519 key in a file (PKCS #8, PEM), which is made if there is none. Throws where the file holds no such key. */
export async function openWitnessKey(file: string): Promise<FileSigner> {
  const found = await readIfThere(file);
  if (found !== undefined) return { ...signerOf(found, file), isNew: false };
  await mkdir(dirname(file), { recursive: true, mode: privateModes.folder });
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  const written = await writeWhole(file, new TextEncoder().encode(String(pem)), { ifAbsent: true });
  if (written === 'stored') return { ...signerOf(pem, file), isNew: true };
  return { ...signerOf(await readFile(file), file), isNew: false };
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function signerOf(pem: string | Uint8Array, file: string): WitnessSigner {
  const key = privateKeyIn(pem);
  if (key?.asymmetricKeyType !== 'ed25519') throw new Error(`${file} holds no Ed25519 key (PKCS #8, PEM)`);
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  return { publicKey, sign: async (bytes) => new Uint8Array(sign(null, bytes, key)) };
}

function privateKeyIn(pem: string | Uint8Array): KeyObject | undefined {
  try {
    return createPrivateKey({ key: Buffer.from(pem), format: 'pem' });
  } catch {
    return undefined;
  }
}

/** A public key as a file for others (SubjectPublicKeyInfo, PEM), which OpenSSL reads too. */
export function publicKeyFile(publicKey: string): Uint8Array {
  const lines = publicKey.match(/.{1,64}/g)?.join('\n');
  return new TextEncoder().encode(`-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`);
}
