import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { folderDocuments } from '../../../shared/adapters/folder-documents.ts';
import { openSqliteLedger, type SqliteLedger } from '../../../shared/adapters/sqlite-ledger.ts';
import { type LedgerSnapshot, readSqliteLedger } from '../../../shared/adapters/sqlite-snapshot.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../../shared/catalogue/load.ts';
import { type Catalogue, catalogueHash } from '../../../shared/core/catalogue/catalogue.ts';
import { type Instant, instantOf } from '../../../shared/core/catalogue/period.ts';
import type { Documents, DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { software } from '../../software.ts';
import { UsageError } from './exit-codes.ts';

/** What the command line takes from its environment. */
const environmentSchema = z.object({
  INDICATORS_DATA: z.string().min(1).default('indicators-data'),
  INDICATORS_CATALOGUE: z.string().min(1).default(exampleCatalogueFile),
});

/** Where one office works: its ledger and documents in one folder, and the catalogue in force. */
export interface Workplace {
  folder: string;
  ledger: SqliteLedger;
  documents: Documents;
  catalogue: Catalogue;
  /** When this command was started; the clock is read nowhere else. */
  now: Instant;
  user: string;
  software: string;
}

/** What a command has of a workplace that only looks at it. */
export interface KeptWorkplace extends Pick<Workplace, 'folder' | 'catalogue' | 'now'> {
  ledger: LedgerSnapshot;
  documents: DocumentsReader;
}

export interface WorkplaceOptions {
  data?: string | undefined;
  catalogue?: string | undefined;
}

/** The folder and catalogue file that options and environment name. */
export function workplaceSettings(options: WorkplaceOptions): { folder: string; catalogueFile: string } {
  const environment = environmentSchema.parse(process.env);
  return {
    folder: options.data ?? environment.INDICATORS_DATA,
    catalogueFile: options.catalogue ?? environment.INDICATORS_CATALOGUE,
  };
}

/** Opens the embedded store, making it if it is new, and keeps the catalogue in it under its hash. */
export async function withWorkplace<T>(
  options: WorkplaceOptions,
  work: (workplace: Workplace) => Promise<T>,
): Promise<T> {
  const { folder, catalogueFile } = workplaceSettings(options);
  const catalogue = loadCatalogue(catalogueFile);
  const documents = folderDocuments(folder);
  await documents.put(`catalogues/${catalogueHash(catalogue)}.json`, jsonFile(catalogue), { ifAbsent: true });
  const ledger = openSqliteLedger(ledgerFile(folder));
  try {
    const now = instantOf(new Date());
    return await work({ folder, ledger, documents, catalogue, now, user: userInfo().username, software });
  } finally {
    ledger.close();
  }
}

/**
 * Reads the embedded store as it is kept, changing nothing in it. Throws a `UsageError` where none is; `ifNone` has
 * instead what stands for its ledger.
 */
export async function withKeptWorkplace<T>(
  options: WorkplaceOptions,
  work: (workplace: KeptWorkplace) => Promise<T>,
  ifNone: (why: string) => LedgerSnapshot = misnamed,
): Promise<T> {
  const { folder, catalogueFile } = workplaceSettings(options);
  const catalogue = loadCatalogue(catalogueFile);
  const ledger = (await readSqliteLedger(ledgerFile(folder))) ?? ifNone(whyNone(folder));
  return work({ folder, catalogue, now: instantOf(new Date()), ledger, documents: folderDocuments(folder) });
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
