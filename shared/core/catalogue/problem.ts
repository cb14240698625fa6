import { excerpt, isVisible } from '../values/text.ts';
import type { Catalogue } from './catalogue.ts';
import { periodInWords, periodSchema } from './period.ts';
import { formWords } from './signing.ts';

/** What a problem is about: the catalogue as such, or an entry of one of its lists. */
export type CatalogueEntry = 'catalogue' | (typeof lists)[CatalogueList];

/**
 * What is wrong with a catalogue (目录中的问题). `index` is the entry's position in its list, counted from 0; `field`
 * the path of keys below the entry (`unit`, `list.maxItems`, `formerNames.0.to`), absent where the entry as such is
 * meant. `message` says in Chinese which entry, what is wrong, and how to mend it.
 */
export interface CatalogueProblem {
  entry: CatalogueEntry;
  index: number | undefined;
  field?: string;
  message: string;
}

/** A problem before it is said of which entry: what `problemOf` makes one of. */
export interface Fault {
  field?: string;
  text: string;
}

/** The lists of a catalogue, and what their entries are. */
export const lists = {
  sections: 'section',
  departments: 'department',
  indicators: 'indicator',
  tables: 'table',
  lines: 'line',
  narratives: 'narrative',
  rules: 'rule',
  periods: 'period',
} as const;
export type CatalogueList = keyof typeof lists;

export const entryWords: Record<CatalogueEntry, string> = {
  catalogue: '目录',
  section: '章节',
  department: '部门',
  indicator: '指标',
  table: '表格',
  line: '表格行列',
  narrative: '文字说明',
  rule: '规则',
  period: '报送期',
};

/** What people call the fields, by their own key or, where one key has several meanings, by the path of keys. */
const fieldNames: Readonly<Record<string, string>> = {
  format: '格式',
  year: '年份',
  title: '标题',
  authority: '机关',
  notice: '样例说明',
  utcOffset: '时区',
  sections: '章节',
  form: '表的标识',
  'form.number': formWords.number,
  'form.authority': formWords.authority,
  'form.approval': formWords.approval,
  'form.validUntil': formWords.validUntil,
  signing: '签章',
  'signing.scan': '盖章扫描件',
  'signing.agreement': '审核人同意',
  departments: '部门',
  indicators: '指标',
  tables: '表格',
  lines: '表格行列',
  narratives: '文字说明',
  table: '所属表格',
  axis: '行或列',
  sum: '组成项',
  rule: '平衡关系',
  blank: '空白格',
  rules: '规则',
  periods: '报送期',
  id: '代码',
  name: '名称',
  was: '上年代码',
  formerNames: '曾用名',
  from: '起始期',
  to: '结束期',
  group: '分组',
  successor: '并入部门',
  section: '章节',
  unit: '单位',
  definition: '口径',
  kind: '性质',
  overTime: '跨月汇总',
  overDepartments: '跨部门汇总',
  reporters: '报送部门',
  department: '报送部门',
  decimals: '小数位',
  rounding: '舍入',
  required: '必填',
  notApplicable: '可填不适用',
  frequency: '报送频率',
  months: '报送月份',
  range: '最小值、最大值',
  min: '最小值',
  max: '最大值',
  alsoIn: '可用单位',
  'alsoIn.unit': '可用单位',
  'alsoIn.factor': '可用单位的换算',
  output: '发布单位',
  'output.unit': '发布单位',
  'output.factor': '发布换算',
  'output.decimals': '发布小数位',
  list: '清单的设置',
  itemName: '清单项目名',
  maxItems: '最多项数',
  maxLength: '最长字数',
  options: '可选项',
  parts: '组成项',
  sign: '加减',
  numerator: '分子',
  denominator: '分母',
  prose: '报告写法',
  style: '报告写法',
  step: '步长',
  numerals: '数字写法',
  scale: '报告单位',
  over: '范围',
  expression: '规则',
  message: '说明文字',
  period: '报告期',
  starts: '统计起日',
  ends: '统计止日',
  due: '截止日',
  cutOff: '最迟日',
};

/** What people call a field, given by its path; a key that catalogues do not have is quoted as it is. */
export function fieldInWords(field: string): string {
  const keys = field.split('.').filter((key) => !/^[0-9]+$/.test(key));
  return fieldNames[keys.join('.')] ?? fieldNames[keys.at(-1) ?? ''] ?? field;
}

/** How people name an entry: by its name, its period, else by its code or position. */
export function entryInWords(entry: CatalogueEntry, index: number | undefined, value: unknown): string {
  const words = entryWords[entry];
  if (entry === 'catalogue') return words;
  const { id, name, period } = (typeof value === 'object' ? (value ?? {}) : {}) as Record<string, unknown>;
  const read = periodSchema.safeParse(period);
  if (read.success) return `${words} ${periodInWords(read.data)}`;
  const called = [name, id].find((each) => typeof each === 'string' && isVisible(each)) as string | undefined;
  return called === undefined ? `第 ${(index ?? 0) + 1} 个${words}` : `${words}“${excerpt(called)}”`;
}

/** A fault as a problem of an entry, whose value says how people name it. */
export function problemOf(
  entry: CatalogueEntry,
  index: number | undefined,
  value: unknown,
  { field, text }: Fault,
): CatalogueProblem {
  const message = `${entryInWords(entry, index, value)}：${text}`;
  return { entry, index, ...(field === undefined ? {} : { field }), message };
}

/**
 * What could not be read of a catalogue whose other entries are checked all the same: entries that are not sound by
 * themselves, by their ids, so that whatever names them is not said to name nothing.
 */
export interface Unread {
  departments: ReadonlySet<string>;
  indicators: ReadonlySet<string>;
  tables: ReadonlySet<string>;
  year: boolean;
  /** Whether some of the periods could not be read. */
  periods: boolean;
}

export const nothingUnread: Unread = {
  departments: new Set(),
  indicators: new Set(),
  tables: new Set(),
  year: false,
  periods: false,
};

/** A check of one entry among all that could be read of its catalogue. */
export type Check<L extends CatalogueList> = (
  entry: Catalogue[L][number],
  catalogue: Catalogue,
  unread: Unread,
) => Fault[];
