import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { usualLimits } from '../../functions/portal/access/request-limits.ts';
import type { UploadedFile } from '../../functions/portal/services.ts';
import { openPage, textOf } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const now = '2023-04-12T02:00:00.000Z';
const plenty = { any: 1_000, changing: 1_000 };

/** What refuses a request, and until when. */
async function refusalOf(answer: Response) {
  const page = openPage(await answer.text());
  const retryAfter = Number(answer.headers.get('retry-after'));
  return { status: answer.status, retryAfter, sentence: textOf(within(page).getByRole('alert')) };
}

async function statusesOf(user: PortalUser, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let one = 0; one < times; one++) statuses.push((await user.get('/2023')).status);
  return statuses;
}

describe('on the last day', () => {
  it('three hundred uploads from one address are all taken, be they of two people', async () => {
    const taken: string[] = [];
    const take = async ({ fileName }: UploadedFile) => {
      taken.push(fileName);
      return '0'.repeat(16);
    };
    const portal = openPortal(smallStore(), {
      now,
      limits: usualLimits,
      uploadTarget: { kind: 'here', take },
    });
    const clerks = [await portal.as('department:sfj'), await portal.as('department:sfj2')];
    const statuses: number[] = [];
    for (let one = 0; one < 300; one++) {
      const department = one % 2 === 0 ? 'sfj' : 'sfj2';
      const file = new File(['x'], `${one}.xlsx`);
      const answer = await clerks[one % 2]!.post(`/2023/departments/${department}/2023-03/uploads`, { file });
      statuses.push(answer.status);
    }
    expect(statuses.filter((status) => status !== 303)).toEqual([]);
    expect(new Set(taken).size).toBe(300);
  });
});

describe('too many requests', () => {
  it('of one person are refused to that person alone, with how long to wait', async () => {
    const portal = openPortal(smallStore(), {
      now,
      limits: { ofAddress: plenty, ofPerson: { any: 5, changing: 5 } },
    });
    const [busy, other] = [await portal.as('legal-office'), await portal.as('auditor')];
    expect(await statusesOf(busy, 6)).toEqual([200, 200, 200, 200, 200, 429]);
    const refusal = await refusalOf(await busy.get('/2023'));
    expect(refusal).toMatchObject({
      status: 429,
      sentence: expect.stringMatching(/^您的操作太频繁，请等 \d+ (?:分钟|秒)再试。/),
    });
    expect(refusal.retryAfter).toBeGreaterThan(0);
    expect(refusal.retryAfter).toBeLessThanOrEqual(600);
    expect((await other.get('/2023')).status).toBe(200);
  });

  it('of one address are refused to whoever asks from there, in the words of programs too', async () => {
    const portal = openPortal(smallStore(), {
      now,
      limits: { ofAddress: { any: 8, changing: 8 }, ofPerson: plenty },
    });
    const office = await portal.as('legal-office');
    expect((await statusesOf(office, 8)).at(-1)).toBe(429);
    const answer = await office.get('/api/years');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({
      status: 429,
      detail: expect.stringContaining('从您所在的网络来的请求太多'),
    });
  });
});
