import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../functions/use-cases/office.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import type { Documents } from '../../shared/core/ledger/ports.ts';
import { openPortal } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { correctedStore, smallStore } from '../fixtures/small-store.ts';

const now = '2023-06-05T02:00:00.000Z';

describe('a publication during whose making somebody acted', () => {
  it('has the next number, and the page says why one is missing; verification finds nothing wrong', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    let acted = false;
    const documents: Documents = {
      ...store.documents,
      async put(key, bytes, options) {
        if (key.endsWith('/manifest.json') || acted || !key.endsWith('/summary.xlsx'))
          return store.documents.put(key, bytes, options);
        acted = true;
        await store.submit({ period: '2023-02', cases: '7', uploadedAt: '2023-03-03T01:00:00.000Z' });
        const until = '2023-12-31T15:59:00.000Z' as const;
        const happening = {
          kind: 'deadline-extended',
          department: null,
          period: '2023-03',
          until,
          reason: '汛期',
        } as const;
        await recordDecision(happening, { at: now, by: '李四' }, store);
        return store.documents.put(key, bytes, options);
      },
    };
    const request = { year: 2023, publishedAt: now, publishedBy: '李四', software: 'test' } as const;
    const { publication } = await publish(request, { ledger: store.ledger, documents });
    expect(publication.number).toBe(2);
    const raw = await rawYearIn(store.events, store.documents);
    expect((await verifyStore(raw, store.documents)).faults).toEqual([]);
    const page = await (await openPortal(store, { now }).as('auditor')).read('/2023/publications');
    expect(page).toContain('次数不连续');
    const whole = await openPortal(await correctedStore('漏报'), { now }).as('auditor');
    expect(await whole.read('/2023/publications')).not.toContain('次数不连续');
  });
});
