import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, ApiContract, type ApiDocument, type Operation } from '../fixtures/api-contract.ts';
import { type ApiRequest, type KnownValues, requestsFor } from '../fixtures/api-requests.ts';
import { busyNow, busyStore, foreignFigure } from '../fixtures/busy-store.ts';
import { openPortal, type PortalUser, portalOrigin } from '../fixtures/portal.ts';

const portal = openPortal(await busyStore(), { now: busyNow });
const document = (await (await portal.app.request(`${portalOrigin}/api/openapi.json`)).json()) as ApiDocument;
const contract = new ApiContract(document);
const users: Record<'clerk' | 'office' | 'auditor', PortalUser> = {
  clerk: await portal.as('department:sfj'),
  office: await portal.as('legal-office'),
  auditor: await portal.as('auditor'),
};
type Who = keyof typeof users | 'nobody';
const everybody: Who[] = ['nobody', 'clerk', 'office', 'auditor'];

/** Values that the store has, so that requests get somewhere. */
async function knownValues(): Promise<KnownValues> {
  const list = async (path: string) => JSON.parse(await users.auditor.read(path));
  const { items } = await list('/api/2023/records?limit=200');
  const of = (name: string) => [...new Set<string>(items.map((row: Record<string, string>) => row[name]))];
  return {
    year: ['2023', '2023', '2023', '2024'],
    department: ['sfj', 'sfj2'],
    period: of('period'),
    indicator: [...of('indicator'), 'none'],
    number: ['1', '2', '3'],
    revision: ['1', '2'],
    from: ['2023-03-01'],
    to: ['2023-04-01'],
    uploader: ['张', '三'],
    limit: ['1', '2', '200'],
  };
}
const known = await knownValues();

/** Beside these what means something else in this operation, and the cursor of its second part. */
async function knownFor({ path }: Operation): Promise<KnownValues> {
  if (path.endsWith('/changes')) return { ...known, from: ['1', '2'], to: ['1', '2'] };
  const first = await users.auditor.get(`${path.replace('{year}', '2023')}?limit=1`);
  if (first.status !== 200) return known;
  const { next } = (await first.json()) as { next?: string | null };
  return typeof next === 'string' ? { ...known, cursor: [next] } : known;
}

const isReading = (method: string): method is 'GET' | 'HEAD' => method === 'GET' || method === 'HEAD';

async function answerTo({ method, path, headers }: ApiRequest, who: Who): Promise<Answer> {
  const answer =
    who === 'nobody'
      ? await portal.app.request(portalOrigin + path, { method, headers })
      : await users[who].send(method, path, undefined, headers);
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

/** How the answer is not what the document says, or says what the person may not know. */
function complaintsOf(operation: Operation, request: ApiRequest, who: Who, answer: Answer): string[] {
  const { method, headers } = request;
  if (!isReading(method)) return contract.otherMethodComplaints(answer);
  const open = operation.path === '/api/openapi.json';
  // A cookie that is given by hand takes the place of the session's.
  const isNobody =
    who === 'nobody' || 'cookie' in headers || /^Bearer \S{1,8192}$/.test(headers.authorization ?? '');
  return [
    ...contract.complaints(operation, method, answer),
    ...(isNobody && !open && [200, 304].includes(answer.status) ? ['an answer for nobody'] : []),
    ...(who === 'clerk' && answer.body.includes(foreignFigure) ? ['a figure of another department'] : []),
  ];
}

/** How often a question was answered with a status. */
const seen = new Map<string, number>();

/** Asks, and holds the answer against the document. */
async function checkedAnswer(operation: Operation, request: ApiRequest, who: Who): Promise<Answer> {
  const answer = await answerTo(request, who);
  const outcome = isReading(request.method) ? answer.status : 'other method';
  const key = `${operation.path} ${outcome}`;
  seen.set(key, (seen.get(key) ?? 0) + 1);
  expect({ who, complaints: complaintsOf(operation, request, who, answer) }).toEqual({ who, complaints: [] });
  return answer;
}

/** Asks as everybody; whoever gets an answer asks for it again by its tag. */
async function askAsEverybody(operation: Operation, request: ApiRequest): Promise<void> {
  for (const who of everybody) {
    const { status, headers } = await checkedAnswer(operation, request, who);
    const tag = headers.get('etag');
    if (who !== 'auditor' || status !== 200 || tag === null) continue;
    const conditional = { ...request, headers: { ...request.headers, 'if-none-match': tag } };
    expect((await checkedAnswer(operation, conditional, who)).status).toBe(304);
  }
}

/** Verification reads a whole store for each answer; the others take some milliseconds. */
const runsOf = ({ path }: Operation) => (path.endsWith('/verification') ? 30 : 45);

describe('the API', () => {
  it.each(contract.operations)(
    'answers $path as its document says, whoever asks for whatever',
    async (operation) => {
      const requests = requestsFor(operation, await knownFor(operation));
      const property = fc.asyncProperty(requests, (request) => askAsEverybody(operation, request));
      await fc.assert(property, { seed: 20_230_101, numRuns: runsOf(operation) });
    },
  );

  it('was asked often, and every question got what there is to get', () => {
    const count = [...seen.values()].reduce((total, times) => total + times, 0);
    expect(count).toBeGreaterThan(2300);
    const paths = contract.operations.map(({ path }) => path);
    const missed = (status: number) => paths.filter((path) => !seen.has(`${path} ${status}`));
    expect(missed(200)).toEqual([]);
    expect(missed(304)).toEqual([]);
    expect(missed(401)).toEqual(['/api/openapi.json']);
    expect(missed(404)).toEqual(['/api/openapi.json', '/api/years']);
    expect(missed(403)).toEqual(['/api/openapi.json', '/api/years']);
    expect(missed(400).length).toBeLessThan(6);
    expect(paths.filter((path) => !seen.has(`${path} other method`))).toEqual([]);
  });
});

describe('what checks the answers', () => {
  const operation = contract.operations.find(({ path }) => path === '/api/{year}/records')!;
  const request: ApiRequest = { method: 'GET', path: '/api/2023/records?limit=2', headers: {} };
  const problem = (answer: Answer, status: number): Answer => ({
    status,
    headers: new Headers({ 'content-type': 'application/problem+json' }),
    body: JSON.stringify({ ...JSON.parse(answer.body) }),
  });
  const changed = (answer: Answer, change: (body: { items: object[]; total?: unknown }) => void): Answer => {
    const body = JSON.parse(answer.body);
    change(body);
    return { ...answer, body: JSON.stringify(body) };
  };

  it('finds nothing wrong with a real answer', async () => {
    expect(complaintsOf(operation, request, 'auditor', await answerTo(request, 'auditor'))).toEqual([]);
  });

  it.each<[string, (answer: Answer) => Answer, RegExp]>([
    ['a fault of the portal', (answer) => problem(answer, 500), /^500/],
    ['a status that is not documented', (answer) => problem(answer, 418), /418 is not documented/],
    [
      'a page',
      (answer) => ({ ...answer, headers: new Headers({ etag: '"a"', 'content-type': 'text/html' }) }),
      /media type/,
    ],
    ['no JSON', (answer) => ({ ...answer, body: '{' }), /no JSON/],
    ['a field that is missing', (answer) => changed(answer, (body) => delete body.total), /total/],
    [
      'a field too many',
      (answer) => changed(answer, (body) => Object.assign(body, { more: 1 })),
      /additional/,
    ],
    [
      'a figure of binary floating point',
      (answer) => changed(answer, ({ items }) => Object.assign(items[0]!, { value: 1.5 })),
      /value/,
    ],
    [
      'a word that is none',
      (answer) => changed(answer, ({ items }) => Object.assign(items[1]!, { standing: 'lost' })),
      /standing/,
    ],
    [
      'an answer without a tag',
      (answer) => ({ ...answer, headers: new Headers({ 'content-type': 'application/json' }) }),
      /tag/,
    ],
    [
      'a problem that says nothing',
      (answer) => ({ ...problem(answer, 404), body: '{}' }),
      /404 does not keep/,
    ],
  ])('finds %s', async (_, broken, said) => {
    const answer = broken(await answerTo(request, 'auditor'));
    expect(complaintsOf(operation, request, 'auditor', answer).join('; ')).toMatch(said);
  });

  it('finds a body after HEAD, an answer for nobody, a figure that leaks, and a method that works', async () => {
    const answer = await answerTo({ ...request, path: '/api/2023/records?limit=200' }, 'auditor');
    expect(complaintsOf(operation, { ...request, method: 'HEAD' }, 'auditor', answer)).not.toEqual([]);
    expect(complaintsOf(operation, request, 'nobody', answer)).toEqual(['an answer for nobody']);
    expect(complaintsOf(operation, request, 'clerk', answer)).toEqual(['a figure of another department']);
    expect(complaintsOf(operation, { ...request, method: 'DELETE' }, 'office', answer)).toEqual([
      'status 200, not 405',
    ]);
  });
});
