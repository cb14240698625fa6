import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { addressOf, linksOf, partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

describe('the overview', () => {
  it('lists as many as it counts, refused returns too that are not overdue yet', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    await store.submit({ period: '2023-02', cases: '-1', uploadedAt: '2023-03-03T01:00:00.000Z' });
    const portal = openPortal(store, { now: '2023-05-05T02:00:00.000Z' });
    await store.submit({ period: '2023-04', cases: '-1', uploadedAt: '2023-04-30T20:00:00.000Z' });
    const page = await visit(await portal.as('legal-office'), '/2023');
    const counts = within(within(page).getByRole('list', { name: '报表份数' })).getAllByRole('link');
    for (const [word, address] of [
      ['逾期未报', '#overdue'],
      ['退回未重报', '#refused'],
    ] as const) {
      const counted = counts.find((link) => textOf(link).startsWith(word))!;
      expect(addressOf(counted)).toBe(address);
      const number = textOf(counted).split(' ')[1];
      const listed = linksOf(partUnder(page, `${word}（${number}）`)).filter(([, to]) =>
        /-[0-9]{2}$/.test(to),
      );
      expect(`${listed.length}`, word).toBe(number);
    }
  });
});
