import { z } from 'zod';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { departmentIdSchema } from '../../shared/core/catalogue/indicator.ts';
import { type Instant, periodSchema } from '../../shared/core/catalogue/period.ts';
import { uploadIdSchema } from '../../shared/core/ledger/upload.ts';
import { sha256Schema } from '../../shared/core/values/digest.ts';
import type { YearState } from '../../shared/core/year/year-state.ts';
import type { LedgerYear } from '../use-cases/read-year.ts';
import type { Access, Identity } from './access/identity.ts';
import type { PendingSignIn } from './access/session.ts';
import { type WrittenJson, writtenJson } from './api/written-json.ts';
import { KeptAnswers } from './kept-answers.ts';
import type { FileBound } from './pages/file-field.ts';
import type { Reply } from './reply.ts';
import type { PortalServices } from './services.ts';

type Shape = z.ZodRawShape;
type Nothing = Record<never, never>;
type Parsed<S extends Shape> = z.infer<z.ZodObject<S>>;

/** A request that was let in, with what it carries, parsed. */
export interface RequestContext<P = unknown, Q = unknown, F = unknown> {
  params: P;
  query: Q;
  form: F;
  /** The address as it was asked for. */
  url: URL;
  now: Instant;
  services: PortalServices;
  /** Who it is; throws on a route that anyone may use without signing in. */
  identity: Identity;
  /** Who it is, if anybody is signed in. */
  visitor: Identity | undefined;
  /** What every form of this session has to carry. */
  formToken: string;
  /** What a form of this page has to carry, also if nobody has signed in yet; may set a cookie. */
  issueFormToken(): string;
  /** What was remembered when signing in at a provider began; good once. */
  takePendingSignIn(): Promise<PendingSignIn | undefined>;
  /** The catalogue of a year; throws a `PortalError` if there is none. */
  catalogue(year: number): Catalogue;
  /** The year as far as the person may know it; throws a `PortalError` if there is no such year. */
  readYear(year: number): Promise<LedgerYear>;
}

/** A route: how it is reached, who may use it, what it takes. Every route is in `routes.ts`. */
export interface Route {
  method: 'GET' | 'POST';
  path: string;
  access: Access;
  params: z.ZodObject;
  query: z.ZodObject;
  /** The fields of a posted form; undefined for GET. */
  form: z.ZodObject | undefined;
  /** How large the file may be that the form carries, named `file`; undefined where it carries none. */
  carriesFile: FileBound | undefined;
  /** Whether the form has a field for each cell of a return, rather than a few. */
  carriesReturn: boolean;
  /** For the API: what the OpenAPI document says, and the schema that every answer keeps. */
  api: ApiDescription | undefined;
  answer(request: RequestContext): Promise<Reply>;
}

export interface ApiDescription {
  summary: string;
  description?: string;
  answer: z.ZodType;
}

interface Given<P extends Shape, Q extends Shape> {
  path: string;
  access: Access;
  params?: P;
  query?: Q;
}

/** A page, or a file that a page links to. */
export function htmlRoute<P extends Shape = Nothing, Q extends Shape = Nothing>(
  given: Given<P, Q>,
  answer: (request: RequestContext<Parsed<P>, Parsed<Q>>) => Promise<Reply>,
): Route {
  return route({ ...given, method: 'GET' }, answer);
}

/** What a form on a page is posted to. */
export function formRoute<P extends Shape = Nothing, F extends Shape = Nothing>(
  given: Given<P, Nothing> & { form?: F; otherFields?: z.ZodType } & Partial<
      Pick<Route, 'carriesFile' | 'carriesReturn'>
    >,
  answer: (request: RequestContext<Parsed<P>, unknown, Parsed<F>>) => Promise<Reply>,
): Route {
  return route({ ...given, method: 'POST' }, answer);
}

/** The fields of a form whose names begin so, by what follows in their names. */
export function fieldsNamed(prefix: string, form: object): Map<string, string> {
  return new Map(
    Object.entries(form).flatMap(([name, value]) =>
      name.startsWith(prefix) && typeof value === 'string' ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

type GivenApi<A extends z.ZodType, P extends Shape, Q extends Shape> = Given<P, Q> &
  Omit<ApiDescription, 'answer'> & { answer: A };

/** A question that programs ask; the answer is parsed by its schema before it goes out. */
export function apiRoute<A extends z.ZodType, P extends Shape = Nothing, Q extends Shape = Nothing>(
  given: GivenApi<A, P, Q>,
  answer: (request: RequestContext<Parsed<P>, Parsed<Q>>) => Promise<z.input<A>>,
): Route {
  return writtenRoute(given, async (request) => writtenJson(given.answer.parse(await answer(request))));
}

const keptAnswers = new KeptAnswers<WrittenJson>();

/** The same where nothing decides but a state of the year and the question: each answer is written once for a state. */
export function stateApiRoute<A extends z.ZodType, P extends Shape = Nothing, Q extends Shape = Nothing>(
  given: GivenApi<A, P, Q>,
  stateFor: (request: RequestContext<Parsed<P>, Parsed<Q>>) => Promise<YearState>,
  answer: (
    state: YearState,
    question: Pick<RequestContext<unknown, Parsed<Q>>, 'query' | 'url'>,
  ) => z.input<A>,
): Route {
  return writtenRoute(given, async (request) => {
    const { query, url } = request;
    const state = await stateFor(request);
    return keptAnswers.of(state, [url.pathname, query], () =>
      writtenJson(given.answer.parse(answer(state, { query, url }))),
    );
  });
}

function writtenRoute<A extends z.ZodType, P extends Shape, Q extends Shape>(
  { summary, description, answer, ...rest }: GivenApi<A, P, Q>,
  write: (request: RequestContext<Parsed<P>, Parsed<Q>>) => Promise<WrittenJson>,
): Route {
  const api = { summary, answer, ...(description !== undefined && { description }) };
  return route({ ...rest, method: 'GET', api }, async (request: RequestContext<Parsed<P>, Parsed<Q>>) => ({
    kind: 'json',
    written: await write(request),
  }));
}

function route<P extends Shape, Q extends Shape, F extends Shape>(
  given: Given<P, Q> & {
    method: Route['method'];
    form?: F;
    /** What fields may hold that are named by entries of a catalogue; without it, they are left out. */
    otherFields?: z.ZodType;
    api?: ApiDescription;
  } & Partial<Pick<Route, 'carriesFile' | 'carriesReturn'>>,
  answer: (request: RequestContext<Parsed<P>, Parsed<Q>, Parsed<F>>) => Promise<Reply>,
): Route {
  return {
    method: given.method,
    path: given.path,
    access: given.access,
    params: z.object(given.params ?? {}),
    query: z.object(given.query ?? {}),
    form: given.method === 'POST' ? formSchema(given.form ?? {}, given.otherFields) : undefined,
    carriesFile: given.carriesFile,
    carriesReturn: given.carriesReturn ?? false,
    api: given.api,
    answer: answer as Route['answer'],
  };
}

function formSchema(fields: Shape, others: z.ZodType | undefined): z.ZodObject {
  return others === undefined ? z.object(fields) : z.object(fields).catchall(others);
}

/** The parts of addresses that mean the same everywhere. */
export const yearParam = { year: z.stringFormat('year', /^20[0-9]{2}$/).transform(Number) };
export const departmentParams = { ...yearParam, department: departmentIdSchema };
export const returnParams = { ...departmentParams, period: periodSchema };
export const catalogueParams = { ...yearParam, hash: sha256Schema };
export const uploadParams = { ...returnParams, upload: uploadIdSchema };

/** A publication's number in an address or a query. */
export const publicationNumber = z.stringFormat('publication-number', /^[1-9][0-9]{0,5}$/).transform(Number);
export const publicationParams = { ...yearParam, number: publicationNumber };
