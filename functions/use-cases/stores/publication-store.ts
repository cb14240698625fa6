import { z } from 'zod';
import type { EventOf } from '../../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import {
  type Publication,
  type Summary,
  summarySchema,
} from '../../../shared/core/publication/publication.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { type Manifest, readManifest } from '../../../shared/publication/manifest.ts';
import { observationsTable } from '../../../shared/publication/observations-table.ts';
import { readPublicationFiles, readSummary } from '../../../shared/publication/summary-json.ts';
import { fileOfTable } from '../../../shared/publication/table.ts';

/** Which publication is meant. */
export type PublicationName = Pick<Publication, 'year' | 'number'>;

/** The files of a publication that are read again; the manifest is written last and lists the others. */
export const summaryName = 'summary.json';
export const observationsName = fileOfTable(observationsTable);
export const reportName = 'report.docx';
export const manifestName = 'manifest.json';

/** The folder of a publication: `publications/2023/0001/`. */
export function publicationFolder({ year, number }: PublicationName): string {
  return `publications/${year}/${String(number).padStart(4, '0')}/`;
}

/** The key of a publication's file. */
export function publicationKey(publication: PublicationName, name: string): string {
  return publicationFolder(publication) + name;
}

/** The folders of a year that hold a manifest; one without was begun and never became a publication. */
export async function publicationFolders(year: number, documents: DocumentsReader): Promise<string[]> {
  const keys = (await documents.list(`publications/${year}/`)).map(({ key }) => key);
  return keys
    .filter((key) => key.endsWith(`/${manifestName}`))
    .map((key) => key.slice(0, -manifestName.length));
}

/** A folder of files by name, as a publication is: among the documents, or on a disk. */
export interface Folder {
  name: string;
  names: string[];
  get(name: string): Promise<Uint8Array | undefined>;
}

/** A publication's folder among the documents, with the names of all that lies in it. */
export async function openFolder(name: string, documents: DocumentsReader): Promise<Folder> {
  const names = (await documents.list(name)).map(({ key }) => key.slice(name.length));
  return { name, names, get: (file) => documents.get(name + file) };
}

/** The ledger's event of a publication; undefined if none of that number was made. */
export function publishedEvent(
  { publications }: YearState,
  number: number,
): EventOf<'published'> | undefined {
  return publications.find(({ happening }) => happening.number === number);
}

/** A publication as it was written; undefined if one of its files is gone or is none. */
export async function readPublication(
  publication: PublicationName,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Publication | undefined> {
  return publicationIn({ get: (name) => documents.get(publicationKey(publication, name)) });
}

/** The publication that the files of a folder say; undefined if one is gone or is none. */
export async function publicationIn(folder: Pick<Folder, 'get'>): Promise<Publication | undefined> {
  const [summary, observations] = await Promise.all([folder.get(summaryName), folder.get(observationsName)]);
  return summary && observations && readPublicationFiles({ summary, observations });
}

/** What a publication says but its observations; undefined if its file is gone or is none. */
export async function readPublishedSummary(
  publication: PublicationName,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Summary | undefined> {
  const bytes = await documents.get(publicationKey(publication, summaryName));
  return bytes && readSummary(bytes);
}

const statusSchema = z.object({ status: summarySchema.shape.status });

/** Whether a publication is final, without checking all that it says; undefined if its file is gone or is none. */
export async function readPublicationStatus(
  publication: PublicationName,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Publication['status'] | undefined> {
  const bytes = await documents.get(publicationKey(publication, summaryName));
  return bytes && statusSchema.safeParse(parseJson(bytes)).data?.status;
}

/** A publication's list of files, and whether it is the one that the ledger names. */
export interface KeptManifest {
  manifest: Manifest;
  size: number;
  sha256: string;
  asRecorded: boolean;
}

/** The manifest of a publication; undefined while it is not written, or if it is none. */
export async function readKeptManifest(
  { happening }: EventOf<'published'>,
  documents: DocumentsReader,
): Promise<KeptManifest | undefined> {
  const bytes = await documents.get(publicationKey(happening, manifestName));
  const manifest = bytes === undefined ? undefined : readManifest(bytes);
  if (bytes === undefined || manifest === undefined) return undefined;
  const hash = sha256(bytes);
  return { manifest, size: bytes.length, sha256: hash, asRecorded: hash === happening.manifest };
}
