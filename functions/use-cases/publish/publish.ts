import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { type CountedUpload, countsSince } from '../../../shared/core/ledger/counted.ts';
import { chainOf, type EventOf, isEvent, nextEvent } from '../../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../../shared/core/ledger/ports.ts';
import type { Publication, Summary } from '../../../shared/core/publication/publication.ts';
import { type Sha256, sha256 } from '../../../shared/core/values/digest.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { composePublication, publicationDigest } from '../../../shared/publication/compose.ts';
import { type PublishedFile, publishedFile, writeManifest } from '../../../shared/publication/manifest.ts';
import { observationsTable, readObservations } from '../../../shared/publication/observations-table.ts';
import { writeSummaryPage } from '../../../shared/publication/summary-html.ts';
import { readSummary, writeSummaryJson } from '../../../shared/publication/summary-json.ts';
import { writeTable } from '../../../shared/publication/table.ts';
import { writeReport } from '../../../shared/report/write-report.ts';
import { writeSummaryWorkbook } from '../../../shared/workbook/summary/summary-workbook.ts';
import type { Store } from '../adopted.ts';
import { append } from '../append.ts';
import { KnownYears } from '../known-years.ts';
import { type LedgerYear, officeEventsIn, readYear } from '../read-year.ts';
import { templateFor } from '../report-template.ts';
import {
  manifestName,
  type PublicationName,
  publicationFolder,
  publicationKey,
  readPublication,
  readPublishedSummary,
  summaryName,
} from '../stores/publication-store.ts';
import { putOnce } from '../stores/put-once.ts';
import { type FileContext, publishedFiles, type Writers } from './published-files.ts';

const realWriters: Writers = {
  workbook: writeSummaryWorkbook,
  report: writeReport,
  page: writeSummaryPage,
};

export interface PublishRequest {
  year: number;
  publishedAt: Instant;
  publishedBy: string;
  software: string;
}

export interface PublishServices {
  ledger: Ledger;
  documents: Documents;
  /** Of a process that stays: what it knows from when it published last. Without it all is read anew. */
  kept?: KeptFromLast | undefined;
  /** How the files for people are written; simulations, which run many thousand times, write shorter ones. */
  writers?: Writers;
}

/**
 * What is read and made once of a store, for publications that follow each other. Files that were written never change, nor do
 * events: no publication is otherwise than without it.
 */
export class KeptFromLast {
  readonly years: KnownYears;
  /** The newest publication of each year, as it was written. */
  readonly newest = new Map<number, Publication>();

  constructor(store: Store) {
    this.years = new KnownYears(store);
  }
}

export interface PublishResult {
  outcome: 'published' | 'unchanged';
  publication: Summary;
  folder: string;
}

/**
 * Publishes the year as it stands, unless that says nothing new. Files are written once and never replaced. The
 * ledger event that names the manifest's hash makes it a publication; the manifest itself is written last. Run
 * again after a crash it completes what was begun; two at once make one publication.
 */
export async function publish(request: PublishRequest, services: PublishServices): Promise<PublishResult> {
  const { ledger, documents, kept } = services;
  const { result, claimed } = await append<{ result: PublishResult; claimed?: Claimed }>(ledger, async () => {
    const year = await (kept?.years.read({ year: request.year }) ?? readYear(services, request.year));
    const last = await lastPublication(year.state, services);
    if (last?.digest === publicationDigest(year.state)) {
      const folder = publicationFolder(last);
      return { kind: 'settled', result: { result: { outcome: 'unchanged', publication: last, folder } } };
    }
    const previous = last && (keptOf(last, services) ?? (await readWhole(last, documents)));
    const claimed = await claimNumber(year, { previous, request, services });
    const { publication, manifest } = claimed;
    const folder = publicationFolder(publication);
    return {
      kind: 'append',
      event: publishedEvent(publication, sha256(manifest), { year, request }),
      result: { result: { outcome: 'published', publication, folder }, claimed },
    };
  });
  if (claimed !== undefined) {
    const { publication, manifest } = claimed;
    await documents.put(publicationKey(publication, manifestName), manifest, { ifAbsent: true });
    kept?.newest.set(request.year, publication);
  }
  return result;
}

async function lastPublication(
  { publications }: YearState,
  services: PublishServices,
): Promise<Summary | undefined> {
  const last = publications.at(-1);
  if (last === undefined) return undefined;
  const { documents } = services;
  const summary = keptOf(last.happening, services) ?? (await summaryOf(last, documents));
  await completeManifest(summary, last.happening.manifest, documents);
  return summary;
}

/** A publication as this process wrote it, if it is the last that it did. */
function keptOf(
  { year, number, digest }: Pick<Publication, 'year' | 'number' | 'digest'>,
  { kept }: PublishServices,
): Publication | undefined {
  const newest = kept?.newest.get(year);
  return newest?.number === number && newest.digest === digest ? newest : undefined;
}

/** Completes the newest publication of a year if the run that made it stopped just before its end; says whether it did. */
export async function completePublication(
  year: number,
  { ledger, documents }: PublishServices,
): Promise<boolean> {
  const office = await ledger.read(chainOf(year, 'office'));
  const last = office.filter((event) => isEvent(event, 'published')).at(-1);
  if (last === undefined || (await documents.get(publicationKey(last.happening, manifestName)))) return false;
  await completeManifest(await summaryOf(last, documents), last.happening.manifest, documents);
  return true;
}

async function summaryOf({ happening }: EventOf<'published'>, documents: Documents): Promise<Summary> {
  return (await readPublishedSummary(happening, documents)) ?? unreadable(happening);
}

async function readWhole(name: PublicationName, documents: Documents): Promise<Publication> {
  return (await readPublication(name, documents)) ?? unreadable(name);
}

function unreadable(publication: PublicationName): never {
  throw new Error(
    `${publicationFolder(publication)} is in the ledger, and cannot be read among the documents`,
  );
}

/** Writes the manifest of a publication whose run stopped just before that, from the files as they were written. */
async function completeManifest(publication: Summary, hash: Sha256, documents: Documents): Promise<void> {
  const key = publicationKey(publication, manifestName);
  if ((await documents.get(key)) !== undefined) return;
  const files = await Promise.all(
    publishedFiles.map(async ({ name }) =>
      publishedFile(name, (await documents.get(publicationKey(publication, name))) ?? new Uint8Array()),
    ),
  );
  const manifest = writeManifest(publication, files);
  if (sha256(manifest) !== hash) throw new Error(`${key} is missing and cannot be made again as it was`);
  await documents.put(key, manifest, { ifAbsent: true });
}

/** A publication all of whose files are written but the manifest, which is for the ledger to name first. */
interface Claimed {
  publication: Publication;
  manifest: Uint8Array;
}

interface Claim {
  previous: Publication | undefined;
  request: PublishRequest;
  services: PublishServices;
}

/**
 * The publication under the first number that is free. A number whose files were begun with the same contents, by a run that
 * stopped or by one that goes on beside this, is taken up as it was begun; one under which anything else lies, and which
 * never became a publication, is left behind.
 */
async function claimNumber(year: LedgerYear, { previous, request, services }: Claim): Promise<Claimed> {
  for (let number = (previous?.number ?? 0) + 1; ; number++) {
    const composed = composePublication(year.state, { ...request, number, previous, chains: year.heads });
    const { state } = year;
    const source = { publication: composed, catalogue: state.catalogue };
    const { parts: template, report } = await templateFor(source, state, services.documents);
    const begun = await beginSummary({ ...composed, report }, services.documents);
    const context = { catalogue: state.catalogue, template };
    const manifest = begun && (await writeFiles({ ...begun, ...context }, services));
    if (begun !== undefined && manifest !== undefined) return { publication: begun.publication, manifest };
  }
}

type Begun = Pick<FileContext, 'publication' | 'summary'>;

/** The publication as it is begun; undefined if something else lies where its summary should. */
async function beginSummary(publication: Publication, documents: Documents): Promise<Begun | undefined> {
  const key = publicationKey(publication, summaryName);
  const summary = writeSummaryJson(publication);
  if ((await documents.put(key, summary, { ifAbsent: true })) === 'stored') return { publication, summary };
  const there = await documents.get(key);
  const begun = there && readSummary(there);
  const isSame =
    begun?.digest === publication.digest &&
    begun.changes.since === publication.changes.since &&
    isDeepStrictEqual(begun.report, publication.report);
  if (!isSame || there === undefined) return undefined;
  // The digest covers the observations; where they stand in the ledger is as it was begun.
  const observations = readObservations(writeTable(observationsTable, publication), begun);
  return observations && { publication: { ...begun, observations }, summary: there };
}

/** Writes what is missing of a publication's files, and returns the manifest; undefined if other bytes lie there. */
async function writeFiles(
  context: Omit<FileContext, 'before' | 'writers'>,
  { documents, writers = realWriters }: PublishServices,
): Promise<Uint8Array | undefined> {
  const { publication } = context;
  const files: PublishedFile[] = [];
  for (const { name, write } of publishedFiles) {
    const bytes = await write({ ...context, before: files, writers });
    files.push(publishedFile(name, bytes));
    const kept = await putOnce(publicationKey(publication, name), bytes, documents);
    if (kept === 'holds-other-bytes') return undefined;
  }
  const manifest = writeManifest(publication, files);
  const there = await documents.get(publicationKey(publication, manifestName));
  return there === undefined || Buffer.compare(there, manifest) === 0 ? manifest : undefined;
}

/** The event in the office's chain that makes it a publication. */
function publishedEvent(
  { year: of, number, digest }: Publication,
  manifest: Sha256,
  { year, request }: { year: LedgerYear; request: PublishRequest },
) {
  return nextEvent(chainOf(of, 'office'), officeEventsIn(year.chains, of), {
    at: request.publishedAt,
    by: request.publishedBy,
    catalogue: year.catalogueHash,
    happening: {
      kind: 'published',
      year: of,
      number,
      digest,
      manifest,
      counts: countsSince(year.state.publications, countingIn(year.state)),
    },
  });
}

/** The upload of each return that counts. */
function countingIn({ returns }: YearState): CountedUpload[] {
  return returns.flatMap(({ counting }) => {
    if (counting === undefined) return [];
    const { department, period, id } = counting;
    return [{ department, period, upload: id }];
  });
}
