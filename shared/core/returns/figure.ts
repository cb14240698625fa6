import type { Indicator } from '../catalogue/catalogue.ts';
import {
  compare,
  type Decimal,
  decimalOf,
  decimalOfStoredNumber,
  decimalPlaces,
  multiply,
} from '../values/decimal.ts';
import { excerpt } from '../values/text.ts';
import type { Finding } from './finding.ts';
import type { Content, Entry } from './submission.ts';

/** What an input cell was understood to say, with what there is to tell about it. */
export interface Figure {
  reading:
    | { status: 'reported'; value: Decimal }
    | { status: 'not-applicable' }
    | { status: 'blank' }
    | undefined;
  findings: Finding[];
}

/** A problem with a figure: rule, what was found, what is expected, what to do. */
interface Problem {
  rule: string;
  found: string;
  expected: string;
  message: string;
}

type Understood = { value: Decimal; note?: string } | 'not-applicable' | 'blank' | Problem;

/** Reads one input cell. What is unambiguous is normalised and said so; whatever is not is an error. */
export function readFigure(indicator: Indicator, entry: Entry): Figure {
  const findings: Finding[] = [];
  const say = (severity: Finding['severity'], problem: Problem) =>
    findings.push({ severity, place: entry.place, indicator: indicator.id, ...problem });
  const understood = entry.computed
    ? readComputed(indicator, entry.content)
    : readContent(indicator, entry.content);
  if (understood === 'blank') return { reading: { status: 'blank' }, findings };
  if (understood === 'not-applicable') {
    if (indicator.notApplicable) return { reading: { status: 'not-applicable' }, findings };
    say('error', problems.notApplicable(indicator));
    return { reading: undefined, findings };
  }
  if ('rule' in understood) {
    say('error', understood);
    return { reading: undefined, findings };
  }
  const outOfBounds = boundsProblem(indicator, understood.value, entry.content);
  if (outOfBounds !== undefined) {
    say('error', outOfBounds);
    return { reading: undefined, findings };
  }
  if (understood.note !== undefined) {
    say('info', problems.normalised(indicator, shown(entry.content), understood.value, understood.note));
  }
  return { reading: { status: 'reported', value: understood.value }, findings };
}

function readContent(indicator: Indicator, content: Content): Understood {
  switch (content.kind) {
    case 'blank':
      return 'blank';
    case 'number': {
      const value = decimalOfStoredNumber(content.text);
      return value === undefined ? problems.tooLarge(content.text) : { value };
    }
    case 'text':
      return readText(indicator, content.text);
    case 'date':
      return problems.date(content.iso);
    case 'boolean':
      return problems.notANumber(indicator, content.value ? 'TRUE' : 'FALSE');
    case 'error':
      return problems.errorValue(content.code);
  }
}

function readComputed(indicator: Indicator, content: Content): Understood {
  if (content.kind === 'blank') return problems.formulaWithoutResult();
  if (content.kind !== 'number' && content.kind !== 'error') {
    return problems.formulaNotANumber(indicator, shown(content));
  }
  const understood = readContent(indicator, content);
  return typeof understood === 'object' && 'value' in understood
    ? { value: understood.value, note: '单元格里是公式，系统不重新计算，按文件中保存的计算结果计入' }
    : understood;
}

function readText(indicator: Indicator, text: string): Understood {
  const plain = halfWidth(text).trim();
  if (plain === '') return 'blank';
  if (plain === '不适用') return 'not-applicable';
  const { number, factor } = withoutUnit(indicator, plain);
  const digits = withoutSeparators(number);
  if (/^[+-]?[0-9]+(\.[0-9]+)?$/.test(digits)) {
    const value = decimalOf(digits);
    if (value === undefined) return problems.tooLarge(text);
    return { value: multiply(value, factor), note: '单元格里是文字，已按数字读取' };
  }
  if (/[%‰]$/.test(plain)) return problems.percent(indicator, text);
  if (
    /[0-9一二三四五六七八九十百千万]/.test(plain) &&
    /[约近超余多几]|左右|上下|以上|以内|不足/.test(plain)
  ) {
    return problems.approximate(text);
  }
  if (/^(无|没有|-+|—+|\/|\\|零|〇|n\/a|na|none)$/i.test(plain))
    return problems.wordForNothing(indicator, text);
  return problems.notANumber(indicator, text);
}

/** Full-width digits, letters and punctuation as half-width; nothing else, so that ² or ① never become digits. */
function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\u2000-\u200b\u202f\ufeff]/g, ' ')
    .replace(/\u2212/g, '-');
}

function withoutUnit(indicator: Indicator, text: string): { number: string; factor: Decimal } {
  const units = [{ unit: indicator.unit, factor: '1' }, ...indicator.alsoIn].sort(
    (a, b) => b.unit.length - a.unit.length,
  );
  for (const { unit, factor } of units) {
    const suffix = [unit, `(${unit})`].find((candidate) => text.endsWith(halfWidth(candidate)));
    if (suffix !== undefined) return { number: text.slice(0, -suffix.length).trim(), factor };
  }
  return { number: text, factor: '1' };
}

function withoutSeparators(text: string): string {
  const grouped = /^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$|^[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?$/;
  return grouped.test(text) ? text.replace(/[, ]/g, '') : text;
}

/** With at most 15 digits before the point in a return, a year's totals stay within what a decimal may hold. */
function boundsProblem(indicator: Indicator, value: Decimal, content: Content): Problem | undefined {
  const { min, max } = indicator.range;
  const found = shown(content);
  if (/^-?[0-9]{16}/.test(value)) return problems.tooLarge(found);
  if (compare(value, '0') < 0 && compare(min, '0') >= 0) return problems.negative(found);
  if (compare(value, min) < 0 || (max !== undefined && compare(value, max) > 0)) {
    return problems.outOfRange(found, max === undefined ? `不小于 ${min}` : `${min} 至 ${max}`);
  }
  if (decimalPlaces(value) > indicator.decimals) return problems.tooManyDecimals(indicator, found);
  return undefined;
}

/** A cell's content as it may be quoted. */
export function shown(content: Content): string {
  switch (content.kind) {
    case 'number':
    case 'text':
      return excerpt(content.text);
    case 'date':
      return excerpt(content.iso);
    case 'boolean':
      return content.value ? 'TRUE' : 'FALSE';
    case 'error':
      return excerpt(content.code);
    case 'blank':
      return '';
  }
}

function numberExpected({ decimals, unit }: Indicator): string {
  return decimals === 0 ? `整数（${unit}）` : `数字，最多 ${decimals} 位小数（${unit}）`;
}

/** The finding on an empty cell whose figure is required. */
export function blankFigure(indicator: Indicator, place: Finding['place']): Finding {
  return {
    rule: 'figure-blank',
    severity: 'error',
    ...(place === undefined ? {} : { place }),
    indicator: indicator.id,
    found: '空白',
    expected: indicator.notApplicable ? '数字，或“不适用”' : '数字',
    message: indicator.notApplicable
      ? '本指标必须填写；本月没有发生请填 0，不适用请填“不适用”。'
      : '本指标必须填写；本月没有发生请填 0。',
  };
}

const problems = {
  notApplicable: (indicator: Indicator): Problem => ({
    rule: 'figure-not-applicable',
    found: '不适用',
    expected: numberExpected(indicator),
    message: '本指标不能填“不适用”；如本月没有发生，请填 0。',
  }),
  tooLarge: (found: string): Problem => ({
    rule: 'figure-too-large',
    found: excerpt(found),
    expected: '不超过 15 位的数字',
    message: '数字过大或位数过多，系统不能准确保存；请核对后重新填写。',
  }),
  date: (found: string): Problem => ({
    rule: 'figure-is-a-date',
    found: excerpt(found),
    expected: '数字',
    message: '单元格里是日期，不是数字；请把单元格格式改为“常规”或“数值”，再重新填写数字。',
  }),
  errorValue: (found: string): Problem => ({
    rule: 'figure-is-an-error-value',
    found: excerpt(found),
    expected: '数字',
    message: '单元格里是公式出错的结果；请删除公式，直接填写数字。',
  }),
  formulaWithoutResult: (): Problem => ({
    rule: 'figure-formula-without-result',
    found: '没有计算结果的公式',
    expected: '数字',
    message: '单元格里是公式，但文件中没有保存计算结果；请直接填写数字，或用 Excel、WPS 打开并保存后再上传。',
  }),
  formulaNotANumber: (indicator: Indicator, found: string): Problem => ({
    rule: 'figure-formula-not-a-number',
    found,
    expected: numberExpected(indicator),
    message: '单元格里公式的结果不是数字；请删除公式，直接填写数字。',
  }),
  percent: (indicator: Indicator, found: string): Problem => ({
    rule: 'figure-is-a-percentage',
    found: excerpt(found),
    expected: numberExpected(indicator),
    message: '这里应填数量，不填百分比；比率由系统按全年合计计算。',
  }),
  approximate: (found: string): Problem => ({
    rule: 'figure-approximate',
    found: excerpt(found),
    expected: '准确的数字',
    message: '这里填的是约数；请填写准确的数字，不要写“约”“余”“多”等字样。',
  }),
  wordForNothing: (indicator: Indicator, found: string): Problem => ({
    rule: 'figure-word-for-nothing',
    found: excerpt(found),
    expected: numberExpected(indicator),
    message: indicator.notApplicable
      ? '系统无法判断是“没有发生”还是“不适用”；没有发生请填 0，不适用请填“不适用”。'
      : '如本月没有发生，请填 0。',
  }),
  notANumber: (indicator: Indicator, found: string): Problem => ({
    rule: 'figure-not-a-number',
    found: excerpt(found),
    expected: numberExpected(indicator),
    message: `这里应填数字，只用阿拉伯数字，不加文字说明；单位是“${indicator.unit}”。`,
  }),
  negative: (found: string): Problem => ({
    rule: 'figure-negative',
    found,
    expected: '不小于 0 的数字',
    message: '本指标不能是负数；要更正以前月份的数，请重新报送那个月的月报，不要在本月冲减。',
  }),
  outOfRange: (found: string, expected: string): Problem => ({
    rule: 'figure-out-of-range',
    found,
    expected,
    message: `数字超出了允许的范围（${expected}）；请核对数字和单位。`,
  }),
  tooManyDecimals: (indicator: Indicator, found: string): Problem => ({
    rule: 'figure-too-many-decimals',
    found,
    expected: numberExpected(indicator),
    message:
      indicator.decimals === 0
        ? `本指标按“${indicator.unit}”计，应填整数；请核对数字。`
        : `本指标最多保留 ${indicator.decimals} 位小数；请核对数字。`,
  }),
  normalised: (indicator: Indicator, found: string, value: Decimal, note: string): Problem => ({
    rule: 'figure-normalised',
    found,
    expected: value,
    message: `${note}：${value} ${indicator.unit}；如不对，请改正后重新上传。`,
  }),
};
