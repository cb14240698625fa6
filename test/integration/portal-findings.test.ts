import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { formOf, partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const spring = '2023-05-05T02:00:00.000Z';

describe('what waits for somebody', () => {
  async function withWarning() {
    const store = smallStore();
    for (const [month, cases] of [
      ['01', '5'],
      ['02', '6'],
      ['03', '60000'],
    ]) {
      const uploadedAt = `2023-0${Number(month) + 1}-03T01:00:00.000Z`;
      await store.submit({ period: `2023-${month}`, cases: cases ?? '', uploadedAt });
    }
    return openPortal(store, { now: spring });
  }

  it('is a warning until it is acknowledged, then it is kept with who, when and why', async () => {
    const portal = await withWarning();
    const user = await portal.as('legal-office', '王五');
    const waiting = partUnder(await visit(user, '/2023/findings'), '请核对的数字（1）');
    expect(textOf(waiting)).toContain('填错了单位');
    const { address } = formOf(within(waiting).getByRole('button', { name: '提交说明' }));
    const { id } = within(waiting).getByRole('textbox');
    const reason = '<img src=x onerror=alert(1)>核对无误';
    expect((await user.post(address, { [id]: reason })).status).toBe(303);
    const after = await visit(await portal.as('auditor'), '/2023/findings');
    expect(textOf(partUnder(after, '请核对的数字（0）'))).toContain('没有需要核对的数字');
    const settled = textOf(partUnder(after, '已确认（1）'));
    expect(settled).toContain(`王五于 2023-05-05 10:00 法制机构确认无误：${reason}`);
    expect(within(after).queryByRole('img')).toBeNull();
  });

  it.each([
    ['sfj', true],
    ['sfj2', false],
    ['', true],
  ])('can be narrowed to a department: "%s"', async (department, there) => {
    const auditor = await (await withWarning()).as('auditor');
    const page = await visit(auditor, `/2023/findings?department=${department}`);
    expect(textOf(partUnder(page, /^请核对的数字/)).includes('填错了单位')).toBe(there);
  });
});
