import type { Workbooks } from '../../functions/use-cases/ingest.ts';
import type { PublishServices } from '../../functions/use-cases/publish/publish.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import type { FormContents } from '../../shared/workbook/form-contents.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import type { WorkbookReading } from '../../shared/workbook/reading/model.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';

const number = { overTime: 'sum', overDepartments: 'sum', reporters: 'all', definition: '数量' };

/** Every kind of indicator, over three months; the third department is merged into the first after two. */
export const city: Catalogue = catalogueSchema.parse({
  format: 'indicators-catalogue/1',
  year: 2023,
  title: '测试市2023年指标目录',
  authority: '测试市',
  departments: [
    { id: 'sfj', name: '市司法局' },
    { id: 'sfj2', name: '市司法局二' },
    { id: 'lyj', name: '市林业局', to: '2023-02', successor: 'sfj' },
  ],
  indicators: [
    { ...number, id: 'cases', name: '案件', unit: '件', kind: 'flow' },
    { ...number, id: 'solved', name: '办结', unit: '件', kind: 'flow' },
    { ...number, id: 'money', name: '金额', unit: '万元', kind: 'flow', decimals: 4, notApplicable: true },
    { ...number, id: 'joint', name: '参与', unit: '次', kind: 'flow', overDepartments: 'none' },
    { ...number, id: 'buses', name: '车辆', unit: '辆', kind: 'stock', overTime: 'last' },
    {
      ...{ ...number, id: 'peak', name: '峰值', unit: '人', kind: 'extreme' },
      ...{ overTime: 'max', overDepartments: 'max', required: false },
    },
    {
      ...{ ...number, id: 'works', name: '作品', unit: '部', kind: 'list' },
      ...{ overTime: 'distinct', overDepartments: 'distinct' },
      list: { itemName: '作品名称', maxItems: 10 },
    },
    {
      ...{ id: 'rate', name: '办结率', definition: '办结占案件', unit: '%', kind: 'ratio', decimals: 2 },
      ...{ overTime: 'recompute', overDepartments: 'recompute', numerator: 'solved', denominator: 'cases' },
    },
  ],
  rules: [{ id: 'solved', over: 'year-to-date', expression: 'solved <= cases', message: '办结不多于案件' }],
  periods: [
    { period: '2023-01', due: '2023-02-10', cutOff: '2023-03-15' },
    { period: '2023-02', due: '2023-03-10', cutOff: '2023-03-31' },
    { period: '2023-03', due: '2023-04-10', cutOff: '2023-04-30' },
  ],
});

/** As little as an upload and a publication need: one department, one month, one figure. */
export const hamlet: Catalogue = catalogueSchema.parse({
  ...city,
  departments: [{ id: 'sfj', name: '市司法局' }],
  indicators: city.indicators.slice(0, 1),
  rules: [],
  periods: city.periods.slice(0, 1),
});

/** What somebody types into a form: a number, names of a list, 不适用, or nothing. */
export type Typed = string | string[] | 'n/a' | null;
export type Figures = Record<string, Typed>;

/** Figures by name; each department and month types others, so that no mix-up goes unseen. */
const sets: Record<string, (own: number) => Figures> = {
  busy: (own) => figures(`${13 + own}`, `${7 + own}`, '1.2345', `${3 + own}`, '5', ['甲', `乙${own}`]),
  quiet: (own) => figures('4', '3', 'n/a', '5', null, ['乙', `丙${own}`]),
  nothing: () => figures('0', '0', '0', '0', '0', []),
  odd: (own) => figures(`${3 + own}`, `${5 + own}`, `${own}.0001`, '8', '12', ['《甲》']),
  hamlet: () => ({ cases: '7' }),
  negative: (own) => figures('-1', '0', '0', `${own}`, '0', []),
};

function figures(cases: string, solved: string, money: string, buses: string, peak: Typed, works: string[]) {
  return { cases, solved, money, joint: '1', buses, peak, works };
}

/** The names of the sets that the city accepts. */
export const goodSets = ['busy', 'quiet', 'nothing', 'odd'] as const;

/** Which workbook of the pool. `garbage` is no workbook at all. */
export interface Which {
  set: string;
  department: string;
  period: string;
  note: string;
}

/** What is typed in a workbook of the pool; undefined where it must be refused. */
export function typedIn({ set, department, period }: Which): Figures | undefined {
  return set === 'garbage' || set === 'negative' ? undefined : allTyped(set, department, period);
}

function allTyped(set: string, department: string, period: string): Figures {
  const own = 10 * city.departments.findIndex(({ id }) => id === department) + Number(period.slice(5));
  return sets[set]!(own);
}

interface Pool {
  pool: Map<string, Uint8Array>;
  readings: Map<string, WorkbookReading>;
}

/** Kept where it outlives the modules, which the tests of planted faults load anew. */
const kept = globalThis as { indicatorsPool?: Pool };
kept.indicatorsPool ??= { pool: new Map(), readings: new Map() };
const { pool, readings } = kept.indicatorsPool;
const garbage = new TextEncoder().encode('this is no workbook');
const poolKey = (which: Which) => [which.set, which.department, which.period, which.note].join(' ');

/** A workbook of the pool, which must have been prepared. */
export function workbookOf(which: Which): Uint8Array {
  if (which.set === 'garbage') return garbage;
  const bytes = pool.get(poolKey(which));
  if (bytes === undefined) throw new Error(`not in the pool: ${poolKey(which)}`);
  return bytes;
}

/** Writes and reads every workbook once, so that no simulation waits for one. */
export async function preparePool(): Promise<void> {
  if (pool.size > 0) return;
  await remember(garbage);
  await prepare({ set: 'hamlet', department: 'sfj', period: '2023-01', note: '' }, hamlet);
  for (const { period } of city.periods) {
    for (const { id: department, to } of city.departments) {
      if (to !== undefined && period > to) continue;
      for (const set of [...goodSets, 'negative']) {
        for (const note of ['', '更正']) await prepare({ set, department, period, note }, city);
      }
    }
  }
}

async function prepare(which: Which & ReturnKey, catalogue: Catalogue): Promise<void> {
  const bytes = await writeForm(formLayout(catalogue, which), contentsOf(which));
  pool.set(poolKey(which), bytes);
  await remember(bytes);
}

async function remember(bytes: Uint8Array): Promise<void> {
  readings.set(sha256(bytes), await readWorkbook(bytes));
}

function contentsOf({ set, department, period, note }: Which): FormContents {
  const typed = Object.entries(allTyped(set, department, period));
  const content = (text: string) =>
    text === 'n/a' ? ({ kind: 'text', text: '不适用' } as const) : ({ kind: 'number', text } as const);
  const entries = typed.flatMap(([id, value]): [string, { content: ReturnType<typeof content> }][] =>
    value === null ? [] : [[id, { content: content(Array.isArray(value) ? `${value.length}` : value) }]],
  );
  const { works = [] } = allTyped(set, department, period);
  const items = Array.isArray(works) ? works : [];
  return {
    figures: new Map(entries),
    lists: new Map([['works', items.map((text) => ({ content: { kind: 'text', text } as const }))]]),
    signature: { preparer: '张三', reviewer: '李四', telephone: '1', correctionNote: note },
  };
}

const anyFile = new TextEncoder().encode('a workbook would be here');

/** Reads from the pool, and writes no real feedback workbooks: those have tests of their own. */
export const quickWorkbooks: Workbooks = {
  read: async (bytes) => readings.get(sha256(bytes)) ?? readWorkbook(bytes),
  write: async () => anyFile,
};

export const quickSummaryWorkbook: NonNullable<PublishServices['writeWorkbook']> = async () => anyFile;
