import { beforeAll, describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { checkCode } from '../../shared/core/ledger/check-code.ts';
import { isEvent } from '../../shared/core/ledger/event.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const january = '/2023/departments/sfj/2023-01';
const form = {
  number: '测统1表',
  authority: '测试市统计局',
  approval: '测统制〔2023〕1号',
  validUntil: '2026年6月',
};
const store = smallStore(catalogueSchema.parse({ ...smallCatalogue, form }));
const { as } = openPortal(store, { now: '2023-02-20T00:00:00.000Z' });
let clerk: PortalUser;
let office: PortalUser;
/** The accepted versions of January, in their order, then the refused one. */
let sheets: { page: string; code: string; sha256: string }[];

beforeAll(async () => {
  await store.submit({
    period: '2023-01',
    cases: '5',
    uploadedAt: '2023-02-03T01:00:00.000Z',
    remark: '含<b>积案</b>',
  });
  await store.submit({
    period: '2023-01',
    cases: '1234',
    uploadedAt: '2023-02-04T01:00:00.000Z',
    note: '漏报',
  });
  await store.submit({ period: '2023-01', cases: '-1', uploadedAt: '2023-02-05T01:00:00.000Z' });
  clerk = await as('department:sfj');
  office = await as('legal-office');
  sheets = store.events.get('2023/sfj')!.flatMap((event) => {
    if (!isEvent(event, 'return-accepted')) return [];
    const { upload } = event.happening;
    return [
      { page: `${january}/uploads/${uploadId(upload)}`, code: checkCode(event), sha256: upload.sha256 },
    ];
  });
});

const textOf = (page: string) => page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the sheet that is signed and stamped', () => {
  it('says the version as it was accepted, and by what it is found again', async () => {
    const [first, second] = sheets;
    const sheet = textOf(await clerk.read(`${second!.page}/sign-off`));
    for (const said of [
      ...[
        '测试市2023年指标月报表（审签表）',
        '表号：测统1表',
        '制定机关：测试市统计局',
        '批准文号：测统制〔2023〕1号',
      ],
      ...[
        '有效期至：2026年6月',
        '市司法局',
        '2023年1月',
        '第2版（计入汇总）',
        '1 案件 件 1234',
        '更正说明 漏报',
      ],
      ...['单位负责人', '审核人 李四', '填报人 张三', '日期', '（单位盖章）', second!.code, second!.sha256],
    ]) {
      expect(sheet).toContain(said);
    }
    const before = await clerk.read(`${first!.page}/sign-off`);
    expect(textOf(before)).toContain('第1版（已由第2版代替）');
    expect(before).toContain('含&lt;b&gt;积案&lt;/b&gt;');
  });

  it('is led to from the return and from the upload', async () => {
    expect(await clerk.read(january)).toContain(`${sheets[1]!.page}/sign-off`);
    const result = await clerk.read(sheets[0]!.page);
    expect(result).toContain(`${sheets[0]!.page}/sign-off`);
    expect(result).toContain(sheets[0]!.code);
  });

  it('there is none of a file that was refused', async () => {
    const page = await clerk.read(january);
    const uploads = [...page.matchAll(/uploads\/([0-9a-f]{16})"/g)].map(
      ([, id]) => `${january}/uploads/${id}`,
    );
    const refused = uploads.find((each) => sheets.every(({ page: accepted }) => accepted !== each))!;
    const answer = await clerk.get(`${refused}/sign-off`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('没有被接收');
  });
});

describe('the code on the sheet', () => {
  it('leads whoever reads everything to the version, however it is typed', async () => {
    for (const { code, page } of sheets) {
      for (const typed of [code, code.toLowerCase().replaceAll('-', ' ')]) {
        const answer = await office.get(`/2023/check-code?${new URLSearchParams({ code: typed })}`);
        expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
      }
    }
    expect(await office.read('/2023/records')).toContain('核对校验码');
  });

  it.each([
    ['0000-0000-0000-0000', '没有校验码 0000-0000-0000-0000'],
    ['<b>0000</b>', '校验码应是 16 位数字和字母'],
    ['', '校验码应是 16 位数字和字母'],
  ])('%j leads nowhere', async (code, said) => {
    const answer = await office.get(`/2023/check-code?${new URLSearchParams({ code })}`);
    expect(answer.status).toBe(404);
    const page = await answer.text();
    expect(page).toContain(said);
    expect(page).not.toContain('<b>0000');
  });
});
