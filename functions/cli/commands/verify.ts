import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { type Catalogue, catalogueHash } from '../../../shared/core/catalogue/catalogue.ts';
import type { Chain } from '../../../shared/core/ledger/event.ts';
import { yearsInLedger } from '../../use-cases/adopted.ts';
import { yearsWithCatalogues } from '../../use-cases/stores/catalogue-store.ts';
import type { Folder } from '../../use-cases/stores/publication-store.ts';
import { chainsInFile, type LedgerFile, readLedgerFile } from '../../use-cases/transfer.ts';
import { verifyAdoptions } from '../../use-cases/verify/adoptions.ts';
import { baselineIn, verifyBaselines } from '../../use-cases/verify/baselines.ts';
import { verifyContents } from '../../use-cases/verify/contents.ts';
import { deriveFeedbackAnew } from '../../use-cases/verify/feedback-anew.ts';
import { readRawYear } from '../../use-cases/verify/read-raw.ts';
import {
  legibleEvents,
  publicationEvents,
  verifyChains,
  verifyPublication,
} from '../../use-cases/verify/verify.ts';
import { type Verification, verifyStore } from '../../use-cases/verify/verify-store.ts';
import {
  chainsWitnessed,
  holdAgainst,
  verifyPresence,
  type WitnessesToHold,
  withoutWitness,
} from '../../use-cases/verify/witnesses.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { print, printJson } from './output.ts';
import { type GivenWitnesses, type WitnessOptions, witnessesOnDisk } from './witnesses-on-disk.ts';
import { type KeptWorkplace, withKeptStore } from './workplace.ts';

export interface VerifyOptions extends WitnessOptions {
  ledger?: string;
  /** Last year's exported ledger, beside which the warnings of a publication were derived. */
  lastYear?: string;
  publication?: string;
  json?: boolean;
}

type Chains = ReadonlyMap<string, readonly unknown[]>;

/** A verification, and what whoever relies on it has to know of what it cannot see. */
interface NotedVerification extends Verification {
  notes: string[];
}

/** `indicators verify`: is all as it was recorded? Nothing is changed. */
export function verifyCommand({ options, finish }: CommandLine): Command {
  return new Command('verify')
    .description(
      'verify the store: chains, uploads, receipts, publications. With --ledger or --publication, those files alone, offline',
    )
    .option('--ledger <file>', 'a ledger file made by "export"')
    .option(
      '--last-year <file>',
      "last year's ledger file, beside which the publication's warnings were derived",
    )
    .option('--publication <folder>', "a publication's folder")
    .option(
      '--witness <paths...>',
      'what was kept elsewhere and must be in the ledger: statements that "witness" wrote, folders of them; unsigned, a manifest.json or an exported ledger',
    )
    .option(
      '--witness-public-key <file>',
      'the public key (PEM) that signs statements, or its fingerprint: one by another key is a fault',
    )
    .option(
      '--timestamp-authority <file>',
      'the certificate (PEM) of whoever issued that of the authority whose time stamps lie beside statements (000012.tsr): one whose signature does not lead up to it is a fault',
    )
    .option('--json', 'as JSON')
    .action((given: VerifyOptions) => {
      if (given.ledger !== undefined || given.publication !== undefined) return finish(verifyFiles(given));
      const { year } = options();
      return finish(withKeptStore(options(), (store) => verifyKept({ ...given, year }, store)));
    });
}

/** Verifies files by themselves: an exported ledger, a publication's folder, or one against the other. */
async function verifyFiles(options: VerifyOptions): Promise<number> {
  if (options.ledger === undefined && options.witness !== undefined) {
    throw new UsageError('a witness tells of a ledger: name its file with --ledger');
  }
  const given = await witnessesOnDisk(options);
  const ledger = options.ledger === undefined ? undefined : await ledgerOnDisk(options.ledger);
  const lastYear = options.lastYear === undefined ? undefined : await ledgerOnDisk(options.lastYear);
  const verification: NotedVerification = {
    notes: [],
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
    const contents = await verifyContents(folder, {
      events,
      adopted,
      lastYear: before,
      adoptedBefore: lastYear?.adopted,
      baselines: ledger?.baselines ?? new Map(),
      original: undefined,
    });
    verification.checked.push(options.publication, ...contents.checked);
    verification.faults.push(...faults, ...contents.faults);
    knownHeads.push(...heads);
  }
  if (ledger !== undefined)
    verification.faults.unshift(...verifyChains({ chains: ledger.chains, knownHeads }));
  if (lastYear !== undefined)
    verification.faults.unshift(...verifyChains({ chains: lastYear.chains, knownHeads: lastYear.heads }));
  const chains: Chains = new Map([...(lastYear?.chains ?? []), ...(ledger?.chains ?? [])]);
  const years = new Set([...chains.keys()].map((chain) => Number(chain.slice(0, 4))));
  if (ledger !== undefined) holdWitnesses(verification, given, { chains, years });
  return report(verification, options);
}

/** Adds to a verification what is not there any more of what witnesses tell, and what could not be seen. */
function holdWitnesses(
  { checked, faults, notes }: NotedVerification,
  given: GivenWitnesses | undefined,
  { chains, years }: Pick<WitnessesToHold, 'chains' | 'years'>,
): void {
  if (given === undefined) {
    notes.push(withoutWitness);
    return;
  }
  const verdict = holdAgainst({ ...given, chains, years });
  faults.push(...given.faults, ...verdict.faults);
  checked.push(...verdict.checked, ...given.checked);
  notes.push(...verdict.notes, ...given.notes);
}

async function ledgerOnDisk(path: string) {
  const file = readLedgerFile(await readFile(path, 'utf8'));
  const chains = chainsInFile(file);
  const edited = { where: path, explanation: 'is not as an export writes it: it was edited' };
  const years = new Set([...chains.keys()].map((chain) => Number(chain.slice(0, 4))));
  const adoptions = await Promise.all([...years].map((year) => adoptionsInFile(year, chains, file)));
  const entered = await Promise.all([...years].map((year) => baselinesInFile(year, chains, file)));
  return {
    chains,
    heads: file.heads,
    adopted: adoptions.at(-1)?.adopted,
    baselines: new Map(entered.flatMap(({ baselines }) => [...baselines])),
    faults: [
      ...(file.verbatim ? [] : [edited]),
      ...verifyPresence(chains, path),
      ...[...adoptions, ...entered].flatMap(({ faults }) => faults),
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

/** The baselines that a year in a ledger file records, which the file carries. */
function baselinesInFile(year: number, chains: Chains, { baselines }: LedgerFile) {
  const own = new Map([...chains].filter(([chain]) => chain.startsWith(`${year}/`)));
  return verifyBaselines(year, legibleEvents(own), async (hash) => baselineIn(baselines, hash));
}

/** Verifies the whole of an office's store for a year, or for the newest of which there is a catalogue. */
async function verifyKept(
  { year, ...options }: VerifyOptions & { year: number | undefined },
  { ledger, documents, folder }: Pick<KeptWorkplace, 'ledger' | 'documents' | 'folder'>,
): Promise<number> {
  const rawEvents = (chain: Chain) => ledger.readRaw(chain);
  const years = [...(await yearsWithCatalogues(documents)), ...(await yearsInLedger(rawEvents))];
  const newest = year ?? Math.max(0, ...years);
  if (newest === 0)
    throw new UsageError(`${folder} has neither catalogue nor event: there is nothing to verify`);
  const raw = await readRawYear(newest, { rawEvents, documents });
  const given = await witnessesOnDisk(options);
  const verification: NotedVerification = { ...(await verifyStore(raw, documents)), notes: [] };
  const anew = await deriveFeedbackAnew({ raw, documents, workbooks: true });
  verification.checked.push(...anew.checked);
  verification.faults.push(...anew.faults);
  const chains = new Map<string, readonly unknown[]>();
  for (const chain of chainsWitnessed(given?.witnesses ?? [])) chains.set(chain, await ledger.readRaw(chain));
  holdWitnesses(verification, given, { chains });
  return report(verification, options);
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

function report({ checked, faults, notes }: NotedVerification, options: VerifyOptions): number {
  const unique = [...new Map(faults.map((fault) => [`${fault.where} ${fault.explanation}`, fault])).values()];
  if (options.json) printJson({ sound: unique.length === 0, checked, faults: unique, notes });
  else {
    for (const line of checked) print(`checked ${line}`);
    for (const line of notes) print(`note ${line}`);
    for (const { where, explanation } of unique) print(`FAULT ${where}: ${explanation}`);
    print(unique.length === 0 ? 'sound: everything is as it was recorded' : `${unique.length} faults`);
  }
  return unique.length === 0 ? exitCodes.done : exitCodes.refused;
}
