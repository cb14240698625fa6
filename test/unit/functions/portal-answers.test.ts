import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { fitForLambda, type LargeFile, mostBytesOut } from '../../../functions/lambda/portal/answers.ts';

const file = (type: string, length: number, more: Record<string, string> = {}) =>
  new Response('一,'.repeat(length / 4), {
    headers: { 'content-type': type, 'content-disposition': 'attachment; filename="a.csv"', ...more },
  });
const inline = (type: string, text: string, more: Record<string, string> = {}) =>
  new Response(text, { headers: { 'content-type': type, ...more } });

async function asked(answer: Response, headers: Record<string, string> = { 'accept-encoding': 'gzip, br' }) {
  const kept: LargeFile[] = [];
  const portal = new Hono();
  portal.get('/', () => answer);
  const app = fitForLambda(portal, {
    async keepLarge(large) {
      kept.push(large);
      return 'https://documents.example/extracts/a?signed';
    },
  });
  const given = await app.request('/', { headers });
  return { given, kept, bytes: Buffer.from(await given.arrayBuffer()) };
}

describe('answers by way of Lambda', () => {
  it('a file above what Lambda hands out is fetched from the store, under its name and as what it is', async () => {
    const { given, kept, bytes } = await asked(
      file('text/csv; charset=utf-8', mostBytesOut + 4, { 'cache-control': 'no-store', etag: '"a"' }),
    );
    expect([given.status, given.headers.get('location'), bytes.length]).toEqual([
      303,
      'https://documents.example/extracts/a?signed',
      0,
    ]);
    expect(kept).toMatchObject([
      { contentDisposition: 'attachment; filename="a.csv"', contentType: 'text/csv; charset=utf-8' },
    ]);
    expect(kept[0]?.bytes.length).toBe(mostBytesOut + 4);
    expect(Object.fromEntries(given.headers)).toEqual({
      'cache-control': 'no-store',
      location: 'https://documents.example/extracts/a?signed',
    });
  });

  it('a file that just fits is handed out', async () => {
    const { given, kept, bytes } = await asked(file('application/vnd.ms-excel', mostBytesOut));
    expect([given.status, kept.length, bytes.length]).toEqual([200, 0, mostBytesOut]);
  });

  it.each([
    ['an extract', 'text/csv; charset=utf-8'],
    ['an answer of the API', 'application/json'],
    ['a problem', 'application/problem+json'],
    ['a stylesheet', 'text/css'],
  ])('%s is compressed: %s', async (_, type) => {
    const text = 'sfj,2023-03,'.repeat(1000);
    const { given, bytes } = await asked(inline(type, text, { etag: '"a"', 'content-length': '12000' }));
    expect(given.headers.get('content-encoding')).toBe('gzip');
    expect(given.headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
    expect(given.headers.get('etag')).toBe('W/"a"');
    expect(given.headers.get('content-length')).toBeNull();
    expect(bytes.length).toBeLessThan(text.length / 10);
    expect(gunzipSync(bytes).toString()).toBe(text);
  });

  it.each([
    ['a page, which holds the token of forms', 'text/html; charset=UTF-8', {}, 5000],
    ['a workbook', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', {}, 5000],
    ['what is short', 'application/json', {}, 200],
    ['what a program asks for that takes none', 'application/json', { 'accept-encoding': 'identity' }, 5000],
  ])('%s is not: %s', async (_, type, headers, length) => {
    const { given, bytes } = await asked(inline(type, 'a'.repeat(length)), {
      'accept-encoding': 'gzip',
      ...headers,
    });
    expect(given.headers.get('content-encoding')).toBeNull();
    expect(bytes.length).toBe(length);
  });
});
