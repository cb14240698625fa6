import { describe, expect, it } from 'vitest';
import { pageLinks, pageOf } from '../../functions/portal/pages/table.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import type { ReportedIndicator } from '../../shared/core/catalogue/indicator.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { openPortal, textOf } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { copyOfStore, smallStore } from '../fixtures/small-store.ts';

const now = '2023-06-05T02:00:00.000Z';
const note = '漏报<b>一件</b>';

/** A return, a publication, its correction with a reason, another publication, a return of the other department. */
async function makeCorrected() {
  const store = smallStore();
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  await store.publish('2023-02-10T01:00:00.000Z');
  await store.submit({ period: '2023-01', cases: '6', uploadedAt: '2023-03-12T01:00:00.000Z', note });
  await store.publish('2023-03-20T01:00:00.000Z');
  const second = { department: 'sfj2', period: '2023-02' };
  await store.submit({ ...second, cases: '40', uploadedAt: '2023-04-12T01:00:00.000Z' });
  return store;
}

const made = makeCorrected();

/** A store of its own for each test, as `makeCorrected` made it. */
async function corrected() {
  const store = copyOfStore(await made);
  return { store, portal: openPortal(store, { now }) };
}

describe('publishing now', () => {
  it('tells what would change, publishes in the name of whoever asks, and then finds nothing new', async () => {
    const { portal } = await corrected();
    const user = await portal.as('legal-office', '王五');
    const before = textOf(await user.read('/2023/publications'));
    expect(before).toContain('现在发布 这将是第 3 次发布。');
    expect(before).toContain(
      '案件 6 件 46 件 市司法局二2月 ：未计入 → 40 件 （修订 1），张三 2023-04-12 09:00 上传',
    );
    const first = await user.post('/2023/publications');
    expect(first.headers.get('location')).toBe('/2023/publications?done=published');
    const after = textOf(await user.read('/2023/publications?done=published'));
    expect(after).toContain('已发布：第 3 次。');
    expect(after).toContain('第 3 次 2023-06-05 10:00 王五 暂定');
    expect(after).toContain('台账与第 3 次发布一致');
    const second = await user.post('/2023/publications');
    expect(second.headers.get('location')).toBe('/2023/publications?done=unchanged');
    expect(await user.read('/2023/publications?done=unchanged')).toContain('最新的仍是第 3 次');
    expect((await user.get('/2023/publications/4')).status).toBe(404);
  });

  it('is offered for the first time where nothing was published', async () => {
    const portal = openPortal(smallStore(), { now });
    const page = await (await portal.as('legal-office')).read('/2023/publications');
    expect(page).toContain('这将是第 1 次发布');
    expect(await (await portal.as('auditor')).read('/2023/figures')).toContain('还没有发布过');
  });

  it('is not for auditors', async () => {
    const { portal } = await corrected();
    const auditor = await portal.as('auditor');
    expect((await auditor.post('/2023/publications')).status).toBe(403);
    const page = await auditor.read('/2023/publications');
    expect(page).not.toContain('<button type="submit">现在发布');
    expect(page).not.toContain('第 3 次');
  });
});

describe('what changed between two publications', () => {
  it('is told with the observations that made the difference, also across those between', async () => {
    const { store, portal } = await corrected();
    await store.publish('2023-04-20T01:00:00.000Z');
    const page = await (await portal.as('auditor')).read('/2023/publications/changes?from=1&to=3');
    const text = textOf(page);
    expect(text).toContain('案件 5 件 46 件');
    expect(text).toContain(
      '5 件 （修订 1） → 6 件 （修订 2），张三 2023-03-12 09:00 上传，理由： 漏报&lt;b&gt;一件',
    );
    expect(text).toContain('市司法局二2023年2月 ○ 未报 ◎ 迟报，修订 1');
    expect(page).not.toContain('<b>一件');
  });

  it('counts warnings that came, were settled and went, and only the returns that stand elsewhere', async () => {
    const store = smallStore();
    const submit = (month: number, cases: string, uploadedAt: string, note = '') =>
      store.submit({ period: `2023-0${month}`, cases, uploadedAt, note });
    await submit(1, '5', '2023-02-03T01:00:00.000Z');
    await submit(2, '6', '2023-03-03T01:00:00.000Z');
    await store.publish('2023-03-10T01:00:00.000Z');
    await submit(3, '60000', '2023-04-03T01:00:00.000Z');
    await store.publish('2023-04-10T01:00:00.000Z');
    const portal = openPortal(store, { now });
    const user = await portal.as('legal-office', '王五');
    const address = /[^"]+\/acknowledgement/.exec(await user.read('/2023/findings'))?.[0] ?? '';
    await user.post(address, { reason: '属实' });
    await user.post('/2023/publications');
    await submit(3, '6', '2023-06-01T01:00:00.000Z', '多写了四个零');
    await user.post('/2023/publications');
    const told = async (from: number, to: number) =>
      textOf(await user.read(`/2023/publications/changes?from=${from}&to=${to}`));
    const figures = '4 项指标、1 份月报';
    expect(await told(1, 2)).toContain(`${figures}、1 处请核对的数字有变动`);
    expect(await told(1, 2)).toContain('新出现 市司法局2023年3月“案件”');
    expect(await told(2, 3)).toContain('0 项指标、0 份月报、1 处请核对的数字有变动');
    expect(await told(2, 3)).toContain('王五 确认，理由： 属实');
    expect(await told(3, 4)).toContain('1 项指标、1 份月报、1 处请核对的数字有变动');
    expect(await told(3, 4)).toContain('已消除 市司法局2023年3月“案件”');
  });

  it('is the same whichever is named first', async () => {
    const { portal } = await corrected();
    const auditor = await portal.as('auditor');
    const there = await auditor.read('/2023/publications/changes?from=1&to=2');
    const back = await auditor.read('/2023/publications/changes?from=2&to=1');
    const tablesOf = (page: string) => page.split('<h2>').slice(1);
    expect(tablesOf(back)).toEqual(tablesOf(there));
  });

  it.each([
    ['from=1&to=1', 400],
    ['from=1', 400],
    ['from=0&to=1', 400],
    ['from=1&to=x', 400],
    ['from=1&to=9', 404],
  ])('needs two that are there: %s', async (query, status) => {
    const { portal } = await corrected();
    const answer = await (await portal.as('auditor')).get(`/2023/publications/changes?${query}`);
    expect(answer.status).toBe(status);
  });
});

describe('a publication', () => {
  it('hands out every file that its page lists, with the hash that the page shows', async () => {
    const { portal } = await corrected();
    const auditor = await portal.as('auditor');
    const page = await auditor.read('/2023/publications/2');
    expect(page).toContain('文件清单与台账中记下的一致');
    expect(textOf(page)).toContain('与第 1 次发布相比的变动');
    const listed = [...page.matchAll(/files\/([\w.]+)">[\s\S]*?class="key">([0-9a-f]{64})</g)];
    expect(listed.map(([, name]) => name).sort()).toEqual([
      'catalogue.json',
      'changes.json',
      'datapackage.json',
      'manifest.json',
      'summary.json',
      'summary.schema.json',
      'summary.xlsx',
    ]);
    for (const [, name = '', hash] of listed) {
      const answer = await auditor.get(`/2023/publications/2/files/${name}`);
      expect(sha256(new Uint8Array(await answer.arrayBuffer())), name).toBe(hash);
      expect(answer.headers.get('content-disposition')).toContain(`2023-0002-${name}`);
    }
  });

  it.each(['secret.txt', '..%2F0001%2Fsummary.json', 'constructor'])(
    'hands out nothing else: %s',
    async (name) => {
      const { store, portal } = await corrected();
      await store.documents.put('publications/2023/0002/secret.txt', new Uint8Array([1]));
      const answer = await (await portal.as('legal-office')).get(`/2023/publications/2/files/${name}`);
      expect(answer.status).toBe(404);
    },
  );

  it('says so if its manifest is not what the ledger recorded', async () => {
    const { store, portal } = await corrected();
    const key = 'publications/2023/0002/manifest.json';
    const text = new TextDecoder().decode(store.files.get(key));
    store.files.set(key, new TextEncoder().encode(text.replace('"software": "test"', '"software": "fake"')));
    const page = await (await portal.as('auditor')).read('/2023/publications/2');
    expect(page).toContain('文件清单与台账中记下的不一致');
  });

  it('is shown without files while its manifest is not written', async () => {
    const { store, portal } = await corrected();
    store.files.delete('publications/2023/0002/manifest.json');
    const auditor = await portal.as('auditor');
    expect(await auditor.read('/2023/publications/2')).toContain('文件清单还没有写完');
    expect((await auditor.get('/2023/publications/2/files/summary.json')).status).toBe(404);
  });

  it('does not take the list of publications with it if its summary is gone', async () => {
    const { store, portal } = await corrected();
    store.files.set('publications/2023/0002/summary.json', new TextEncoder().encode('{'));
    const auditor = await portal.as('auditor');
    expect(textOf(await auditor.read('/2023/publications'))).toContain('文件缺失或被改动');
    const answer = await auditor.get('/2023/publications/2');
    expect([answer.status, (await answer.text()).includes('台账核验')]).toEqual([500, true]);
  });

  it.each(['0', '3', '01', 'x'])('of no such number there is nothing: %s', async (number) => {
    const { portal } = await corrected();
    expect((await (await portal.as('auditor')).get(`/2023/publications/${number}`)).status).toBe(404);
  });
});

describe('a figure', () => {
  it('leads to the cell, the file, the person and the ledger event, and to the original byte for byte', async () => {
    const { store, portal } = await corrected();
    const auditor = await portal.as('auditor');
    const page = await auditor.read('/2023/figures/cases');
    const event = store.events.get('2023/sfj')?.[1];
    if (event?.happening.kind !== 'return-accepted') throw new Error('no return');
    const { upload, observations } = event.happening;
    const place = observations.find(({ indicator }) => indicator === 'cases')?.place;
    const row = textOf(page.split('市司法局1月</a>')[1]?.split('</tr>')[0] ?? '');
    for (const part of [
      `6 件`,
      place?.sheet,
      place?.cell,
      '6.xlsx',
      upload.sha256,
      '张三',
      '2023-03-12 09:00',
    ]) {
      expect(row).toContain(part);
    }
    for (const part of ['修订 2', '2023/sfj#2', event.hash.slice(0, 12), '更正理由：'])
      expect(row).toContain(part);
    expect(page).not.toContain('<b>一件');
    const link = /\/2023\/departments\/sfj\/[\w/-]+\/original/.exec(page)?.[0] ?? '';
    const answer = await auditor.get(link);
    const original = new Uint8Array(await answer.arrayBuffer());
    expect(original).toEqual(store.files.get(upload.key));
    expect(sha256(original)).toBe(upload.sha256);
  });

  it.each([
    ['', ['市司法局1月', '市司法局二2月']],
    ['?department=sfj2', ['市司法局二2月']],
    ['?period=2023-01', ['市司法局1月']],
    ['?department=&period=', ['市司法局1月', '市司法局二2月']],
    ['?department=sfj2&period=2023-01', []],
  ])('can be narrowed: %s', async (query, expected) => {
    const { portal } = await corrected();
    const page = await (await portal.as('auditor')).read(`/2023/figures/cases${query}`);
    const sources = page.split('id="sources"')[1] ?? '';
    const shown = [...sources.matchAll(/<th scope="row"[^>]*><a [^>]*>([^<]+)</g)].map(([, name]) => name);
    expect(shown).toEqual(expected);
  });

  it('says which months of a stock it does not take', async () => {
    const { store, portal } = await corrected();
    await store.submit({ period: '2023-02', cases: '1', uploadedAt: '2023-03-13T01:00:00.000Z' });
    const page = await (await portal.as('auditor')).read('/2023/figures/buses?department=sfj');
    const [january, february] = page.split('市司法局1月</a>')[1]?.split('市司法局2月</a>') ?? [];
    expect(january).toContain('不计入全年数');
    expect(february?.split('</tr>')[0]).not.toContain('不计入全年数');
  });

  it('that is a ratio shows both of its parts, with what they come from', async () => {
    const { store } = await corrected();
    const { reporters: _, ...cases } = smallCatalogue.indicators[0] as ReportedIndicator;
    const ratio = {
      ...cases,
      id: 'money-a-case',
      name: '案均金额',
      unit: '万元',
      kind: 'ratio',
      overTime: 'recompute',
      overDepartments: 'recompute',
      decimals: 3,
      numerator: 'money',
      denominator: 'cases',
    };
    const catalogue = catalogueSchema.parse({
      ...smallCatalogue,
      indicators: [...smallCatalogue.indicators, ratio],
    });
    const portal = openPortal({ ...store, catalogue }, { now });
    const page = await (await portal.as('auditor')).read('/2023/figures/money-a-case');
    expect(textOf(page)).toContain('0.065 万元 暂定');
    expect(textOf(page)).toContain('3 ÷ 46');
    expect(page).toContain('来源：金额');
    expect(page).toContain('来源：案件');
    expect(page).toContain('href="/2023/figures/money"');
  });

  it.each(['nothing', 'constructor', '%3Cscript%3E'])(
    'that the catalogue does not know is not found: %s',
    async (id) => {
      const { portal } = await corrected();
      expect((await (await portal.as('auditor')).get(`/2023/figures/${id}`)).status).toBe(404);
    },
  );

  it('in the list says how much it covers, and whether it was published so', async () => {
    const { portal } = await corrected();
    const user = await portal.as('legal-office');
    const before = await user.read('/2023/figures');
    expect(textOf(before)).toContain('案件 46 件 暂定 0/12 月，2/24 份 缺少 22 份月报');
    expect(before).toContain('以后有变化');
    await user.post('/2023/publications');
    expect(textOf(await user.read('/2023/figures'))).toContain('与 第 3 次发布 一致');
  });
});

describe('the pages of a long list', () => {
  it.each([
    [1, [1, 2], 1],
    [2, [3, 4], 2],
    [3, [5], 3],
    [9, [5], 3],
  ])('page %i', (wanted, rows, page) => {
    expect(pageOf([1, 2, 3, 4, 5], wanted, 2)).toEqual({ rows, page, pages: 3 });
  });

  it('keep the rest of the query', async () => {
    const url = new URL('http://x/2023/figures/cases?department=sfj&page=2');
    const links = String(await pageLinks({ page: 2, pages: 3 }, { url, label: '分页', anchor: '#sources' }));
    expect(links).toContain('/2023/figures/cases?department=sfj&amp;page=1#sources');
    expect(links).toContain('/2023/figures/cases?department=sfj&amp;page=3#sources');
  });
});
