import { z } from 'zod';
import { readKeptManifest } from '../../publish/kept-publication.ts';
import { publicationFolder } from '../../publish/publish.ts';
import { readers } from '../access/readers.ts';
import { Failure } from '../failure.ts';
import { handOver } from '../hand-over.ts';
import { mediaTypeOf } from '../reply.ts';
import { page } from '../route.ts';
import { eventOf, publicationParams } from './publication-params.ts';

/** A file of a publication: only what its manifest names, and the manifest itself. */
export const publicationFileRoute = page(
  {
    path: '/:year/publications/:number/files/:name',
    access: readers,
    params: { ...publicationParams, name: z.string().max(100) },
  },
  async (visit) => {
    const { year, number, name } = visit.params;
    const { state } = await visit.readYear(year);
    const kept = await readKeptManifest(visit.services.documents, eventOf(state, number));
    const names = ['manifest.json', ...(kept?.manifest.files.map((file) => file.name) ?? [])];
    if (kept === undefined || !names.includes(name)) throw new Failure('not-found', '这次发布没有这个文件。');
    return handOver(visit, {
      key: `${publicationFolder(year, number)}${name}`,
      version: null,
      fileName: `${year}-${String(number).padStart(4, '0')}-${name}`,
      type: mediaTypeOf(name),
    });
  },
);
