import { z } from 'zod';
import { type Catalogue, departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { daySchema, periodInWords, periodSchema } from '../../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import { excerpt } from '../../../shared/core/values/text.ts';
import { revisionInWords, revisionWords } from '../../../shared/core/words.ts';
import { type RecordFilter, revisionStateSchema } from '../../use-cases/records/search-records.ts';

/** A condition of a query; none if it is left out or, as forms send what nobody filled in, empty. */
export function orEmpty<S extends z.ZodType>(condition: S) {
  return z
    .union([z.literal(''), condition])
    .optional()
    .transform((value) => (value === '' ? undefined : (value as z.output<S> | undefined)));
}

/** What may be looked for, as the query of an address. */
export const recordQuery = {
  department: orEmpty(departmentIdSchema),
  indicator: orEmpty(z.string().max(64)),
  period: orEmpty(periodSchema),
  revision: orEmpty(z.union([z.literal('counting'), z.coerce.number().int().min(1).max(99_999)])),
  standing: orEmpty(revisionStateSchema),
  uploader: orEmpty(z.string().max(80)),
  from: orEmpty(daySchema),
  to: orEmpty(daySchema),
};

const typed = z.string().optional();

/** The same as somebody typed it, who is told on the page what is wrong with it. */
export const typedQuery = {
  department: typed,
  indicator: typed,
  period: typed,
  revision: typed,
  standing: typed,
  uploader: typed,
  from: typed,
  to: typed,
};
export type TypedQuery = { [name in keyof typeof typedQuery]?: string | undefined };

const complaints: Record<keyof typeof typedQuery, string> = {
  department: '部门请从列表中选择',
  indicator: '指标请从列表中选择',
  period: '报告期请从列表中选择',
  revision: '版次请从列表中选择',
  standing: '状态请从列表中选择',
  uploader: '上传人不超过80字',
  from: '上传日期（起）请写作 2023-04-03 这样的日期',
  to: '上传日期（止）请写作 2023-04-03 这样的日期',
};

/** What is looked for, or what is wrong with how it was typed. */
export type QueryReading =
  | { kind: 'filter'; filter: RecordFilter }
  | { kind: 'complaint'; complaint: string };

export function readQuery(given: TypedQuery): QueryReading {
  const read = z.object(recordQuery).safeParse(given);
  if (read.success) return { kind: 'filter', filter: read.data };
  const wrong = new Set(read.error.issues.map(({ path }) => complaints[path[0] as keyof typeof complaints]));
  return { kind: 'complaint', complaint: `${[...wrong].join('；')}。` };
}

/** What is looked for in words, a condition each. */
export function conditionsInWords(filter: RecordFilter, catalogue: Catalogue): string[] {
  const { department, indicator, period, revision, standing, uploader, from, to } = filter;
  const days = from === to ? from : `${from ?? '最早'}至${to ?? '最近'}`;
  return [
    department && `部门：${departmentOf(catalogue, department)?.name ?? department}`,
    indicator && `指标：${indicatorOf(catalogue, indicator)?.name ?? indicator}`,
    period && `报告期：${periodInWords(period)}`,
    revision && `版次：${revision === 'counting' ? revisionWords.counting : revisionInWords(revision)}`,
    standing && `状态：${revisionWords[standing]}`,
    uploader && `上传人的姓名中有“${excerpt(uploader)}”`,
    (from ?? to) && `上传日期：${days}`,
  ].filter((condition) => condition !== undefined && condition !== '') as string[];
}
