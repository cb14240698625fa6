import { excerpt } from '../../core/values/text.ts';
import type { CellReading, CellValue } from './cell-values.ts';
import { inBrackets, longestRule, type Token, tokensOf } from './rule-text.ts';
import { typedText } from './typed.ts';

/** How lines of the same table are added up, by their names: `【甲】 + 【乙】`. */
export const lineSum: CellValue = {
  write: (sum: string, { lines }) => inNames(sum, lines),
  read: (entry, { names: { lines } }) => {
    const tokens = tokensOf(typedText(entry).slice(0, longestRule), lines);
    const unknown = unknownLine(tokens, lines.guess);
    if (unknown !== undefined) return unknown;
    const terms = tokens.filter(({ kind }) => kind === 'term').length;
    const isRegular = tokens.every(({ kind }) => kind === 'term' || kind === 'sign') && terms > 0;
    if (isRegular) return { value: textOf(tokens) };
    return {
      expected: '【名称】 + 【名称】',
      message:
        '组成项的写法不对；请写成“【甲】 + 【乙】 - 【丙】”的样子，【】里是同一张表的行（或列）的名称。',
    };
  },
};

/** What must hold between rows, by their names: `【甲】 + 【乙】 = 【丙】`. */
export const lineRule: CellValue = {
  write: (rule: string, { lines }) => inNames(rule, lines),
  read: (entry, { names: { lines } }) => {
    const tokens = tokensOf(typedText(entry).slice(0, longestRule), lines);
    const unknown = unknownLine(tokens, lines.guess);
    if (unknown !== undefined) return unknown;
    const comparisons = tokens.filter(({ kind }) => kind === 'comparison').length;
    const isRegular =
      tokens.length % 2 === 1 && tokens.every(({ kind }, at) => (kind === 'term') === (at % 2 === 0));
    if (comparisons === 1 && isRegular) return { value: textOf(tokens) };
    return {
      expected: '【名称】 + 【名称】 = 【名称】',
      message: '平衡关系的写法不对；请写成“【甲】 + 【乙】 = 【丙】”的样子，只有一个 =、<= 或 >=。',
    };
  },
};

function inNames(formula: string, lines: Parameters<typeof inBrackets>[1]): string {
  return formula.replace(/[a-z][a-z0-9]*/g, (id) => inBrackets(id, lines));
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((each) => (each.kind === 'term' ? each.id : each.text)).join(' ');
}

function unknownLine(tokens: readonly Token[], guess: (typed: string) => string): CellReading | undefined {
  const unknown = tokens.find(
    (each) =>
      each.kind === 'term' && (each.id === undefined || /^[0-9]/.test(each.id) || each.when !== 'now'),
  );
  if (unknown === undefined) return undefined;
  if (unknown.kind === 'term' && unknown.when !== 'now') {
    return {
      expected: '同一张表的行（或列）的名称',
      message: `“${excerpt(unknown.text)}”前不能写“上年”；表格里只用本期的数，与上年比的请写在“规则”表中。`,
    };
  }
  return {
    expected: '同一张表的行（或列）的名称',
    message: `“${excerpt(unknown.text)}”不是这张表的行（或列）${guess(unknown.text)}；请照“表格行列”中的名称写在【】里。`,
  };
}
