import { beforeEach, describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const signing = { scan: false, agreement: true };
const home = '/2023/departments/sfj';
const january = `${home}/2023-01`;
const nasty = '<b>少一件</b>';

let store: ReturnType<typeof smallStore>;
let portal: ReturnType<typeof openPortal>;
let clerk: PortalUser;
let reviewer: PortalUser;
let upload: string;

beforeEach(async () => {
  store = smallStore(catalogueSchema.parse({ ...smallCatalogue, signing }));
  await store.submit({
    period: '2023-01',
    cases: '5',
    uploadedAt: '2023-02-03T01:00:00.000Z',
    uploader: '张三',
  });
  portal = openPortal(store, { now: '2023-02-20T00:00:00.000Z' });
  clerk = await portal.as('department:sfj', '张三');
  reviewer = await portal.as('reviewer:sfj', '李四');
  const [, id = ''] = /uploads\/([0-9a-f]{16})"/.exec(await clerk.read(january)) ?? [];
  upload = `${january}/uploads/${id}`;
});

const standingOf = async (user: PortalUser) => {
  const answer = await (await user.get('/api/2023/returns/sfj/2023-01')).json();
  return answer as { standing: string; revisions: { heldBecause: string[]; agreement: object | null }[] };
};

describe('a return that the department’s reviewer has to agree to', () => {
  it('waits for the reviewer, whose first task it is, and counts once they agree', async () => {
    expect(await standingOf(clerk)).toMatchObject({
      standing: 'held',
      revisions: [{ heldBecause: ['awaits-agreement'] }],
    });
    expect(await clerk.read(january)).toContain('等本部门审核人同意后计入汇总');
    expect(await clerk.read(january)).not.toContain('/agreement');
    expect(await reviewer.read(home)).toContain('等本部门审核人审核');
    expect(await clerk.read(home)).not.toContain('等本部门审核人审核');
    for (const page of [january, upload])
      expect(await reviewer.read(page)).toContain(`action="${upload}/agreement"`);
    const answer = await reviewer.post(`${upload}/agreement`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${january}?done=agreed`]);
    expect(await standingOf(clerk)).toMatchObject({
      standing: 'counting',
      revisions: [{ heldBecause: [], agreement: { kind: 'agreed', by: '李四', reason: '' } }],
    });
    expect(await reviewer.read(january)).toContain('李四于 2023-02-20 08:00 审核同意');
    expect(await reviewer.read(home)).toContain('目前没有要办的事');
    expect((await reviewer.post(`${upload}/agreement`)).status).toBe(409);
    expect((await reviewer.post(`${upload}/disagreement`, { reason: '晚了' })).status).toBe(409);
  });

  it('shows the reviewer what is to be asked about it, before they agree', async () => {
    for (const month of ['02', '03', '04', '05', '06', '07'])
      await store.submit({
        period: `2023-${month}`,
        cases: month === '07' ? '90000' : '5',
        uploadedAt: `2023-${month}-03T01:00:00.000Z`,
        uploader: '张三',
      });
    for (const month of ['01', '02', '03', '04', '05', '06', '07']) {
      const place = `${home}/2023-${month}`;
      const [, id = ''] = /uploads\/([0-9a-f]{16})"/.exec(await clerk.read(place)) ?? [];
      const page = await reviewer.read(`${place}/uploads/${id}`);
      expect([month, page.includes('这一版里需要核对的数字（1 处）')]).toEqual([month, month === '07']);
      expect((await reviewer.post(`${place}/uploads/${id}/agreement`)).status).toBe(303);
    }
  });

  it('goes back to the clerk with the reason if they do not, until they do or a new version comes', async () => {
    expect((await reviewer.post(`${upload}/disagreement`, { reason: nasty })).status).toBe(303);
    const tasks = await clerk.read(home);
    expect(tasks).toContain('审核不同意，还没有计入');
    for (const page of [january, upload]) {
      const shown = await clerk.read(page);
      expect(shown).toContain('审核不同意：<span class="typed">&lt;b&gt;少一件&lt;/b&gt;</span>');
      expect(shown).not.toContain(nasty);
      expect(shown).toContain('按审核意见改正后重新上传');
    }
    expect((await reviewer.post(`${upload}/disagreement`, { reason: '再说' })).status).toBe(409);
    await store.submit({
      period: '2023-01',
      cases: '6',
      uploadedAt: '2023-02-12T01:00:00.000Z',
      uploader: '张三',
    });
    expect(await clerk.read(home)).not.toContain('审核不同意');
    expect((await reviewer.post(`${upload}/agreement`)).status).toBe(303);
    expect((await standingOf(clerk)).standing).toBe('counting');
  });

  it('is not reviewed by whoever uploaded it, in whatever role they come', async () => {
    const both = await portal.as('reviewer:sfj', '张三');
    expect(await both.read(january)).toContain('这一版是您自己上传的');
    expect(await both.read(january)).not.toContain(`action="${upload}/agreement"`);
    expect((await both.post(`${upload}/agreement`)).status).toBe(409);
    expect((await standingOf(clerk)).standing).toBe('held');
  });

  it('is in what publications, reminders and the record of acts tell', async () => {
    const { publication } = await store.publish('2023-02-18T00:00:00.000Z');
    expect(publication.held).toMatchObject([{ department: 'sfj', because: ['awaits-agreement'] }]);
    const office = await portal.as('legal-office');
    expect(await office.read('/2023')).toContain('待审核，等待部门审核人同意');
    expect(await office.read('/2023/reminders')).toContain('待审核，等待部门审核人同意');
    await reviewer.post(`${upload}/agreement`);
    expect(await clerk.read(`${home}/acts`)).toContain('审核同意');
  });
});

describe('a reviewer', () => {
  it('is chosen where a catalogue asks for agreement, and nowhere else', async () => {
    const chooser = async (of: typeof portal) =>
      (await of.app.request('http://127.0.0.1:8080/sign-in')).text();
    expect(await chooser(portal)).toContain('value="reviewer:sfj"');
    expect(await chooser(openPortal(smallStore(), { now: '2023-02-20T00:00:00.000Z' }))).not.toContain(
      'reviewer:',
    );
  });

  it('reads the department as the clerk does, and reports nothing', async () => {
    const page = await reviewer.read(january);
    expect(page).toContain('本部门报表');
    expect(page).not.toContain('上传并检查');
    expect((await reviewer.get('/2023/departments/sfj2')).status).toBe(403);
  });
});
