import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { revisionInWords } from '../../shared/core/words.ts';
import { rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const january = '/2023/departments/sfj/2023-01';
const [first, second, third] = [1, 2, 3].map(revisionInWords) as [string, string, string];

describe('what changed between two versions of a return', () => {
  let clerk: PortalUser;
  let last: string;

  beforeAll(async () => {
    const store = smallStore();
    const submit = (cases: string, day: number, note = '') =>
      store.submit({ period: '2023-01', cases, uploadedAt: `2023-02-0${day}T01:00:00.000Z`, note });
    await submit('5', 1);
    await submit('725', 2, '漏报<b>');
    last = uploadId((await submit('4', 3)).event.happening.upload);
    clerk = await openPortal(store, { now: '2023-02-04T01:00:00.000Z' }).as('department:sfj');
  });

  it.each<[what: string, query: string, from: string, to: string, row: string[]]>([
    ['is that of the last two, unless others are chosen', '', second, third, ['725 件', '4 件', '-721']],
    ['is told of any two', '?from=1&to=2', first, second, ['5 件', '725 件', '+720']],
    ['is told from the earlier to the later', '?from=3&to=1', first, third, ['5 件', '4 件', '-1']],
  ])('%s', async (_, query, from, to, [before, after, difference]) => {
    const page = await visit(clerk, `${january}/changes${query}`);
    expect(rowsOf(within(page).getByRole('table', { name: `${to}改动的数字` }))).toEqual([
      { 指标: '案件', [from]: before, [to]: after, 增减: difference },
    ]);
    expect(within(page).getByLabelText('从')).toHaveProperty('value', from === first ? '1' : '2');
  });

  it('stands on the page of an upload, and is linked from that of the return', async () => {
    const result = await visit(clerk, `${january}/uploads/${last}`);
    expect(rowsOf(within(result).getByRole('table', { name: `${third}改动的数字` }))).toHaveLength(1);
    const link = within(await visit(clerk, january)).getByRole('link', { name: '比较各版的数字' });
    expect(link.getAttribute('href')).toBe(`${january}/changes`);
  });

  it('shows reasons as text, and says where there are no two versions', async () => {
    expect(textOf(await visit(clerk, `${january}/changes?from=1&to=2`))).toContain('更正说明：漏报<b>');
    expect((await clerk.get(`${january}/changes?from=2&to=2`)).status).toBe(404);
    expect((await clerk.get('/2023/departments/sfj/2023-02/changes')).status).toBe(404);
  });
});
