import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import { chainHeadSchema } from '../../../shared/core/ledger/event.ts';
import {
  changeSchema,
  heldSchema,
  returnStandingSchema,
  summarySchema,
} from '../../../shared/core/publication/publication.ts';
import { findingSchema } from '../../../shared/core/returns/finding.ts';
import { periodComparisonSchema } from '../../../shared/core/totals/period-comparison.ts';
import { coverageSchema, lineageSchema, totalSchema } from '../../../shared/core/totals/total.ts';
import { recordedActSchema } from '../../../shared/core/year/acts.ts';
import { warningSchema } from '../../../shared/core/year/warning.ts';
import { storedRecordSchema } from '../../use-cases/records/search-records.ts';
import { cookieName } from '../access/portal-cookies.ts';
import { type PortalErrorKind, portalErrors } from '../portal-error.ts';
import type { ApiDescription, Route } from '../route.ts';
import { refusalSchema, returnSchema, revisionSchema, wholeReturnSchema } from './return-schemas.ts';

/** A route that programs ask. */
type Question = Route & { api: ApiDescription };

/** As much of a document as its own answer promises; the rest is as OpenAPI 3.1 has it. */
export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, unknown>;
  [part: string]: unknown;
}

/** Why a request gets no answer of its own (RFC 9457). */
const problemSchema = z.strictObject({
  type: z.string().regex(/^urn:indicators:problem:[a-z-]+$/),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().describe('one or two sentences in Chinese, for the person'),
  instance: z.string(),
});

/** Schemas that stand by themselves and are referred to by name. */
const schemas = {
  Problem: problemSchema,
  Finding: findingSchema,
  Warning: warningSchema,
  Record: storedRecordSchema,
  Act: recordedActSchema,
  Return: returnSchema,
  WholeReturn: wholeReturnSchema,
  Revision: revisionSchema,
  Refusal: refusalSchema,
  Observation: lineageSchema,
  Coverage: coverageSchema,
  Total: totalSchema,
  PeriodComparison: periodComparisonSchema,
  ReturnStanding: returnStandingSchema,
  Held: heldSchema,
  Change: changeSchema,
  ChainHead: chainHeadSchema,
  Publication: summarySchema,
};

/** The OpenAPI document of every question among the routes, made from the very schemas that they parse with. */
export function openApiDocument(routes: readonly Route[], origin: string): OpenApiDocument {
  const questions = routes.filter((route): route is Question => route.api !== undefined);
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Departmental indicators',
      version: '1',
      description: about,
    },
    servers: [{ url: origin }],
    security: [{ session: [] }, { bearer: [] }],
    paths: Object.fromEntries(questions.map((route) => [inBraces(route.path), { get: operationOf(route) }])),
    components: {
      schemas,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: cookieName(new URL(origin), 'session'),
          description: 'The session of somebody who signed in',
        },
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of the identity provider',
        },
      },
    },
  }) as unknown as OpenApiDocument;
}

const about = [
  'Questions only: every path takes GET and HEAD, and answers others with a problem of status 405.',
  'Figures are exact decimals, as text, in the unit beside them.',
  'Lists come in parts: ask again with `next` as `cursor`, and the same conditions, until `next` is null. A part is as the ledger stands when it is asked for.',
  'A condition that is left empty is none; of one that is given twice, the first counts; unknown ones are passed over.',
  'A clerk is told of the own department only.',
].join('\n\n');

/** `/api/:year/totals` as `/api/{year}/totals`. */
function inBraces(path: string): string {
  return path.replace(/:([a-z]+)/gi, '{$1}');
}

function operationOf({ path, access, params, query, api }: Question): ZodOpenApiOperationObject {
  const { summary, description, answer } = api;
  const asks = Object.keys(params.shape).length > 0;
  const open = access === 'anyone';
  const problems: PortalErrorKind[] = [
    'malformed',
    'sign-in-first',
    ...(open ? [] : (['denied'] as const)),
    ...(asks ? (['not-found'] as const) : []),
    'too-many',
    'busy',
    'broken',
  ];
  return {
    operationId: path.replace(/^\/api\/:?/, '').replace(/[^a-z]+/gi, '-'),
    summary,
    ...(description !== undefined && { description }),
    ...(open && { security: [] }),
    requestParams: { path: params, query, header: z.object({ 'If-None-Match': z.string().optional() }) },
    responses: {
      200: {
        description: 'The answer',
        headers: z.object({ ETag: z.string() }),
        content: { 'application/json': { schema: answer } },
      },
      304: {
        description: 'The answer is still the one whose tag was given',
        headers: z.object({ ETag: z.string() }),
      },
      ...Object.fromEntries(problems.map((kind) => [portalErrors[kind].status, problemResponse(kind)])),
    },
  };
}

function problemResponse(kind: PortalErrorKind): ZodOpenApiResponseObject {
  return {
    description: portalErrors[kind].title,
    ...((kind === 'too-many' || kind === 'busy') && { headers: z.object({ 'Retry-After': z.string() }) }),
    content: { 'application/problem+json': { schema: problemSchema } },
  };
}
