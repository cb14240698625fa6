import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { AccessFiles, accessDaysKept } from '../../functions/local-server/access-files.ts';
import { silence } from '../../functions/local-server/logger.ts';
import type { AccessEntry } from '../../functions/portal/access-log/access-entry.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { linksOf, openPage, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const hostile = '<script>alert(1)</script>张三';
const january = '/2023/departments/sfj/2023-01';

let folder: string;
let faults: string[];
let log: AccessFiles;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'access');
  faults = [];
  const reports = { ...silence, fault: (what: string) => faults.push(what) };
  log = new AccessFiles({ folder, utcOffset: () => '+08:00', reports });
});

const entry = (at: string, by = '小张'): AccessEntry => ({
  ...{ at: instantSchema.parse(at), by, roles: ['auditor'], department: null },
  ...{ method: 'GET', route: '/:year', address: '/2023', status: 200 },
});

async function linesOf(day: string): Promise<AccessEntry[]> {
  const text = await readFile(join(folder, `${day}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the log of accesses over the portal', () => {
  const open = async () => {
    const store = smallStore();
    await store.submit({ period: '2023-01', cases: '3', uploadedAt: '2023-02-01T00:00:00.000Z' });
    await store.issue('2023-02-02T00:00:00.000Z');
    return openPortal(store, { now: '2023-02-10T01:00:00.000Z', accessLog: log });
  };

  it('has who signed in, looked at, downloaded or was denied what, and nothing of the contents', async () => {
    const portal = await open();
    const clerk = await portal.as('department:sfj', '小张');
    await clerk.get(`${january}?done=requested`);
    await clerk.get('/2023/publications/1');
    const office = await portal.as('legal-office', '赵科长');
    await office.get('/2023/publications/1/files/summary.xlsx');
    await office.get('/2023/records.csv?uploader=%E5%BC%A0%E4%B8%89');
    await office.get('/assets/portal.css');
    await office.get('/health');
    await log.stop();
    const lines = await linesOf('2023-02-10');
    expect(lines.map(({ by, method, address, status }) => [by, method, address, status])).toEqual([
      ['小张', 'POST', '/sign-in', 303],
      ['小张', 'GET', january, 200],
      ['小张', 'GET', '/2023/publications/1', 403],
      ['赵科长', 'POST', '/sign-in', 303],
      ['赵科长', 'GET', '/2023/publications/1/files/summary.xlsx', 200],
      ['赵科长', 'GET', '/2023/records.csv', 200],
    ]);
    expect(lines[1]).toMatchObject({ roles: ['department'], department: 'sfj' });
    expect(await readFile(join(folder, '2023-02-10.jsonl'), 'utf8')).not.toMatch(/%E5|cookie|token|session/i);
  });

  it('is shown to the auditor, by day and person, and handed out as it is', async () => {
    const portal = await open();
    const auditor = await portal.as('auditor', hostile);
    await auditor.get(january);
    await log.stop();
    const markup = await auditor.read('/access');
    expect(markup).not.toContain('<script>alert');
    expect(textOf(openPage(markup))).toContain(hostile);
    const page = await visit(auditor, '/access?person=%E6%9D%8E');
    expect(textOf(page)).toContain('共 0 条');
    expect(linksOf(page).map(([, address]) => address)).toContain('/access/2023-02-10.jsonl');
    expect(await auditor.read('/access/2023-02-10.jsonl')).toContain(january);
    for (const none of ['2023-02-11.jsonl', '..%2Fledger.sqlite', '2023-13-40.jsonl'])
      expect([none, (await auditor.get(`/access/${none}`)).status]).toEqual([none, 404]);
    expect(textOf(await visit(auditor, '/access?day=2023-02-11'))).toContain('这一天没有访问记录');
    expect((await (await portal.as('legal-office')).get('/access')).status).toBe(403);
  });

  it('never fails a page: that it cannot be written is reported', async () => {
    await writeFile(folder, 'no folder');
    const portal = await open();
    expect((await (await portal.as('legal-office')).get(january)).status).toBe(200);
    await log.stop();
    expect(faults.length).toBeGreaterThan(0);
  });

  it.each([
    ['is kept elsewhere', { kind: 'elsewhere', name: '/aws/lambda/portal' } as const, '/aws/lambda/portal'],
  ])('says where it %s', async (_, kept, said) => {
    const accessLog = { record: () => {}, kept };
    const portal = openPortal(smallStore(), { now: '2023-02-10T01:00:00.000Z', accessLog });
    expect(textOf(await visit(await portal.as('auditor'), '/access'))).toContain(said);
  });
});

describe('the files of the log', () => {
  it('are a day each by the clock of the city, appended to, for the account alone', async () => {
    log.record(entry('2023-02-10T15:59:59.000Z'));
    log.record(entry('2023-02-10T16:00:00.000Z'));
    await log.stop();
    log.record(entry('2023-02-10T16:00:01.000Z'));
    await log.stop();
    expect(await log.kept.days()).toEqual(['2023-02-11', '2023-02-10']);
    expect(await linesOf('2023-02-11')).toHaveLength(2);
    expect([
      (await stat(folder)).mode & 0o777,
      (await stat(join(folder, '2023-02-10.jsonl'))).mode & 0o777,
    ]).toEqual([0o700, 0o600]);
  });

  it('are kept for longer than the 180 days that are asked for, and then removed; other files never', async () => {
    expect(accessDaysKept).toBeGreaterThanOrEqual(180);
    await mkdir(folder);
    for (const name of ['2021-12-31.jsonl', '2022-01-05.jsonl', '2022-01-06.jsonl', 'notes.txt'])
      await appendFile(join(folder, name), '');
    log.record(entry('2023-02-10T01:00:00.000Z'));
    await log.stop();
    expect((await readdir(folder)).sort()).toEqual(['2022-01-06.jsonl', '2023-02-10.jsonl', 'notes.txt']);
  });

  it('lose no line of many at once, and a line that a crash cut off hides no other', async () => {
    for (let index = 0; index < 500; index++) log.record(entry('2023-02-10T01:00:00.000Z', `人${index}`));
    await log.stop();
    expect(await linesOf('2023-02-10')).toHaveLength(500);
    await appendFile(join(folder, '2023-02-10.jsonl'), '{"at":"2023-0');
    const portal = openPortal(smallStore(), { now: '2023-02-10T01:00:00.000Z', accessLog: log });
    const page = textOf(await visit(await portal.as('auditor'), '/access'));
    expect(page).toContain('有 1 行无法读取');
  });
});
