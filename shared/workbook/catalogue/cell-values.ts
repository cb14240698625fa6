import { type Kind, kinds } from '../../core/catalogue/kinds.ts';
import type { Entry } from '../../core/returns/submission.ts';
import { decimalOf, storedNumber } from '../../core/values/decimal.ts';
import { excerpt, halfWidth, nameKey } from '../../core/values/text.ts';
import type { Names } from './names.ts';
import { typedText } from './typed.ts';

/** What else of its row and catalogue a cell is read by. */
export interface CellContext {
  names: Names;
  kind: Kind | undefined;
  unit: string;
}

/** What a cell says, or why it says nothing: what is expected, and how to mend it. */
export type CellReading = { value: unknown } | { expected: string; message: string };

/** How a field of a catalogue stands in a cell: what `write` puts there, `read` takes as the same again. */
export interface CellValue {
  write: (value: never, names: Names) => string | number;
  read: (entry: Entry, context: CellContext) => CellReading;
}

/** Text as a person reads it, in half-width digits, letters and punctuation. */
export function plain(entry: Entry): string {
  return halfWidth(typedText(entry)).trim();
}

export const text: CellValue = {
  write: (value: string) => value,
  read: (entry) => ({ value: typedText(entry) }),
};

/** How codes are written; the bound on their length is the catalogue's own. */
const codePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export const code: CellValue = {
  write: (value: string) => value,
  read: (entry) => {
    const typed = plain(entry);
    if (codePattern.test(typed)) return { value: typed };
    const lower = typed.toLowerCase().replace(/[\s_]+/g, '-');
    const example = codePattern.test(lower) ? `可以写成 ${lower}，` : '';
    return {
      expected: '小写英文字母、数字和连字符，以字母开头；或留空',
      message: `代码“${excerpt(typed)}”不能用：只能用小写英文字母、数字和单个的连字符，以字母开头；${example}或者留空，由系统编号。`,
    };
  },
};

/** An exact number: as a number where spreadsheet programs keep all of its digits. */
export const decimal: CellValue = {
  write: (value: string) => numberOrText(value),
  read: (entry) => {
    const value = decimalIn(plain(entry));
    if (value !== undefined) return { value };
    return {
      expected: '数字',
      message: '这里应填一个数，例如 100 或 0.0001，不带单位和其他文字，也不写百分数；请改正。',
    };
  },
};

export function numberOrText(value: string): string | number {
  return storedNumber(value)?.value === value && value.replace(/\D/g, '').length <= 15
    ? Number(value)
    : value;
}

/** A number in any usual notation, as a canonical decimal: with or without commas between the thousands. */
export function decimalIn(typed: string): string | undefined {
  const digits = /^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$/.test(typed) ? typed.replaceAll(',', '') : typed;
  return decimalOf(digits);
}

/** A whole number, with or without the word that it counts (`2位`, `2023年`). */
export const whole: CellValue = {
  write: (value: number) => value,
  read: (entry) => {
    const value = decimalIn(plain(entry).replace(/(?:位|项|个字|字|个|年)$/, ''));
    if (value !== undefined) return { value: Number(value) };
    return { expected: '整数', message: '这里应填一个整数，例如 2；请改正。' };
  },
};

const yesWords = new Set(['是', '√', '✓', '✔', 'y', 'yes', 'true', '1', '必填', '可以', '可填']);
const noWords = new Set([
  '否',
  '×',
  '✗',
  '✘',
  'x',
  'n',
  'no',
  'false',
  '0',
  '选填',
  '不可以',
  '不是',
  '不填',
]);

export const yesOrNoWords = ['是', '否'];
export const yesOrNo: CellValue = {
  write: (value: boolean) => (value ? '是' : '否'),
  read: (entry) => {
    const typed = plain(entry).toLowerCase();
    if (yesWords.has(typed)) return { value: true };
    if (noWords.has(typed)) return { value: false };
    return { expected: '是、否', message: '这里应填“是”或“否”；请从下拉列表中选择。' };
  },
};

/** One of several words, each for a value; `also` are other words that people write for a value. */
export function wordOf(
  words: Readonly<Record<string, string>>,
  also: Readonly<Record<string, string>> = {},
  allowed: (kind: Kind) => readonly string[] = () => Object.keys(words),
): CellValue {
  const byWord = new Map<string, string>();
  for (const [word, value] of Object.entries(also)) byWord.set(nameKey(word), value);
  for (const [value, word] of Object.entries(words)) {
    for (const each of [value, word.replace(/（.*）$/, ''), word]) byWord.set(nameKey(each), value);
  }
  return {
    write: (value: string) => words[value] ?? value,
    read: (entry, { kind }) => {
      const value = byWord.get(nameKey(typedText(entry)));
      const choices = kind === undefined ? Object.keys(words) : allowed(kind);
      if (value !== undefined && choices.includes(value)) return { value };
      const expected = choices.map((each) => words[each]).join('、');
      const whose = choices.length < Object.keys(words).length && kind ? `${kinds[kind].words}的` : '';
      return { expected, message: `${whose}这一格只能填：${expected}；请从下拉列表中选择。` };
    },
  };
}

const monthPattern = /^(20[0-9]{2})(?:[-/.年]\s*([0-9]{1,2})|([0-9]{2}))\s*月?份?(?:[-/]0?1|1日|01日)?$/;

/** `2024年3月` as `2024-03`; undefined if it is no month. */
export function monthIn(typed: string): string | undefined {
  const [, year, short, digits] =
    monthPattern.exec(halfWidth(typed).replace(/\s+/g, '').replace(/T.*$/, '')) ?? [];
  const number = Number(short ?? digits);
  return year === undefined || number < 1 || number > 12
    ? undefined
    : `${year}-${String(number).padStart(2, '0')}`;
}

/** A month; a date stands for its month if it is the first day of it, which is how programs keep `2024-03`. */
export const month: CellValue = {
  write: (value: string) => value,
  read: (entry) => {
    const typed = typedText(entry);
    const isAmbiguous = entry.content.kind === 'number' && typed.includes('.');
    const value = isAmbiguous ? undefined : monthIn(typed);
    if (value !== undefined) return { value };
    return {
      expected: '年份和月份，例如 2024-03',
      message: `“${excerpt(typed)}”看不出是哪个月；请写成 2024-03 或 2024年3月。`,
    };
  },
};

/** A period as a catalogue's workbook says it: of a name that says one alone, in any usual notation. */
export const period: CellValue = {
  write: (value: string) => value,
  read: (entry) => {
    const typed = typedText(entry);
    const isAmbiguous = entry.content.kind === 'number' && typed.includes('.');
    const value = isAmbiguous ? undefined : (monthIn(typed) ?? longerPeriodIn(typed));
    if (value !== undefined) return { value };
    return {
      expected: '月、季、半年或年，例如 2024-03、2024-Q1、2024-H1、2024',
      message: `“${excerpt(typed)}”看不出是哪一期；请写成 2024-03、2024年第一季度、2024年上半年或 2024年的样子。`,
    };
  },
};

const longer = /^(20[0-9]{2})(?:[-年]?(?:第?([1-4一二三四])季度?|q([1-4])|([上下])半年|h([12]))|年?度?)?$/;

/** `2024年第一季度` as `2024-Q1`, `2024年上半年` as `2024-H1`, `2024年` as `2024`. */
function longerPeriodIn(typed: string): string | undefined {
  const plainText = halfWidth(typed).replace(/\s+/g, '').toLowerCase();
  const [, year, quarter, q, half, h] = longer.exec(plainText) ?? [];
  if (year === undefined) return undefined;
  const number =
    quarter === undefined ? q : '一二三四'.includes(quarter) ? '一二三四'.indexOf(quarter) + 1 : quarter;
  if (number !== undefined) return `${year}-Q${number}`;
  if (half !== undefined) return `${year}-H${half === '上' ? 1 : 2}`;
  return h === undefined ? year : `${year}-H${h}`;
}

export const day: CellValue = {
  write: (value: string) => value,
  read: (entry) => {
    const typed = halfWidth(typedText(entry)).replace(/\s+/g, '').replace(/T.*$/, '');
    const pattern = /^(20[0-9]{2})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))$/;
    const [, year, month1, day1, month2, day2] = pattern.exec(typed) ?? [];
    const [inMonth, onDay] = [Number(month1 ?? month2), Number(day1 ?? day2)];
    if (year !== undefined && isDay(Number(year), inMonth, onDay)) {
      return { value: [year, inMonth, onDay].map((each) => String(each).padStart(2, '0')).join('-') };
    }
    return {
      expected: '日期，例如 2024-04-10',
      message: `“${excerpt(typed)}”不是日历上的日子；请写成 2024-04-10 或 2024年4月10日。`,
    };
  },
};

function isDay(year: number, inMonth: number, onDay: number): boolean {
  const date = new Date(Date.UTC(year, inMonth - 1, onDay));
  return date.getUTCMonth() === inMonth - 1 && date.getUTCDate() === onDay;
}

export const timeZone: CellValue = {
  write: (value: string) => `UTC${value}`,
  read: (entry) => {
    const typed = plain(entry);
    const [, sign, hours = '', minutes = '00'] = /([+-])([0-9]{1,2})(?::?([0-9]{2}))?\)?$/.exec(typed) ?? [];
    if (sign !== undefined) return { value: `${sign}${hours.padStart(2, '0')}:${minutes}` };
    if (/^(?:北京时间|东八区|中国标准时间)$/.test(typed)) return { value: '+08:00' };
    return { expected: 'UTC+08:00', message: '时区应写成 UTC+08:00 的样子；北京时间可以留空。' };
  },
};
