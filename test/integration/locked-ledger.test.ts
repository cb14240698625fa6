import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../functions/local-server/server.ts';
import { StoreBusyError } from '../../shared/core/ledger/ports.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { lockFile } from '../fixtures/locked-ledger.ts';
import { openPortal, portalUserAt } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm, smallStore } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const now = '2023-04-05T01:00:00.000Z';
const march = '/2023/departments/sfj/2023-03';

async function marchForm(): Promise<File> {
  return new File(
    [new Uint8Array(await smallForm({ period: '2023-03', cases: '5', uploadedAt: now }))],
    '三月.xlsx',
  );
}

describe('while another program writes to the ledger', () => {
  it('an upload waits, and everybody else is answered', async () => {
    const data = join(await temporaryFolder(), 'data');
    await adoptInFolder(data, smallCatalogue);
    const server = await startServer({ data, port: 0, now: () => now });
    onTestFinished(() => server.stop());
    const clerk = await portalUserAt(server.origin, 'department:sfj', '张三');
    const file = await marchForm();
    const release = lockFile(join(data, 'ledger.sqlite'));
    const order: string[] = [];
    const uploaded = clerk.post(`${march}/uploads`, { file }).then((answer) => {
      order.push('uploaded');
      return answer;
    });
    const other = await portalUserAt(server.origin, 'legal-office', '李四');
    order.push(`the office looks: ${(await other.get('/2023')).status}`);
    release();
    expect((await uploaded).status).toBe(303);
    expect(order).toEqual(['the office looks: 200', 'uploaded']);
  });
});

describe('where the ledger is held for too long', () => {
  /** A clerk, and how to have the ledger fail from now on. */
  async function signedIn() {
    const { ledger, documents } = smallStore();
    let isHeld = false;
    const unlessHeld = <Given, Result>(use: (given: Given) => Promise<Result>) => {
      return async (given: Given) => {
        if (isHeld) throw new StoreBusyError('held');
        return use(given);
      };
    };
    const held = { read: unlessHeld(ledger.read), append: unlessHeld(ledger.append) };
    const clerk = await openPortal({ ledger: held, documents }, { now }).as('department:sfj');
    const hold = () => {
      isHeld = true;
    };
    return { clerk, hold };
  }

  it('a page says so, and when to try again', async () => {
    const { clerk, hold } = await signedIn();
    hold();
    const answer = await clerk.post(`${march}/uploads`, { file: await marchForm() });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await answer.text()).toContain('请等 60 秒再试');
  });

  it('a program is told the same as a problem', async () => {
    const { clerk, hold } = await signedIn();
    hold();
    const answer = await clerk.get('/api/2023/returns');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await answer.json()).toMatchObject({ type: 'urn:indicators:problem:busy', status: 503 });
  });
});
