import { expect, it } from 'vitest';
import { partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const now = '2023-05-05T02:00:00.000Z';
const heading = '收件箱中没有读取的文件（1）';

/** The office's overview where this lies in the inbox and is not read. */
async function overview(skipped: { path: string; reason: string }[] | undefined) {
  const portal = openPortal(smallStore(), {
    now,
    ...(skipped === undefined ? {} : { skippedFiles: () => skipped }),
  });
  return visit(await portal.as('legal-office'), '/2023');
}

it('shows the office what lies in the inbox and is not read, with why', async () => {
  const page = await overview([{ path: '<b>/a.xlsx', reason: '文件不完整。' }]);
  expect(textOf(partUnder(page, heading))).toContain('<b>/a.xlsx：文件不完整。');
});

it.each([
  ['where all was read', []],
  ['where there is no inbox', undefined],
])('says nothing of it %s', async (_, skipped) => {
  expect(textOf(await overview(skipped))).not.toContain('收件箱');
});
