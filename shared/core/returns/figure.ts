import type { ReportedIndicator } from '../catalogue/indicator.ts';
import {
  absolute,
  compare,
  type Decimal,
  decimalPlaces,
  multiply,
  round,
  shift,
  storedNumber,
  subtract,
} from '../values/decimal.ts';
import { excerpt, halfWidth, isReversed, unseenIn, withoutUnseen } from '../values/text.ts';
import { type Content, quoted, shownText } from './content.ts';
import type { Finding } from './finding.ts';
import { type FindingWords, say } from './findings/findings.ts';
import { isWordForNothing } from './nothing.ts';
import { asShown, factorOf, numeralOf, typedNumber, withoutMagnitude } from './numeral.ts';
import type { Entry } from './submission.ts';

/** What an input cell was understood to say, with what there is to tell about it. */
export interface Figure {
  reading:
    | { status: 'reported'; value: Decimal }
    | { status: 'not-applicable' }
    | { status: 'blank' }
    | undefined;
  findings: Finding[];
}

/** `seen` is what the cell shows of the number, where that is rounded. */
interface UnderstoodNumber {
  kind: 'number';
  value: Decimal;
  notes: string[];
  seen?: Decimal;
  /** False if the number has more places than a decimal may hold. */
  isExact?: boolean;
}

type Understood =
  | UnderstoodNumber
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
  const understood = inUnitOfRow(indicator, entry, readEntry(indicator, entry));
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
      const { value, notes } = checked;
      if (notes.length > 0) {
        const note = notes.join('，');
        add(say('figure-normalised', indicator, { found: quoted(entry.content), value, note }));
      }
      return { reading: { status: 'reported', value }, findings };
    }
  }
}

function readEntry(indicator: ReportedIndicator, { content, computed, look }: Entry): Understood {
  if (look !== undefined)
    return problem(say(look === 'struck' ? 'text-struck' : 'text-raised', quoted(content)));
  return computed ? readComputed(indicator, content) : readContent(indicator, content);
}

function readContent(indicator: ReportedIndicator, content: Content): Understood {
  switch (content.kind) {
    case 'blank':
      return { kind: 'blank' };
    case 'number':
      return readNumber(indicator, content);
    case 'text':
      return readShownText(indicator, content);
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
    return problem(say('figure-formula-not-a-number', indicator, quoted(content)));
  }
  const understood = readContent(indicator, content);
  return understood.kind === 'number'
    ? {
        ...understood,
        notes: ['单元格里是公式，系统不重新计算，按文件中保存的计算结果计入', ...understood.notes],
      }
    : understood;
}

/** A number is what its cell shows: taken if that is the number but for rounding, otherwise in doubt. */
function readNumber(indicator: ReportedIndicator, content: Extract<Content, { kind: 'number' }>): Understood {
  const { text, shown } = content;
  const stored = storedNumber(text);
  if (stored === undefined) return problem(say('figure-too-large', text));
  const { value, isExact } = stored;
  if (shown === undefined) return { kind: 'number', value, isExact, notes: [] };
  const plain = halfWidth(withoutUnseen(shown.text)).trim();
  if (value === '0' && /^[-—–]*$/.test(plain)) {
    return {
      kind: 'number',
      value,
      notes: [`单元格按数字格式显示为${plain === '' ? '空白' : `“${plain}”`}`],
    };
  }
  const { digits, factor } = numeralOf(indicator, plain);
  // Nothing is nothing, in thousands too.
  const power = value === '0' ? 0 : shown.power;
  const inShownUnit = shift(value, power);
  const isOwnUnit = factor === undefined || factor === '1';
  const unscaled = isOwnUnit ? withoutMagnitude(indicator, digits, power) : undefined;
  if (unscaled !== undefined && asShown(inShownUnit, unscaled) !== undefined) {
    return { kind: 'number', value, isExact, notes: [] };
  }
  const seen = asShown(inShownUnit, digits);
  if (seen === undefined || (power !== 0 && factor === undefined)) {
    const rule = /[%‰]$/.test(plain) ? 'figure-is-a-percentage' : 'figure-shown-otherwise';
    return problem(say(rule, indicator, quoted(content)));
  }
  const isConverted = power !== 0 || !isOwnUnit;
  return {
    kind: 'number',
    value: multiply(inShownUnit, factor ?? '1'),
    seen: multiply(seen, factor ?? '1'),
    isExact,
    notes: isConverted ? ['已按单元格显示的内容读取'] : [],
  };
}

/** A text to which the cell's format adds a unit, say; taken if it says the same with it and without. */
function readShownText(
  indicator: ReportedIndicator,
  content: Extract<Content, { kind: 'text' }>,
): Understood {
  const stored = readText(indicator, content.text);
  if (content.shown === undefined) return stored;
  const shown = readText(indicator, content.shown);
  const isSame =
    stored.kind === 'number' && shown.kind === 'number'
      ? stored.value === shown.value
      : stored.kind === shown.kind;
  return isSame ? shown : problem(say('figure-shown-otherwise', indicator, quoted(content)));
}

function readText(indicator: ReportedIndicator, text: string): Understood {
  if (isReversed(text)) return problem(say('figure-reversed', text));
  const plain = halfWidth(withoutUnseen(text)).trim();
  if (plain === '') return { kind: 'blank' };
  if (plain === '不适用') return { kind: 'not-applicable' };
  const { digits, factor } = numeralOf(indicator, plain);
  const value = typedNumber(digits);
  if (value === 'too-large') return problem(say('figure-too-large', text));
  if (value !== undefined) {
    const unseen = unseenIn(text);
    const note = unseen.length === 0 ? '' : `，其中看不见的字符（${unseen.join('、')}）没有读取`;
    return {
      kind: 'number',
      value: multiply(value, factor ?? '1'),
      notes: [`单元格里是文字，已按数字读取${note}`],
    };
  }
  return problem(notANumber(indicator, plain, text));
}

function notANumber(indicator: ReportedIndicator, plain: string, text: string): FindingWords {
  if (/[%‰]$/.test(plain)) return say('figure-is-a-percentage', indicator, excerpt(text));
  if (
    /[0-9一二三四五六七八九十百千万]/.test(plain) &&
    /[约近超余多几]|左右|上下|以上|以内|不足/.test(plain)
  ) {
    return say('figure-approximate', text);
  }
  if (isWordForNothing(plain)) return say('figure-word-for-nothing', indicator, text);
  return say('figure-not-a-number', indicator, text);
}

/** Where the form's own column of units says another unit than the catalogue, numbers are in that one. */
function inUnitOfRow(
  indicator: ReportedIndicator,
  { unit, content }: Entry,
  understood: Understood,
): Understood {
  if (unit === undefined || understood.kind !== 'number') return understood;
  const factor = factorOf(indicator, unit);
  const own = numeralOf(indicator, halfWidth(withoutUnseen(shownText(content))).trim()).factor;
  if (factor === undefined || (own !== undefined && own !== factor)) {
    return problem(say('figure-unit-differs', indicator, unit));
  }
  if (own !== undefined || factor === '1') return understood;
  const { value, seen, notes } = understood;
  return {
    ...understood,
    value: multiply(value, factor),
    ...(seen === undefined ? {} : { seen: multiply(seen, factor) }),
    notes: [...notes, `表中这一行的单位是“${excerpt(unit)}”`],
  };
}

/** With at most 15 digits before the point in a return, a year's totals stay within what a decimal may hold. */
function withinBounds(indicator: ReportedIndicator, understood: Understood, content: Content): Understood {
  if (understood.kind !== 'number') return understood;
  const { min, max } = indicator.range;
  const found = quoted(content);
  const number = withoutResidue(indicator, understood);
  const { value } = number;
  if (/^-?[0-9]{16}/.test(value)) return problem(say('figure-too-large', found));
  if (compare(value, '0') < 0 && compare(min, '0') >= 0)
    return problem(say('figure-negative', indicator, found));
  if (compare(value, min) < 0 || (max !== undefined && compare(value, max) > 0)) {
    return problem(
      say('figure-out-of-range', found, max === undefined ? `不小于 ${min}` : `${min} 至 ${max}`),
    );
  }
  if (decimalPlaces(value) > indicator.decimals || number.isExact === false) {
    return problem(say('figure-too-many-decimals', indicator, found));
  }
  return number;
}

/**
 * What binary arithmetic leaves behind (1234567.89 - 1234567.88 is 0.01000000000931323) is no part of a figure: where
 * the cell does not show it and it is less than a millionth of the last place, the figure is what is shown.
 */
function withoutResidue({ decimals }: ReportedIndicator, number: UnderstoodNumber): UnderstoodNumber {
  const { value, seen, notes } = number;
  if (seen === undefined || (decimalPlaces(value) <= decimals && number.isExact !== false)) return number;
  const rounded = round(value, decimals, 'half-up');
  const isResidue = compare(absolute(subtract(value, rounded)), shift('1', -decimals - 6)) <= 0;
  if (!isResidue || compare(seen, rounded) !== 0) return number;
  return {
    kind: 'number',
    value: rounded,
    notes: [...notes, '存储的数带有计算产生的微小误差，已按显示的数读取'],
  };
}
