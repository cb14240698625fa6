import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCatalogueFile } from '../../functions/use-cases/catalogue-file.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { sampleDatedTo } from '../../shared/catalogue/sample.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Instant, Period } from '../../shared/core/catalogue/period.ts';
import { writeCatalogueWorkbook } from '../../shared/workbook/catalogue/catalogue-writer.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { run } from '../fixtures/command-line.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { pythonWithOpenpyxl } from '../fixtures/programs.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { catalogueOf, indicator } from '../unit/core/small-year.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

/** What 清远市 printed of 2024: the table, the item, the number. */
const printed = readFileSync(fixture('qingyuan-2024-enforcement.csv'), 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.split(',') as [table: string, item: string, number: string]);

const byOffice = {
  publishedAt: '2025-02-01T00:00:00.000Z',
  publishedBy: '法制科',
  software: 'test',
} as const;

const money = '罚没金额（万元）';
const total = '合计';
const penalties = printed.filter(([table, item]) => table === '行政处罚' && ![total, money].includes(item));

/** Each row as somebody types it: codes are left to the program, most columns blank. */
const indicatorRows = printed.map(([table, item]) => ({
  名称: item === money ? '罚没金额' : item === total ? '行政处罚合计' : item,
  章节: table,
  口径: `${table}：${item}`,
  性质: '流量（当期发生数）',
  报送部门: '全部',
  ...(item === money
    ? { 单位: '元', 小数位: 2, 可用单位: '万元=10000', 发布单位: '万元', 发布换算: 0.0001, 发布小数位: 2 }
    : { 单位: '宗' }),
}));

const typed = {
  说明: { 标题: '清远市2024年行政执法数据目录', 机关: '清远市', 样例说明: null },
  部门: [{ 名称: '市公安局' }, { 名称: '市市场监管局' }],
  指标: indicatorRows,
  规则: [
    {
      范围: '当月',
      规则: `${penalties.map(([, item]) => `【${item}】`).join(' ＋ ')} ＝ 【行政处罚合计】`,
      说明文字: '行政处罚各项之和应等于合计。',
    },
  ],
  报送期: [1, 2].map((month) => ({
    报告期: `2024-0${month}`,
    截止日: `2024-0${month + 1}-10`,
    最迟日: '2025-01-31',
  })),
};

/** What each of the two departments types in each of the two months; together it is what was printed. */
function shareOf([, item, number]: (typeof printed)[number], part: number): number | string {
  if (item === money) return ['1000.5万元', 7_532_000, '900元', 0][part] ?? 0;
  if (item === total) return penalties.reduce((sum, row) => sum + Number(shareOf(row, part)), 0);
  const quarter = Math.floor(Number(number) / 4);
  return part === 0 ? Number(number) - 3 * quarter : quarter;
}

async function python(script: string, ...given: string[]): Promise<void> {
  const { code, errors } = await run(pythonWithOpenpyxl ?? 'python3', [fixture(script), ...given]);
  expect([code, errors]).toEqual([0, '']);
}

describe.skipIf(pythonWithOpenpyxl === undefined)('a catalogue of an office’s own', () => {
  it('typed over the sample’s workbook, publishes the figures that were printed, from amounts in 元 and 万元', async () => {
    const folder = await temporaryFolder();
    const catalogue = await typedCatalogue(folder);
    const ports = inMemoryPorts();
    await adoptIn(ports, catalogue);
    let part = 0;
    for (const { id: department } of catalogue.departments) {
      for (const { period } of catalogue.periods) {
        const figures = printed.map((row, index) => [indicatorRows[index]?.名称, shareOf(row, part)]);
        await send(ports, { catalogue, folder, department, period, figures: Object.fromEntries(figures) });
        part += 1;
      }
    }
    const { publication } = await publish({ year: 2024, ...byOffice }, ports);
    expect(publication.status).toBe('final');
    expect(publication.totals.map(({ value }) => value)).toEqual(printed.map(([, , number]) => number));
    expect(publication.totals.find(({ name }) => name === '罚没金额')).toMatchObject({
      value: '1753.79',
      unit: '万元',
    });
  });

  it.each([
    ['95', { value: 0.95, format: '0%' }, 'a percentage is what Excel shows'],
    ['95', { value: 95, format: 'General' }, 'a number alone is of the unit'],
    ['95', '95%', 'a percentage that is typed as text'],
  ])('of a percentage is %s for %j: %s', async (value, rate, _) => {
    const folder = await temporaryFolder();
    const catalogue = catalogueOf({ indicators: [indicator('x', 'flow', { name: '办结率', unit: '%' })] });
    const ports = inMemoryPorts();
    await adoptIn(ports, catalogue);
    const key = { department: 'jia', period: '2023-01' as Period };
    await send(ports, { catalogue, folder, ...key, figures: { 办结率: rate } });
    const { publication } = await publish({ year: 2023, ...byOffice }, ports);
    expect(publication.totals).toMatchObject([{ value, unit: '%' }]);
  });
});

async function typedCatalogue(folder: string): Promise<Catalogue> {
  const sample = sampleDatedTo(2024);
  if (sample.kind !== 'catalogue') throw new Error('the sample cannot be dated to 2024');
  const [source, target] = [join(folder, 'sample.xlsx'), join(folder, '清远市.xlsx')];
  await writeFile(source, await writeCatalogueWorkbook(sample.catalogue));
  await python('write_catalogue_with_openpyxl.py', source, target, JSON.stringify(typed));
  const reading = await readCatalogueFile(new Uint8Array(await readFile(target)));
  if (reading.kind !== 'catalogue')
    throw new Error(reading.findings.map(({ where, message }) => `${where} ${message}`).join('\n'));
  return reading.catalogue;
}

interface Sent {
  catalogue: Catalogue;
  folder: string;
  department: string;
  period: Period;
  figures: Record<string, number | string | { value: number; format: string }>;
}

async function send(
  ports: ReturnType<typeof inMemoryPorts>,
  { catalogue, folder, department, period, figures }: Sent,
): Promise<void> {
  const key = { department, period };
  const [form, filled] = ['form', 'filled'].map((name) =>
    join(folder, `${name}-${department}-${period}.xlsx`),
  ) as [string, string];
  await writeFile(form, await writeForm(formLayout(catalogue, key)));
  await python('fill_with_openpyxl.py', form, filled, JSON.stringify(figures), '{}');
  const bytes = new Uint8Array(await readFile(filled));
  const uploadedAt: Instant = `${period}-28T01:00:00.000Z`;
  const upload = await keepUpload(
    { address: key, fileName: 'a.xlsx', bytes, uploadedAt, uploader: '张三' },
    ports.documents,
  );
  const { feedback } = await ingest({ upload, bytes, recordedAt: uploadedAt, recordedBy: '张三' }, ports);
  expect(feedback.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
}

if (pythonWithOpenpyxl === undefined) console.warn('skipped: no Python with openpyxl is here');
