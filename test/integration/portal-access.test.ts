import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../functions/portal/routes.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { openPortal, PortalUser } from '../fixtures/portal.ts';
import { addressFor } from '../fixtures/route-addresses.ts';
import { smallStore } from '../fixtures/small-store.ts';

/** Who asks: nobody, the department's own clerk, another department's, the legal office, an auditor, the department's own reviewer, another's. */
const people = ['nobody', 'own', 'other', 'office', 'auditor', 'reviewer', 'other-reviewer'] as const;
type Person = (typeof people)[number];

/** `+` is let in, `-` is denied, `s` is asked to sign in first; in the order of `people`. */
type Row = readonly [route: string, letters: string];

const everybody = '+++++++';
const signedIn = 's++++++';
const ownAndReaders = 's+-+++-';
const ownOnly = 's+-----';
const readers = 's--++--';
const office = 's--+---';
const auditor = 's---+--';
const reviewer = 's----+-';

/** Every route of the portal. A route that is not here, or one here that is no more, fails the test. */
const table: Row[] = [
  ['GET /', everybody],
  ['GET /sign-in', everybody],
  ['POST /sign-in', everybody],
  ['GET /sign-in/callback', everybody],
  ['POST /sign-out', signedIn],
  ['GET /signed-out', everybody],
  ['GET /assets/:file', everybody],
  ['GET /health', everybody],

  ['GET /catalogues', readers],
  ['POST /catalogues', office],
  ['GET /catalogues/sample', readers],
  ['GET /catalogues/sample.xlsx', readers],
  ['GET /catalogues/empty.xlsx', readers],
  ['POST /catalogues/from-sample', office],
  ['POST /catalogues/next-year', office],
  ['GET /catalogues/:year/baselines', readers],
  ['POST /catalogues/:year/baselines', office],
  ['GET /catalogues/:year/baselines/new.xlsx', readers],
  ['GET /catalogues/:year/baselines/:hash', readers],
  ['GET /catalogues/:year/baselines/:hash/workbook.xlsx', readers],
  ['GET /catalogues/:year/baselines/:hash/baseline.json', readers],
  ['POST /catalogues/:year/baselines/:hash/recording', office],
  ['GET /catalogues/:year/:hash', readers],
  ['GET /catalogues/:year/:hash/catalogue.xlsx', readers],
  ['GET /catalogues/:year/:hash/catalogue.json', readers],
  ['POST /catalogues/:year/:hash/adoption', office],

  ['GET /:year/departments/:department', ownAndReaders],
  ['GET /:year/departments/:department/figures', ownAndReaders],
  ['GET /:year/departments/:department/acts', ownAndReaders],
  ['GET /:year/departments/:department/acts.csv', ownAndReaders],
  ['GET /:year/departments/:department/acts.json', ownAndReaders],
  ['GET /:year/departments/:department/:period', ownAndReaders],
  ['GET /:year/departments/:department/:period/changes', ownAndReaders],
  ['GET /:year/departments/:department/:period/template.xlsx', ownAndReaders],
  ['POST /:year/departments/:department/:period/check', ownOnly],
  ['GET /:year/departments/:department/:period/zero-report', ownOnly],
  ['POST /:year/departments/:department/:period/zero-report', ownOnly],
  ['POST /:year/departments/:department/:period/uploads', ownOnly],
  ['GET /:year/departments/:department/:period/uploads/received', ownOnly],
  ['GET /:year/departments/:department/:period/uploads/:upload', ownAndReaders],
  ['GET /:year/departments/:department/:period/uploads/:upload/original', ownAndReaders],
  ['GET /:year/departments/:department/:period/uploads/:upload/marked.xlsx', ownAndReaders],
  ['GET /:year/departments/:department/:period/uploads/:upload/sign-off', ownAndReaders],
  ['GET /:year/departments/:department/:period/uploads/:upload/mend', ownOnly],
  ['POST /:year/departments/:department/:period/uploads/:upload/mend', ownOnly],
  ['GET /:year/departments/:department/:period/uploads/:upload/correction', ownOnly],
  ['POST /:year/departments/:department/:period/uploads/:upload/correction', ownOnly],
  ['POST /:year/departments/:department/:period/uploads/:upload/scans', ownOnly],
  ['GET /:year/departments/:department/:period/uploads/:upload/scans/received', ownOnly],
  ['POST /:year/departments/:department/:period/uploads/:upload/scans/received', ownOnly],
  ['GET /:year/departments/:department/:period/uploads/:upload/scans/:scan', ownAndReaders],
  ['POST /:year/departments/:department/:period/uploads/:upload/submission', ownOnly],
  ['POST /:year/departments/:department/:period/uploads/:upload/agreement', reviewer],
  ['POST /:year/departments/:department/:period/uploads/:upload/disagreement', reviewer],
  ['POST /:year/departments/:department/:period/uploads/:upload/explanation', ownOnly],
  ['POST /:year/departments/:department/:period/uploads/:upload/admission', office],
  ['POST /:year/departments/:department/:period/uploads/:upload/refusal-to-admit', office],
  ['POST /:year/departments/:department/:period/extension-requests', ownOnly],
  ['POST /:year/departments/:department/:period/extension-requests/:request/refusal', office],
  ['POST /:year/departments/:department/:period/questions', office],
  ['POST /:year/departments/:department/:period/questions/:question/answer', ownOnly],
  ['POST /:year/departments/:department/:period/questions/:question/closing', office],
  ['POST /:year/departments/:department/:period/questions/:question/insistence', office],
  ['POST /:year/departments/:department/:period/answers', 's+-+---'],

  ['GET /:year', readers],
  ['GET /:year/figures', readers],
  ['GET /:year/figures/:indicator', readers],
  ['GET /:year/findings', readers],
  ['POST /:year/findings/answers', office],
  ['GET /:year/deadlines', readers],
  ['POST /:year/deadlines', office],
  ['GET /:year/unaddressed/:upload/original', readers],
  ['GET /:year/reminders', readers],
  ['POST /:year/reminders/contacts', office],
  ['POST /:year/reminders/contacts/removal', office],
  ['POST /:year/reminders/rules', office],
  ['GET /:year/publications', readers],
  ['POST /:year/publications', office],
  ['GET /:year/publications/changes', readers],
  ['GET /:year/publications/:number', readers],
  ['GET /:year/publications/:number/issue', office],
  ['POST /:year/publications/:number/issue', office],
  ['GET /:year/publications/:number/files/:name', readers],
  ['GET /:year/publications/:number/certificate', readers],
  ['GET /:year/publications/:number/figures/:indicator/certificate', readers],
  ['GET /:year/publications/:number/lineage', readers],
  ['GET /:year/publications/:number/lineage.xlsx', readers],
  ['GET /:year/publications/:number/report.docx', readers],
  ['GET /:year/report', readers],
  ['GET /:year/report/new-template.docx', readers],
  ['POST /:year/report/templates', office],
  ['GET /:year/report/templates/:hash', readers],
  ['GET /:year/report/templates/:hash/template.docx', readers],
  ['POST /:year/report/templates/:hash/adoption', office],
  ['POST /:year/report/check', readers],
  ['POST /:year/report/update', readers],
  ['GET /:year/records', readers],
  ['GET /:year/records.csv', readers],
  ['GET /:year/records.json', readers],
  ['GET /:year/records.xlsx', readers],
  ['GET /:year/records/file', readers],
  ['GET /:year/check-code', readers],
  ['GET /:year/acts', readers],
  ['GET /:year/acts.csv', readers],
  ['GET /:year/acts.json', readers],
  ['GET /:year/verification', readers],
  ['POST /:year/verification', readers],
  ['POST /:year/verification/witness', readers],
  ['GET /access', auditor],
  ['GET /access/:file', auditor],
  ['GET /witness/latest.json', signedIn],
  ['GET /witness/:statement', readers],

  ['GET /api/openapi.json', everybody],
  ['GET /api/years', signedIn],
  ['GET /api/:year/returns', signedIn],
  ['GET /api/:year/returns/:department/:period', ownAndReaders],
  ['GET /api/:year/totals', readers],
  ['GET /api/:year/comparisons', readers],
  ['GET /api/:year/totals/:indicator', readers],
  ['GET /api/:year/records', signedIn],
  ['GET /api/:year/warnings', signedIn],
  ['GET /api/:year/acts', signedIn],
  ['GET /api/:year/publications', readers],
  ['GET /api/:year/publications/changes', readers],
  ['GET /api/:year/publications/:number', readers],
  ['GET /api/:year/publications/:number/observations', readers],
  ['GET /api/:year/chains', readers],
  ['GET /api/:year/verification', readers],
];

const letterMeanings = { '+': 'is let in', '-': 'is denied', s: 'is asked to sign in' } as const;
const secret = '别的部门的经办人';

const store = smallStore();
const portal = openPortal(store, { now: '2023-04-05T01:00:00.000Z' });
const users = new Map<Person, PortalUser>();
let upload = '';

beforeAll(async () => {
  const { event } = await store.submit({
    period: '2023-01',
    cases: '3',
    uploadedAt: '2023-02-01T00:00:00.000Z',
  });
  upload = uploadId(event.happening.upload);
  await store.submit({
    department: 'sfj2',
    period: '2023-01',
    cases: '98765',
    uploadedAt: '2023-02-02T00:00:00.000Z',
    uploader: secret,
  });
  await store.issue('2023-03-01T00:00:00.000Z');
  users.set('nobody', new PortalUser(portal.app));
  users.set('own', await portal.as('department:sfj'));
  users.set('other', await portal.as('department:sfj2'));
  users.set('office', await portal.as('legal-office'));
  users.set('auditor', await portal.as('auditor'));
  users.set('reviewer', await portal.as('reviewer:sfj'));
  users.set('other-reviewer', await portal.as('reviewer:sfj2'));
});

async function ask(person: Person, route: string): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const user = users.get(person)!;
  return method === 'POST' ? user.post(addressFor(path, { upload })) : user.get(addressFor(path, { upload }));
}

function letterOf(answer: Response): keyof typeof letterMeanings {
  expect(answer.status, 'the portal must not fail').toBeLessThan(500);
  if (answer.status === 401 || answer.headers.get('location')?.startsWith('/sign-in?return=')) return 's';
  return answer.status === 403 ? '-' : '+';
}

describe('the table of routes', () => {
  const declared = routes.map(({ method, path }) => `${method} ${path}`);

  it('has every route that is declared, and no other', () => {
    expect(table.map(([route]) => route).toSorted()).toEqual(declared.toSorted());
  });

  it('has every route that the application answers: none is added beside the list', () => {
    const answered = portal.app.routes.filter(({ method }) => method !== 'ALL');
    expect([...new Set(answered.map(({ method, path }) => `${method} ${path}`))].toSorted()).toEqual(
      declared.toSorted(),
    );
  });
});

describe.each(table)('%s', (route, letters) => {
  const rows = people.map((person, index) => {
    const letter = letters[index] as keyof typeof letterMeanings;
    return { person, letter, meaning: letterMeanings[letter] };
  });

  it.each(rows)('$person $meaning', async ({ person, letter }) => {
    // Whoever signs out here must not be who the other rows need.
    const isLeaving = route === 'POST /sign-out' && person !== 'nobody';
    const answer = isLeaving
      ? await (await portal.as('auditor')).post('/sign-out')
      : await ask(person, route);
    expect({ status: answer.status, letter: letterOf(answer) }).toEqual({ status: answer.status, letter });
  });
});

describe('what a clerk or reviewer is let into without naming a department', () => {
  const open = table.filter(
    ([route, letters]) => route.startsWith('GET ') && letters[1] === '+' && letters[2] === '+',
  );

  it.each(open)('%s tells nothing of another department', async (route) => {
    for (const person of ['own', 'reviewer'] as const) {
      const body = await (await ask(person, route)).text();
      expect(body).not.toContain(secret);
      expect(body).not.toContain('98765');
    }
  });

  it('would be seen by this test: the legal office is told', async () => {
    const body = await (await users.get('office')!.get('/api/2023/records?limit=200')).text();
    expect(body).toContain(secret);
    expect(body).toContain('98765');
  });
});
