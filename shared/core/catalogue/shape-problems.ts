import type { z } from 'zod';
import { excerpt, isVisible } from '../values/text.ts';
import { kinds } from './kinds.ts';
import { type CatalogueProblem, type Fault, fieldInWords, lists, problemOf } from './problem.ts';
import { whyNoExpression } from './rule-checks.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What zod says of the shape of a file, in Chinese, each with the entry it is about. */
export function shapeProblems(json: unknown, issues: readonly Issue[]): CatalogueProblem[] {
  return issues.flatMap((issue) => innermost(issue, json)).flatMap((issue) => problemsOf(json, issue));
}

/** The issues of the alternative that was meant, where a value may be of one shape or another. */
function innermost(issue: Issue, json: unknown, before: Path = []): Issue[] {
  const path = [...before, ...issue.path];
  const here = { ...issue, path } as Issue;
  if (issue.code !== 'invalid_union') return [here];
  const isOfThisType = (issues: readonly Issue[]) =>
    !issues.some((each) => each.path.length === 0 && /^invalid_(?:type|value)$/.test(each.code));
  const meant = issue.errors.find(isOfThisType);
  return meant === undefined ? [here] : meant.flatMap((each) => innermost(each, json, path));
}

function problemsOf(json: unknown, issue: Issue): CatalogueProblem[] {
  const [list, index, ...below] = issue.path;
  if (typeof index !== 'number') {
    return faultsOf(json, json, issue, issue.path).map((fault) =>
      problemOf('catalogue', undefined, json, fault),
    );
  }
  const entry = lists[list as keyof typeof lists];
  const value = valueAt(json, [list!, index]);
  return faultsOf(json, value, issue, below).map((fault) => problemOf(entry, index, value, fault));
}

function valueAt(json: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null)?.[key], json);
}

/** `entry` is the value that the path below it begins at. */
function faultsOf(json: unknown, entry: unknown, issue: Issue, below: Path): Fault[] {
  const field = below.map(String).join('.');
  const at = field === '' ? {} : { field };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...below, key].map(String).join('.'),
      text: unknownKey(key, entry, below),
    }));
  }
  return [{ ...at, text: textOf(issue, field, valueAt(json, issue.path), entry) }];
}

/** A field that is known may be one that this kind of indicator does not have. */
function unknownKey(key: string, entry: unknown, below: Path): string {
  const words = fieldInWords(key);
  const kind = kindOf(entry);
  if (kind !== undefined && below.length === 0 && words !== key) {
    return `${kind}没有“${words}”这一项；请删去它，或改性质。`;
  }
  return `不认识“${excerpt(key)}”这一项；请删去它，或改正拼写。`;
}

function kindOf(entry: unknown): string | undefined {
  const kind = valueAt(entry, ['kind']);
  return typeof kind === 'string' && Object.hasOwn(kinds, kind)
    ? kinds[kind as keyof typeof kinds].words
    : undefined;
}

function textOf(issue: Issue, field: string, value: unknown, entry: unknown): string {
  const what = field === '' ? '这一条' : `“${fieldInWords(field)}”`;
  if (value === undefined || value === null) return missingText(field, what, entry);
  if (typeof value === 'string' && !isVisible(value)) return `${what}是空的；请填写。`;
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, what, value);
    case 'invalid_format':
      return wrongText(field, what, value);
    case 'too_big':
      return `${what}${tooMuch(issue.origin, value)}，最多 ${issue.maximum}${measures[issue.origin] ?? ''}；请改正。`;
    case 'too_small':
      return `${what}${tooMuch(issue.origin, value)}，至少 ${issue.minimum}${measures[issue.origin] ?? ''}；请改正。`;
    case 'invalid_value':
      return wrongValue(issue.values.map(String), field, what, { value, entry });
    case 'invalid_union':
      return unionText(field, what, value);
    default:
      return issue.code === 'custom' ? issue.message : `${what}的写法不对；请改正。`;
  }
}

function missingText(field: string, what: string, entry: unknown): string {
  const kind = kindOf(entry);
  if (field === 'reporters')
    return '没有部门报送它：没有填写“报送部门”；请填写，全部部门都报送的填“全部”（all）。';
  if (/^(?:list|parts|numerator|denominator)$/.test(field) && kind !== undefined) {
    return `${kind}要填写${what}，这里没有填；请填写。`;
  }
  return `没有填写${what}；请填写。`;
}

const types: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否（true 或 false）',
  array: '列表',
  object: '一组字段',
};

function typeOf(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? '整数' : '有小数的数';
  return types[Array.isArray(value) ? 'array' : typeof value] ?? asWritten(value);
}

/** A value as it stands in the file. An object need not be one that can be made a text of. */
function asWritten(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function wrongType(expected: string, what: string, value: unknown): string {
  return `${what}应是${types[expected] ?? expected}，现在是${typeOf(value)}；请改正。`;
}

const measures: Readonly<Record<string, string>> = { string: ' 个字', array: ' 项' };

function tooMuch(origin: string, value: unknown): string {
  if (origin === 'string') return `有 ${asWritten(value).length} 个字`;
  return origin === 'array' ? `有 ${(value as unknown[]).length} 项` : `是 ${asWritten(value)}`;
}

/** How texts of a certain form are written, by the last key of their path. */
const forms: readonly [keys: RegExp, form: string][] = [
  [
    /^(?:id|successor|department|numerator|denominator|reporters)$/,
    '应是代码，只用小写英文字母、数字和单个的连字符，以字母开头，例如 sfj、mediation-cases',
  ],
  [/^period$/, '应是月、季、半年或年，例如 2024-03、2024-Q1、2024-H1、2024'],
  [/^(?:from|to)$/, '应是年份和月份，例如 2024-03'],
  [/^(?:due|cutOff|starts|ends)$/, '应是日历上有的日子，例如 2024-04-10'],
  [/^(?:min|max|factor|step)$/, '应是普通的数，不带逗号和多余的 0，例如 100、0.0001'],
  [/^utcOffset$/, '应是与世界时的时差，例如 +08:00'],
];

function wrongText(field: string, what: string, value: unknown): string {
  const key = field.split('.').findLast((each) => !/^[0-9]+$/.test(each)) ?? '';
  if (key === 'expression') return whyNoExpression(asWritten(value));
  const form = forms.find(([keys]) => keys.test(key))?.[1] ?? '的写法不对';
  return `${what}“${excerpt(asWritten(value))}”${form}；请改正。`;
}

function wrongValue(
  values: readonly string[],
  field: string,
  what: string,
  { value, entry }: { value: unknown; entry: unknown },
): string {
  const owner = /^over(?:Time|Departments)$/.test(field) ? (kindOf(entry) ?? '') : '';
  return `${owner}${owner === '' ? '' : '的'}${what}只能是 ${values.join(' 或 ')}，现在是“${excerpt(asWritten(value))}”；请改正。`;
}

function unionText(field: string, what: string, value: unknown): string {
  if (field === 'kind') {
    return `${what}只能是 ${Object.keys(kinds).join('、')}，现在是“${excerpt(asWritten(value))}”；请改正。`;
  }
  if (field === 'reporters') return `${what}应是 "all"（全部部门），或部门代码的列表；请改正。`;
  return `${what}的写法不对，应是部门代码，或部门代码与起止期；请改正。`;
}
