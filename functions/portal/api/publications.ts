import { z } from 'zod';
import { actSchema } from '../../../shared/core/ledger/people.ts';
import { comparePublications, comparisonSchema } from '../../../shared/core/publication/comparison.ts';
import { summarySchema } from '../../../shared/core/publication/publication.ts';
import { lineageSchema } from '../../../shared/core/totals/total.ts';
import { sha256Schema } from '../../../shared/core/values/digest.ts';
import { readers } from '../access/identity.ts';
import { publicationOf, summaryOf } from '../found-publication.ts';
import { apiRoute, publicationNumber, publicationParams, type Route, yearParam } from '../route.ts';
import { listOf, pageOf, pageQuery } from './paging.ts';

const publishedSchema = z.strictObject({
  number: z.int().min(1),
  publishedAt: summarySchema.shape.publishedAt,
  publishedBy: z.string(),
  digest: summarySchema.shape.digest,
  manifest: sha256Schema.describe('the SHA-256 of the manifest.json'),
  issued: actSchema
    .nullable()
    .describe('by whom, when and why the legal office issued it; null of one that is only kept'),
  ledger: lineageSchema.shape.ledger,
});

/** What was published, and what changed between publications. `changes` is no number, so it comes first. */
export const publicationQuestions: Route[] = [
  apiRoute(
    {
      path: '/api/:year/publications',
      access: readers,
      params: yearParam,
      query: pageQuery,
      summary: 'The publications of the year as the ledger has them, oldest first',
      answer: listOf(publishedSchema),
    },
    async (request) => {
      const { state } = await request.readYear(request.params.year);
      const published = state.publications.map(({ happening, at, by, chain, sequence, hash }) => ({
        number: happening.number,
        publishedAt: at,
        publishedBy: by,
        digest: happening.digest,
        manifest: happening.manifest,
        issued: state.issued.get(happening.number) ?? null,
        ledger: { chain, sequence, hash },
      }));
      return pageOf(published, request);
    },
  ),
  apiRoute(
    {
      path: '/api/:year/publications/changes',
      access: readers,
      params: yearParam,
      query: { from: publicationNumber, to: publicationNumber },
      summary: 'What changed from one publication to another: figures with reasons, returns, warnings',
      answer: comparisonSchema,
    },
    async (request) => {
      const { state } = await request.readYear(request.params.year);
      const [from, to] = await Promise.all([
        publicationOf(request, state, request.query.from),
        publicationOf(request, state, request.query.to),
      ]);
      return comparePublications(from, to, state);
    },
  ),
  apiRoute(
    {
      path: '/api/:year/publications/:number',
      access: readers,
      params: publicationParams,
      summary:
        'One publication, all that its summary.json says: totals, comparisons, returns, warnings, changes',
      answer: summarySchema,
    },
    async (request) => {
      const { state } = await request.readYear(request.params.year);
      return summaryOf(request, state, request.params.number);
    },
  ),
  apiRoute(
    {
      path: '/api/:year/publications/:number/observations',
      access: readers,
      params: publicationParams,
      query: pageQuery,
      summary: 'Every observation that a publication counts, with where it comes from, in its own order',
      answer: listOf(lineageSchema),
    },
    async (request) => {
      const { state } = await request.readYear(request.params.year);
      const { observations } = await publicationOf(request, state, request.params.number);
      return pageOf(observations, request);
    },
  ),
];
