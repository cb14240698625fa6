import { beforeAll, describe, expect, it } from 'vitest';

import { busyNow, busyStore, foreignFigure } from '../fixtures/busy-store.ts';
import { openPortal, type PortalUser, portalOrigin } from '../fixtures/portal.ts';

interface List<T = Record<string, unknown>> {
  items: T[];
  next: string | null;
  total: number;
}

let portal: ReturnType<typeof openPortal>;
const users = {} as Record<'clerk' | 'office' | 'auditor', PortalUser>;

beforeAll(async () => {
  portal = openPortal(await busyStore(), { now: busyNow });
  users.clerk = await portal.as('department:sfj');
  users.office = await portal.as('legal-office');
  users.auditor = await portal.as('auditor');
});

async function ask<T = List>(path: string, user: PortalUser = users.auditor): Promise<T> {
  return JSON.parse(await user.read(path));
}

/** Every part of a list, one after the other. */
async function askAll(path: string, limit: number): Promise<{ items: unknown[]; parts: number }> {
  const items: unknown[] = [];
  let cursor = '';
  for (let parts = 1; ; parts++) {
    const part = await ask<List>(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
    items.push(...part.items);
    if (part.next === null) return { items, parts };
    cursor = `&cursor=${part.next}`;
  }
}

describe('lists', () => {
  it.each(['records', 'returns', 'warnings', 'totals', 'chains', 'publications'])(
    'of %s come in parts that have every item exactly once',
    async (list) => {
      const whole = await ask<List>(`/api/2023/${list}?limit=200`);
      expect(whole.next).toBeNull();
      expect(whole.items).toHaveLength(whole.total);
      expect(whole.total).toBeGreaterThan(1);
      for (const limit of [1, 3]) {
        const { items, parts } = await askAll(`/api/2023/${list}`, limit);
        expect(items).toEqual(whole.items);
        expect(parts).toBe(Math.ceil(whole.total / limit));
      }
    },
  );

  it('have 50 items unless fewer or more are asked for', async () => {
    const { items, total } = await ask<List>('/api/2023/totals');
    expect(items).toHaveLength(total);
    expect((await ask<List>('/api/2023/records')).items).toHaveLength(36);
  });

  it.each([
    ['a cursor made up', '/api/2023/records?cursor=MTAgYWJj'],
    ['a cursor that is no base64', '/api/2023/records?cursor=%F0%9F%98%80'],
    ['a limit of none', '/api/2023/records?limit=0'],
    ['a limit too large', '/api/2023/records?limit=201'],
  ])('refuse %s', async (_, path) => {
    expect((await users.auditor.get(path)).status).toBe(400);
  });

  it('refuse a cursor that another question gave', async () => {
    const { next } = await ask<List>('/api/2023/records?limit=1&department=sfj');
    expect((await users.auditor.get(`/api/2023/records?department=sfj&cursor=${next}`)).status).toBe(200);
    expect((await users.auditor.get(`/api/2023/records?cursor=${next}`)).status).toBe(400);
    expect((await users.auditor.get(`/api/2023/warnings?cursor=${next}`)).status).toBe(400);
  });
});

describe('conditions', () => {
  it.each([
    ['department=sfj2', 8, (one: Row) => one.department === 'sfj2'],
    ['indicator=cases', 9, (one: Row) => one.indicator === 'cases'],
    ['period=2023-01', 12, (one: Row) => one.period === '2023-01'],
    ['revision=2', 8, (one: Row) => one.revision === 2],
    ['revision=counting', 28, (one: Row) => one.standing === 'counting'],
    ['standing=held', 4, (one: Row) => one.standing === 'held' && one.period === '2023-02'],
    ['standing=superseded&indicator=cases', 1, (one: Row) => one.value === '5'],
    ['uploader=%E5%BC%A0', 36, (one: Row) => one.uploader === '张三'],
    ['uploader=%E6%9D%8E', 0, () => false],
    ['from=2023-06-01', 4, (one: Row) => one.period === '2023-05'],
    ['to=2023-02-03', 4, (one: Row) => one.uploadedAt <= '2023-02-03T16:00:00.000Z'],
    ['department=&period=&uploader=', 36, () => true],
    ['nonsense=1&department=sfj&department=sfj2', 28, (one: Row) => one.department === 'sfj'],
  ])('of records: %s finds %i', async (query, total, fits) => {
    const found = await ask<List<Row>>(`/api/2023/records?limit=200&${query}`);
    expect(found.total).toBe(total);
    expect(found.items.filter((one) => !fits(one))).toEqual([]);
  });

  it.each([
    ['/api/2023/returns', 24],
    ['/api/2023/returns?standing=counting', 7],
    ['/api/2023/returns?standing=overdue', 3],
    ['/api/2023/returns?department=sfj&period=2023-02', 1],
    ['/api/2023/warnings', 2],
    ['/api/2023/warnings?open=true', 1],
    ['/api/2023/warnings?open=false', 1],
    ['/api/2023/warnings?department=sfj2', 0],
  ])('%s finds %i', async (path, total) => {
    expect((await ask<List>(path)).total).toBe(total);
  });

  it.each([
    'records?from=2023-02-30',
    'records?revision=zero',
    'records?period=2023-13',
    'warnings?open=perhaps',
    'returns?standing=lost',
    'publications/changes?from=1',
    'publications/changes?from=1&to=x',
  ])('of no sense are refused: %s', async (path) => {
    expect((await users.auditor.get(`/api/2023/${path}`)).status).toBe(400);
  });
});

type Row = Record<'department' | 'indicator' | 'period' | 'standing' | 'uploader' | 'uploadedAt', string> & {
  revision: number;
  value: string | null;
};

describe('answers', () => {
  it('say of a return what came of each upload, and why', async () => {
    const one = await ask<Record<string, unknown>>('/api/2023/returns/sfj/2023-02');
    expect(one).toMatchObject({
      standing: 'counting',
      counting: 1,
      heldRevisions: 1,
      due: '2023-03-10',
      revisions: [{ number: 1 }, { number: 2, standing: 'held', heldBecause: ['changes-issued'] }],
      refusals: [{ findings: [{ rule: expect.any(String), severity: 'error' }] }],
    });
  });

  it('follow a total to its cells', async () => {
    const total = await ask<Record<string, unknown>>('/api/2023/totals/cases');
    expect(total).toMatchObject({ value: String(6 + 7 + 8 + 60_000 + 70_000 + 90_017 + 4), unit: '件' });
    expect(total.contributions).toHaveLength(7);
    expect(total.contributions).toContainEqual(
      expect.objectContaining({
        value: foreignFigure,
        ledger: expect.objectContaining({ chain: '2023/sfj2' }),
      }),
    );
  });

  it('say what a publication said and what changed', async () => {
    const { items } = await ask<List>('/api/2023/publications');
    expect(items.map(({ number }) => number)).toEqual([1, 2]);
    expect(await ask('/api/2023/publications/2')).toMatchObject({ number: 2, digest: items[1]?.digest });
    const { figures } = await ask<{ figures: object[] }>('/api/2023/publications/changes?from=1&to=2');
    expect(figures).toContainEqual(
      expect.objectContaining({
        indicator: 'cases',
        because: expect.arrayContaining([expect.objectContaining({ reason: '漏报一件' })]),
      }),
    );
  });

  it('give the heads of chains and a verification', async () => {
    const { items } = await ask<List>('/api/2023/chains');
    expect(items).toContainEqual(expect.objectContaining({ chain: '2023/sfj', length: 8 }));
    expect(await ask('/api/2023/verification')).toMatchObject({ sound: true, faults: [] });
  });

  it.each([
    '/api/2022/returns',
    '/api/2023/returns/sfj/2022-01',
    '/api/2023/totals/none',
    '/api/2023/publications/3',
    '/api/none',
  ])('say that there is nothing: %s', async (path) => {
    expect((await users.auditor.get(path)).status).toBe(404);
  });
});

describe('a clerk', () => {
  const lists = ['/api/years', '/api/2023/returns', '/api/2023/records', '/api/2023/warnings'];

  it.each(lists)('is told of no other department: %s', async (path) => {
    const text = await users.clerk.read(`${path}?limit=200`);
    expect(JSON.parse(text).items.length).toBeGreaterThan(0);
    expect(text).not.toMatch(new RegExp(`sfj2|${foreignFigure}`));
    if (path !== '/api/2023/warnings') expect(await users.office.read(`${path}?limit=200`)).toMatch(/sfj2/);
  });

  it.each([
    '/api/2023/returns?department=sfj2',
    '/api/2023/records?department=sfj2',
    '/api/2023/warnings?department=sfj2',
    '/api/2023/returns/sfj2/2023-01',
    '/api/2023/totals',
    '/api/2023/comparisons',
    '/api/2023/totals/cases',
    '/api/2023/publications',
    '/api/2023/publications/1',
    '/api/2023/publications/changes?from=1&to=2',
    '/api/2023/chains',
    '/api/2023/verification',
  ])('is refused %s', async (path) => {
    expect((await users.clerk.get(path)).status).toBe(403);
  });

  it('asks for the own department as for none', async () => {
    expect(await ask('/api/2023/records?department=sfj&limit=200', users.clerk)).toEqual(
      await ask('/api/2023/records?limit=200', users.clerk),
    );
  });
});

describe('problems', () => {
  it.each([
    [401, 'sign-in-first', '/api/2023/records', undefined],
    [403, 'denied', '/api/2023/totals', 'clerk'],
    [404, 'not-found', '/api/2023/totals/none', 'auditor'],
    [400, 'malformed', '/api/2023/records?period=x', 'auditor'],
  ] as const)('of status %i say why', async (status, kind, path, who) => {
    const answer =
      who === undefined ? await portal.app.request(portalOrigin + path) : await users[who].get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({
      type: `urn:indicators:problem:${kind}`,
      status,
      instance: path.split('?')[0],
      detail: expect.stringMatching(/[\u4e00-\u9fff]/),
    });
  });

  it('say so of a method that is none', async () => {
    const answer = await users.office.send('DELETE', '/api/2023/records');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([405, 'application/problem+json']);
  });
});

describe('tags', () => {
  it('spare whoever has the answer its contents, until it changes', async () => {
    const store = await busyStore();
    const auditor = await openPortal(store, { now: busyNow }).as('auditor');
    const path = '/api/2023/totals/cases';
    const first = await auditor.get(path);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^(W\/)?"[0-9a-f]+"$/);
    const again = await auditor.get(path, { 'If-None-Match': tag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    const head = await auditor.send('HEAD', path);
    expect([head.status, await head.text()]).toEqual([200, '']);
    await store.submit({ period: '2023-06', cases: '1', uploadedAt: '2023-07-03T01:00:00.000Z' });
    const changed = await auditor.get(path, { 'If-None-Match': tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
  });
});
