import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainHead } from '../../shared/core/event.ts';
import type { Documents } from '../../shared/core/ports.ts';
import { publicationFolder } from '../publish/publish.ts';
import { chainsInFile, readLedgerFile } from '../transfer/ledger-file.ts';
import {
  type Fault,
  type Folder,
  publicationEvents,
  verifyChains,
  verifyDocuments,
  verifyPublication,
} from '../verify/verify.ts';
import { chainsOfYear } from '../year/read-year.ts';
import { exitCodes, print, printJson } from './output.ts';
import type { Workplace } from './workplace.ts';

export interface VerifyOptions {
  ledger?: string;
  publication?: string;
  json?: boolean;
}

/** What was looked at, and what is wrong with it. */
interface Verification {
  checked: string[];
  faults: Fault[];
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

/** Verifies the whole of an office's store: chains, uploads, receipts and every publication. */
export async function verifyStoreCommand(options: VerifyOptions, workplace: Workplace): Promise<number> {
  const { ledger, documents, catalogue } = workplace;
  const chains = new Map<string, readonly unknown[]>();
  for (const chain of chainsOfYear(catalogue)) chains.set(chain, await ledger.readRaw(chain));
  const around = await verifyDocuments(documents, chains);
  const publications = await verifyPublications(documents, chains, catalogue.year);
  const heads: ChainHead[] = [...around.heads, ...publications.heads];
  const events = [...chains.values()].reduce((total, { length }) => total + length, 0);
  return report(
    {
      checked: [`${chains.size} chains, ${events} events, ${publications.count} publications`],
      faults: [...verifyChains({ chains, knownHeads: heads }), ...around.faults, ...publications.faults],
    },
    options,
  );
}

async function verifyPublications(
  documents: Documents,
  chains: ReadonlyMap<string, readonly unknown[]>,
  year: number,
): Promise<{ faults: Fault[]; heads: ChainHead[]; count: number }> {
  const published = publicationEvents(chains);
  const results = [];
  for (const { happening } of published) {
    const name = publicationFolder(year, happening.number);
    const names = (await documents.list(name)).map(({ key }) => key.slice(name.length));
    results.push(
      await verifyPublication({ name, names, get: (file) => documents.get(name + file) }, published),
    );
  }
  return {
    faults: results.flatMap(({ faults }) => faults),
    heads: results.flatMap(({ heads }) => heads),
    count: published.length,
  };
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
