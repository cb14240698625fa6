import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Health } from '../../functions/portal/services.ts';
import { heavyForm } from '../fixtures/heavy-form.ts';
import type { PortalUser } from '../fixtures/portal.ts';
import { startServerProcess } from '../fixtures/started-server.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { printFigures } from './figures.ts';
import { makeLargeStore } from './year/large-store.ts';

/** Such a year has 224,640 records. */
const size = { departments: 40, indicators: 60, revisions: 8 };
const uploads = 12;
const month = '/2023/departments/d0/2023-01';

async function healthOf(user: PortalUser): Promise<Health> {
  return (await (await user.get('/health')).json()) as Health;
}

/** Asks for pages all the time until it is told that it is over; how long each took (milliseconds). */
async function lookAround(user: PortalUser, isOver: () => boolean): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; !isOver(); index++) {
    const started = performance.now();
    const answer = await user.get(['/2023/departments/d0', month, '/sign-in'][index % 3]!);
    await answer.arrayBuffer();
    expect(answer.status).toBe(200);
    took.push(performance.now() - started);
    await pause(20);
  }
  return took;
}

/** Asks for a file until it is there, as a program does; how large it is, and after how many seconds. */
async function extract(user: PortalUser, ending: string): Promise<{ bytes: number; seconds: number }> {
  const started = performance.now();
  for (let address = `/2023/records.${ending}`; ; ) {
    const answer = await user.get(address);
    const { byteLength: bytes } = await answer.arrayBuffer();
    if (answer.status === 200) return { bytes, seconds: (performance.now() - started) / 1000 };
    expect(answer.status).toBe(202);
    address = answer.headers.get('location') ?? address;
    await pause(500);
  }
}

it('the event loop of a server that reads, writes, publishes and verifies as much as it may', async () => {
  const data = join(await temporaryFolder(), 'data');
  const records = await makeLargeStore(data, size);
  const workbook = heavyForm();
  const server = await startServerProcess('--data', data, '--port', '0');
  onTestFinished(() => server.kill());
  const [clerk, auditor, office] = await Promise.all([
    server.as('department:d0', '王某'),
    server.as('auditor', '审计员'),
    server.as('legal-office', '李主任'),
  ]);
  const before = await healthOf(auditor);

  let isOver = false;
  const looking = lookAround(clerk, () => isOver);
  const files = Promise.all(['csv', 'json', 'xlsx'].map((ending) => extract(auditor, ending)));
  const acts = [office.post('/2023/publications'), auditor.post('/2023/verification')];
  const started = performance.now();
  for (let number = 0; number < uploads; number++) {
    const file = new File([new Uint8Array(workbook)], `${number}.xlsx`);
    expect((await clerk.post(`${month}/uploads`, { file })).status).toBe(303);
  }
  const uploading = (performance.now() - started) / 1000;
  expect((await Promise.all(acts)).map(({ status }) => status)).toEqual([303, 303]);
  const [csv, json, xlsx] = await files;
  for (let isBusy = true; isBusy; await pause(500)) isBusy = (await healthOf(auditor)).threads.making.busy;
  isOver = true;
  const took = (await looking).toSorted((a, b) => a - b);
  const { eventLoopDelay: delay } = await healthOf(auditor);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]!;
  const rows: [string, number][] = [
    ['event loop before: max ms', before.eventLoopDelay.max],
    ['event loop: p50 ms', delay.p50],
    ['event loop: p99 ms', delay.p99],
    ['event loop: max ms', delay.max],
    [`${took.length} pages meanwhile: p50 ms`, at(0.5)],
    ['pages: p99 ms', at(0.99)],
    ['pages: max ms', at(1)],
    [`${uploads} workbooks of 240,000 cells: s`, uploading],
    [`csv of ${records} records (${csv!.bytes} bytes): s`, csv!.seconds],
    [`json (${json!.bytes} bytes): s`, json!.seconds],
    [`xlsx (${xlsx!.bytes} bytes): s`, xlsx!.seconds],
  ];
  printFigures(
    'a busy server',
    rows.map(([what, figure]) => ({ what, figure, ratio: Number.NaN })),
  );
  expect(records).toBeGreaterThan(216_000);
});
