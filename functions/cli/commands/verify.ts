import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../../shared/adapters/system-error.ts';
import { type Catalogue, catalogueHash } from '../../../shared/core/catalogue/catalogue.ts';
import type { Chain, ChainHead } from '../../../shared/core/ledger/event.ts';
import { yearsInLedger } from '../../use-cases/adopted.ts';
import { yearsWithCatalogues } from '../../use-cases/stores/catalogue-store.ts';
import type { Folder } from '../../use-cases/stores/publication-store.ts';
import { chainsInFile, type LedgerFile, readLedgerFile } from '../../use-cases/transfer.ts';
import { verifyAdoptions } from '../../use-cases/verify/adoptions.ts';
import { verifyContents } from '../../use-cases/verify/contents.ts';
import { deriveFeedbackAnew } from '../../use-cases/verify/feedback-anew.ts';
import {
  readHeadsFile,
  verifyExpected,
  verifyPresence,
  writeHeadsFile,
} from '../../use-cases/verify/heads-file.ts';
import { readRawYear } from '../../use-cases/verify/read-raw.ts';
import {
  legibleEvents,
  publicationEvents,
  verifyChains,
  verifyPublication,
} from '../../use-cases/verify/verify.ts';
import { type Verification, verifyStore } from '../../use-cases/verify/verify-store.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { complain, print, printJson } from './output.ts';
import type { KeptWorkplace } from './workplace.ts';

export interface VerifyOptions {
  ledger?: string;
  /** Last year's exported ledger, beside which the warnings of a publication were derived. */
  lastYear?: string;
  publication?: string;
  /** A file with heads that must be in the ledger. */
  expectHeads?: string;
  /** The file to which the heads are written if all is sound. */
  keepHeads?: string;
  json?: boolean;
}

type Chains = ReadonlyMap<string, readonly unknown[]>;

/** Verifies files by themselves: an exported ledger, a publication's folder, or one against the other. */
export async function verifyFilesCommand(options: VerifyOptions): Promise<number> {
  if (options.ledger === undefined && (options.expectHeads ?? options.keepHeads) !== undefined) {
    throw new UsageError('heads are those of a ledger: name its file with --ledger');
  }
  const ledger = options.ledger === undefined ? undefined : await ledgerOnDisk(options.ledger);
  const lastYear = options.lastYear === undefined ? undefined : await ledgerOnDisk(options.lastYear);
  const verification: Verification = {
    checked: [...(ledger?.checked ?? []), ...(lastYear?.checked ?? [])],
    faults: [...(ledger?.faults ?? []), ...(lastYear?.faults ?? [])],
  };
  const knownHeads = [...(ledger?.heads ?? [])];
  if (options.publication !== undefined) {
    const folder = await folderOnDisk(options.publication);
    const published = ledger === undefined ? undefined : publicationEvents(ledger.chains);
    const { faults, heads } = await verifyPublication(folder, published);
    const events = ledger === undefined ? undefined : legibleEvents(ledger.chains);
    const before = lastYear === undefined ? undefined : legibleEvents(lastYear.chains);
    const { adopted } = ledger ?? {};
    const contents = await verifyContents(folder, { events, adopted, lastYear: before, original: undefined });
    verification.checked.push(options.publication, ...contents.checked);
    verification.faults.push(...faults, ...contents.faults);
    knownHeads.push(...heads);
  }
  if (ledger !== undefined)
    verification.faults.unshift(...verifyChains({ chains: ledger.chains, knownHeads }));
  if (lastYear !== undefined)
    verification.faults.unshift(...verifyChains({ chains: lastYear.chains, knownHeads: lastYear.heads }));
  const chains = ledger?.chains ?? new Map();
  holdAgainst(verification, chains, await headsOnDisk(options.expectHeads));
  return conclude(verification, chains, options);
}

/** Heads that somebody kept elsewhere, and the file that tells of them. */
interface KeptHeads {
  file: string;
  heads: ChainHead[];
}

async function headsOnDisk(file: string | undefined): Promise<KeptHeads | undefined> {
  if (file === undefined) return undefined;
  const heads = readHeadsFile(await readFile(file, 'utf8'));
  if (heads !== undefined) return { file, heads };
  throw new UsageError(
    `${file} tells of no head: give what --keep-heads wrote, the manifest.json of a publication, or an exported ledger`,
  );
}

/** Adds to a verification what is not there any more of the heads that were kept. */
function holdAgainst({ checked, faults }: Verification, chains: Chains, kept: KeptHeads | undefined): void {
  if (kept === undefined) return;
  faults.push(...verifyExpected(chains, kept.heads));
  checked.push(`${kept.heads.length} heads that ${kept.file} tells of`);
}

async function ledgerOnDisk(path: string) {
  const file = readLedgerFile(await readFile(path, 'utf8'));
  const chains = chainsInFile(file);
  const edited = { where: path, explanation: 'is not as an export writes it: it was edited' };
  const years = new Set([...chains.keys()].map((chain) => Number(chain.slice(0, 4))));
  const adoptions = await Promise.all([...years].map((year) => adoptionsInFile(year, chains, file)));
  return {
    chains,
    heads: file.heads,
    adopted: adoptions.at(-1)?.adopted,
    faults: [
      ...(file.verbatim ? [] : [edited]),
      ...verifyPresence(chains, path),
      ...adoptions.flatMap(({ faults }) => faults),
    ],
    checked: [`${path}: ${chains.size} chains, ${file.events.length} events`],
  };
}

/** The adoptions of a year in a ledger file, which carries the catalogues. */
function adoptionsInFile(year: number, chains: Chains, { catalogues }: LedgerFile) {
  const byHash = new Map<string, Catalogue>(catalogues.map((each) => [catalogueHash(each), each]));
  const own = new Map([...chains].filter(([chain]) => chain.startsWith(`${year}/`)));
  return verifyAdoptions(year, legibleEvents(own), async (hash) => byHash.get(hash));
}

/** Verifies the whole of an office's store for a year, or for the newest of which there is a catalogue. */
export async function verifyStoreCommand(
  { year, ...options }: VerifyOptions & { year: number | undefined },
  { ledger, documents, folder }: Pick<KeptWorkplace, 'ledger' | 'documents' | 'folder'>,
): Promise<number> {
  const rawEvents = (chain: Chain) => ledger.readRaw(chain);
  const years = [...(await yearsWithCatalogues(documents)), ...(await yearsInLedger(rawEvents))];
  const newest = year ?? Math.max(0, ...years);
  if (newest === 0)
    throw new UsageError(`${folder} has neither catalogue nor event: there is nothing to verify`);
  const raw = await readRawYear(newest, { rawEvents, documents });
  const { chains } = raw;
  const verification = await verifyStore(raw, documents);
  const anew = await deriveFeedbackAnew({ raw, documents, workbooks: true });
  verification.checked.push(...anew.checked);
  verification.faults.push(...anew.faults);
  const kept = await headsOnDisk(options.expectHeads);
  const named = new Map(chains);
  for (const { chain } of kept?.heads ?? []) named.set(chain, await ledger.readRaw(chain));
  holdAgainst(verification, named, kept);
  return conclude(verification, chains, options);
}

/** Says what a verification came to, and writes the heads to be kept if nothing is wrong. */
async function conclude(verification: Verification, chains: Chains, options: VerifyOptions): Promise<number> {
  const { keepHeads } = options;
  const code = report(verification, options);
  if (keepHeads === undefined) return code;
  if (code !== exitCodes.done) {
    complain(`no heads were written to ${keepHeads}: there are faults`);
    return code;
  }
  try {
    await writeFile(keepHeads, writeHeadsFile(chains), { flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new UsageError(`${keepHeads} is there already: heads that were kept are never replaced`);
  }
  return code;
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
