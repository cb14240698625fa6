import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { linksOf, openPage, textOf } from '../fixtures/opened-page.ts';
import { type PortalUser, portalUserAt } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

async function aServer() {
  const data = join(await temporaryFolder(), 'data');
  await adoptInFolder(data, smallCatalogue);
  const server = await startServer({ data, port: 0, now: () => '2023-04-05T01:00:00.000Z' });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await server.stop();
    isStopped = true;
  };
  onTestFinished(stop);
  const auditor = await portalUserAt(server.origin, 'auditor', '审计员');
  return {
    data,
    stop,
    auditor,
    as: (who: 'legal-office' | 'department:sfj') => portalUserAt(server.origin, who, '某人'),
  };
}

/** The page at an address when it waits for nothing any more. */
async function waitedFor(user: PortalUser, address: string): Promise<HTMLElement> {
  for (;;) {
    const markup = await user.read(address);
    if (!markup.includes('data-look-again')) return openPage(markup);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function upload(user: PortalUser, cases: string): Promise<Response> {
  const bytes = await smallForm({ period: '2023-03', cases });
  const file = new File([new Uint8Array(bytes)], `${cases}.xlsx`);
  return user.post('/2023/departments/sfj/2023-03/uploads', { file });
}

describe('a server that is asked for what takes long', () => {
  it('says that a file is being made, answers others, and hands it over when it is there', async () => {
    const { auditor, as, data, stop } = await aServer();
    const clerk = await as('department:sfj');
    const waiting = await auditor.read('/2023/records/file?ending=xlsx&department=sfj');
    expect(waiting).toMatch(/<noscript><meta http-equiv="refresh" content="3; url=\/2023\/records\/file\?/);
    expect(textOf(openPage(waiting))).toContain('“2023年记录.xlsx”正在准备');
    const answers = await Promise.all([
      clerk.get('/2023/departments/sfj'),
      auditor.get('/2023/records'),
      upload(clerk, '5'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 303]);
    const taken = /taken=([^&"]+)/.exec(waiting)?.[1];
    const page = await waitedFor(auditor, `/2023/records/file?ending=xlsx&department=sfj&taken=${taken}`);
    const [, address = ''] = linksOf(page).find(([name]) => name === '下载文件') ?? [];
    const answer = await auditor.get(address, browser);
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('2023年记录.xlsx'));
    expect(answer.headers.get('content-length')).toBe(String((await answer.arrayBuffer()).byteLength));
    await stop();
    expect(existsSync(join(data, 'extracts'))).toBe(false);
  });

  it('leads people to the page that waits, and tells programs to come again, until the file is there', async () => {
    const { auditor } = await aServer();
    const ask = async (headers: Record<string, string>) => {
      for (;;) {
        const answer = await auditor.get('/2023/records.csv', headers);
        if (answer.status === 200) return answer.text();
        if (headers.accept?.includes('text/html')) {
          expect(answer.status).toBe(303);
          expect(answer.headers.get('location')).toMatch(/^\/2023\/records\/file\?.*ending=csv/);
        } else {
          expect([answer.status, answer.headers.get('retry-after')]).toEqual([202, '3']);
          expect(answer.headers.get('location')).toMatch(/^\/2023\/records\.csv\?taken=/);
        }
      }
    };
    const files = await Promise.all([ask({}), ask(browser), ask({ accept: 'text/csv' })]);
    expect(new Set(files).size).toBe(1);
    expect(files[0]).toMatch(/^\ufeff?"部门（department）"/);
  });

  it('publishes and verifies away from its pages, which tell what came of it', async () => {
    const { as, auditor, data } = await aServer();
    const [office, clerk] = [await as('legal-office'), await as('department:sfj')];
    expect((await upload(clerk, '5')).status).toBe(303);
    const [published, verified] = await Promise.all([
      office.post('/2023/publications'),
      auditor.post('/2023/verification'),
    ]);
    expect(published.status).toBe(303);
    expect([200, 303]).toContain(verified.status);
    await waitedFor(office, '/2023/publications');
    const outcome = await office.get('/2023/publications?since=0');
    expect(outcome.headers.get('location')).toBe('/2023/publications?done=published');
    expect(await office.read('/2023/publications?done=published')).toContain('已发布：第 1 次');
    expect(textOf(await waitedFor(auditor, '/2023/verification'))).toContain('全部内容与记录时一致');
    expect(await readdir(join(data, 'publications', '2023'))).toEqual(['0001']);
    const answer = await auditor.get('/api/2023/verification');
    expect(await answer.json()).toMatchObject({ sound: true, faults: [] });
  });

  it('says how it does to whoever asks, in numbers alone', async () => {
    const { auditor } = await aServer();
    const number = expect.any(Number);
    expect(await (await auditor.get('/health')).json()).toEqual({
      software: expect.stringMatching(/^indicators /),
      runningSeconds: number,
      eventLoopDelay: { measuredSeconds: number, p50: number, p99: number, max: number },
      threads: {
        receiving: { busy: false, waiting: 0 },
        making: { busy: expect.any(Boolean), waiting: 0 },
      },
    });
  });
});
