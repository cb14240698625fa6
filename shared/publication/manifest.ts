import { z } from 'zod';
import { instantSchema, yearSchema } from '../core/catalogue/period.ts';
import { chainHeadSchema } from '../core/ledger/event.ts';
import type { Summary } from '../core/publication/publication.ts';
import { sha256, sha256Schema } from '../core/values/digest.ts';
import { parseJson } from '../core/values/json.ts';
import { jsonFile } from './json.ts';

/** A file of a publication, by its name in the folder: how many bytes it has, and which. */
const publishedFileSchema = z.strictObject({ name: z.string(), bytes: z.int(), sha256: sha256Schema });
export type PublishedFile = z.infer<typeof publishedFileSchema>;

/** A file as it is listed. */
export function publishedFile(name: string, bytes: Uint8Array): PublishedFile {
  return { name, bytes: bytes.length, sha256: sha256(bytes) };
}

/** What seals a publication: written last, its own hash is in the ledger. */
export const manifestSchema = z.strictObject({
  format: z.literal('indicators-manifest/1'),
  year: yearSchema,
  number: z.int().min(1),
  publishedAt: instantSchema,
  digest: sha256Schema,
  catalogue: sha256Schema,
  software: z.string(),
  files: z.array(publishedFileSchema),
  chains: z.array(chainHeadSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

export function writeManifest(publication: Summary, files: PublishedFile[]): Uint8Array {
  const { year, number, publishedAt, digest, catalogue, software, chains } = publication;
  const manifest: Manifest = {
    format: 'indicators-manifest/1',
    year,
    number,
    publishedAt,
    digest,
    catalogue,
    software,
    files,
    chains,
  };
  return jsonFile(manifestSchema.parse(manifest));
}

/** Reads a manifest; undefined if the bytes are none. */
export function readManifest(bytes: Uint8Array): Manifest | undefined {
  return manifestSchema.safeParse(parseJson(bytes)).data;
}
