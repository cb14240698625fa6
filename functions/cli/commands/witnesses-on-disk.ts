import { createPublicKey } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keyFingerprint } from '../../../shared/core/ledger/witness.ts';
import { type Sha256, sha256Schema } from '../../../shared/core/values/digest.ts';
import type { Fault } from '../../use-cases/verify/verify.ts';
import { readWitness, type Witness } from '../../use-cases/verify/witnesses.ts';
import { UsageError } from './exit-codes.ts';

/** How `verify` is told of witnesses. */
export interface WitnessOptions {
  /** Files with statements or heads, or folders of statements. */
  witness?: string[];
  /** The file of the public key that signs statements, or its fingerprint. */
  witnessPublicKey?: string;
}

/** The witnesses that were given, and what is wrong with their files. */
export interface GivenWitnesses {
  witnesses: Witness[];
  faults: Fault[];
  key: Sha256 | undefined;
}

/** Reads what `--witness` names; undefined where it was not given. Throws `UsageError` for what tells of no head. */
export async function witnessesOnDisk({
  witness: paths = [],
  witnessPublicKey,
}: WitnessOptions): Promise<GivenWitnesses | undefined> {
  if (paths.length === 0) {
    if (witnessPublicKey === undefined) return undefined;
    throw new UsageError('--witness-public-key goes with --witness');
  }
  const key = witnessPublicKey === undefined ? undefined : await fingerprintOf(witnessPublicKey);
  const given: GivenWitnesses = { witnesses: [], faults: [], key };
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) await addFolder(path, given);
    else given.witnesses.push(witnessIn(path, await readFile(path, 'utf8')));
  }
  return given;
}

function witnessIn(name: string, text: string): Witness {
  const witness = readWitness(name, text);
  if (witness !== undefined) return witness;
  throw new UsageError(
    `${name} tells of no head: give what "witness" wrote, the manifest.json of a publication, or an exported ledger`,
  );
}

/** A folder holds statements; a file among them that is none was edited. */
async function addFolder(folder: string, { witnesses, faults }: GivenWitnesses): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^[^.].*\.json$/.test(name)).sort();
  if (names.length === 0) throw new UsageError(`${folder} holds no statement: there is no .json in it`);
  for (const name of names) {
    const path = join(folder, name);
    const witness = readWitness(path, await readFile(path, 'utf8'));
    if (witness?.kind === 'statement') witnesses.push(witness);
    else faults.push({ where: path, explanation: 'is no witness statement: it was edited' });
  }
}

async function fingerprintOf(given: string): Promise<Sha256> {
  const typed = sha256Schema.safeParse(given.toLowerCase().replaceAll(/[\s:]/g, ''));
  if (typed.success) return typed.data;
  const pem = await readFile(given, 'utf8');
  try {
    const key = createPublicKey(pem).export({ format: 'der', type: 'spki' });
    return keyFingerprint(key.toString('base64'));
  } catch {
    throw new UsageError(`${given} is neither a fingerprint (64 hexadecimal digits) nor a public key (PEM)`);
  }
}
