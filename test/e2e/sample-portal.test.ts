import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getByRole } from '@testing-library/dom';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { CookieBrowser } from '../fixtures/cookie-browser.ts';
import { copySample } from '../fixtures/made-sample.ts';
import { addressOf, openPage, textOf } from '../fixtures/opened-page.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { isThorough } from '../fixtures/thoroughness.ts';

/** A portal without a catalogue, and the legal office in front of it. */
async function emptyPortal() {
  const folder = await temporaryFolder();
  const server = await startServer({ data: join(folder, 'data'), port: 0 });
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= server.stop());
  onTestFinished(stop);
  const browser = new CookieBrowser();
  const page = openPage(await (await browser.ask(`${server.origin}/sign-in`)).text());
  const token = page.querySelector<HTMLInputElement>('input[name=_form]')!.value;
  const body = new URLSearchParams({ name: '李主任', who: 'legal-office', _form: token });
  await browser.ask(`${server.origin}/sign-in`, { method: 'POST', body });
  const read = async (path: string) => openPage(await (await browser.ask(server.origin + path)).text());
  return { folder, stop, read };
}

it('a portal without a catalogue shows the made-up year in another one, which stops with it', async () => {
  const { folder, stop, read } = await emptyPortal();
  // What `npm start -- --sample` has made is what would be made: nightly, all of it is.
  if (!isThorough) await copySample(join(folder, 'data-sample'));
  expect(textOf(await read('/catalogues/sample'))).toContain('正在准备样例');
  // The portal goes on answering meanwhile.
  expect(textOf(await read('/catalogues'))).toContain('还没有指标目录');
  await expect
    .poll(async () => textOf(await read('/catalogues/sample')), { timeout: 600_000, interval: 500 })
    .not.toContain('正在准备样例');
  const link = getByRole(await read('/catalogues/sample'), 'link', { name: /打开样例/ });
  const sample = addressOf(link);
  expect(textOf(openPage(await (await fetch(sample)).text()))).toContain('市司法局');
  expect(textOf(await read('/catalogues'))).toContain('还没有指标目录');
  expect(await readdir(join(folder, 'data'))).not.toContain('catalogues');
  await stop();
  await expect(fetch(sample)).rejects.toThrow();
});

it('a portal that stops while the made-up year is being made leaves no half of it', async () => {
  const { folder, stop, read } = await emptyPortal();
  await read('/catalogues/sample');
  await expect.poll(() => existsSync(join(folder, 'data-sample.unfinished')), { timeout: 60_000 }).toBe(true);
  await stop();
  expect(existsSync(join(folder, 'data-sample'))).toBe(false);
});

it('a made-up year that cannot be made is said so, and not tried for ever', async () => {
  const { folder, read } = await emptyPortal();
  await mkdir(join(folder, 'data-sample'));
  await writeFile(join(folder, 'data-sample', 'else.txt'), 'something else');
  await expect
    .poll(async () => textOf(await read('/catalogues/sample')), { timeout: 60_000 })
    .toContain('样例没有准备好');
  expect(textOf(await read('/catalogues/sample'))).toContain('样例没有准备好');
  expect(await readdir(join(folder, 'data-sample'))).toEqual(['else.txt']);
});
