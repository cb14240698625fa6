import { z } from 'zod';
import { type Decimal, largest, smallest, sum } from '../values/decimal.ts';
import { nameKey } from '../values/text.ts';

/** Figures that have come, of several periods or departments; the items are those of a list. */
export interface Reported {
  value: Decimal;
  items?: readonly string[] | undefined;
}

/** How several figures make one; none where there are none. */
const operators = {
  sum: (reported) => sum(reported.map(({ value }) => value)),
  // Of figures that are to date, what has been made of them is each period's own.
  cumulative: (reported) => sum(reported.map(({ value }) => value)),
  last: (reported) => reported.at(-1)?.value,
  max: (reported) => largest(reported.map(({ value }) => value)),
  min: (reported) => smallest(reported.map(({ value }) => value)),
  distinct: (reported): Decimal => `${distinctItems(reported).length}`,
} satisfies Record<string, (reported: readonly Reported[]) => Decimal | undefined>;
export type Operator = keyof typeof operators;

/** What an operator makes of figures, in order of period; null if there are none. */
export function combined(operator: Operator, reported: readonly Reported[]): Decimal | null {
  return reported.length === 0 ? null : (operators[operator](reported) ?? null);
}

/** Whether the figures of a kind are computed from other indicators, rather than reported. */
export function isComputed(kind: Kind): boolean {
  return kinds[kind].cell === 'none' || kinds[kind].cell === 'locked';
}

/** The different items of lists, by `nameKey`, each as it was first written, in order of appearance. */
export function distinctItems(reported: readonly Reported[]): string[] {
  const byKey = new Map<string, string>();
  for (const item of reported.flatMap(({ items = [] }) => items)) {
    const key = nameKey(item);
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return [...byKey.values()];
}

/**
 * Of an indicator's two operators, the one over periods and the one over departments. `none` keeps each department's
 * own figure and gives the city none, for counts of taking part, which would count a joint action several times;
 * `recompute` divides totals anew, `add-up` adds up the totals of a sum's parts.
 */
export const overTimeSchema = z.enum([
  'sum',
  'cumulative',
  'last',
  'max',
  'min',
  'distinct',
  'recompute',
  'add-up',
]);
export type OverTime = z.infer<typeof overTimeSchema>;
export const overDepartmentsSchema = z.enum(['sum', 'max', 'min', 'distinct', 'recompute', 'add-up', 'none']);
export type OverDepartments = z.infer<typeof overDepartmentsSchema>;

export const overTimeWords: Record<OverTime, string> = {
  sum: '各期相加',
  cumulative: '填本年累计数，取最后一期',
  last: '取最后一期',
  max: '取各期最大',
  min: '取各期最小',
  distinct: '各期合并去重后计数',
  recompute: '分子、分母分别汇总后相除',
  'add-up': '各组成项分别汇总后相加减',
};

export const overDepartmentsWords: Record<OverDepartments, string> = {
  sum: '各部门相加',
  max: '取各部门最大',
  min: '取各部门最小',
  distinct: '各部门合并去重后计数',
  recompute: '分子、分母分别汇总后相除',
  'add-up': '各组成项分别汇总后相加减',
  none: '不合计，各部门分别计',
};

/** All that the program knows of a kind of indicator, but how it is verified: verifiers keep arithmetic of their own. */
interface KindDefinition {
  /** As people read it. */
  words: string;
  /**
   * What stands for it on a form: a number, a number beside a list of items, a number that the form itself computes, or
   * nothing.
   */
  cell: 'number' | 'list' | 'locked' | 'none';
  overTime: readonly OverTime[];
  overDepartments: readonly OverDepartments[];
  /** Of which periods the annual figure is made: of all, or of each department's last. */
  taken: 'every-period' | 'last-period';
  /** Whether it may be divided, or divided by, in a ratio. */
  mayBeDivided: boolean;
  /** Over what a rule may use it. */
  rulesOver: readonly ('period' | 'year-to-date' | 'all-departments')[];
  /** Whether a period beside the department's other ones tells a slip. */
  isComparedWithPast: boolean;
  /** What it says where nothing happened: nothing, what it said before, or what nobody knows; or it is computed. */
  ofNothing: 'zero' | 'as-before' | 'unknown' | 'computed';
}

export const kinds = {
  flow: {
    words: '流量（当期发生数）',
    cell: 'number',
    overTime: ['sum', 'cumulative'],
    overDepartments: ['sum', 'none'],
    taken: 'every-period',
    mayBeDivided: true,
    rulesOver: ['period', 'year-to-date', 'all-departments'],
    isComparedWithPast: true,
    ofNothing: 'zero',
  },
  stock: {
    words: '存量（期末数）',
    cell: 'number',
    overTime: ['last'],
    overDepartments: ['sum', 'max', 'min', 'none'],
    taken: 'last-period',
    mayBeDivided: true,
    rulesOver: ['period', 'year-to-date', 'all-departments'],
    isComparedWithPast: true,
    ofNothing: 'as-before',
  },
  extreme: {
    words: '极值',
    cell: 'number',
    overTime: ['max', 'min'],
    overDepartments: ['max', 'min', 'none'],
    taken: 'every-period',
    mayBeDivided: false,
    rulesOver: ['period'],
    isComparedWithPast: true,
    ofNothing: 'unknown',
  },
  list: {
    words: '清单（不重复的项）',
    cell: 'list',
    overTime: ['distinct'],
    overDepartments: ['distinct', 'none'],
    taken: 'every-period',
    mayBeDivided: false,
    rulesOver: ['period', 'year-to-date', 'all-departments'],
    isComparedWithPast: false,
    ofNothing: 'zero',
  },
  sum: {
    words: '合计（由其他指标相加减）',
    cell: 'locked',
    overTime: ['add-up'],
    overDepartments: ['add-up'],
    taken: 'every-period',
    mayBeDivided: true,
    rulesOver: ['period', 'year-to-date', 'all-departments'],
    isComparedWithPast: false,
    ofNothing: 'computed',
  },
  ratio: {
    words: '比率',
    cell: 'none',
    overTime: ['recompute'],
    overDepartments: ['recompute'],
    taken: 'every-period',
    mayBeDivided: false,
    rulesOver: [],
    isComparedWithPast: false,
    ofNothing: 'computed',
  },
} as const satisfies Record<string, KindDefinition>;

export type Kind = keyof typeof kinds;
export const kindSchema = z.enum(Object.keys(kinds) as [Kind, ...Kind[]]);
