import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { type Instant, type Period, periodOf } from '../../shared/core/catalogue/period.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { type InMemoryPorts, inMemoryPorts } from '../fixtures/in-memory-ports.ts';

/** What 黄石市 printed of people's mediation in August 2016: breakdown, item, number, share. */
const printed = readFileSync(new URL('../fixtures/huangshi-2016-08-mediation.csv', import.meta.url), 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.split(','))
  .map(([breakdown = '', item = '', number = '', share = '']) => ({ breakdown, item, number, share }));

const parts = printed.flatMap(({ breakdown, item }, index) =>
  breakdown === '' ? [] : [{ breakdown, item, id: `p${index}` }],
);
const ofBreakdown = (breakdown: string) => parts.filter((part) => part.breakdown === breakdown);
const about = { reporters: 'all', unit: '件', definition: '当月受理的纠纷。' };
const flow = { ...about, kind: 'flow', overTime: 'sum', overDepartments: 'sum' };
const share = {
  ...{ unit: '%', definition: '占受理纠纷的比重。', kind: 'ratio', decimals: 1 },
  ...{ overTime: 'recompute', overDepartments: 'recompute', denominator: 'all' },
};

/** Only counts are typed: totals, shares and comparisons are computed. */
function catalogueOf(year: number): Catalogue {
  return catalogueSchema.parse({
    format: 'indicators-catalogue/1',
    year,
    title: `黄石市${year}年人民调解目录`,
    authority: '黄石市',
    departments: [{ id: 'sfj', name: '市司法局' }],
    indicators: [
      ...parts.map(({ id, item }) => ({ ...flow, id, name: item })),
      {
        ...{
          unit: '件',
          definition: '各类别之和。',
          kind: 'sum',
          overTime: 'add-up',
          overDepartments: 'add-up',
        },
        ...{ id: 'all', name: '受理纠纷', parts: ofBreakdown('类别').map(({ id }) => ({ indicator: id })) },
      },
      { ...flow, id: 'solved', name: '调解成功' },
      { ...flow, id: 'money', name: '协议涉及金额', unit: '万元', decimals: 2 },
      ...parts.map(({ id, item }) => ({ ...share, id: `share-${id}`, name: `${item}占比`, numerator: id })),
      { ...share, id: 'share-solved', name: '调解成功率', numerator: 'solved' },
    ],
    rules: [
      {
        ...{ id: 'channels', over: 'period', message: '各来源之和应等于受理纠纷。' },
        expression: `${ofBreakdown('来源')
          .map(({ id }) => id)
          .join(' + ')} = all`,
      },
    ],
    periods: [7, 8].map((month) => {
      const due = `${year}-0${month + 1}-10`;
      return { period: periodOf(year, month), due, cutOff: due };
    }),
  });
}

/** The counts that were printed, so many more or fewer of them in the first type and channel. */
function counts(more: number): Map<string, string> {
  const [type, channel] = [ofBreakdown('类别')[0]?.id, ofBreakdown('来源')[0]?.id];
  const number = (item: string) => printed.find((row) => row.item === item)?.number ?? '';
  return new Map([
    ...parts.map(({ id, item }): [string, string] => {
      const isMore = id === type || id === channel;
      return [id, isMore ? String(Number(number(item)) + more) : number(item)];
    }),
    ['solved', number('调解成功')],
    ['money', String(Number(number('协议涉及金额（万元）')))],
  ]);
}

async function send(ports: InMemoryPorts, period: Period, typed: ReadonlyMap<string, string>) {
  const key = { department: 'sfj', period };
  const figures = new Map(
    [...typed].map(([id, text]) => [id, { content: { kind: 'number', text } as const }]),
  );
  const bytes = await writeForm(formLayout(catalogueOf(Number(period.slice(0, 4))), key), { figures });
  const uploadedAt = `${period}-28T01:00:00.000Z` as Instant;
  const handed = { address: key, fileName: '月报.xlsx', bytes, uploadedAt, uploader: '张三' };
  const upload = await keepUpload(handed, ports.documents);
  const { feedback } = await ingest({ upload, bytes, recordedAt: uploadedAt, recordedBy: '张三' }, ports);
  return feedback.findings.filter(({ severity }) => severity === 'error');
}

const byOffice = { publishedBy: '法制科', software: 'test' } as const;

/** 2015 with a July and an August, then 2016 up to August. */
async function twoYears() {
  const ports = inMemoryPorts();
  await adoptIn(ports, catalogueOf(2015));
  expect(await send(ports, '2015-07', counts(100))).toEqual([]);
  expect(await send(ports, '2015-08', counts(159))).toEqual([]);
  await publish({ year: 2015, publishedAt: '2015-12-31T01:00:00.000Z', ...byOffice }, ports);
  await adoptIn(ports, catalogueOf(2016));
  expect(await send(ports, '2016-07', counts(-29))).toEqual([]);
  expect(await send(ports, '2016-08', counts(0))).toEqual([]);
  return publish({ year: 2016, publishedAt: '2016-09-15T01:00:00.000Z', ...byOffice }, ports);
}

describe('a month of mediation, of which only counts were typed', () => {
  it('has the totals, shares and comparisons that were printed', async () => {
    const { publication } = await twoYears();
    const august = (id: string) =>
      publication.comparisons.find(({ indicator, period }) => indicator === id && period === '2016-08');
    const idOf = ({ breakdown, item }: (typeof printed)[number]) =>
      parts.find((part) => part.breakdown === breakdown && part.item === item)?.id ?? '';
    expect(august('all')).toMatchObject({
      value: '869',
      lastYear: { value: '1028', change: '-159', rate: '-15.5' },
      before: { value: '840', change: '29', rate: '3.5' },
    });
    for (const row of printed.filter(({ breakdown }) => breakdown !== '')) {
      expect([row.item, august(idOf(row))?.value]).toEqual([row.item, row.number]);
      expect([row.item, Number(august(`share-${idOf(row)}`)?.value)]).toEqual([row.item, Number(row.share)]);
    }
    expect(august('share-solved')?.value).toBe('96.9');
    expect(august('money')?.value).toBe('2873.8');
  });

  it('is refused where the channels do not come to what the types do', async () => {
    const ports = inMemoryPorts();
    await adoptIn(ports, catalogueOf(2016));
    const channel = ofBreakdown('来源')[1]?.id ?? '';
    const [error] = await send(ports, '2016-08', counts(0).set(channel, '379'));
    expect(error).toMatchObject({ rule: 'rule-channels', found: '左边 870，右边 869' });
    expect(error?.breakdown?.at(-1)).toBe('相差 1');
  });
});
