import type { SumIndicator } from '../../core/catalogue/indicator.ts';
import type { Lookup } from '../../core/catalogue/lookup.ts';
import {
  maxRuleLength,
  parseRule,
  type RuleTerm,
  termInExpression,
  type When,
  whenWords,
} from '../../core/catalogue/rule-expression.ts';
import { excerpt, halfWidth } from '../../core/values/text.ts';
import { type CellValue, decimalIn } from './cell-values.ts';
import { typedText } from './typed.ts';

/** A rule in the words of the catalogue: `【行政复议受理】 <= 【行政复议收到】`, `【年初在办】 = 上年末【年末在办】`. */
export const ruleText: CellValue = {
  write: (expression: string, { indicators }) => {
    const { left, comparison, right } = parseRule(expression);
    return `${sideText(left, indicators)} ${comparison} ${sideText(right, indicators)}`;
  },
  read: (entry, { names: { indicators } }) => {
    const tokens = tokensOf(typedText(entry).slice(0, longestRule), indicators);
    const fault = faultOf(tokens, indicators);
    if (fault !== undefined) return { expected: '【指标名称】 <= 【指标名称】', message: fault };
    return { value: tokens.map(inExpression).join(' ') };
  },
};

function inExpression(token: Token): string {
  if (token.kind !== 'term') return token.text;
  return termInExpression(token.id ?? '', token.when);
}

function sideText(terms: readonly RuleTerm[], indicators: Lookup): string {
  return terms
    .map((term, index) => {
      const written = term.kind === 'constant' ? term.constant : figureText(term, indicators);
      return index === 0 ? written : `${term.sign === 1 ? '+' : '-'} ${written}`;
    })
    .join(' ');
}

function figureText(
  { indicator, when }: Extract<RuleTerm, { kind: 'indicator' }>,
  indicators: Lookup,
): string {
  const name = inBrackets(indicator, indicators);
  if (when === 'now') return name;
  return `${whenWords[when]}${name.startsWith('【') ? name : `【${name}】`}`;
}

/** An indicator by its name in brackets, if that is read as the same again; else by its code. */
export function inBrackets(id: string, indicators: Lookup): string {
  const name = indicators.nameOf(id);
  const [only, ...more] = tokensOf(`【${name}】`, indicators);
  const isSame = more.length === 0 && only?.kind === 'term' && only.id === id;
  return isSame ? `【${name}】` : id;
}

/** More than any rule that a catalogue may have. */
export const longestRule = 2 * maxRuleLength;

export type Token =
  | { kind: 'term'; text: string; id: string | undefined; when: When }
  | { kind: 'sign' | 'comparison' | 'other'; text: string };

const comparisons: Readonly<Record<string, string>> = {
  '<=': '<=',
  '=<': '<=',
  '≤': '<=',
  '≦': '<=',
  不大于: '<=',
  不超过: '<=',
  小于等于: '<=',
  '>=': '>=',
  '=>': '>=',
  '≥': '>=',
  '≧': '>=',
  不小于: '>=',
  不少于: '>=',
  大于等于: '>=',
  '==': '=',
  '=': '=',
  等于: '=',
};
const signs: Readonly<Record<string, string>> = { '+': '+', '-': '-', '–': '-', '—': '-' };
const operator =
  /^(?:<=|=<|≤|≦|>=|=>|≥|≧|==|=|不大于|不超过|小于等于|不小于|不少于|大于等于|等于|[+<>–—*/×÷()]|-(?![a-z0-9]))/;
/** A number, unless a name goes on behind it. */
const constant =
  /^[0-9][0-9,]*(?:\.[0-9]+)?(?=\s*(?:$|<=|=<|≤|≦|>=|=>|≥|≧|=|[-+<>–—]|不大于|不超过|小于|不小于|不少于|大于|等于))/;
const code = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![a-z0-9])/;

/** The names, codes, numbers and signs of a text, one after the other. */
export function tokensOf(typed: string, indicators: Lookup): Token[] {
  const tokens: Token[] = [];
  const plain = halfWidth(typed);
  for (let at = 0; at < typed.length; ) {
    const rest = typed.slice(at);
    const taken = nextToken(rest, plain.slice(at), indicators);
    if (rest.trim() !== '') tokens.push(taken.token);
    at += taken.length;
    while (plain[at] === ' ' || plain[at] === '\n') at++;
  }
  return tokens;
}

interface Taken<T extends Token = Token> {
  token: T;
  length: number;
}

/** What stands in front of a name in brackets, and says that last year's figure of it is meant. */
const inFront = /^(?:上年度?|去年)(?:(同期)|(年?末|年?底|期末))?的?\s*(?=【)/;

function nextToken(rest: string, plain: string, indicators: Lookup): Taken {
  const [front, same, end] = inFront.exec(rest) ?? [];
  if (front === undefined) {
    return rest.startsWith('【') ? bracketed(rest, indicators) : bare(rest, plain, indicators);
  }
  if (same === undefined && end === undefined) {
    return { token: { kind: 'other', text: front.trim() }, length: front.length };
  }
  const { token, length } = bracketed(rest.slice(front.length), indicators);
  const when = end === undefined ? 'last-year' : 'last-year-end';
  return {
    token: { ...token, when },
    length: front.length + length,
  };
}

/** How many brackets a name may have in it. */
const mostBrackets = 4;

/** A name in 【】, which may contain such brackets itself. */
function bracketed(rest: string, indicators: Lookup): Taken<Extract<Token, { kind: 'term' }>> {
  const ends: number[] = [];
  for (
    let end = rest.indexOf('】');
    end >= 0 && ends.length < mostBrackets;
    end = rest.indexOf('】', end + 1)
  ) {
    ends.push(end);
  }
  const end =
    ends.find((each) => indicators.idOf(rest.slice(1, each)) !== undefined) ?? ends[0] ?? rest.length;
  const text = rest.slice(1, end).trim();
  return { token: { kind: 'term', text, id: indicators.idOf(text), when: 'now' }, length: end + 1 };
}

/** An operator, a code, or a name without brackets: whatever stands before the next operator. */
function bare(rest: string, plain: string, indicators: Lookup): Taken {
  const found = operator.exec(plain)?.[0] ?? (plain.startsWith('-') ? '-' : undefined);
  if (found !== undefined) {
    const comparison = comparisons[found];
    const sign = signs[found];
    const kind = comparison !== undefined ? 'comparison' : sign !== undefined ? 'sign' : 'other';
    return { token: { kind, text: comparison ?? sign ?? found }, length: found.length };
  }
  const number = constant.exec(plain)?.[0];
  if (number !== undefined) {
    const value = decimalIn(number);
    return { token: { kind: 'term', text: number, id: value, when: 'now' }, length: number.length };
  }
  const id = code.exec(plain)?.[0];
  if (id !== undefined && indicators.idOf(id) !== undefined) {
    return { token: { kind: 'term', text: id, id: indicators.idOf(id), when: 'now' }, length: id.length };
  }
  let length = 1;
  while (length < rest.length && rest[length] !== '【' && !operator.test(plain.slice(length))) length++;
  const text = rest.slice(0, length).trim();
  return { token: { kind: 'term', text, id: indicators.idOf(text), when: 'now' }, length };
}

/** The first thing that is wrong with a rule, and how to mend it. */
function faultOf(tokens: readonly Token[], indicators: Lookup): string | undefined {
  const how = '请写成“【甲】 - 【乙】 <= 【丙】”的样子，【】里是“指标”表中的名称';
  const other = tokens.find(({ kind }) => kind === 'other');
  if (other?.text === '<' || other?.text === '>') {
    return `规则中的“${other.text}”不能用；请改为 ${other.text}= 或 =。`;
  }
  if (other !== undefined && /^[上去]年/.test(other.text)) {
    return `看不出“${other.text}”是上年同期还是上年末；请写成 上年同期【…】，存量的期末数写成 上年末【…】。`;
  }
  if (other !== undefined) return `规则中只能相加、相减，不能用“${other.text}”；${how}。`;
  const measured = tokens.find(
    ({ kind, text }) =>
      kind === 'term' && /^[0-9０-９][0-9０-９.,，]*\D?$/.test(text) && decimalIn(text) === undefined,
  );
  if (measured !== undefined) {
    return `规则中的数“${excerpt(measured.text)}”写法不对；请只写数，不带单位和百分号，例如 12 或 0.5。`;
  }
  const unknown = tokens.find((each) => each.kind === 'term' && each.id === undefined);
  if (unknown !== undefined) {
    return `规则中的“${excerpt(unknown.text)}”不是“指标”表中的名称或代码${indicators.guess(unknown.text)}；请照“指标”表中的名称写在【】里，或先在“指标”表中加上它。`;
  }
  const count = tokens.filter(({ kind }) => kind === 'comparison').length;
  if (count === 0) return `规则中没有 <=、= 或 >=，看不出要比较什么；${how}。`;
  if (count > 1) return `规则中有 ${count} 个比较的符号，只能有一个；请拆成几条规则。`;
  const isRegular =
    tokens.length % 2 === 1 && tokens.every(({ kind }, at) => (kind === 'term') === (at % 2 === 0));
  return isRegular ? undefined : `规则中的指标和符号没有一个隔一个；${how}。`;
}

/** As many characters as are read: more than any sum that a catalogue may have. */
const longestSum = 20_000;

/** What a sum adds up, in the words of the catalogue: `【撤销】 + 【变更】 - 【重复】`. */
export const sumText: CellValue = {
  write: (parts: SumIndicator['parts'], { indicators }) =>
    parts
      .map(({ indicator, sign }, index) => {
        const name = inBrackets(indicator, indicators);
        return index === 0 && sign === '+' ? name : `${sign} ${name}`;
      })
      .join(' '),
  read: (entry, { names: { indicators } }) => {
    const tokens = tokensOf(typedText(entry).slice(0, longestSum), indicators);
    const signed = tokens[0]?.kind === 'sign' ? tokens : [{ kind: 'sign' as const, text: '+' }, ...tokens];
    const isRegular =
      signed.length % 2 === 0 && signed.every(({ kind }, at) => kind === (at % 2 === 0 ? 'sign' : 'term'));
    const terms = signed.flatMap((each) => (each.kind === 'term' ? [each] : []));
    const past = terms.find(({ when }) => when !== 'now');
    if (past !== undefined) {
      return {
        expected: '【指标名称】 + 【指标名称】',
        message: `组成项中不能用上年的数（“${excerpt(past.text)}”）；请去掉“上年”字样，与上年比的写在“规则”表中。`,
      };
    }
    const unknown = terms.find(({ id }) => id === undefined || /^[0-9]/.test(id));
    if (unknown !== undefined) {
      return {
        expected: '【指标名称】 + 【指标名称】',
        message: `组成项中的“${excerpt(unknown.text)}”不是“指标”表中的名称或代码${indicators.guess(unknown.text)}；请照“指标”表中的名称写在【】里，用 +、- 相连。`,
      };
    }
    if (!isRegular) {
      return {
        expected: '【指标名称】 + 【指标名称】',
        message: '组成项的写法不对；请写成“【甲】 + 【乙】 - 【丙】”的样子，【】里是“指标”表中的名称。',
      };
    }
    const signs = signed.flatMap((each) => (each.kind === 'sign' ? [each.text] : []));
    return { value: terms.map(({ id }, index) => ({ indicator: id, sign: signs[index] })) };
  },
};
