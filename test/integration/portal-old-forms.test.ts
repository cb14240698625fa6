import { describe, expect, it } from 'vitest';
import type { Decimal } from '../../shared/core/values/decimal.ts';
import { adoptingOffice } from '../fixtures/adopting-office.ts';
import { openPortal } from '../fixtures/portal.ts';
import { catalogueOf, indicator } from '../unit/core/small-year.ts';

const inWan = catalogueOf({ indicators: [indicator('x', 'flow', { name: '金额', unit: '万元' })] });
const inYuan = catalogueOf({ indicators: [indicator('x', 'flow', { name: '罚没金额', unit: '元' })] });
const factor = { indicator: 'x', from: '万元', to: '元', factor: '10000' as Decimal };

/** A month that was reported in 万元, seen after 元 was adopted. */
async function afterwards() {
  const office = adoptingOffice(inWan);
  await office.send(inWan, { department: 'jia', period: '2023-01' }, { x: '100' });
  await office.adopt(inYuan, { conversions: [factor] });
  const portal = openPortal(office, { now: '2023-07-01T00:00:00.000Z' });
  return { clerk: await portal.as('department:jia'), auditor: await portal.as('auditor') };
}

describe('a return on an older form, after another unit was adopted', () => {
  it('is shown as it says it, by the name and in the unit of its own form', async () => {
    const { clerk } = await afterwards();
    const page = await clerk.read('/2023/departments/jia/2023-01');
    expect(page).toMatch(/金额[^罚]*<td class="number">100 万元<\/td>/);
    expect(page).not.toContain('100 元');
  });

  it('is added up and compared in the unit in force', async () => {
    const { clerk, auditor } = await afterwards();
    expect(await clerk.read('/2023/departments/jia/figures')).toMatch(/1000000/);
    const figure = await auditor.read('/2023/figures/x');
    expect(figure).toContain('1000000');
    expect(figure).toMatch(/100 <span class="unit">万元<\/span>/);
  });
});
