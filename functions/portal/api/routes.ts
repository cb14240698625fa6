import { z } from 'zod';
import { memoize } from '../../memoize.ts';
import { apiRoute, type Route } from '../route.ts';
import { ledgerQuestions } from './ledger.ts';
import { publicationQuestions } from './publications.ts';
import { recordQuestions } from './records.ts';
import { returnQuestions } from './returns.ts';
import { totalQuestions } from './totals.ts';
import { yearQuestions } from './years.ts';

/** What the document describes is what these routes do; it is made when somebody asks for it. */
const documentQuestion = apiRoute(
  {
    path: '/api/openapi.json',
    access: 'anyone',
    summary: 'This document',
    answer: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
  },
  async ({ services }) => documentFor(services.origin),
);

type ApiDocument = Awaited<ReturnType<typeof madeDocument>>;
const documents = new Map<string, () => Promise<ApiDocument>>();

/** The document under an origin, made once: it takes some time, and anybody may ask for it. */
function documentFor(origin: string): Promise<ApiDocument> {
  const document = documents.get(origin) ?? memoize(() => madeDocument(origin));
  documents.set(origin, document);
  return document();
}

async function madeDocument(origin: string) {
  const { openApiDocument } = await import('./openapi-document.ts');
  return openApiDocument(apiRoutes, origin);
}

/** The questions that programs ask, the same as those that pages answer. */
export const apiRoutes: Route[] = [
  documentQuestion,
  ...yearQuestions,
  ...returnQuestions,
  ...recordQuestions,
  ...totalQuestions,
  ...publicationQuestions,
  ...ledgerQuestions,
];
