import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { type Instant, instantSchema } from '../catalogue/period.ts';
import { canonicalJson, digestOf, type Sha256, sha256, sha256Schema } from '../values/digest.ts';
import { type ChainHead, chainHeadSchema, noHash } from './event.ts';

const format = 'indicators-witness/1';

/**
 * A signed statement of how far every chain of every year went at a moment. `previous` is the hash of the statement
 * before, `publicKey` the SubjectPublicKeyInfo (DER) of the Ed25519 key, `signature` that of `bytesToSign`.
 */
export const witnessStatementSchema = z.strictObject({
  format: z.literal(format),
  number: z.int().min(1),
  at: instantSchema,
  heads: z.array(chainHeadSchema.extend({ length: z.int().min(1) })).max(10_000),
  previous: sha256Schema,
  publicKey: z.base64().max(200),
  signature: z.base64().max(200),
});
export type WitnessStatement = z.infer<typeof witnessStatementSchema>;
export type UnsignedStatement = Omit<WitnessStatement, 'signature'>;

/** A key that signs statements, wherever it is kept. */
export interface WitnessSigner {
  /** SubjectPublicKeyInfo (DER), as it stands in statements. */
  publicKey: string;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** What the next statement says of these chains. */
export function composeStatement({
  at,
  heads,
  last,
  publicKey,
}: {
  at: Instant;
  heads: readonly ChainHead[];
  last: WitnessStatement | undefined;
  publicKey: string;
}): UnsignedStatement {
  return {
    format,
    number: (last?.number ?? 0) + 1,
    at,
    heads: heads.filter(({ length }) => length > 0).sort((one, other) => (one.chain < other.chain ? -1 : 1)),
    previous: last === undefined ? noHash : statementHash(last),
    publicKey,
  };
}

/** A statement's hash: the SHA-256 of its canonical JSON without the signature. */
export function statementHash(statement: UnsignedStatement): Sha256 {
  const { signature: _signature, ...unsigned } = { signature: '', ...statement };
  return digestOf(unsigned);
}

/** What is signed: a line with the statement's hash, since keys in a service sign no more than 4,096 bytes. */
export function bytesToSign(statement: UnsignedStatement): Uint8Array {
  return new TextEncoder().encode(`${format} ${statementHash(statement)}\n`);
}

/** Whether the statement is signed by the key that it names. Whose key that is its fingerprint tells. */
export function isSigned(statement: WitnessStatement): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(statement.publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    const signature = Buffer.from(statement.signature, 'base64');
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytesToSign(statement), key, signature);
  } catch {
    return false;
  }
}

/** What a key is known by: the SHA-256 of its SubjectPublicKeyInfo (DER). */
export function keyFingerprint(publicKey: string): Sha256 {
  return sha256(Buffer.from(publicKey, 'base64'));
}

/** What is wrong with a statement, and with which. */
export interface StatementFault {
  number: number;
  explanation: string;
}

/** What is wrong with a statement by itself: its signature, or, where a key was told, that it is another's. */
export function statementFaults(
  statement: WitnessStatement,
  expectedKey: Sha256 | undefined,
): StatementFault[] {
  const fault = (explanation: string) => [{ number: statement.number, explanation }];
  if (!isSigned(statement)) return fault('has a signature that is not by its key: it was edited or made up');
  const fingerprint = keyFingerprint(statement.publicKey);
  if (expectedKey === undefined || fingerprint === expectedKey) return [];
  return fault(`is signed by another key than was told: ${fingerprint}`);
}

/**
 * What is wrong with statements beside each other: two of one number, and one that does not follow the one before it.
 * Where one is not here, what follows it is not judged.
 */
export function sequenceFaults(statements: readonly WitnessStatement[]): StatementFault[] {
  const byNumber = Map.groupBy(statements, ({ number }) => number);
  return [...byNumber].flatMap(([number, [first, ...others]]) => {
    if (first === undefined) return [];
    const isDouble = others.some((other) => canonicalJson(other) !== canonicalJson(first));
    const [before] = byNumber.get(number - 1) ?? [];
    const follows = number === 1 ? first.previous === noHash : isAfter(first, before);
    return [
      ...(isDouble ? [{ number, explanation: 'is there twice, and differs: one of them was made up' }] : []),
      ...(follows ? [] : [{ number, explanation: 'does not follow the statement before it' }]),
    ];
  });
}

function isAfter(statement: WitnessStatement, before: WitnessStatement | undefined): boolean {
  return before === undefined || statement.previous === statementHash(before);
}
