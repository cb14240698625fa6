import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { silence } from '../../functions/local-server/logger.ts';
import type { Lane } from '../../functions/local-server/work/lane.ts';
import { ThreadedWork } from '../../functions/local-server/work/threaded-work.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { readUploadSchema } from '../../shared/core/ledger/upload.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const minute = (number: number) => `2023-04-05T01:0${number}:00.000Z` as Instant;

/** Work whose jobs end when a test says so, over a ledger in which something is recorded when a test says so. */
async function someWork() {
  let recorded = 0;
  const begun: PromiseWithResolvers<unknown>[] = [];
  const lane: Pick<Lane, 'begin'> = {
    begin() {
      const job = Promise.withResolvers<unknown>();
      begun.push(job);
      return { done: job.promise as Promise<never>, ahead: () => 0 };
    },
  };
  const threads = { making: lane, receiving: lane } as never;
  const ledger = { mark: async () => String(recorded) };
  const services = { threads, ledger, now: () => minute(9), reports: silence };
  return {
    work: new ThreadedWork(await temporaryFolder(), services),
    begun,
    record: () => {
      recorded++;
    },
    /** Ends the jobs, the last that was begun first. */
    endAll: () => {
      for (const job of begun.toReversed()) job.resolve({ reported: [], outcome: {} });
    },
  };
}

function extract(work: ThreadedWork, at: number, since?: Instant) {
  const question = { of: 'records', year: 2023, filter: {}, ending: 'csv', takenAt: minute(at) } as const;
  return work.extract(question, { wait: 'no-time', since });
}

const upload = readUploadSchema.parse({
  key: 'uploads/sfj/2023-03/0/3月.xlsx',
  version: minute(1),
  fileName: '3月.xlsx',
  sha256: '0'.repeat(64),
  size: 11,
  uploadedAt: minute(1),
  claimedAt: null,
  uploader: '张三',
});

const kinds: Record<string, (work: ThreadedWork) => Promise<unknown>> = {
  'an extract': (work) => extract(work, 1),
  'a publication': (work) => work.publish(2023, '李主任'),
  'a verification': (work) => work.verify(2023),
  'a verification that is waited for': (work) => work.verified(2023),
  'an upload that is read again': (work) => work.examineAgain({ upload, year: 2023 }),
};

describe.each(Object.entries(kinds))('%s', (_, ask) => {
  it.each([
    ['is one for all who ask while nothing is recorded', false, 1],
    ['that was begun before something was recorded is not for whoever asks after it', true, 2],
  ])('%s', async (_, isRecorded, jobs) => {
    const { work, begun, record, endAll } = await someWork();
    const first = ask(work);
    await turn();
    if (isRecorded) record();
    const second = ask(work);
    await turn();
    endAll();
    await Promise.all([first, second]);
    expect(begun).toHaveLength(jobs);
  });
});

describe('extracts of which one was begun before something was recorded, and one after it', () => {
  it.each<[who: string, since: Instant | undefined, takenAt: Instant]>([
    ['whoever waits for the first gets the first', minute(1), minute(1)],
    ['whoever waits for the second gets the second', minute(2), minute(2)],
    ['whoever waits for one that is gone gets the second', minute(0), minute(2)],
    ['whoever asks anew gets the second', undefined, minute(2)],
  ])('%s', async (_, since, takenAt) => {
    const { work, begun, record, endAll } = await someWork();
    await extract(work, 1);
    record();
    await extract(work, 2);
    expect(await extract(work, 3, since)).toEqual({ kind: 'under-way', ahead: 0, takenAt });
    endAll();
    await turn();
    expect(await extract(work, 4, since)).toMatchObject({ kind: 'done', takenAt });
    expect(begun).toHaveLength(2);
  });
});
