/**
 * `npm run load`: fifty people look at the main pages of the sample's 2023 for twenty seconds, then send three hundred
 * workbooks, six each. `--origin` and `--data` name a server that runs already, of another checkout for example. Of one
 * that it starts itself they then look at one page at a time, five seconds each, which is kept (reach.ts).
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { usualLimits } from '../../functions/portal/access/request-limits.ts';
import { type PortalUser, portalUserAt } from '../fixtures/portal.ts';
import { startServerProcess } from '../fixtures/started-server.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { writeReached } from './reach.ts';

const { values } = parseArgs({
  options: {
    origin: { type: 'string' },
    data: { type: 'string' },
    people: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '20' },
    uploads: { type: 'string', default: '300' },
  },
});
const people = Number(values.people);
const seconds = Number(values.seconds);
const uploads = Number(values.uploads);

const officePages = ['', '/figures', '/figures/legal-aid-cases', '/findings', '/records', '/publications'];
const departmentPages = ['', '/2023-03', '/figures'];

interface Person {
  user: PortalUser;
  department: string;
  pages: readonly string[];
}

/** A workbook of the sample's 2023, as it was received. */
interface Original {
  department: string;
  period: string;
  path: string;
}

interface Answered {
  milliseconds: number;
  ok: boolean;
}

/** One in three is of the office; the others are of a department each. */
async function personOf(origin: string, index: number, departments: readonly string[]): Promise<Person> {
  const department = departments[index % departments.length]!;
  const isOffice = index % 3 === 0;
  const user = await portalUserAt(
    origin,
    isOffice ? 'legal-office' : `department:${department}`,
    `第${index}人`,
  );
  const pages = isOffice
    ? officePages.map((page) => `/2023${page}`)
    : departmentPages.map((page) => `/2023/departments/${department}${page}`);
  return { user, department, pages };
}

async function timed(ask: () => Promise<Response>): Promise<Answered> {
  const started = performance.now();
  const answer = await ask();
  await answer.arrayBuffer();
  return { milliseconds: performance.now() - started, ok: answer.status < 400 };
}

async function lookAround(
  crowd: readonly Person[],
  { lasting = seconds, most = Number.POSITIVE_INFINITY } = {},
): Promise<Answered[]> {
  const end = performance.now() + lasting * 1000;
  const answered: Answered[] = [];
  let asked = 0;
  const look = async ({ user, pages }: Person): Promise<void> => {
    for (let index = 0; asked++ < most && performance.now() < end; index++) {
      answered.push(await timed(() => user.get(pages[index % pages.length]!)));
    }
  };
  await Promise.all(crowd.map(look));
  return answered;
}

/** Everybody of a department sends what it had sent before: workbooks as departments fill them in, read in whole. */
async function sendAll(crowd: readonly Person[], originals: readonly Original[]): Promise<Answered[]> {
  const clerks = crowd.filter(({ pages }) => pages.length === departmentPages.length);
  const each = Math.ceil(uploads / clerks.length);
  const send = async ({ user, department }: Person): Promise<Answered[]> => {
    const own = originals.filter((one) => one.department === department);
    const answered: Answered[] = [];
    for (let number = 0; number < each; number++) {
      const { period, path } = own[number % own.length]!;
      const file = new File([new Uint8Array(await readFile(path))], basename(path));
      answered.push(
        await timed(() => user.post(`/2023/departments/${department}/${period}/uploads`, { file })),
      );
    }
    return answered;
  };
  return (await Promise.all(clerks.map(send))).flat();
}

async function originalsIn(folder: string): Promise<Original[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const [department = '', period = ''] = parentPath.slice(folder.length + 1).split(sep);
      return { department, period, path: join(parentPath, name) };
    })
    .filter(({ period }) => period.startsWith('2023'));
}

/** How long an answer took of which so many of a hundred took no longer (milliseconds). */
function percentile(answered: readonly Answered[], share: number): number {
  const sorted = answered.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
}

function report(what: string, answered: readonly Answered[], took: number): void {
  const at = (share: number) => percentile(answered, share);
  const failed = answered.filter(({ ok }) => !ok).length;
  const rate = (answered.length / took).toFixed(0);
  console.log(
    `| ${what} | ${answered.length} | ${failed} | ${rate} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} |`,
  );
}

/** Pages that are looked at one at a time, and how many answers a second each gave before any of them was made faster. */
const alone = { '/2023': 29, '/2023/figures': 12, '/2023/records': 41, '/api/2023/records': 36 };
const secondsAlone = 5;
/** The chooser takes all of the office for one person, of whom no more is answered in ten minutes (request-limits.ts). */
const mostAlone = usualLimits.ofPerson.any - people;

/**
 * What fifty people of the office see of each page, when all of them look at that one; each time of a server that was
 * started for it, since so many requests from one address in a minute are refused.
 */
async function lookAtEach(data: string): Promise<string[]> {
  const seen: string[] = [];
  for (const [page, before] of Object.entries(alone)) {
    const server = await startServerProcess('--sample', '--data', data, '--port', '0');
    const users = Array.from({ length: people }, (_, index) => server.as('legal-office', `第${index}人`));
    const crowd = (await Promise.all(users)).map((user) => ({ user, department: '', pages: [page] }));
    const started = performance.now();
    const answered = await lookAround(crowd, { lasting: secondsAlone, most: mostAlone });
    const took = (performance.now() - started) / 1000;
    await server.kill();
    report(page, answered, took);
    if (answered.some(({ ok }) => !ok)) throw new Error(`${page}: some were refused, which is no reach`);
    const rate = answered.length / took;
    seen.push(`${rate.toFixed(0)} (${(rate / before).toFixed(0)} x), p99 ${percentile(answered, 0.99)} ms`);
  }
  return seen;
}

async function measure(origin: string, data: string): Promise<void> {
  const originals = await originalsIn(join(data, 'uploads'));
  const departments = [...new Set(originals.map(({ department }) => department))];
  const indices = Array.from({ length: people }, (_, index) => index);
  const crowd = await Promise.all(indices.map((index) => personOf(origin, index, departments)));
  console.log(
    '| what | answers | failed | a second | p50 ms | p95 | p99 | max |\n|---|---|---|---|---|---|---|---|',
  );
  report(`${people} people, ${seconds} s of pages`, await lookAround(crowd), seconds);
  const started = performance.now();
  const sent = await sendAll(crowd, originals);
  report('uploads', sent, (performance.now() - started) / 1000);
}

if (values.origin !== undefined && values.data !== undefined) {
  await measure(values.origin, values.data);
} else {
  const { folder, remove } = await newFolder();
  const data = join(folder, 'sample');
  const server = await startServerProcess('--sample', '--data', data, '--port', '0');
  try {
    await measure(server.origin, data);
    await server.kill();
    const seen = await lookAtEach(data);
    await writeReached({
      work: `${people} people on overview, figures, records, API`,
      against: `${Object.values(alone).join(', ')} a second`,
      reach: '20 x, p99 under 500 ms',
      seen: seen.join('; '),
    });
  } finally {
    await server.kill();
    await remove();
  }
}
