import { z } from 'zod';
import { sha256Schema } from '../../../shared/core/digest.ts';
import { lineageSchema, publicationSchema } from '../../../shared/core/publication.ts';
import { comparePublications, comparisonSchema } from '../../publish/compare-publications.ts';
import { readers } from '../access/readers.ts';
import { publicationNumber, publicationOf, publicationParams } from '../publications/publication-params.ts';
import { question, type Route, yearParam } from '../route.ts';
import { listOf, pageOf, pageQuery } from './paging.ts';

const publishedSchema = z.strictObject({
  number: z.int().min(1),
  publishedAt: publicationSchema.shape.publishedAt,
  publishedBy: z.string(),
  digest: publicationSchema.shape.digest,
  manifest: sha256Schema.describe('the SHA-256 of the manifest.json'),
  ledger: lineageSchema.shape.ledger,
});

/** What was published, and what changed between publications. `changes` is no number, so it comes first. */
export const publicationQuestions: Route[] = [
  question(
    {
      path: '/api/:year/publications',
      access: readers,
      params: yearParam,
      query: pageQuery,
      summary: 'The publications of the year as the ledger has them, oldest first',
      answer: listOf(publishedSchema),
    },
    async (visit) => {
      const { state } = await visit.readYear(visit.params.year);
      const published = state.publications.map(({ happening, at, by, chain, sequence, hash }) => ({
        number: happening.number,
        publishedAt: at,
        publishedBy: by,
        digest: happening.digest,
        manifest: happening.manifest,
        ledger: { chain, sequence, hash },
      }));
      return pageOf(published, visit);
    },
  ),
  question(
    {
      path: '/api/:year/publications/changes',
      access: readers,
      params: yearParam,
      query: { from: publicationNumber, to: publicationNumber },
      summary: 'What changed from one publication to another: figures with reasons, returns, warnings',
      answer: comparisonSchema,
    },
    async (visit) => {
      const { state } = await visit.readYear(visit.params.year);
      const [from, to] = await Promise.all([
        publicationOf(visit, state, visit.query.from),
        publicationOf(visit, state, visit.query.to),
      ]);
      return comparePublications(from, to, state);
    },
  ),
  question(
    {
      path: '/api/:year/publications/:number',
      access: readers,
      params: publicationParams,
      summary: 'One publication, all that its summary.json says',
      answer: publicationSchema,
    },
    async (visit) => {
      const { state } = await visit.readYear(visit.params.year);
      return publicationOf(visit, state, visit.params.number);
    },
  ),
];
