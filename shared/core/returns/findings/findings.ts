import type { Catalogue, Rule } from '../../catalogue/catalogue.ts';
import type { SumIndicator } from '../../catalogue/indicator.ts';
import type { Narrative } from '../../catalogue/narratives.ts';
import { type Period, periodInWords } from '../../catalogue/period.ts';
import { indicatorsOfRule } from '../../catalogue/rule-expression.ts';
import type { BrokenRule, SideSaid, TermSaid } from '../../catalogue/rules.ts';
import { absolute, type Decimal, subtract } from '../../values/decimal.ts';
import { excerpt } from '../../values/text.ts';
import type { Finding } from '../finding.ts';
import { adoptionRules, comparisonRules, figureRules, sumRules, tableRules } from './figures.ts';
import { addressRules, formRules, rowRules } from './forms.ts';
import { listRules, namesRules } from './lists.ts';
import { type AnswerKind, rule, type Words } from './rule.ts';

/** What a narrative says. */
const narrativeRules = {
  'narrative-stray': rule('error', (text: string) => ({
    found: excerpt(text),
    expected: '写在浅黄色单元格中',
    message:
      '这一格的文字不在任何一项的填写格里，系统不知道属于哪一项；请移到对应的浅黄色单元格中（在格内换行用 Alt+Enter），并清除这一格。',
  })),
  'narrative-blank': rule('error', ({ name, maxLength }: Narrative) => ({
    found: '空白',
    expected: `文字，不超过 ${maxLength} 字`,
    message: `“${excerpt(name)}”必须填写；请写明情况，没有的请写“无”。`,
  })),
};

/** What stands in a cell as text: words of a narrative, a remark beside a figure, an item of a list, or a figure. */
const textRules = {
  'text-too-long': rule(
    'error',
    ({ name, maxLength }: Pick<Narrative, 'name' | 'maxLength'>, length: number) => ({
      found: `${length} 字`,
      expected: `不超过 ${maxLength} 字`,
      message: `“${excerpt(name)}”过长；请缩短到 ${maxLength} 字以内。`,
    }),
  ),
  'text-not-text': rule('error', (found: string) => ({
    found,
    expected: '文字',
    message: '单元格里不是文字；请删除公式，直接输入文字。',
  })),
  'text-struck': rule('error', (found: string) => ({
    found: excerpt(found),
    expected: '没有删除线的内容',
    message:
      '这一格有划了删除线的内容，系统无法判断划掉的算不算；请把不要的内容删去，留下的取消删除线，再重新上传。',
  })),
  'text-raised': rule('error', (found: string) => ({
    found: excerpt(found),
    expected: '没有上标、下标的数字',
    message:
      '这一格有上标或下标，系统无法判断是不是数的一部分（例如 12 加上标 2 会读成 122）；请删去上标、下标，只留数字。',
  })),
  'text-reversed': rule('error', (text: string) => ({
    found: excerpt(text),
    expected: '文字',
    message: '文字中有改变书写方向的控制字符（U+202E），看到的与存储的次序不同；请删除后重新输入。',
  })),
};

/** What a return says beside its figures, and how findings themselves are kept. */
const returnRules = {
  'signature-missing': rule('info', (missing: readonly string[]) => ({
    expected: missing.join('、'),
    message: `没有填写${missing.join('和')}；本次不影响接收，下次请填写，以便核对时联系。`,
  })),
  'correction-note-too-long': rule('error', (length: number, allowed: number) => ({
    found: `${length} 个字`,
    expected: `不超过 ${allowed} 个字`,
    message: `更正说明过长；请缩短到 ${allowed} 个字以内。`,
  })),
  'more-findings': rule('info', (more: number) => ({
    found: `${more} 条`,
    message: `另有 ${more} 条同类问题没有逐条列出；改正以上各条后重新上传，会列出余下的。`,
  })),
};

/**
 * Every kind of finding, by its rule: severity, and words in Chinese for whoever sent the file. Beside them there are
 * the rules of the catalogue (`rule-<id>`, below), and what the reader says of a file (`file-…`).
 */
export const findingRules = {
  ...addressRules,
  ...formRules,
  ...rowRules,
  ...figureRules,
  ...listRules,
  ...sumRules,
  ...tableRules,
  ...narrativeRules,
  ...textRules,
  ...returnRules,
  ...adoptionRules,
  ...namesRules,
  ...comparisonRules,
};
export type FindingRule = keyof typeof findingRules;

/** What a finding says, wherever it stands. */
export type FindingWords = Words & Pick<Finding, 'rule' | 'severity' | 'breakdown'>;

/** The finding of a rule on what it takes; its place and indicator are for the caller to add. */
export function say<R extends FindingRule>(
  name: R,
  ...about: Parameters<(typeof findingRules)[R]['words']>
): FindingWords {
  const { severity, words } = findingRules[name];
  return { rule: name, severity, ...(words as (...about: unknown[]) => Words)(...about) };
}

/** A rule of the catalogue that a return breaks by itself. */
export function ruleBroken({ id, message }: Rule, broken: BrokenRule): FindingWords {
  return {
    rule: `rule-${id}`,
    severity: 'error',
    ...sidesInWords(broken),
    expected: excerpt(message),
    message: `${withoutFullStop(message)}；现在${differenceInWords(broken)}，${whatToMend(broken)}。`,
  };
}

/** What broke a rule that warns: the figures to the end of a period, or those of the period beside last year's. */
export function ruleWarns({ id, message, over }: Rule, broken: BrokenRule, period: Period): FindingWords {
  const when = periodInWords(period);
  const { figures, mend } = {
    period: {
      figures: `${when}的数与上年的数相比，`,
      mend: '请核对本期和上年的数字，有误的重新报送，无误的请说明原因',
    },
    'year-to-date': {
      figures: `截至${when}的累计数`,
      mend: '请核对各期数字，有误的重新报送那一期，无误的请写明情况，由法制机构核实后结案',
    },
    'all-departments': {
      figures: `截至${when}的全市汇总数`,
      mend: '请与有关部门核对，有误的由其重新报送，无误的请说明原因',
    },
  }[over];
  return {
    rule: `rule-${id}`,
    severity: 'warning',
    ...sidesInWords(broken),
    expected: message,
    message: `${figures}不符合“${withoutFullStop(message)}”：${differenceInWords(broken)}；${mend}。`,
  };
}

/**
 * What it takes at least to settle a warning. A rule that is broken over the year to date, or over all departments, is
 * closed by the legal office alone; a remark beside a figure is on no other figure, so that it settles no rule of several.
 */
export function settledBy({ rule: name }: Pick<Finding, 'rule'>, { rules }: Catalogue): AnswerKind {
  const known = Object.hasOwn(findingRules, name) ? findingRules[name as FindingRule] : undefined;
  if (known !== undefined) return 'settledBy' in known ? known.settledBy : 'department';
  const own = rules.find(({ id }) => `rule-${id}` === name);
  if (own?.over !== 'period') return 'legal-office';
  return indicatorsOfRule(own.expression).length === 1 ? 'remark' : 'department';
}

/** A number that was typed for a sum, and is not what its parts come to. */
export function sumDiffers(sum: Pick<SumIndicator, 'name'>, typed: Decimal, said: SideSaid): FindingWords {
  const difference = subtract(typed, said.value);
  const broken = { left: { value: typed, unit: '', terms: [] }, right: said, difference };
  const { breakdown } = sidesInWords(broken);
  const parts = sideInWords(said);
  return {
    ...say('sum-differs', { name: sum.name, typed, value: said.value, difference: absolute(difference) }),
    expected: excerpt(breakdown === undefined ? parts : said.value),
    ...(breakdown === undefined ? {} : { breakdown }),
  };
}

/** Cells of a table that nobody filled in, each by where it stands. */
export function tableBlanks({ name }: { name: string }, blanks: readonly string[]): FindingWords {
  const lines = blanks.slice(0, maxBreakdown).map((each) => each.slice(0, 120).toWellFormed());
  return { ...say('table-blanks', name, blanks.length), breakdown: lines };
}

/** As many lines as a finding keeps. */
const maxBreakdown = 400;

function differenceInWords(broken: BrokenRule): string {
  const { left, right } = broken;
  return `左边 ${inUnit(left)}，右边 ${inUnit(right)}，相差 ${differenceInUnit(broken)}`;
}

/** A number with its unit, where there are several. */
function inUnit({ value, unit }: Pick<SideSaid, 'value' | 'unit'>): string {
  return `${value} ${unit}`.trimEnd();
}

/** What sides differ by that are of two things (人 beside 件) is of neither. */
function differenceInUnit({ left, right, difference }: BrokenRule): string {
  return inUnit({ value: absolute(difference), unit: left.unit === right.unit ? left.unit : '' });
}

/** As many terms of a side as are said in one line. */
const fewTerms = 4;

/** Both sides in a line, and term by term where that would be too long; of terms that are nothing nothing is said. */
function sidesInWords(broken: BrokenRule): Pick<FindingWords, 'found' | 'breakdown'> {
  const { left, right } = broken;
  const found = [sideInWords(left), sideInWords(right)].join('，');
  const isShort = [left, right].every(
    ({ terms }) => nonZero(terms).length <= fewTerms && terms.every(isPlain),
  );
  if (isShort && found.length <= 200) return { found };
  const lines = [...linesOf('左边', left), ...linesOf('右边', right), `相差 ${differenceInUnit(broken)}`];
  return {
    found: `左边 ${inUnit(left)}，右边 ${inUnit(right)}`,
    breakdown: lines.slice(0, maxBreakdown).map((line) => line.slice(0, 120).toWellFormed()),
  };
}

function isPlain({ from }: TermSaid): boolean {
  return from.length === 0;
}

function nonZero(terms: readonly TermSaid[]): TermSaid[] {
  return terms.filter(({ value }) => value !== '0');
}

function sideInWords(side: SideSaid): string {
  const { unit, terms } = side;
  const [only, ...more] = terms;
  const isPlainTerm = only !== undefined && more.length === 0 && only.unit === unit;
  const said = nonZero(isPlainTerm ? [] : terms);
  if (said.length === 0) return only !== undefined && more.length === 0 ? termInWords(only) : inUnit(side);
  const sum = said
    .map(
      (term, index) =>
        `${index === 0 && term.sign === 1 ? '' : `${signs.get(term.sign)} `}${termInWords(term)}`,
    )
    .join(' ');
  return `${sum} = ${inUnit(side)}`;
}

const signs = new Map([
  [1, '+'],
  [-1, '-'],
]);

function termInWords(term: TermSaid): string {
  return `${term.name} ${inUnit(term)}`.trim();
}

/** A side and its terms, a line each, those of a sum further in. */
function linesOf(which: string, side: SideSaid, depth = 0): string[] {
  return [
    `${'　'.repeat(depth)}${which} ${inUnit(side)}`,
    ...nonZero(side.terms).flatMap(({ sign, name, value, unit, from }) =>
      linesOf(`${signs.get(sign)} ${name}`.trimEnd(), { value, unit, terms: from }, depth + 1),
    ),
  ];
}

/** Which indicators to look at: by their names where they are few, else those of the breakdown. */
function whatToMend(broken: BrokenRule): string {
  const { left, right } = broken;
  const names = new Set([...left.terms, ...right.terms].flatMap(({ name }) => (name === '' ? [] : [name])));
  return sidesInWords(broken).breakdown === undefined
    ? `请核对这几项的数字：${[...names].join('、')}`
    : '请逐项核对';
}

/** A rule's message within a longer sentence. */
function withoutFullStop(message: string): string {
  return message.replace(/[。.]$/, '');
}
