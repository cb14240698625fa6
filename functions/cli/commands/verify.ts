import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chainsOfYear } from '../../use-cases/read-year.ts';
import type { Folder } from '../../use-cases/stores/publication-store.ts';
import { chainsInFile, readLedgerFile } from '../../use-cases/transfer.ts';
import { verifyContents } from '../../use-cases/verify/contents.ts';
import {
  legibleEvents,
  publicationEvents,
  verifyChains,
  verifyPublication,
} from '../../use-cases/verify/verify.ts';
import { type Verification, verifyStore } from '../../use-cases/verify/verify-store.ts';
import { exitCodes } from './exit-codes.ts';
import { print, printJson } from './output.ts';
import type { KeptWorkplace } from './workplace.ts';

export interface VerifyOptions {
  ledger?: string;
  publication?: string;
  json?: boolean;
}

/** Verifies files by themselves: an exported ledger, a publication's folder, or one against the other. */
export async function verifyFilesCommand(options: VerifyOptions): Promise<number> {
  const ledger = options.ledger === undefined ? undefined : await ledgerOnDisk(options.ledger);
  const verification: Verification = { checked: ledger?.checked ?? [], faults: ledger?.faults ?? [] };
  const knownHeads = [...(ledger?.heads ?? [])];
  if (options.publication !== undefined) {
    const folder = await folderOnDisk(options.publication);
    const published = ledger === undefined ? undefined : publicationEvents(ledger.chains);
    const { faults, heads } = await verifyPublication(folder, published);
    const events = ledger === undefined ? undefined : legibleEvents(ledger.chains);
    const contents = await verifyContents(folder, { events, original: undefined });
    verification.checked.push(options.publication, ...contents.checked);
    verification.faults.push(...faults, ...contents.faults);
    knownHeads.push(...heads);
  }
  if (ledger !== undefined)
    verification.faults.unshift(...verifyChains({ chains: ledger.chains, knownHeads }));
  return report(verification, options);
}

async function ledgerOnDisk(path: string) {
  const file = readLedgerFile(await readFile(path, 'utf8'));
  const chains = chainsInFile(file);
  return {
    chains,
    heads: file.heads,
    faults: file.verbatim
      ? []
      : [{ where: path, explanation: 'is not as an export writes it: it was edited' }],
    checked: [`${path}: ${chains.size} chains, ${file.events.length} events`],
  };
}

/** Verifies the whole of an office's store. */
export async function verifyStoreCommand(options: VerifyOptions, workplace: KeptWorkplace): Promise<number> {
  const { ledger, documents, catalogue } = workplace;
  const chains = new Map<string, readonly unknown[]>();
  for (const chain of chainsOfYear(catalogue)) chains.set(chain, await ledger.readRaw(chain));
  return report(await verifyStore(chains, documents, catalogue.year), options);
}

async function folderOnDisk(path: string): Promise<Folder> {
  const names = await readdir(path);
  return {
    name: `${path.replace(/\/$/, '')}/`,
    names,
    get: async (name) =>
      names.includes(name) ? new Uint8Array(await readFile(join(path, name))) : undefined,
  };
}

function report({ checked, faults }: Verification, options: VerifyOptions): number {
  const unique = [...new Map(faults.map((fault) => [`${fault.where} ${fault.explanation}`, fault])).values()];
  if (options.json) printJson({ sound: unique.length === 0, checked, faults: unique });
  else {
    for (const line of checked) print(`checked ${line}`);
    for (const { where, explanation } of unique) print(`FAULT ${where}: ${explanation}`);
    print(unique.length === 0 ? 'sound: everything is as it was recorded' : `${unique.length} faults`);
  }
  return unique.length === 0 ? exitCodes.done : exitCodes.refused;
}
