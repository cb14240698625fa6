import { separators } from '../../core/catalogue/lookup.ts';
import { excerpt, halfWidth } from '../../core/values/text.ts';
import { type CellValue, decimalIn, monthIn, plain } from './cell-values.ts';
import { typedText } from './typed.ts';

/** Longer texts are looked at no further: no list of names or units has as many characters. */
const longest = 2000;

/** Months of a year: `1、6、12`, or `1至3月`. */
export const months: CellValue = {
  write: (value: number[]) => (value.length === 1 ? value[0]! : value.join('、')),
  read: (entry) => {
    const pieces = plain(entry)
      .split(/[、;,\n\s]+/)
      .filter((piece) => piece !== '')
      .map(monthsOf);
    const value = pieces.flatMap((piece) => piece ?? []);
    if (value.length > 0 && pieces.every((piece) => piece !== undefined)) return { value };
    return {
      expected: '月份，例如 6、12',
      message: '报送月份应写成 6、12 或 1至3 的样子（1 到 12 的数）；每月都报送的留空。',
    };
  },
};

function monthsOf(piece: string): number[] | undefined {
  const [, from, to] = /^([0-9]{1,2})月?(?:[至到~—–-]+([0-9]{1,2})月?)?$/.exec(piece) ?? [];
  const [first, last] = [Number(from), Number(to ?? from)];
  if (from === undefined || first < 1 || last > 12 || first > last) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Names of before, each with its last month: `司法局（至2023-05）`. */
export const formerNames: CellValue = {
  write: (value: { name: string; to: string }[]) =>
    value.map(({ name, to }) => `${name}（至${to}）`).join('；'),
  read: (entry) => {
    const value: { name: string; to: string }[] = [];
    const typed = typedText(entry).slice(0, longest);
    const one = /\s*(.+?)\s*[（(]\s*至\s*([2２][^（()）]*?)\s*[)）]\s*(?:[、；;，,\n]\s*|$)/sy;
    for (let match = one.exec(typed); match !== null; match = one.exec(typed)) {
      const [, name = '', until = ''] = match;
      const to = monthIn(until);
      if (to === undefined) break;
      value.push({ name, to });
      if (one.lastIndex === typed.length) return { value };
    }
    return {
      expected: '名称和用到的月份，例如 司法局（至2023-05）',
      message: '曾用名应写成“司法局（至2023-05）”的样子：名称后面写明用到哪个月；有几个的，用分号隔开。',
    };
  },
};

/** Other units that may be typed, with how many of the indicator's own unit each is: `元=0.0001`. */
export const otherUnits: CellValue = {
  write: (value: { unit: string; factor: string }[]) =>
    value.map(({ unit, factor }) => `${unit}=${factor}`).join('；'),
  read: (entry, { unit: own }) => {
    const value: { unit: string; factor: string }[] = [];
    const typed = typedText(entry).slice(0, longest);
    const one = new RegExp(
      `\\s*(.+?)\\s*[=＝]\\s*([-+]?[0-9０-９.．]+)\\s*(${RegExp.escape(own)})?\\s*(?:[、；;，,\\n]\\s*|$)`,
      'sy',
    );
    for (let match = one.exec(typed); match !== null; match = one.exec(typed)) {
      const [, unit = '', digits = '', isOwn = ''] = match;
      const factor = decimalIn(halfWidth(digits));
      if (factor === undefined) break;
      value.push({ unit: isOwn === '' ? unit : unit.replace(/^[1１]\s*/, ''), factor });
      if (one.lastIndex === typed.length) return { value };
    }
    return {
      expected: '单位和换算，例如 元=0.0001',
      message: `可用单位应写成“元=0.0001”的样子，意思是 1 元合 0.0001 ${excerpt(own) || '个本指标的单位'}；有几个的，用分号隔开。`,
    };
  },
};

/** The choices of a list: separated by 、, or one a line, or each in 【】 where they contain separators themselves. */
export const choices: CellValue = {
  write: (value: string[]) => {
    const ways = [value.join('、'), value.join('\n'), value.map((each) => `【${each}】`).join('、')];
    const isSame = (way: string) => JSON.stringify(choicesIn(way)) === JSON.stringify(value);
    return ways.find(isSame) ?? ways[2]!;
  },
  read: (entry) => ({ value: choicesIn(typedText(entry)) }),
};

function choicesIn(typed: string): string[] {
  const isBracketed = /^【.*】$/s.test(typed);
  const pieces = isBracketed
    ? typed.slice(1, -1).split(/】\s*[、；;，,\n]\s*【/)
    : typed.split(typed.includes('\n') ? '\n' : separators);
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}
