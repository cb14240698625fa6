import { z } from 'zod';
import { instantSchema, yearSchema } from '../core/catalogue/period.ts';
import { chainHeadSchema } from '../core/ledger/event.ts';
import type { Summary } from '../core/publication/publication.ts';
import { sha256, sha256Schema } from '../core/values/digest.ts';
import { parseJson } from '../core/values/json.ts';
import type { PublishedFile } from './data-package.ts';
import { jsonFile } from './json.ts';

/** What seals a publication: written last, its own hash is in the ledger. */
export const manifestSchema = z.strictObject({
  format: z.literal('indicators-manifest/1'),
  year: yearSchema,
  number: z.int().min(1),
  publishedAt: instantSchema,
  digest: sha256Schema,
  catalogue: sha256Schema,
  software: z.string(),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: sha256Schema })),
  chains: z.array(chainHeadSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

export function writeManifest(publication: Summary, files: readonly PublishedFile[]): Uint8Array {
  const { year, number, publishedAt, digest, catalogue, software, chains } = publication;
  const manifest: Manifest = {
    format: 'indicators-manifest/1',
    year,
    number,
    publishedAt,
    digest,
    catalogue,
    software,
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
    chains,
  };
  return jsonFile(manifestSchema.parse(manifest));
}

/** Reads a manifest; undefined if the bytes are none. */
export function readManifest(bytes: Uint8Array): Manifest | undefined {
  return manifestSchema.safeParse(parseJson(bytes)).data;
}
