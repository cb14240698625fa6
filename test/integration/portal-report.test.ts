import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { adopt as adoptCatalogue } from '../../functions/use-cases/adopt.ts';
import { keepCatalogue } from '../../functions/use-cases/stores/catalogue-store.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { writeDocx } from '../../shared/report/docx.ts';
import {
  addressOf,
  formOf,
  linksOf,
  openPage,
  partUnder,
  rowsOf,
  textOf,
  visit,
} from '../fixtures/opened-page.ts';
import {
  adopt,
  bytesOf,
  lengthOf,
  linesOf,
  openReport,
  pageOf,
  report,
  send,
  sentence,
} from '../fixtures/report-office.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { changed, documentOf, partsOf, templateOf } from '../fixtures/word-documents.ts';

const savedAs = (answer: Response) => decodeURIComponent(answer.headers.get('content-disposition') ?? '');

describe('the template of the report', () => {
  it('is examined, adopted for a reason, listed, handed out, and what the next publication is written into', async () => {
    const { store, portal, office } = await openReport();
    expect(textOf(await visit(office, report))).toContain('还没有启用过模板');
    const uploaded = await send(office, `${report}/templates`, sentence);
    const address = uploaded.headers.get('location')!;
    const page = await visit(office, address);
    expect(textOf(page)).toContain('没有必须改正的地方；还没有启用。');
    const unused = within(page).getAllByRole('listitem', { hidden: true }).map(textOf);
    expect(unused).toContain('目录中的“金额”没有写进报告模板。');
    expect((await adopt(office, sentence)).headers.get('location')).toBe(`${report}?done=adopted`);
    const auditor = await portal.as('auditor');
    const after = await visit(auditor, report);
    expect(rowsOf(within(after).getByRole('table', { name: '启用过的模板，新的在前' }))).toMatchObject([
      { 启用时间: '2023-05-01 09:00', 启用人: '赵科长', 原因: '用局里的版式' },
    ]);
    expect(within(after).queryByRole('button', { name: '上传并检查' })).toBeNull();
    const standing = await auditor.get(addressOf(within(after).getByRole('link', { name: '下载现行模板' })));
    expect(await bytesOf(standing)).toEqual(sentence);
    await store.publish('2023-05-02T01:00:00.000Z');
    expect(linesOf(store.files.get('publications/2023/0003/report.docx')!)).toContain('共办案46件。');
  });

  it('is refused with all that is wrong with it, by paragraph, and nothing is kept', async () => {
    const given = await openReport();
    const before = given.store.files.size;
    const wrong = writeDocx(templateOf('【没有】<b>', '【案件'));
    const answer = await send(given.office, `${report}/templates`, wrong, '<img src=x>.docx');
    expect(answer.status).toBe(400);
    const body = await answer.text();
    expect(body).not.toMatch(/<img|<b>/);
    const page = openPage(body);
    expect(textOf(within(page).getByRole('alert'))).toContain('“<img src=x>.docx”：有 2 处必须改正');
    const errors = rowsOf(within(page).getByRole('table', { name: '模板中要改的每一处' }));
    expect(errors.map(({ 位置 }) => 位置)).toEqual(['正文第 1 段：“【没有】<b>”', '正文第 2 段：“【案件”']);
    expect(given.store.files.size).toBe(before);
  });

  it('that is in force is not adopted again, and one that was never uploaded not at all', async () => {
    const given = await openReport();
    await adopt(given.office, sentence);
    const length = await lengthOf(given);
    const uploaded = await send(given.office, `${report}/templates`, sentence);
    const address = uploaded.headers.get('location')!;
    expect(textOf(await visit(given.office, address))).toContain('这就是现行的模板');
    expect((await given.office.post(`${address}/adoption`, { reason: '再来' })).status).toBe(409);
    const unknown = `${report}/templates/${'0'.repeat(64)}`;
    expect((await given.office.post(`${unknown}/adoption`, { reason: '再来' })).status).toBe(404);
    expect((await given.office.post(`${address}/adoption`, { reason: '' })).status).toBe(400);
    expect(await lengthOf(given)).toBe(length);
  });

  it('that a catalogue no longer fits is told on the pages of both, and of what is published meanwhile', async () => {
    const given = await openReport();
    const { store, office } = given;
    await adopt(office, sentence);
    const indicators = smallCatalogue.indicators.map((each) =>
      each.name === '案件' ? { ...each, name: '办结案件' } : each,
    );
    const catalogue = catalogueSchema.parse({ ...smallCatalogue, indicators });
    const hash = await keepCatalogue(catalogue, store.documents);
    const unfit = [{ 位置: '正文第 1 段：“共办案【案件】件。”' }];
    const table = { name: '模板中要改的每一处' };
    const preview = await visit(office, `/catalogues/2023/${hash}`);
    expect(textOf(preview)).toContain('采用这份目录以后，现行报告模板有 1 处要改。');
    expect(rowsOf(within(preview).getByRole('table', table))).toMatchObject(unfit);
    const { address, fields } = formOf(within(preview).getByRole('button', { name: '采用' }));
    expect((await office.post(address, { ...fields, reason: '改名' })).status).toBe(303);
    const page = await visit(office, report);
    expect(textOf(page)).toContain('按现行指标目录，现行报告模板有 1 处要改。');
    expect(rowsOf(within(page).getByRole('table', table))).toMatchObject(unfit);
    await store.publish('2023-05-02T01:00:00.000Z');
    const published = await visit(office, '/2023/publications/3');
    expect(textOf(published)).toContain('年度报告用起始模板写成：启用的报告模板有地方与指标目录对不上');
    expect(textOf(partUnder(published, '发布时的待处理事项'))).toContain('“案件”不是目录中的指标');
    expect(within(published).queryByRole('link', { name: '用现行模板重新生成报告' })).toBeNull();
    await adopt(office, writeDocx(templateOf('共办案【办结案件】件。')));
    const mended = await visit(office, '/2023/publications/3');
    const anew = within(mended).getByRole('link', { name: '用现行模板重新生成报告' });
    expect(linesOf(await bytesOf(await office.get(addressOf(anew))))).toContain('共办案46件。');
  });

  it('to begin with is sound by its own rules', async () => {
    const { office } = await openReport();
    const answer = await office.get(`${report}/new-template.docx`);
    expect(savedAs(answer)).toContain('报告起始模板（2023年）.docx');
    const uploaded = await send(office, `${report}/templates`, await bytesOf(answer));
    expect(uploaded.status).toBe(303);
  });
});

describe('the report of a publication', () => {
  it('stands among the first downloads under a name for people, and is made anew in a template adopted since', async () => {
    const { store, office } = await openReport();
    const page = await visit(office, '/2023/publications/2');
    expect(within(page).queryByRole('link', { name: '用现行模板重新生成报告' })).toBeNull();
    const link = within(page).getByRole('link', { name: /^下载年度报告（Word/ });
    const published = await office.get(addressOf(link));
    expect(savedAs(published)).toContain('2023年度法治政府建设情况报告（第2次·存档）.docx');
    expect(await bytesOf(published)).toEqual(store.files.get('publications/2023/0002/report.docx'));
    await adopt(office, sentence);
    const after = await visit(office, '/2023/publications/2');
    const anew = await office.get(
      addressOf(within(after).getByRole('link', { name: '用现行模板重新生成报告' })),
    );
    expect(savedAs(anew)).toContain('（第2次·存档，现行模板）.docx');
    expect(linesOf(await bytesOf(anew))).toContain('共办案6件。');
    await store.publish('2023-05-02T01:00:00.000Z');
    const newest = await visit(office, '/2023/publications/3');
    expect(within(newest).queryByRole('link', { name: '用现行模板重新生成报告' })).toBeNull();
  });

  it('is saved under the names of its own catalogue, whatever was adopted since', async () => {
    const { store, office } = await openReport();
    const catalogue = { ...smallCatalogue, authority: '改名市', title: '改名市指标目录' };
    const change = { catalogue, conversions: [], replaces: catalogueHash(smallCatalogue) };
    const at = '2023-05-01T01:00:00.000Z';
    await adoptCatalogue({ ...change, reason: '改名', at, by: '法制科' }, store);
    const ofPublication = '/2023/publications/2';
    for (const path of [`${ofPublication}/files/report.docx`, `${ofPublication}/report.docx`]) {
      expect(savedAs(await office.get(path))).toContain('测试市2023年度法治政府建设情况报告（第2次');
    }
    const workbook = await office.get(`${ofPublication}/files/summary.xlsx`);
    expect(savedAs(workbook)).toContain('测试市2023年指标汇总（第2次·存档）.xlsx');
  });

  it('is made in a template that was uploaded and not adopted, from the page of the template', async () => {
    const given = await openReport();
    const before = await lengthOf(given);
    const uploaded = await send(given.office, `${report}/templates`, sentence);
    const page = await visit(given.office, uploaded.headers.get('location')!);
    const link = addressOf(within(page).getByRole('link', { name: '第 2 次发布' }));
    const made = await given.office.get(link);
    expect(savedAs(made)).toContain('（第2次·存档，另一份模板）.docx');
    expect(linesOf(await bytesOf(made))).toContain('共办案6件。');
    expect(await lengthOf(given)).toBe(before);
    const never = link.replace(/[0-9a-f]{64}/, '0'.repeat(64));
    expect((await given.office.get(never)).status).toBe(409);
    expect((await given.office.get(link.replace(/[0-9a-f]{64}/, '../x'))).status).toBe(400);
  });

  it('is not made of one that is not there, or whose files were changed', async () => {
    const { store, office } = await openReport();
    expect((await office.get('/2023/publications/9/report.docx')).status).toBe(404);
    const summary = 'publications/2023/0002/summary.json';
    store.files.set(
      summary,
      Buffer.from(String(Buffer.from(store.files.get(summary)!)).replace('"6"', '"8"')),
    );
    expect((await office.get('/2023/publications/2/report.docx')).status).toBe(409);
  });
});

describe('an edited report', () => {
  let given: Awaited<ReturnType<typeof openReport>>;
  let old: Uint8Array;

  beforeAll(async () => {
    given = await openReport();
    await adopt(given.office, sentence);
    old = await bytesOf(await given.office.get('/2023/publications/1/report.docx'));
  });

  it('is held against the ledger by an auditor too, and comes back up to date; nothing is recorded', async () => {
    const auditor = await given.portal.as('auditor');
    const before = [await lengthOf(given), given.store.files.size];
    const page = await pageOf(await send(auditor, `${report}/check`, old, '<b>旧</b>.docx'));
    expect(textOf(within(page).getByRole('status'))).toContain('0 个数与台账一致，1 处要看：已有更新 1 处。');
    expect(rowsOf(within(page).getByRole('table', { name: '与台账不一致或要看的数' }))).toMatchObject([
      { 结论: '已有更新', 数: '案件', 写的: '5', 怎么办: expect.stringContaining('第 2 次发布是“6”') },
    ]);
    expect(rowsOf(within(page).getByRole('table', { name: '更新所改的数' }))).toMatchObject([
      { 数: '案件', 原来写的: '5', 更新为: '6' },
    ]);
    const link = within(page).getByRole('link', { name: '下载更新后的报告' });
    expect(link.getAttribute('download')).toBe('<b>旧</b>（已更新）.docx');
    const updated = new Uint8Array(Buffer.from(addressOf(link).split(';base64,')[1]!, 'base64'));
    expect(linesOf(updated)).toContain('共办案6件。');
    const again = await pageOf(await send(auditor, `${report}/check`, updated));
    expect(textOf(within(again).getByRole('status'))).toContain('1 个数与台账一致，没有要看的。');
    expect(linksOf(partUnder(again, '核对结果')).filter(([name]) => name.startsWith('下载'))).toEqual([]);
    expect([await lengthOf(given), given.store.files.size]).toEqual(before);
  });

  it('tells of a figure that was typed over, which updating leaves as it is', async () => {
    const edited = writeDocx(changed(partsOf(old), (xml) => xml.replace('>5<', '>&lt;i&gt;50<')));
    const answer = await send(given.office, `${report}/check`, edited);
    const body = await answer.text();
    expect(body).not.toContain('<i>');
    expect(rowsOf(within(openPage(body)).getByRole('table'))).toMatchObject([
      { 结论: '手工改动', 写的: '<i>50' },
    ]);
    const updated = await bytesOf(await send(given.office, `${report}/update`, edited));
    expect(documentOf(partsOf(updated))).toContain('&lt;i&gt;50');
  });

  it('put together from more publications than are read is not checked', async () => {
    const one = /<w:sdt>.*?<\/w:sdt>/s.exec(documentOf(partsOf(old)))![0];
    const others = Array.from({ length: 30 }, (_, at) => one.replace('fig.2023-1.', `fig.2023-${at + 1}.`));
    const many = writeDocx(changed(partsOf(old), (xml) => xml.replace(one, () => others.join(''))));
    const answer = await send(given.office, `${report}/check`, many);
    expect([answer.status, textOf(await pageOf(answer))]).toEqual([
      400,
      expect.stringContaining('引自 30 次不同的发布'),
    ]);
  });

  it('that cites a year without publications is held against the others', async () => {
    const one = /<w:sdt>.*?<\/w:sdt>/s.exec(documentOf(partsOf(old)))![0];
    const later = one.replace('fig.2023-1.', 'fig.2099-1.');
    const cited = writeDocx(changed(partsOf(old), (xml) => xml.replace(one, () => `${one}${later}`)));
    const page = await pageOf(await send(given.office, `${report}/check`, cited));
    expect(rowsOf(within(page).getByRole('table', { name: '与台账不一致或要看的数' }))).toMatchObject([
      { 结论: '已有更新', 写的: '5' },
      { 怎么办: expect.stringContaining('2099年第 1 次发布不在台账中') },
    ]);
  });

  it('that is too large for a link is chosen again, and comes back as a file', async () => {
    const noise = Buffer.alloc(2_200_000, 0);
    for (let at = 0, seed = 1; at < noise.length; at++) noise[at] = seed = (seed * 48_271) % 2_147_483_647;
    const large = writeDocx(new Map([...partsOf(old), ['word/media/image1.png', new Uint8Array(noise)]]));
    const page = await pageOf(await send(given.office, `${report}/check`, large));
    const { address } = formOf(within(page).getByRole('button', { name: '下载更新后的报告' }));
    const updated = await send(given.office, address, large, '大.DOCX');
    expect(savedAs(updated)).toContain('大（已更新）.docx');
    expect(linesOf(await bytesOf(updated))).toContain('共办案6件。');
  });
});
