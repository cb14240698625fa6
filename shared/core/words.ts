import type { Held, ReturnStanding } from './publication/publication.ts';
import type { Gap, Lineage, Total, TotalStatus } from './totals/total.ts';

/** The Chinese words for the model's own terms, the same in workbooks and on pages. */
export const statusWords: Record<TotalStatus, string> = {
  final: '正式',
  provisional: '暂定',
  'per-department': '分部门',
};

export const kindWords: Record<Total['kind'], string> = {
  flow: '流量（当月发生数）',
  stock: '存量（期末数）',
  extreme: '极值',
  list: '清单（不重复的项）',
  ratio: '比率',
};

export const overTimeWords: Record<Total['overTime'], string> = {
  sum: '各月相加',
  last: '取最后一个月',
  max: '取各月最大',
  min: '取各月最小',
  distinct: '各月合并去重后计数',
  recompute: '分子、分母分别汇总后相除',
};

export const overDepartmentsWords: Record<Total['overDepartments'], string> = {
  sum: '各部门相加',
  max: '取各部门最大',
  min: '取各部门最小',
  distinct: '各部门合并去重后计数',
  recompute: '分子、分母分别汇总后相除',
  none: '不合计，各部门分别计',
};

export const roundingWords: Record<Total['rounding'], string> = {
  'half-up': '四舍五入',
  truncate: '截尾',
};

export const gapWords: Record<Gap['because'], string> = {
  'not-reported': '未报',
  refused: '退回，未重报',
  held: '已报，暂存未计入',
};

export const heldWords: Record<Held['because'], string> = {
  'after-cut-off': '在最迟报送日之后上传，等待法制机构同意',
  'changes-published-figures': '改动了已发布的数而没有说明理由，等待部门说明',
};

export const observationWords: Record<Lineage['status'], string> = {
  reported: '已填报',
  'not-applicable': '不适用',
  missing: '空白',
};

export type StandingWord = 'counting' | 'late' | Exclude<ReturnStanding['standing'], 'counting'>;

/** A mark and a word each, so that they read in black and white; the marks are in every Chinese font. */
export const standingWords: Record<StandingWord, string> = {
  counting: '● 已报',
  late: '◎ 迟报',
  held: '△ 暂存',
  refused: '× 退回',
  'not-reported': '○ 未报',
};

export const standingMeanings: Record<StandingWord, string> = {
  counting: '已计入',
  late: '超过时限报送，已计入',
  held: '已收到，暂不计入',
  refused: '有错误，退回后还没有重报',
  'not-reported': '没有收到',
};
