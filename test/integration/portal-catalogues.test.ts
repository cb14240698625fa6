import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { keepCatalogue } from '../../functions/use-cases/stores/catalogue-store.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import {
  address,
  adoptionsOf,
  adopts,
  emptyOffice,
  office,
  officeTime,
  otherwise,
  pageOf,
  upload,
} from '../fixtures/catalogue-office.ts';
import { readCatalogueBytes } from '../fixtures/catalogue-workbooks.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { formOf, linksOf, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';

describe('without a catalogue', () => {
  it('the first page says what to do, and the legal office alone gets forms', async () => {
    const { as } = emptyOffice();
    const [clerk, auditor] = [await as('legal-office'), await as('auditor')];
    expect((await clerk.get('/')).headers.get('location')).toBe('/catalogues');
    const page = await visit(clerk, '/catalogues');
    for (const heading of ['从样例开始做本年的目录', '上传自己的目录工作簿'])
      within(page).getByRole('heading', { name: heading });
    expect(within(page).queryByRole('heading', { name: '看样例' })).toBeNull();
    const navigation = within(page).getByRole('navigation', { name: '主导航' });
    expect(linksOf(navigation)).toEqual([['指标目录', '/catalogues']]);
    const read = await visit(auditor, '/catalogues');
    expect(textOf(read)).toContain('请法制机构登录');
    expect(within(within(read).getByRole('main')).queryAllByRole('button')).toEqual([]);
    expect(textOf(await pageOf(await clerk.get('/2023')))).toContain('没有2023年的指标目录');
  });

  it('the page of signing in says why there are no departments', async () => {
    const { app } = emptyOffice();
    const page = await pageOf(await app.request('http://127.0.0.1:8080/sign-in'));
    expect(textOf(page)).toContain('所以没有部门可选');
  });

  it('one is made from the sample, looked at, adopted, and leads on to the forms and the overview', async () => {
    const { as, ports } = emptyOffice();
    const clerk = await as('legal-office', '李主任');
    const form = formOf(
      within(await visit(clerk, '/catalogues')).getByRole('button', { name: '做出目录，看一看' }),
    );
    const fields = {
      ...form.fields,
      authority: '青山县',
      'department-sfj': '县司法局',
      'department-jcy': ' ',
      firstMonth: '1',
      dueDay: '8',
    };
    const made = await clerk.post(form.address, { ...fields, cutOff: 'days20' });
    const preview = made.headers.get('location') ?? '';
    const page = await visit(clerk, preview);
    expect(textOf(page)).toContain('次月 8 日前报送，最迟 报送时限之后 20 天');
    within(page).getByRole('rowheader', { name: '县司法局' });
    expect(within(page).queryByRole('rowheader', { name: '市人民检察院' })).toBeNull();
    const adoption = formOf(within(page).getByRole('button', { name: '采用' }));
    expect(adoption.fields).toMatchObject({ reason: '首次采用', replaces: '' });
    const done = await clerk.post(adoption.address, { reason: '首次采用', replaces: '' });
    expect(done.headers.get('location')).toBe('/catalogues?adopted=2023');
    const after = await visit(clerk, '/catalogues?adopted=2023');
    expect(textOf(within(after).getByRole('status'))).toContain('3月的报表');
    within(after).getByRole('link', { name: '县司法局3月的报表' });
    expect((await clerk.get('/2023/departments/sfj/2023-03/template.xlsx')).status).toBe(200);
    expect(textOf(await visit(clerk, '/2023'))).toContain('县司法局');
    expect((await adoptionsOf(ports)).map(({ by, happening }) => [by, happening.reason])).toEqual([
      ['李主任', '首次采用'],
    ]);
  });

  it.each([
    ['/catalogues/sample.xlsx', 'catalogue'],
    ['/catalogues/empty.xlsx', 'problems'],
  ])('%s is a workbook to begin from', async (path, kind) => {
    const clerk = await emptyOffice().as('legal-office');
    const reading = await readCatalogueBytes(new Uint8Array(await (await clerk.get(path)).arrayBuffer()));
    expect(reading.kind).toBe(kind);
    if (reading.kind === 'catalogue') expect(reading.catalogue.year).toBe(2023);
  });

  it.each([
    [{ kind: 'being-made' }, '正在准备样例'],
    [{ kind: 'ready', address: 'http://127.0.0.1:4711/' }, '样例已经准备好'],
    [{ kind: 'failed' }, '样例没有准备好'],
  ] as const)('a sample that is %o can be looked at', async (look, said) => {
    const { as } = openPortal(inMemoryPorts(), { now: officeTime, lookAtSample: async () => look });
    const clerk = await as('legal-office');
    within(await visit(clerk, '/catalogues')).getByRole('link', { name: '看样例' });
    const body = await clerk.read('/catalogues/sample');
    expect(body).toContain(said);
    expect(body.includes('data-look-again')).toBe(look.kind === 'being-made');
    expect(body.includes('http://127.0.0.1:4711/')).toBe(look.kind === 'ready');
  });
});

describe('a catalogue over one in force', () => {
  const renamed = otherwise({ cases: { name: '案件数' } });

  it('is shown with what differs and how many returns it touches, and adopted with a reason', async () => {
    const { as, ports } = await office();
    const clerk = await as('legal-office');
    await upload(clerk, jsonFile(renamed));
    const page = await visit(clerk, address(renamed));
    expect(rowsOf(within(page).getByRole('table', { name: '与现行目录的差异' }))).toEqual([
      { 内容: '指标“案件数”', 改动: '改名', 原来: '案件', 改为: '案件数', 涉及: '1 份' },
    ]);
    expect((await adopts(clerk, renamed)).status).toBe(303);
    expect((await adoptionsOf(ports)).at(-1)?.happening).toMatchObject({
      catalogue: catalogueHash(renamed),
      reason: '调整',
    });
    expect(textOf(await visit(clerk, address(renamed)))).toContain('这就是2023年现行的目录');
  });

  it('is adopted with the factor of a unit that changed, which is known beforehand where an entry says it', async () => {
    const { as, ports } = await office();
    const clerk = await as('legal-office');
    const inYuan = otherwise({ money: { unit: '元', alsoIn: [] }, cases: { unit: '起' } });
    await keepCatalogue(inYuan, ports.documents);
    const page = await visit(clerk, address(inYuan));
    const value = (name: string) => (within(page).getByLabelText(name) as HTMLInputElement).value;
    expect(value('金额：1 万元 等于多少元？')).toBe('10000');
    expect(value('案件：1 件 等于多少起？')).toBe('');
    expect(within(page).queryByRole('alert')).toBeNull();
    for (const factor of ['', 'abc', '0', '-1', '0.000000001']) {
      const refused = await adopts(clerk, inYuan, { 'factor-cases': factor });
      expect(refused.status).toBe(409);
      const again = await pageOf(refused);
      expect(textOf(within(again).getByRole('alert'))).toContain('“案件”的换算没有写对');
      expect((within(again).getByLabelText(/原因/) as HTMLTextAreaElement).value).toBe('调整');
    }
    expect((await adopts(clerk, inYuan, { 'factor-cases': '１' })).status).toBe(303);
    expect((await adoptionsOf(ports)).at(-1)?.happening.conversions).toEqual([
      { indicator: 'cases', from: '件', to: '起', factor: '1' },
      { indicator: 'money', from: '万元', to: '元', factor: '10000' },
    ]);
  });

  it('that would lose a figure says which, and cannot be adopted', async () => {
    const { as, ports } = await office();
    const clerk = await as('legal-office');
    // The unit of another indicator changes too, for which a factor would be enough.
    const indicators = otherwise({ money: { unit: '元', alsoIn: [] } }).indicators.slice(1);
    const without = catalogueSchema.parse({ ...smallCatalogue, indicators });
    await keepCatalogue(without, ports.documents);
    const page = await visit(clerk, address(without));
    expect(textOf(within(page).getByRole('alert'))).toMatch(
      /市司法局2023年1月已报的数会从全年中消失.*重新上传/,
    );
    expect(within(page).queryByRole('button', { name: '采用' })).toBeNull();
    const forced = { reason: '硬要', replaces: catalogueHash(smallCatalogue) };
    expect((await clerk.post(`${address(without)}/adoption`, forced)).status).toBe(409);
    expect(await adoptionsOf(ports)).toHaveLength(1);
  });

  it('of two people who adopt at once, one is told that the other was first', async () => {
    const { as, ports } = await office();
    const other = otherwise({ cases: { name: '受理案件' } });
    const [first, second] = [await as('legal-office', '甲'), await as('legal-office', '乙')];
    for (const each of [renamed, other]) await keepCatalogue(each, ports.documents);
    const fields = { reason: '调整', replaces: catalogueHash(smallCatalogue) };
    const answers = await Promise.all([
      first.post(`${address(renamed)}/adoption`, fields),
      second.post(`${address(other)}/adoption`, fields),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    const told = await pageOf(answers.find(({ status }) => status === 409)!);
    expect(textOf(within(told).getByRole('alert'))).toContain('已有人采用了另一份目录');
    const { fields: renewed } = formOf(within(told).getByRole('button', { name: '采用' }));
    expect(renewed.replaces).toBe((await adoptionsOf(ports)).at(-1)?.happening.catalogue);
  });

  it('of next year is made from this one, and looked at before it is adopted', async () => {
    const { as } = await office();
    const clerk = await as('legal-office');
    const form = formOf(
      within(await visit(clerk, '/catalogues')).getByRole('button', { name: '由2023年做2024年的目录' }),
    );
    const made = await clerk.post(form.address, form.fields);
    const page = await visit(clerk, made.headers.get('location') ?? '');
    expect(textOf(page)).toContain('2024年还没有采用过目录');
    expect(textOf(page)).toContain('采用之前：测试市2024年指标目录');
  });

  it('is only read by auditors, and not at all where nothing was kept', async () => {
    const { as, ports } = await office();
    await keepCatalogue(renamed, ports.documents);
    const auditor = await as('auditor');
    const page = await visit(auditor, address(renamed));
    expect(within(within(page).getByRole('main')).queryAllByRole('button')).toEqual([]);
    expect(
      (await auditor.post(`${address(renamed)}/adoption`, { reason: '越权', replaces: '' })).status,
    ).toBe(403);
    expect((await upload(auditor, jsonFile(renamed))).status).toBe(403);
    expect((await auditor.get(`/catalogues/2023/${'0'.repeat(64)}`)).status).toBe(404);
    const file = await auditor.get(`${address(renamed)}/catalogue.xlsx`);
    const reading = await readCatalogueBytes(new Uint8Array(await file.arrayBuffer()));
    expect(reading).toMatchObject({ kind: 'catalogue', catalogue: renamed });
    expect(await (await auditor.get(`${address(renamed)}/catalogue.json`)).json()).toEqual(renamed);
  });
});
