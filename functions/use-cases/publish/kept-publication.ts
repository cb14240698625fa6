import { z } from 'zod';
import type { EventOf } from '../../../shared/core/ledger/event.ts';
import type { Documents } from '../../../shared/core/ledger/ports.ts';
import { type Publication, publicationSchema } from '../../../shared/core/publication/publication.ts';
import type { TotalStatus } from '../../../shared/core/totals/total.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { type Manifest, readManifest } from '../../../shared/publication/manifest.ts';
import { readSummaryJson } from '../../../shared/publication/summary-json.ts';
import { publicationFolder } from './publish.ts';

/** The ledger's event of a publication; undefined if none of that number was made. */
export function publishedEvent(
  { publications }: YearState,
  number: number,
): EventOf<'published'> | undefined {
  return publications.find(({ happening }) => happening.number === number);
}

/** A publication as it was written; undefined if its file is gone or is none. */
export async function readPublication(
  documents: Documents,
  { year, number }: { year: number; number: number },
): Promise<Publication | undefined> {
  const bytes = await documents.get(`${publicationFolder(year, number)}summary.json`);
  if (bytes === undefined) return undefined;
  try {
    return readSummaryJson(bytes);
  } catch {
    return undefined;
  }
}

const statusSchema = z.object({ status: publicationSchema.shape.status });

/** Whether a publication is final, without checking all that it says; undefined if its file is gone or is none. */
export async function readPublicationStatus(
  documents: Documents,
  { year, number }: { year: number; number: number },
): Promise<Exclude<TotalStatus, 'per-department'> | undefined> {
  const bytes = await documents.get(`${publicationFolder(year, number)}summary.json`);
  if (bytes === undefined) return undefined;
  try {
    return statusSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).status;
  } catch {
    return undefined;
  }
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
  documents: Documents,
  { happening }: EventOf<'published'>,
): Promise<KeptManifest | undefined> {
  const bytes = await documents.get(`${publicationFolder(happening.year, happening.number)}manifest.json`);
  const manifest = bytes === undefined ? undefined : readManifest(bytes);
  if (bytes === undefined || manifest === undefined) return undefined;
  const hash = sha256(bytes);
  return { manifest, size: bytes.length, sha256: hash, asRecorded: hash === happening.manifest };
}
