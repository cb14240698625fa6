import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { folderPendingUploads } from '../../../shared/adapters/pending-uploads.ts';
import { openSqliteLedger, type SqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import { type LedgerSnapshot, readSqliteLedger } from '../../../shared/adapters/sqlite-snapshot.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { type Instant, instantOf } from '../../../shared/core/catalogue/period.ts';
import type { Documents, DocumentsReader, Ledger, LedgerReader } from '../../../shared/core/ledger/ports.ts';
import { software } from '../../software.ts';
import { cataloguesInForce, type Store, yearsInLedger } from '../../use-cases/adopted.ts';
import { newestOf } from '../../use-cases/known-catalogues.ts';
import type { PendingUploads } from '../../use-cases/receive.ts';
import { CatalogueGoneError } from '../../use-cases/stores/catalogue-store.ts';
import { UsageError } from './exit-codes.ts';

/** What the command line takes from its environment. */
const environmentSchema = z.object({
  INDICATORS_DATA: z.string().min(1).default('indicators-data'),
});

/** The embedded store of one office, in one folder, and who is at work in it. */
export interface OfficeStore {
  folder: string;
  ledger: SqliteLedger;
  documents: Documents;
  pending: PendingUploads;
  /** When this command was started; the clock is read nowhere else. */
  now: Instant;
  /** Who acts where a command does not say it. */
  user: string;
  software: string;
}

/** A year of an office, with the catalogue that is in force for it, and those of other years. */
export interface YearAtWork {
  year: number;
  catalogue: Catalogue;
  catalogues: ReadonlyMap<number, Catalogue>;
}

/** Where one office works: its ledger and documents in one folder, and the year that a command is about. */
export interface Workplace extends OfficeStore, YearAtWork {}

/** What a command has of a workplace that only looks at it. */
export interface KeptWorkplace extends YearAtWork, Pick<Workplace, 'folder' | 'now'> {
  ledger: LedgerSnapshot;
  documents: DocumentsReader;
}

/** Where an office decides: a year in its ledger and documents, whether they lie in a folder or are deployed. */
export interface Office extends YearAtWork, Pick<OfficeStore, 'documents' | 'now' | 'user'> {
  ledger: Ledger;
}

/** What a command has of an office that only looks at it. */
export interface KeptOffice extends YearAtWork, Pick<OfficeStore, 'now'> {
  ledger: LedgerReader;
  documents: DocumentsReader;
}

export interface WorkplaceOptions {
  data?: string | undefined;
  year?: number | undefined;
  /** The DynamoDB table and the bucket of documents of a deployment, which go together. */
  table?: string | undefined;
  bucket?: string | undefined;
}

/** Whether options name a deployment in place of a folder. */
export function isDeployed({ table, bucket }: WorkplaceOptions): boolean {
  return table !== undefined || bucket !== undefined;
}

/** The store of a deployment. Most commands need no client of AWS, so they are loaded only here. */
export async function storeInCloud({
  table,
  bucket,
}: WorkplaceOptions): Promise<{ ledger: Ledger; documents: Documents }> {
  if (table === undefined || bucket === undefined) {
    throw new UsageError('--table and --bucket go together: the ledger, and the documents that it names');
  }
  const [{ dynamodbClient }, { dynamodbLedger }, { s3Client }, { s3Documents }] = await Promise.all([
    import('../../../shared/adapters/aws-clients.ts'),
    import('../../../shared/adapters/dynamodb-ledger.ts'),
    import('../../../shared/adapters/s3-client.ts'),
    import('../../../shared/adapters/s3-documents.ts'),
  ]);
  return {
    ledger: dynamodbLedger({ client: dynamodbClient(), table }),
    documents: s3Documents({ client: s3Client(), buckets: { documents: bucket } }),
  };
}

/** The store that options name: of a deployment, or in a folder, which is made if it is new. */
export async function withOfficeStore<T>(
  options: WorkplaceOptions,
  work: (store: Omit<Office, keyof YearAtWork>) => Promise<T>,
): Promise<T> {
  if (!isDeployed(options)) return withStore(options, work);
  const store = await storeInCloud(options);
  return work({ ...store, now: instantOf(new Date()), user: personOf(userInfo().username) });
}

/** The same for a year that has a catalogue, in a folder where there is a store. */
export async function withOffice<T>(
  options: WorkplaceOptions,
  work: (office: Office) => Promise<T>,
): Promise<T> {
  if (!isDeployed(options)) return withWorkplace(options, work);
  return withOfficeStore(options, async (store) => work({ ...store, ...(await yearAtWork(store, options)) }));
}

/** The same for whoever only looks. */
export async function withKeptOffice<T>(
  options: WorkplaceOptions,
  work: (office: KeptOffice) => Promise<T>,
): Promise<T> {
  return isDeployed(options) ? withOffice(options, work) : withKeptWorkplace(options, work);
}

/** The folder that options and environment name. */
function folderOf({ data, ...options }: WorkplaceOptions): string {
  if (isDeployed(options)) {
    throw new UsageError('this command works in a folder, not in a deployment (--table, --bucket)');
  }
  return data ?? environmentSchema.parse(process.env).INDICATORS_DATA;
}

/** Accounts that a machine is looked after with: they tell what may be done, and not who does it. */
const accountsOfAdministrators = /^(root|administrator|system)$/i;

/** What somebody is called in the ledger who works under an account of the machine and gives no name. */
export function personOf(account: string): string {
  return accountsOfAdministrators.test(account) ? '系统管理员' : account;
}

/** Opens the embedded store, making it if it is new. */
export async function withStore<T>(
  options: WorkplaceOptions,
  work: (store: OfficeStore) => Promise<T>,
): Promise<T> {
  const folder = folderOf(options);
  const ledger = openSqliteLedger(ledgerFile(folder));
  try {
    const documents = folderDocuments(folder);
    const now = instantOf(new Date());
    const pending = folderPendingUploads(folder);
    return await work({
      folder,
      ledger,
      documents,
      pending,
      now,
      user: personOf(userInfo().username),
      software,
    });
  } finally {
    ledger.close();
  }
}

/** Opens the embedded store where there is one, for a year that has a catalogue; throws a `UsageError` otherwise. */
export async function withWorkplace<T>(
  options: WorkplaceOptions,
  work: (workplace: Workplace) => Promise<T>,
): Promise<T> {
  const folder = folderOf(options);
  if (!existsSync(ledgerFile(folder))) misnamed(whyNone(folder));
  return withStore(options, async (store) => work({ ...store, ...(await yearAtWork(store, options)) }));
}

/** Reads the embedded store as it is kept, changing nothing in it. Throws a `UsageError` where none is. */
export async function withKeptStore<T>(
  options: WorkplaceOptions,
  work: (store: Omit<KeptWorkplace, keyof YearAtWork>) => Promise<T>,
): Promise<T> {
  const folder = folderOf(options);
  const ledger = (await readSqliteLedger(ledgerFile(folder))) ?? misnamed(whyNone(folder));
  return work({ folder, now: instantOf(new Date()), ledger, documents: folderDocuments(folder) });
}

/** The same, for a year that has a catalogue. */
export function withKeptWorkplace<T>(
  options: WorkplaceOptions,
  work: (workplace: KeptWorkplace) => Promise<T>,
): Promise<T> {
  return withKeptStore(options, async (store) => work({ ...store, ...(await yearAtWork(store, options)) }));
}

/** The year that options name, or the newest; throws a `UsageError` if no catalogue has been adopted for it. */
export async function yearAtWork(
  store: Store & { documents: DocumentsReader },
  { year }: WorkplaceOptions,
): Promise<YearAtWork> {
  const catalogues = await cataloguesInForce(store);
  const catalogue = year === undefined ? newestOf(catalogues) : catalogues.get(year);
  if (catalogue !== undefined) return { year: catalogue.year, catalogue, catalogues };
  const lost = catalogues.size === 0 ? await yearsInLedger((chain) => store.ledger.read(chain)) : [];
  if (lost.length > 0) {
    throw new CatalogueGoneError(
      `the catalogues that were adopted for ${lost.join(', ')} are gone from the documents, or were edited: "verify" tells which`,
    );
  }
  const which =
    year === undefined ? 'no catalogue has been adopted' : `no catalogue of ${year} has been adopted`;
  const others = [...catalogues.keys()];
  throw new UsageError(
    `${which}${others.length === 0 ? '' : `, only of ${others.join(', ')}`}: "indicators catalogue adopt FILE" does, and so does the page that "npm start" opens`,
  );
}

function ledgerFile(folder: string): string {
  return join(folder, 'ledger.sqlite');
}

function whyNone(folder: string): string {
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  const documents = ['uploads', 'publications'].filter((name) => existsSync(join(folder, name)));
  return documents.length === 0
    ? `there is no ledger in ${folder}`
    : `the ledger is gone from ${folder}, where ${documents.join(' and ')} are still: "restore" rebuilds it`;
}

function misnamed(why: string): never {
  throw new UsageError(`${why}. Nothing was looked at; is --data (or INDICATORS_DATA) right?`);
}
