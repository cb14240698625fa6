import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chainsInFile, readLedgerFile } from '../transfer/ledger-file.ts';
import { type Folder, publicationEvents, verifyChains, verifyPublication } from '../verify/verify.ts';
import { type Verification, verifyStore } from '../verify/verify-store.ts';
import { chainsOfYear } from '../year/read-year.ts';
import { exitCodes, print, printJson } from './output.ts';
import type { Workplace } from './workplace.ts';

export interface VerifyOptions {
  ledger?: string;
  publication?: string;
  json?: boolean;
}

/** Verifies files by themselves: an exported ledger, a publication's folder, or one against the other. */
export async function verifyFilesCommand(options: VerifyOptions): Promise<number> {
  const file =
    options.ledger === undefined ? undefined : readLedgerFile(await readFile(options.ledger, 'utf8'));
  const chains = file === undefined ? undefined : chainsInFile(file);
  const published = chains === undefined ? undefined : publicationEvents(chains);
  const folder = options.publication === undefined ? undefined : folderOnDisk(options.publication);
  const publication =
    folder === undefined ? { faults: [], heads: [] } : await verifyPublication(await folder, published);
  const knownHeads = [...(file?.heads ?? []), ...publication.heads];
  const chainFaults = chains === undefined ? [] : verifyChains({ chains, knownHeads });
  return report(
    {
      checked: [
        ...(chains === undefined
          ? []
          : [`${options.ledger}: ${chains.size} chains, ${file?.events.length} events`]),
        ...(options.publication === undefined ? [] : [options.publication]),
      ],
      faults: [...chainFaults, ...publication.faults],
    },
    options,
  );
}

/** Verifies the whole of an office's store. */
export async function verifyStoreCommand(options: VerifyOptions, workplace: Workplace): Promise<number> {
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
