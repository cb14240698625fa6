import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../functions/demo/seeded-random.ts';
import { ingest } from '../../functions/ingest/ingest.ts';
import { keepUpload } from '../../functions/ingest/keep-upload.ts';
import { publish } from '../../functions/publish/publish.ts';
import { verifyStore } from '../../functions/verify/verify-store.ts';
import { readYear } from '../../functions/year/read-year.ts';
import { add } from '../../shared/core/decimal.ts';
import { isEvent } from '../../shared/core/event.ts';
import type { Documents, Ledger } from '../../shared/core/ports.ts';
import { annualTotals } from '../../shared/core/totals.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';

type Random = ReturnType<typeof seededRandom>;

/** An upload of the history: what it says, and when it came. A negative count is refused. */
interface Upload {
  department: string;
  period: string;
  cases: string;
  uploadedAt: string;
}

/** A fault of the machine, which whoever delivers answers by delivering again. */
class Fault extends Error {}

/** Ports that fail now and then: before they do anything, or after it is done but before the answer arrives. */
function unreliable<P extends Ledger | Documents>(port: P, random: Random, oneIn: number): P {
  const wrapped = Object.entries(port).map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      if (random.between(1, oneIn) === 1) throw new Fault(`${name} failed before`);
      const answer = await (call as (...args: unknown[]) => Promise<unknown>)(...args);
      if (random.between(1, oneIn) === 1) throw new Fault(`${name} was done, the answer was lost`);
      return answer;
    },
  ]);
  return Object.fromEntries(wrapped) as P;
}

async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < 500; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
  throw new Error('never got through');
}

function historyOf(random: Random): Upload[] {
  return Array.from({ length: 14 }, (_, index) => ({
    department: random.pick(['sfj', 'sfj2']),
    period: random.pick(['2023-01', '2023-02', '2023-03']),
    cases: random.pick(['-1', '0', '3', '5', '8']),
    uploadedAt: `2023-05-0${random.between(1, 4)}T0${random.between(1, 3)}:00:00.0${10 + index}Z`,
  }));
}

const forms = new Map<string, Promise<Uint8Array>>();

function formOf(upload: Upload): Promise<Uint8Array> {
  const key = `${upload.department} ${upload.period} ${upload.cases}`;
  const made = forms.get(key) ?? smallForm({ ...upload, note: '更正' });
  forms.set(key, made);
  return made;
}

/** What must come out, told in the simplest way: of each return the upload that came last and is not refused. */
function expectedTotal(history: readonly Upload[]): string {
  const newest = new Map<string, Upload>();
  for (const upload of history.toSorted((a, b) => (a.uploadedAt < b.uploadedAt ? -1 : 1))) {
    if (upload.cases !== '-1') newest.set(`${upload.department} ${upload.period}`, upload);
  }
  return [...newest.values()].reduce((total, { cases }) => add(total, cases), '0');
}

async function simulate(seed: number) {
  const random = seededRandom(seed, 'deliveries');
  const sound = inMemoryPorts();
  const services = {
    ledger: unreliable(sound.ledger, random, 12),
    documents: unreliable(sound.documents, random, 12),
    catalogue: smallCatalogue,
  };
  const history = historyOf(random);
  const deliver = async (upload: Upload, number: number) => {
    const bytes = await formOf(upload);
    const handedOver = { address: upload, fileName: `${number}.xlsx`, bytes, ...upload, uploader: '张三' };
    const kept = await keepUpload(handedOver, services.documents);
    const recorded = { recordedAt: '2023-06-01T00:00:00.000Z', recordedBy: 'simulation' };
    await ingest({ address: upload, bytes, upload: kept, ...recorded }, services);
  };
  const publishing = () =>
    publish({ publishedAt: '2023-06-01T00:00:00.000Z', publishedBy: 'simulation', software: 'x' }, services);
  const deliveries = history.flatMap((upload, number) =>
    Array.from({ length: random.between(1, 3) }, () => ({
      work: () => deliver(upload, number),
      at: random.between(0, 1e6),
    })),
  );
  const publications = [1, 2].map(() => ({
    work: async () => void (await publishing()),
    at: random.between(0, 1e6),
  }));
  const queue = [...deliveries, ...publications].sort((a, b) => a.at - b.at).map(({ work }) => work);
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await persistently(next);
  };
  await Promise.all([worker(), worker(), worker()]);
  const last = await persistently(publishing);
  return { sound, history, last };
}

describe('deliveries that repeat, cross and fail', () => {
  const seeds = Array.from({ length: 24 }, (_, index) => index + 1);

  it.each(seeds)('lose nothing, count nothing twice, and publish the same: seed %i', async (seed) => {
    const { sound, history, last } = await simulate(seed);
    const { state, chains } = await readYear(sound.ledger, smallCatalogue);
    const uploads = chains.flatMap(({ events }) =>
      events.filter((event) => isEvent(event, 'return-accepted') || isEvent(event, 'return-refused')),
    );
    expect(uploads).toHaveLength(history.length);
    expect(uploads.filter((event) => isEvent(event, 'return-refused'))).toHaveLength(
      history.filter(({ cases }) => cases === '-1').length,
    );
    const total = annualTotals(state).find(({ indicator }) => indicator === 'cases');
    const none = history.every(({ cases }) => cases === '-1');
    expect(total?.value ?? '0').toBe(none ? '0' : expectedTotal(history));
    expect(last.publication.totals.find(({ indicator }) => indicator === 'cases')?.value).toBe(total?.value);
    const raw = new Map(chains.map(({ chain, events }) => [chain, events]));
    expect((await verifyStore(raw, sound.documents, 2023)).faults).toEqual([]);
  });
});
