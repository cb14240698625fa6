import type { Workbooks } from '../../functions/use-cases/ingest.ts';
import type { PublishServices } from '../../functions/use-cases/publish/publish.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { periodSchema } from '../../shared/core/catalogue/period.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import type { FormContents } from '../../shared/workbook/form-contents.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import type { WorkbookReading } from '../../shared/workbook/reading/model.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { typedOn } from './adoptions.ts';
import { isOfLength } from './asked.ts';
import { cellsTyped } from './cells.ts';
import { city, cityCatalogues, hamlet } from './city-catalogues.ts';

/** What somebody types into a form: a number, names of a list, 不适用, or nothing. */
export type Typed = string | string[] | 'n/a' | null;
export type Figures = Record<string, Typed>;

/** Figures by name; each department and month types others, so that no mix-up goes unseen. */
const sets: Record<string, (own: number) => Figures> = {
  busy: (own) => figures(`${13 + own}`, `${7 + own}`, '1.2345', `${3 + own}`, '5', ['甲', `乙${own}`]),
  quiet: (own) => ({
    ...figures('4', '3', 'n/a', '5', null, ['乙', `丙${own}`]),
    story: `第${own}处，\n平稳。`,
  }),
  nothing: () => figures('0', '0', '0', '0', '0', []),
  odd: (own) => ({
    ...figures(`${3 + own}`, `${5 + own}`, `${own}.0001`, '8', '12', ['《甲》']),
    story: '=1+1',
  }),
  hamlet: () => ({ cases: '7' }),
  negative: (own) => ({
    ...figures('-1', '0', '0', `${own}`, '0', []),
    ...{ checks: '-1', staff: '-1', budget: '-1' },
  }),
};

function figures(cases: string, solved: string, money: string, buses: string, peak: Typed, works: string[]) {
  const longer = { checks: solved, staff: buses, budget: cases };
  return {
    cases,
    solved,
    heard: cases,
    money,
    joint: '1',
    buses,
    peak,
    works,
    ...longer,
    ...cellsTyped(cases, solved),
  };
}

/** What is written beside figures of a set, by indicator, and at the end of a row of the table. */
const remarks: Record<string, (own: number) => Record<string, string>> = {
  busy: (own) => ({ cases: `第${own}处专项`, 'grid-gr': '=1+1' }),
  odd: (own) => ({ buses: `封存${own}辆`, cases: '并案' }),
  nothing: () => ({ cases: '休庭' }),
};

/** What is written beside figures in a workbook of the pool. */
export function remarksIn({ set, department, period }: Which): Record<string, string> {
  return remarks[set]?.(ownNumber(department, period)) ?? {};
}

/** The names of the sets that the city accepts. */
export const goodSets = ['busy', 'quiet', 'nothing', 'odd'] as const;

/** Which workbook of the pool. `garbage` is no workbook at all. */
export interface Which {
  set: string;
  version: number;
  department: string;
  period: string;
  note: string;
}

/** What is typed in a workbook of the pool; undefined where it must be refused. */
export function typedIn(which: Which): Figures | undefined {
  return which.set === 'garbage' || which.set === 'negative' ? undefined : allTyped(which);
}

function allTyped({ set, version, department, period }: Which): Figures {
  const asked = Object.entries(sets[set]!(ownNumber(department, period))).filter(([id]) =>
    isOfLength(id, period),
  );
  return typedOn(version, Object.fromEntries(asked), department, period);
}

function ownNumber(department: string, period: string): number {
  const number = Number(period.slice(5).replace(/\D/g, ''));
  return 10 * city.departments.findIndex(({ id }) => id === department) + number;
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
const poolKey = ({ set, version, department, period, note }: Which) =>
  [set, version, department, period, note].join(' ');

/** A workbook of the pool, which must have been prepared. */
export function workbookOf(which: Which): Uint8Array {
  if (which.set === 'garbage') return garbage;
  const bytes = pool.get(poolKey(which));
  if (bytes === undefined) throw new Error(`not in the pool: ${poolKey(which)}`);
  return bytes;
}

/** Writes and reads each workbook of these once, so that no simulation waits for one. */
export async function preparePool(wanted: readonly Which[]): Promise<void> {
  await remember(garbage);
  for (const which of wanted) {
    const { set, department, period } = which;
    const isKept = set === 'garbage' || pool.has(poolKey(which));
    const catalogue = set === 'hamlet' ? hamlet : cityCatalogues[which.version]!;
    if (!isKept) await prepare({ ...which, department, period: periodSchema.parse(period) }, catalogue);
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

function contentsOf(which: Which): FormContents {
  const { story, ...all } = allTyped(which);
  const typed = Object.entries(all);
  const content = (text: string) =>
    text === 'n/a' ? ({ kind: 'text', text: '不适用' } as const) : ({ kind: 'number', text } as const);
  const entries = typed.flatMap(([id, value]): [string, { content: ReturnType<typeof content> }][] =>
    value === null ? [] : [[id, { content: content(Array.isArray(value) ? `${value.length}` : value) }]],
  );
  const { works = [] } = all;
  const items = Array.isArray(works) ? works : [];
  return {
    figures: new Map(entries),
    narratives: new Map(
      typeof story === 'string' ? [['story', { content: { kind: 'text', text: story } as const }]] : [],
    ),
    lists: new Map([['works', items.map((text) => ({ content: { kind: 'text', text } as const }))]]),
    remarks: Object.entries(remarksIn(which)).map(([id, text]) => ({
      on: id === 'grid-gr' ? { kind: 'row', table: 'grid', row: 'gr' } : { kind: 'figure', indicator: id },
      entry: { content: { kind: 'text', text } },
    })),
    signature: { preparer: '张三', reviewer: '李四', telephone: '1', correctionNote: which.note },
  };
}

const anyFile = new TextEncoder().encode('a workbook would be here');

/** Reads from the pool, and writes no real feedback workbooks: those have tests of their own. */
export const quickWorkbooks: Workbooks = {
  read: async (bytes) => readings.get(sha256(bytes)) ?? readWorkbook(bytes),
  write: async () => anyFile,
};

export const quickWriters: NonNullable<PublishServices['writers']> = {
  workbook: async () => anyFile,
  report: () => anyFile,
  page: async () => anyFile,
};
