import { createPublicKey } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keyFingerprint } from '../../../shared/core/ledger/witness.ts';
import { type Sha256, sha256Schema } from '../../../shared/core/values/digest.ts';
import type { Fault } from '../../use-cases/verify/verify.ts';
import { readWitness, type Witness, type WitnessVerdict } from '../../use-cases/verify/witnesses.ts';
import { UsageError } from './exit-codes.ts';
import { type StatementOnDisk, stampsOnDisk } from './stamps-on-disk.ts';

/** How `verify` is told of witnesses. */
export interface WitnessOptions {
  /** Files with statements or heads, or folders of statements. */
  witness?: string[];
  /** The file of the public key that signs statements, or its fingerprint. */
  witnessPublicKey?: string;
  /** The file of the certificates up to which the signatures of time stamps are checked. */
  timestampAuthority?: string;
}

/** The witnesses that were given, and what is to be said of their files: of time stamps beside them, or that one was edited. */
export interface GivenWitnesses extends WitnessVerdict {
  witnesses: Witness[];
  key: Sha256 | undefined;
}

/** Reads what `--witness` names; undefined where it was not given. Throws `UsageError` for what tells of no head. */
export async function witnessesOnDisk({
  witness: paths = [],
  witnessPublicKey,
  timestampAuthority,
}: WitnessOptions): Promise<GivenWitnesses | undefined> {
  if (paths.length === 0) {
    if (witnessPublicKey === undefined && timestampAuthority === undefined) return undefined;
    throw new UsageError('--witness-public-key and --timestamp-authority go with --witness');
  }
  const key = witnessPublicKey === undefined ? undefined : await fingerprintOf(witnessPublicKey);
  const witnesses: Witness[] = [];
  const faults: Fault[] = [];
  const statements: StatementOnDisk[] = [];
  for (const path of paths) {
    const isFolder = (await stat(path)).isDirectory();
    for (const file of isFolder ? await statementsIn(path) : [path]) {
      const bytes = await readFile(file);
      const witness = readWitness(file, bytes.toString());
      if (witness?.kind === 'statement') statements.push({ path: file, bytes });
      if (witness?.kind === 'statement' || (witness !== undefined && !isFolder)) witnesses.push(witness);
      else if (isFolder) faults.push({ where: file, explanation: 'is no witness statement: it was edited' });
      else throw new UsageError(tellsNothing(file));
    }
  }
  const stamps = await stampsOnDisk(statements, timestampAuthority);
  return { ...stamps, faults: [...faults, ...stamps.faults], witnesses, key };
}

function tellsNothing(name: string): string {
  return `${name} tells of no head: give what "witness" wrote, the manifest.json of a publication, or an exported ledger`;
}

/** A folder holds statements; a file among them that is none was edited. */
async function statementsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^[^.].*\.json$/.test(name)).sort();
  if (names.length === 0) throw new UsageError(`${folder} holds no statement: there is no .json in it`);
  return names.map((name) => join(folder, name));
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
