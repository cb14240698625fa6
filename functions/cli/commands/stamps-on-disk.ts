import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Certificate } from 'pkijs';
import { hasCode } from '../../../shared/adapters/system-error.ts';
import { stampBeside } from '../../use-cases/stores/witness-store.ts';
import type { WitnessVerdict } from '../../use-cases/verify/witnesses.ts';
import { UsageError } from './exit-codes.ts';

/** The file of a statement, as it lies on a disk. */
export interface StatementOnDisk {
  path: string;
  bytes: Uint8Array;
}

/** Loaded only where there is a time stamp: the packages for it take a third of a second. */
const timeStamps = () => import('../../../shared/adapters/time-stamp.ts');

/**
 * What the time stamps (RFC 3161) tell that lie beside statements. One of another file is a fault, and one that is none;
 * and, where the file of an authority's certificates was given, one whose signature does not lead up to them.
 */
export async function stampsOnDisk(
  statements: readonly StatementOnDisk[],
  authority: string | undefined,
): Promise<WitnessVerdict> {
  const trusted = authority === undefined ? undefined : await certificatesOf(authority);
  const verdict: WitnessVerdict = { checked: [], faults: [], notes: [] };
  let found = 0;
  for (const statement of statements) {
    const path = stampBeside(statement.path);
    const size = await sizeOf(path);
    if (size === undefined) continue;
    found += 1;
    const outcome = await readStamp({ path, size }, statement, trusted);
    if ('fault' in outcome) verdict.faults.push({ where: path, explanation: outcome.fault });
    else verdict.checked.push(`${path}: ${outcome.told}`);
  }
  if (trusted === undefined && verdict.checked.length > 0)
    verdict.notes.push(
      'the signatures of time stamps were not checked: anybody could have made them. Give the certificate of their authority with --timestamp-authority',
    );
  if (trusted !== undefined && found === 0)
    verdict.notes.push('no time stamp (.tsr) lies beside a statement');
  return verdict;
}

async function readStamp(
  { path, size }: { path: string; size: number },
  statement: StatementOnDisk,
  trusted: Certificate[] | undefined,
): Promise<{ fault: string } | { told: string }> {
  const { isStampOf, largestTimeStamp, readTimeStamp, signatureFault, TimeStampError } = await timeStamps();
  if (size > largestTimeStamp) return { fault: `is larger than ${largestTimeStamp} bytes` };
  try {
    const stamp = readTimeStamp(await readFile(path));
    const name = basename(statement.path);
    if (!isStampOf(stamp, statement.bytes)) return { fault: `is a time stamp of another file than ${name}` };
    const told = `the authority says that ${name} was there at ${stamp.at}`;
    if (trusted === undefined) return { told: `${told}; its signature was not checked` };
    const fault = await signatureFault(stamp, statement.bytes, trusted);
    return fault === undefined ? { told: `${told}, and signed it` } : { fault };
  } catch (error) {
    if (error instanceof TimeStampError) return { fault: error.message };
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function certificatesOf(file: string): Promise<Certificate[]> {
  const pem = await readFile(file, 'utf8');
  const { certificatesIn } = await timeStamps();
  const certificates = certificatesIn(pem);
  if (certificates.length > 0) return certificates;
  throw new UsageError(`${file} holds no certificate (PEM)`);
}
