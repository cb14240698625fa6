import { z } from 'zod';
import { instantSchema } from '../../../shared/core/catalogue/period.ts';
import { chainSchema } from '../../../shared/core/ledger/event.ts';
import { sha256Schema } from '../../../shared/core/values/digest.ts';
import { readRawYear } from '../../use-cases/verify/read-raw.ts';
import { readers } from '../access/identity.ts';
import { apiRoute, type Route, yearParam } from '../route.ts';
import { rawHeads } from '../verification/raw-chains.ts';
import { listOf, pageOf, pageQuery } from './paging.ts';

const headSchema = z.strictObject({
  chain: chainSchema,
  length: z.int().min(0),
  hash: sha256Schema
    .nullable()
    .describe('of the last event, 64 zeros if there is none; null if it cannot be read'),
  at: instantSchema.nullable().describe('when the last event was recorded'),
});

const verificationSchema = z.strictObject({
  sound: z.boolean(),
  checked: z.array(z.string()),
  faults: z.array(z.strictObject({ where: z.string(), explanation: z.string() })),
});

/** The ledger itself, and whether it is as it was recorded. */
export const ledgerQuestions: Route[] = [
  apiRoute(
    {
      path: '/api/:year/chains',
      access: readers,
      params: yearParam,
      query: pageQuery,
      summary: 'Each chain of the year: how long it is, and the hash of its last event',
      answer: listOf(headSchema),
    },
    async (request) => {
      const { chains } = await readRawYear(request.catalogue(request.params.year).year, request.services);
      return pageOf(rawHeads(chains), request);
    },
  ),
  apiRoute(
    {
      path: '/api/:year/verification',
      access: readers,
      params: yearParam,
      summary: 'Verifies the whole year now: chains, originals, receipts, publications, totals and cells',
      description:
        'Reads every document of the year, so that it takes a while. Ask no more than you need. A ledger that was written anew in whole is seen only by a witness that was kept elsewhere: `indicators verify --witness`.',
      answer: verificationSchema,
    },
    async (request) => {
      return request.services.work.verified(request.catalogue(request.params.year).year);
    },
  ),
];
