import type { ReportedIndicator } from '../catalogue/indicator.ts';
import {
  compare,
  type Decimal,
  decimalOf,
  decimalOfStoredNumber,
  decimalPlaces,
  multiply,
} from '../values/decimal.ts';
import { excerpt, halfWidth } from '../values/text.ts';
import type { Finding } from './finding.ts';
import { type FindingWords, say } from './findings/findings.ts';
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

type Understood =
  | { kind: 'number'; value: Decimal; note?: string }
  | { kind: 'not-applicable' }
  | { kind: 'blank' }
  | { kind: 'problem'; words: FindingWords };

function problem(words: FindingWords): Understood {
  return { kind: 'problem', words };
}

/** Reads one input cell. What is unambiguous is normalised and said so; whatever is not is an error. */
export function readFigure(indicator: ReportedIndicator, entry: Entry): Figure {
  const findings: Finding[] = [];
  const add = (words: FindingWords) =>
    findings.push({ ...words, place: entry.place, indicator: indicator.id });
  const understood = entry.computed
    ? readComputed(indicator, entry.content)
    : readContent(indicator, entry.content);
  const checked = withinBounds(indicator, understood, entry.content);
  switch (checked.kind) {
    case 'blank':
      return { reading: { status: 'blank' }, findings };
    case 'not-applicable':
      if (indicator.notApplicable) return { reading: { status: 'not-applicable' }, findings };
      add(say('figure-not-applicable', indicator));
      return { reading: undefined, findings };
    case 'problem':
      add(checked.words);
      return { reading: undefined, findings };
    case 'number': {
      const { value, note } = checked;
      if (note !== undefined)
        add(say('figure-normalised', indicator, { found: shown(entry.content), value, note }));
      return { reading: { status: 'reported', value }, findings };
    }
  }
}

function readContent(indicator: ReportedIndicator, content: Content): Understood {
  switch (content.kind) {
    case 'blank':
      return { kind: 'blank' };
    case 'number': {
      const value = decimalOfStoredNumber(content.text);
      return value === undefined ? problem(say('figure-too-large', content.text)) : { kind: 'number', value };
    }
    case 'text':
      return readText(indicator, content.text);
    case 'date':
      return problem(say('figure-is-a-date', content.iso));
    case 'boolean':
      return problem(say('figure-not-a-number', indicator, content.value ? 'TRUE' : 'FALSE'));
    case 'error':
      return problem(say('figure-is-an-error-value', content.code));
  }
}

function readComputed(indicator: ReportedIndicator, content: Content): Understood {
  if (content.kind === 'blank') return problem(say('figure-formula-without-result'));
  if (content.kind !== 'number' && content.kind !== 'error') {
    return problem(say('figure-formula-not-a-number', indicator, shown(content)));
  }
  const understood = readContent(indicator, content);
  return understood.kind === 'number'
    ? { ...understood, note: '单元格里是公式，系统不重新计算，按文件中保存的计算结果计入' }
    : understood;
}

function readText(indicator: ReportedIndicator, text: string): Understood {
  const plain = halfWidth(text).trim();
  if (plain === '') return { kind: 'blank' };
  if (plain === '不适用') return { kind: 'not-applicable' };
  const { number, factor } = withoutUnit(indicator, plain);
  const digits = withoutSeparators(number);
  if (/^[+-]?[0-9]+(\.[0-9]+)?$/.test(digits)) {
    const value = decimalOf(digits);
    if (value === undefined) return problem(say('figure-too-large', text));
    return { kind: 'number', value: multiply(value, factor), note: '单元格里是文字，已按数字读取' };
  }
  if (/[%‰]$/.test(plain)) return problem(say('figure-is-a-percentage', indicator, text));
  if (
    /[0-9一二三四五六七八九十百千万]/.test(plain) &&
    /[约近超余多几]|左右|上下|以上|以内|不足/.test(plain)
  ) {
    return problem(say('figure-approximate', text));
  }
  if (/^(无|没有|-+|—+|\/|\\|零|〇|n\/a|na|none)$/i.test(plain)) {
    return problem(say('figure-word-for-nothing', indicator, text));
  }
  return problem(say('figure-not-a-number', indicator, text));
}

function withoutUnit(indicator: ReportedIndicator, text: string): { number: string; factor: Decimal } {
  const own: { unit: string; factor: Decimal } = { unit: indicator.unit, factor: '1' };
  const units = [own, ...indicator.alsoIn].sort((a, b) => b.unit.length - a.unit.length);
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
function withinBounds(indicator: ReportedIndicator, understood: Understood, content: Content): Understood {
  if (understood.kind !== 'number') return understood;
  const { value } = understood;
  const { min, max } = indicator.range;
  const found = shown(content);
  if (/^-?[0-9]{16}/.test(value)) return problem(say('figure-too-large', found));
  if (compare(value, '0') < 0 && compare(min, '0') >= 0) return problem(say('figure-negative', found));
  if (compare(value, min) < 0 || (max !== undefined && compare(value, max) > 0)) {
    return problem(
      say('figure-out-of-range', found, max === undefined ? `不小于 ${min}` : `${min} 至 ${max}`),
    );
  }
  if (decimalPlaces(value) > indicator.decimals)
    return problem(say('figure-too-many-decimals', indicator, found));
  return understood;
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
