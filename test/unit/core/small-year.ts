import { adoptedAlone } from '../../../shared/core/catalogue/adoption.ts';
import { type Catalogue, catalogueHash } from '../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../shared/core/catalogue/checks.ts';
import {
  indicatorSchema,
  isReported,
  type ReportedIndicator,
} from '../../../shared/core/catalogue/indicator.ts';
import type { Kind } from '../../../shared/core/catalogue/kinds.ts';
import {
  type Instant,
  instantSchema,
  periodOf,
  periodSchema,
} from '../../../shared/core/catalogue/period.ts';
import {
  type Chain,
  chainOf,
  type LedgerEvent,
  nextEvent,
  type Payload,
} from '../../../shared/core/ledger/event.ts';
import type { ReadUpload } from '../../../shared/core/ledger/upload.ts';
import { type Observation, unsigned } from '../../../shared/core/returns/observation.ts';
import { decimalSchema } from '../../../shared/core/values/decimal.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { foldYear, type YearState } from '../../../shared/core/year/year-state.ts';

const operators: Record<Kind, { overTime: string; overDepartments: string }> = {
  flow: { overTime: 'sum', overDepartments: 'sum' },
  stock: { overTime: 'last', overDepartments: 'sum' },
  extreme: { overTime: 'max', overDepartments: 'max' },
  list: { overTime: 'distinct', overDepartments: 'distinct' },
  sum: { overTime: 'add-up', overDepartments: 'add-up' },
  ratio: { overTime: 'recompute', overDepartments: 'recompute' },
};

/** An indicator as a catalogue file has it, reported by everybody unless said otherwise. */
export function indicator(id: string, kind: Kind = 'flow', more: Record<string, unknown> = {}) {
  return {
    id,
    name: `指标${id}`,
    unit: kind === 'ratio' ? '%' : '件',
    definition: '口径。',
    kind,
    ...operators[kind],
    ...(kind === 'ratio' ? { decimals: 2 } : kind === 'sum' ? {} : { reporters: 'all' }),
    ...(kind === 'list' ? { list: { itemName: '名称', maxItems: 5 } } : {}),
    ...more,
  };
}

/** An indicator that departments report, as a catalogue gives it. */
export function reported(
  kind: ReportedIndicator['kind'] = 'flow',
  more: Record<string, unknown> = {},
): ReportedIndicator {
  const parsed = indicatorSchema.parse(indicator('x', kind, more));
  if (!isReported(parsed)) throw new Error(`a ${kind} is not reported`);
  return parsed;
}

/** A narrative as a catalogue file has it, asked of everybody every month unless said otherwise. */
export function narrative(id: string, more: Record<string, unknown> = {}) {
  return { id, name: `说明${id}`, definition: '写明情况。', reporters: 'all', maxLength: 20, ...more };
}

/** A table of two rows and two columns with sums of both, and a balance between its rows. */
export function smallTable(more: object = {}) {
  const line = { table: 'grid' };
  return {
    tables: [
      { id: 'grid', name: '表', unit: '件', definition: '口径。', kind: 'flow', reporters: 'all', ...more },
    ],
    lines: [
      { ...line, axis: 'row', id: 'ra', name: '收到' },
      { ...line, axis: 'row', id: 'rb', name: '办结' },
      { ...line, axis: 'row', id: 'rc', name: '未办结', sum: 'ra - rb' },
      { ...line, axis: 'column', id: 'ca', name: '个人' },
      { ...line, axis: 'column', id: 'cb', name: '单位' },
      { ...line, axis: 'column', id: 'cc', name: '合计', sum: 'ca + cb' },
      { ...line, axis: 'balance', id: 'most', name: '办结不大于收到。', rule: 'rb <= ra' },
    ],
  };
}

interface CatalogueParts {
  indicators: object[];
  tables?: object[];
  lines?: object[];
  narratives?: object[];
  sections?: object[];
  departments?: object[];
  rules?: object[];
  months?: number[];
}

/** A catalogue file of 2023: each month is due on the 10th of the next and cut off on the 20th. */
export function catalogueFile({
  indicators,
  departments,
  rules = [],
  months = [1, 2, 3],
  ...more
}: CatalogueParts) {
  return {
    format: 'indicators-catalogue/1',
    year: 2023,
    title: '测试目录',
    authority: '测试市',
    departments: departments ?? [
      { id: 'jia', name: '甲局' },
      { id: 'yi', name: '乙局' },
    ],
    indicators,
    ...more,
    rules,
    periods: months.map((month) => {
      const next = month === 12 ? '2024-01' : periodOf(2023, month + 1);
      return { period: periodOf(2023, month), due: `${next}-10`, cutOff: `${next}-20` };
    }),
  };
}

export function catalogueOf(parts: CatalogueParts): Catalogue {
  return catalogueSchema.parse(catalogueFile(parts));
}

export const inTime = (period: string): Instant => `${period}-25T02:00:00.000Z`;

export function uploadOf(name: string, uploadedAt: string, version: string | null = 'v1'): ReadUpload {
  return {
    key: `uploads/${name}.xlsx`,
    version,
    fileName: `${name}.xlsx`,
    sha256: sha256(name),
    size: 10,
    uploadedAt: instantSchema.parse(uploadedAt),
    claimedAt: null,
    uploader: '经办人',
  };
}

/** A number, 不适用, null for a blank, or the items of a list. */
export type Said = string | null | string[];

export function observationsOf(said: Record<string, Said>): Observation[] {
  return Object.entries(said).map(([id, value], index): Observation => {
    const about = { indicator: id, place: { sheet: '月报', cell: `E${6 + index}` } };
    if (value === null) return { ...about, status: 'missing' };
    if (value === '不适用') return { ...about, status: 'not-applicable' };
    if (typeof value === 'string') return { ...about, status: 'reported', value: decimalSchema.parse(value) };
    return { ...about, status: 'reported', value: `${value.length}`, items: value };
  });
}

export function accepted(
  department: string,
  period: string,
  said: Record<string, Said>,
  {
    at = inTime(period),
    name,
    note = '',
    unit = '件',
  }: { at?: string; name?: string; note?: string; unit?: string } = {},
): Extract<Payload, { kind: 'return-accepted' }> {
  return {
    kind: 'return-accepted',
    department,
    period: periodSchema.parse(period),
    upload: uploadOf(name ?? `${department}-${period}-${at}`, at),
    observations: observationsOf(said),
    measures: [{ kind: 'flow', unit, indicators: Object.keys(said) }],
    signature: { ...unsigned, preparer: '张三', reviewer: '李四', correctionNote: note },
    findings: [],
  };
}

export function refused(
  department: string | null,
  period: string | null,
  { at = '2023-01-25T02:00:00.000Z', name }: { at?: string; name?: string } = {},
): Extract<Payload, { kind: 'return-refused' }> {
  const finding = { rule: 'figure-blank', severity: 'error' as const, message: '本指标必须填写。' };
  return {
    kind: 'return-refused',
    department,
    period: period === null ? null : periodSchema.parse(period),
    upload: uploadOf(name ?? `${department}-${period}-${at}`, at),
    findings: [finding],
  };
}

function ownerOf(happening: Payload): string {
  switch (happening.kind) {
    case 'return-accepted':
    case 'return-refused':
    case 'correction-explained':
      return happening.department ?? 'unaddressed';
    default:
      return 'office';
  }
}

export const recordedAt: Instant = '2024-06-01T00:00:00.000Z';

/** The adoption of a first catalogue. */
export function adoption(catalogue: Catalogue): Payload {
  const hash = catalogueHash(catalogue);
  return { kind: 'catalogue-adopted', catalogue: hash, replaces: null, conversions: [], reason: '采用' };
}

/** The chains that record these happenings in this order. */
export function recorded(catalogue: Catalogue, happenings: readonly Payload[]): LedgerEvent[] {
  const chains = new Map<Chain, LedgerEvent[]>();
  for (const happening of happenings) {
    const chain = chainOf(catalogue.year, ownerOf(happening));
    const events = chains.get(chain) ?? [];
    const entry = { at: recordedAt, by: '系统', catalogue: catalogueHash(catalogue), happening };
    chains.set(chain, [...events, nextEvent(chain, events, entry)]);
  }
  return [...chains.values()].flat();
}

export function stateOf(catalogue: Catalogue, happenings: readonly Payload[]): YearState {
  return foldYear(adoptedAlone(catalogue), recorded(catalogue, [adoption(catalogue), ...happenings]));
}
