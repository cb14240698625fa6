import { basename } from 'node:path/posix';
import pMap from 'p-map';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { verifyChain } from '../../shared/core/ledger/chain-faults.ts';
import { type Chain, chainSchema, headOf, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, DocumentsReader, LedgerReader } from '../../shared/core/ledger/ports.ts';
import {
  bytesToSign,
  composeStatement,
  isSigned,
  type UnsignedStatement,
  type WitnessSigner,
  type WitnessStatement,
} from '../../shared/core/ledger/witness.ts';
import { yearsWithCatalogues } from './stores/catalogue-store.ts';
import { putOnce } from './stores/put-once.ts';
import {
  newestStatement,
  stampBeside,
  stampKeys,
  statementFile,
  statementKey,
  statementKeys,
  witnessFolder,
} from './stores/witness-store.ts';
import { chainsKnownOf } from './verify/read-raw.ts';

/** What statements are made of, and where they are kept. */
export interface WitnessServices {
  ledger: LedgerReader;
  documents: Documents;
  signer: WitnessSigner;
}

/** The ledger is not what the newest statement says it was, or is broken: nothing is signed that would pass it off. */
export class WitnessContradictedError extends Error {
  override readonly name = 'WitnessContradictedError';
}

/** How often another number is taken because a statement was made beside this one. */
const maxAttempts = 10;

/**
 * Makes the next statement and keeps it among the documents, never replacing one. Throws `WitnessContradictedError` where
 * the ledger does not hold against the newest. Undefined where nothing is recorded yet of which one could be made.
 */
export async function makeStatement(
  at: Instant,
  services: WitnessServices,
): Promise<WitnessStatement | undefined> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const last = await lastStatement(services.documents);
    const heads = await headsNow(services, last);
    if (heads.every(({ length }) => length === 0)) return undefined;
    const unsigned = composeStatement({ at, heads, last, publicKey: services.signer.publicKey });
    const statement = await signStatement(unsigned, services.signer);
    const key = statementKey(statement.number);
    const put = await services.documents.put(key, statementFile(statement), { ifAbsent: true });
    if (put === 'stored') return statement;
  }
  throw new Error('statements are made faster than one can be kept');
}

async function lastStatement(documents: Documents): Promise<WitnessStatement | undefined> {
  const newest = await newestStatement(documents);
  if (newest === undefined) return undefined;
  if (newest.statement !== undefined && isSigned(newest.statement)) return newest.statement;
  throw new WitnessContradictedError(`${newest.key} was edited: it is no statement that its key signed`);
}

async function headsNow({ ledger, documents }: WitnessServices, last: WitnessStatement | undefined) {
  const said = last?.heads ?? [];
  const years = new Set([
    ...(await yearsWithCatalogues(documents)),
    ...said.map(({ chain }) => Number(chain.slice(0, 4))),
  ]);
  const known = await pMap([...years], (year) => chainsKnownOf(year, documents));
  const names = [...new Set<Chain>([...known.flat(), ...said.map(({ chain }) => chain)])];
  const read = async (chain: Chain) => [chain, await ledger.read(chain)] as const;
  const chains = await pMap(names, read, { concurrency: 16 });
  const faults = chains.flatMap(([chain, events]) => verifyChain(chain, events, said));
  if (faults.length > 0) {
    const named = faults.map(({ chain, explanation }) => `${chain}: ${explanation}`);
    throw new WitnessContradictedError(`no statement is signed of a ledger with faults: ${named.join('; ')}`);
  }
  return chains.map(([chain, events]: readonly [Chain, readonly LedgerEvent[]]) =>
    headOf(chainSchema.parse(chain), events),
  );
}

/** Throws where what comes back is not a signature by the key that the statement names. */
async function signStatement(unsigned: UnsignedStatement, signer: WitnessSigner): Promise<WitnessStatement> {
  const signature = Buffer.from(await signer.sign(bytesToSign(unsigned))).toString('base64');
  const statement = { ...unsigned, signature };
  if (!isSigned(statement)) throw new Error('the signature is not by the key that the statement names');
  return statement;
}

/** The public key beside the statements, for whoever checks their signatures. */
export const publicKeyName = 'public-key.pem';

/** Has an authority stamp a file; its answer. Throws where there is none, or none of this file. */
export type StampFile = (file: Uint8Array) => Promise<Uint8Array>;

/**
 * Keeps a time stamp beside the newest statement, unless one is there. Older statements get none: the newest has the hash
 * of the one before it, so that what stamps it stamps them all.
 */
export async function stampNewest(
  documents: Documents,
  stamp: StampFile,
): Promise<'stamped' | 'nothing-to-stamp'> {
  const key = (await statementKeys(documents)).at(-1);
  if (key === undefined || (await stampKeys(documents)).includes(stampBeside(key))) return 'nothing-to-stamp';
  const file = await documents.get(key);
  if (file === undefined) return 'nothing-to-stamp';
  await putOnce(stampBeside(key), await stamp(file), documents);
  return 'stamped';
}

/**
 * Brings outside every statement and time stamp that is not there yet, under the same keys, and the public key beside
 * them; how many were brought. Nothing there is replaced.
 */
export async function handOut(
  { documents, publicKey }: { documents: Documents; publicKey: Uint8Array },
  outside: Documents,
): Promise<number> {
  const [here, there] = [await keptKeys(documents), await keptKeys(outside)];
  await outside.put(witnessFolder + publicKeyName, publicKey, { ifAbsent: true });
  const missing = here.filter((key) => !there.includes(key));
  for (const key of missing) {
    const bytes = await documents.get(key);
    if (bytes !== undefined) await putOnce(key, bytes, outside);
  }
  return missing.length;
}

async function keptKeys(documents: DocumentsReader): Promise<string[]> {
  return [...(await statementKeys(documents)), ...(await stampKeys(documents))];
}

/**
 * Throws `WitnessContradictedError` where the newest statement outside is another than the one that is kept here, or is
 * kept here no more: asked before the next is signed, lest whoever threw them all away begin a new row of them.
 */
export async function compareWithOutside(
  documents: DocumentsReader,
  outside: DocumentsReader,
): Promise<void> {
  const key = (await statementKeys(outside)).at(-1);
  if (key === undefined) return;
  const [own, others] = await Promise.all([documents.get(key), outside.get(key)]);
  if (own !== undefined && others !== undefined && Buffer.compare(own, others) === 0) return;
  throw new WitnessContradictedError(
    `statement ${basename(key)} that was handed outside is not the one that is kept here: one of them was written anew`,
  );
}
