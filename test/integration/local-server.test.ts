import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../functions/cli/commands/exit-codes.ts';
import { startServer } from '../../functions/local-server/server.ts';
import { settingsFrom } from '../../functions/local-server/settings.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const april = '2023-04-05T01:00:00.000Z';

async function startedServer(given: { now?: () => Instant; inboxPause?: number } = {}) {
  const data = join(await temporaryFolder(), 'data');
  await adoptInFolder(data, smallCatalogue);
  const server = await startServer({ data, port: 0, now: () => april, ...given });
  onTestFinished(() => server.stop());
  return server;
}

/** Asks with whatever is called the host. */
function statusAt(origin: string, host: string): Promise<{ status: number; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const asking = request(`${origin}/sign-in?a=1`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
    });
    asking.on('error', reject).end();
  });
}

describe('the server', () => {
  it('answers, from the chooser on', async () => {
    const { origin } = await startedServer();
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await fetch(origin);
    expect(answer.url).toBe(`${origin}/sign-in`);
    expect(await answer.text()).toContain('选择您的身份');
  });

  it('answers under its own name only, and sends on who says localhost', async () => {
    const { origin } = await startedServer();
    const { port } = new URL(origin);
    expect(await statusAt(origin, 'evil.example')).toMatchObject({ status: 400 });
    expect(await statusAt(origin, `evil.example:${port}`)).toMatchObject({ status: 400 });
    expect(await statusAt(origin, 'a b')).toMatchObject({ status: 400 });
    expect(await statusAt(origin, `localhost:${port}`)).toEqual({
      status: 307,
      location: `${origin}/sign-in?a=1`,
    });
  });

  it('says that its port is in use', async () => {
    const { origin } = await startedServer();
    const folder = await temporaryFolder();
    const again = startServer({ data: folder, port: Number(new URL(origin).port) });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes in what people put into its inbox, while it runs', async () => {
    const { inbox, data } = await startedServer({ inboxPause: 10 });
    await writeFile(
      join(inbox, 'a.xlsx'),
      await smallForm({ period: '2023-03', cases: '5', uploadedAt: april }),
    );
    const moved = join(inbox, '已处理', '2023-04-05', 'a.xlsx');
    await expect.poll(() => existsSync(moved)).toBe(true);
    expect(await readdir(join(data, 'feedback', 'sfj', '2023-03'))).toHaveLength(1);
  });

  it('runs without a catalogue, and takes in what waits in its inbox when one is adopted', async () => {
    const data = join(await temporaryFolder(), 'data');
    const server = await startServer({ data, port: 0, now: () => april, inboxPause: 10 });
    onTestFinished(() => server.stop());
    expect((await fetch(server.origin)).status).toBe(200);
    const file = join(server.inbox, 'a.xlsx');
    await writeFile(file, await smallForm({ period: '2023-03', cases: '5' }));
    await pause(100);
    expect([existsSync(file), existsSync(join(data, 'uploads'))]).toEqual([true, false]);
    await adoptInFolder(data, smallCatalogue);
    const moved = join(server.inbox, '已处理', '2023-04-05', 'a.xlsx');
    await expect.poll(() => existsSync(moved)).toBe(true);
    expect(await readdir(join(data, 'feedback', 'sfj', '2023-03'))).toHaveLength(1);
  });

  it('keeps the copy of an adoption that was broken off before it', async () => {
    const data = join(await temporaryFolder(), 'data');
    await adoptInFolder(data, smallCatalogue);
    const copy = join(data, 'catalogues', '2023', 'adopted', '0001.json');
    const [before] = [await readFile(copy), await rm(copy)];
    const server = await startServer({ data, port: 0, now: () => april });
    onTestFinished(() => server.stop());
    expect(await readFile(copy)).toEqual(before);
  });
});

describe('who may reach it', () => {
  const openId = {
    issuer: 'https://idp.example',
    clientId: 'c',
    roleClaim: 'role',
    departmentClaim: 'department',
  };
  it.each([
    ['others without an identity provider', { host: '0.0.0.0' }],
    ['a proxy without an identity provider', { origin: 'https://indicators.example' }],
    ['others without encryption', { host: '0.0.0.0', openId }],
    ['a proxy without encryption', { origin: 'http://indicators.example', openId }],
    ['an origin with a path', { origin: 'https://indicators.example/portal', openId }],
  ])('%s is refused', async (_, options) => {
    const folder = await temporaryFolder();
    await expect(startServer({ data: folder, port: 0, ...options })).rejects.toThrow(UsageError);
    expect(await readdir(folder)).toEqual([]);
  });

  it('a proxy that ends https, which alone is its name then', async () => {
    const folder = await temporaryFolder();
    const origin = 'https://indicators.example/';
    const server = await startServer({ data: folder, port: 0, origin, openId });
    onTestFinished(() => server.stop());
    expect(server.origin).toBe('https://indicators.example');
  });
});

describe('what it is told', () => {
  it.each([
    ['nothing', {}, {}, { data: 'indicators-data', port: 8080, openId: undefined }],
    ['the environment', {}, { INDICATORS_DATA: 'd', PORT: '81' }, { data: 'd', port: 81 }],
    [
      'an option over the environment',
      { data: 'o', port: 0 },
      { INDICATORS_DATA: 'd', PORT: '81' },
      { data: 'o', port: 0 },
    ],
    ['an empty variable', {}, { INDICATORS_DATA: '', PORT: '' }, { data: 'indicators-data', port: 8080 }],
    [
      'the sample, of which nothing is signed',
      { sample: true },
      { INDICATORS_DATA: 'd' },
      { data: 'indicators-sample', witness: undefined },
    ],
    [
      'the usual place of the key, and a folder for what it signs',
      {},
      { XDG_STATE_HOME: '/state', INDICATORS_WITNESS_FOLDER: '/disk' },
      { witness: { key: join('/state', 'indicators', 'witness-key.pem'), folder: '/disk' } },
    ],
    [
      'an authority for time stamps, which may speak http',
      { timestampUrl: 'http://tsa.example/tsr' },
      { INDICATORS_TIMESTAMP_URL: 'https://other.example' },
      { witness: expect.objectContaining({ timestampAuthority: 'http://tsa.example/tsr' }) },
    ],
    [
      'an authority for time stamps of the environment',
      {},
      { INDICATORS_TIMESTAMP_URL: 'https://tsa.example' },
      { witness: expect.objectContaining({ timestampAuthority: 'https://tsa.example' }) },
    ],
    [
      'a provider',
      {},
      { INDICATORS_OIDC_ISSUER: 'https://idp.example', INDICATORS_OIDC_CLIENT: 'c' },
      {
        openId: expect.objectContaining({ clientId: 'c', roleClaim: 'role', departmentClaim: 'department' }),
      },
    ],
  ])('%s', (_, options, environment, expected) => {
    expect(settingsFrom(options, environment)).toMatchObject(expected);
  });

  it.each([
    ['a port that is none', {}, { PORT: '70000' }],
    ['a key in the data', { data: 'd', witnessKey: 'd/key.pem' }, {}],
    ['a folder for statements in the data', { data: 'd' }, { INDICATORS_WITNESS_FOLDER: 'd/outside' }],
    ['a time stamp authority that is no address', { timestampUrl: 'tsa.example' }, {}],
    ['one that is no web address', {}, { INDICATORS_TIMESTAMP_URL: 'file:///etc/passwd' }],
    ['one with a password', { timestampUrl: 'https://a:b@tsa.example' }, {}],
    ['half a provider', {}, { INDICATORS_OIDC_ISSUER: 'https://idp.example' }],
    [
      'a provider without encryption',
      {},
      { INDICATORS_OIDC_ISSUER: 'http://idp.example', INDICATORS_OIDC_CLIENT: 'c' },
    ],
  ])('%s is refused', (_, options, environment) => {
    expect(() => settingsFrom(options, environment)).toThrow(UsageError);
  });
});
