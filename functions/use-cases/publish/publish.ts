import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { chainOf, nextEvent } from '../../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../../shared/core/ledger/ports.ts';
import { composePublication } from '../../../shared/core/publication/compose.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { type PublishedFile, writeDataPackage } from '../../../shared/publication/data-package.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { writeManifest } from '../../../shared/publication/manifest.ts';
import {
  readSummaryJson,
  writeChangesJson,
  writeSummaryJson,
  writeSummarySchema,
} from '../../../shared/publication/summary-json.ts';
import { writeSummaryWorkbook } from '../../../shared/workbook/summary/summary-workbook.ts';
import { type LedgerYear, readYear } from '../read-year.ts';

export interface PublishRequest {
  publishedAt: Instant;
  publishedBy: string;
  software: string;
}

export interface PublishServices {
  ledger: Ledger;
  documents: Documents;
  catalogue: Catalogue;
  /** How the workbook is written; simulations, which run many thousand times, write a shorter one. */
  writeWorkbook?: typeof writeSummaryWorkbook;
}

export interface PublishResult {
  outcome: 'published' | 'unchanged';
  publication: Publication;
  folder: string;
}

/** The folder of a publication: `publications/2023/0001/`. */
export function publicationFolder(year: number, number: number): string {
  return `publications/${year}/${String(number).padStart(4, '0')}/`;
}

const maxAttempts = 100;

/**
 * Publishes the year as it stands, unless that says nothing new. Files are written once and never replaced. The
 * ledger event that names the manifest's hash makes it a publication; the manifest itself is written last. Run
 * again after a crash it completes what was begun; two at once make one publication.
 */
export async function publish(request: PublishRequest, services: PublishServices): Promise<PublishResult> {
  const { ledger, documents, catalogue } = services;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const year = await readYear(ledger, catalogue);
    const previous = await lastPublication(year.state, documents);
    const publication = await claimNumber(year, previous, request, documents);
    if (previous !== undefined && previous.digest === publication.digest) {
      return { outcome: 'unchanged', publication: previous, folder: folderOf(previous) };
    }
    const files = await writeFiles(publication, services);
    const manifest = writeManifest(publication, files);
    if (await register(publication, sha256(manifest), { year, request, ledger })) {
      await documents.put(manifestKey(publication), manifest, { ifAbsent: true });
      return { outcome: 'published', publication, folder: folderOf(publication) };
    }
  }
  throw new Error(`${maxAttempts} conflicts in a row while publishing ${catalogue.year}`);
}

function manifestKey(publication: Publication): string {
  return `${folderOf(publication)}manifest.json`;
}

function folderOf({ year, number }: Publication): string {
  return publicationFolder(year, number);
}

async function lastPublication(
  { catalogue, publications }: YearState,
  documents: Documents,
): Promise<Publication | undefined> {
  const last = publications.at(-1);
  if (last === undefined) return undefined;
  const key = `${publicationFolder(catalogue.year, last.happening.number)}summary.json`;
  const bytes = await documents.get(key);
  if (bytes === undefined) throw new Error(`${key} is in the ledger but not among the documents`);
  const publication = readSummaryJson(bytes);
  await completeManifest(publication, last.happening.manifest, documents);
  return publication;
}

/** Writes the manifest of a publication whose run stopped just before that, from the files as they were written. */
async function completeManifest(publication: Publication, hash: string, documents: Documents): Promise<void> {
  const key = manifestKey(publication);
  if ((await documents.get(key)) !== undefined) return;
  const files = await Promise.all(
    fileNames.map(async (name) => ({
      name,
      bytes: (await documents.get(folderOf(publication) + name)) ?? new Uint8Array(),
    })),
  );
  const manifest = writeManifest(publication, files);
  if (sha256(manifest) !== hash) throw new Error(`${key} is missing and cannot be made again as it was`);
  await documents.put(key, manifest, { ifAbsent: true });
}

/**
 * The publication under the first number that is free. A number whose files were begun with the same contents,
 * by a run that stopped or by one that goes on beside this, is taken up as it was begun; one begun with other
 * contents that never became a publication is left behind.
 */
async function claimNumber(
  year: LedgerYear,
  previous: Publication | undefined,
  request: PublishRequest,
  documents: Documents,
): Promise<Publication> {
  for (let number = (previous?.number ?? 0) + 1; ; number++) {
    const publication = composePublication(year.state, { ...request, number, previous, chains: year.heads });
    if (publication.digest === previous?.digest) return publication;
    const key = `${folderOf(publication)}summary.json`;
    if ((await documents.put(key, writeSummaryJson(publication), { ifAbsent: true })) === 'stored') {
      return publication;
    }
    const begun = readSummaryJson((await documents.get(key)) ?? new Uint8Array());
    if (begun.digest === publication.digest && begun.changes.since === publication.changes.since)
      return begun;
  }
}

/** The files of a publication beside its manifest, in the order in which the manifest lists them. */
const fileNames = [
  'summary.json',
  'summary.schema.json',
  'summary.xlsx',
  'changes.json',
  'catalogue.json',
  'datapackage.json',
] as const;

/** Writes what is missing of a publication's files, all but the manifest. */
async function writeFiles(
  publication: Publication,
  { documents, catalogue, writeWorkbook = writeSummaryWorkbook }: PublishServices,
): Promise<PublishedFile[]> {
  const files: PublishedFile[] = [];
  const writers: Record<(typeof fileNames)[number], () => Uint8Array | Promise<Uint8Array>> = {
    'summary.json': () => writeSummaryJson(publication),
    'summary.schema.json': writeSummarySchema,
    'summary.xlsx': () => writeWorkbook(publication),
    'changes.json': () => writeChangesJson(publication),
    'catalogue.json': () => jsonFile(catalogue),
    'datapackage.json': () => writeDataPackage(publication, files),
  };
  for (const name of fileNames) {
    const bytes = await writers[name]();
    files.push({ name, bytes });
    await documents.put(folderOf(publication) + name, bytes, { ifAbsent: true });
  }
  return files;
}

/** Records the publication in the office's chain; false if the chain has grown since it was read. */
async function register(
  publication: Publication,
  manifest: string,
  { year, request, ledger }: { year: LedgerYear; request: PublishRequest; ledger: Ledger },
): Promise<boolean> {
  const chain = chainOf(publication.year, 'office');
  const { events } = year.chains.find((candidate) => candidate.chain === chain) ?? { events: [] };
  const event = nextEvent(chain, events, {
    at: request.publishedAt,
    by: request.publishedBy,
    catalogue: year.catalogueHash,
    happening: {
      kind: 'published',
      year: publication.year,
      number: publication.number,
      digest: publication.digest,
      manifest,
      counted: countedUploads(year.state),
    },
  });
  return (await ledger.append(event)) === 'appended';
}

function countedUploads({ returns }: YearState): Record<string, Record<string, string>> {
  const counted: Record<string, Record<string, string>> = {};
  for (const { department, period, counting } of returns) {
    if (counting === undefined) continue;
    counted[department.id] = { ...counted[department.id], [period]: counting.id };
  }
  return counted;
}
