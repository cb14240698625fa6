import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ThreadLimits, Threads, usualLimits } from '../../functions/local-server/work/threads.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { chainOf, isUploadEvent } from '../../shared/core/ledger/event.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const uploadedAt = '2023-04-05T01:00:00.000Z';

async function threadsOver(receiving: Partial<ThreadLimits['receiving']> = {}) {
  const data = join(await temporaryFolder(), 'data');
  await adoptInFolder(data, smallCatalogue);
  const threads = new Threads(
    { data },
    {
      ...usualLimits,
      receiving: { ...usualLimits.receiving, threads: 1, ...receiving },
    },
  );
  onTestFinished(() => threads.stop());
  const send = async (cases: string) => {
    const file = { address: { department: 'sfj', period: '2023-03' }, fileName: `${cases}.xlsx` };
    const bytes = await smallForm({ period: '2023-03', cases });
    return threads.receive({ ...file, bytes, uploadedAt, uploader: '张三' }, 'portal');
  };
  const recorded = async () => {
    const ledger = openSqliteLedger(join(data, 'ledger.sqlite'));
    const events = (await ledger.read(chainOf(2023, 'sfj'))).filter(isUploadEvent);
    ledger.close();
    return events.map(({ happening }) => happening.upload.fileName);
  };
  return { threads, send, recorded };
}

describe('the thread that takes files in', () => {
  it('records each file that it acknowledges, in the ledger that all share', async () => {
    const { send, recorded } = await threadsOver();
    const results = await Promise.all(['1', '2', '3'].map(send));
    expect(results.map(({ event }) => event.happening.kind)).toEqual(Array(3).fill('return-accepted'));
    expect((await recorded()).toSorted()).toEqual(['1.xlsx', '2.xlsx', '3.xlsx']);
  });

  it.each([
    ['many', { mostWaiting: 1 }],
    ['large', { mostBytesWaiting: 1_000 }],
  ])('lets so %s wait, and tells who comes then to come again in a while', async (_, limits) => {
    const { send, threads } = await threadsOver(limits);
    const outcomes = await Promise.allSettled(['1', '2', '3'].map(send));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toEqual([expect.objectContaining({ kind: 'busy', retryAfter: 30 })]);
    expect(refused[0].detail).toContain('请等 30 秒再试');
    expect(threads.standing.receiving).toEqual({ busy: false, waiting: 0 });
    expect((await send('4')).recorded).toBe('now');
  });

  it('has others beside it: as many files are read at once as there are, and those after them wait', async () => {
    const { send, threads, recorded } = await threadsOver({ threads: 2, mostWaiting: 1 });
    const sent = ['1', '2', '3'].map(send);
    await expect.poll(() => threads.standing.receiving).toEqual({ busy: true, waiting: 1 });
    await expect(send('4')).rejects.toMatchObject({ kind: 'busy' });
    await Promise.all(sent);
    expect(threads.standing.receiving).toEqual({ busy: false, waiting: 0 });
    expect((await recorded()).toSorted()).toEqual(['1.xlsx', '2.xlsx', '3.xlsx']);
  });

  it('that dies for want of memory is a fault and no verdict, and is replaced for the next file', async () => {
    const { send, recorded } = await threadsOver({ memory: 8 });
    for (const cases of ['1', '2']) {
      await expect(send(cases)).rejects.toMatchObject({
        message: 'a thread died of what it was doing',
        cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' },
      });
    }
    expect(await recorded()).toEqual([]);
  });

  it('is gone when the server has stopped, with what waited told that it was not begun', async () => {
    const { send, threads, recorded } = await threadsOver();
    const sent = Promise.allSettled(['1', '2', '3'].map(send));
    await expect.poll(() => threads.standing.receiving).toEqual({ busy: true, waiting: 2 });
    await threads.stop();
    const outcomes = await sent;
    const acknowledged = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(outcomes.slice(1).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await recorded()).length).toBeGreaterThanOrEqual(acknowledged);
    await expect(send('4')).rejects.toThrow('the server stops');
  });
});
