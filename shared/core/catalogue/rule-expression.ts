import { z } from 'zod';
import { type Decimal, decimalOf } from '../values/decimal.ts';

/**
 * Of when a term's figure is: of what the rule is over, of the same part of last year (上年同期), or, of a stock, of the
 * last period of last year (上年末).
 */
export type When = 'now' | 'last-year' | 'last-year-end';

/** Of when a figure of last year is, as people write it in front of its name. */
export const whenWords: Record<Exclude<When, 'now'>, string> = {
  'last-year': '上年同期',
  'last-year-end': '上年末',
};

/** An indicator, or a number that never changes, added or taken away. */
export type RuleTerm = { sign: 1 | -1 } & (
  | { kind: 'indicator'; indicator: string; when: When }
  | { kind: 'constant'; constant: Decimal }
);

export type Comparison = '<=' | '=' | '>=';

export interface ParsedRule {
  left: RuleTerm[];
  comparison: Comparison;
  right: RuleTerm[];
}

const id = '[a-z][a-z0-9-]*';
/** An indicator as last year had it, in the expression of a rule. */
export const ofLastYear = `last-year(?:-end)?\\(${id}\\)`;
const term = `(?:${ofLastYear}|${id}|(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{0,5}[1-9])?)`;
const side = `${term}(?: [+-] ${term})*`;
const whole = new RegExp(`^(?=.*[a-z])(${side}) (<=|=|>=) (${side})$`);

/** As long as the expression of a rule may be. */
export const maxRuleLength = 4000;

/**
 * `a + b - c <= last-year(d)`: sums of indicators by their ids, of last year's figures of them, and of plain numbers on
 * both sides, with single spaces around each operator, and an indicator among them.
 */
export const ruleExpressionSchema = z.string().max(maxRuleLength).regex(whole);

export function parseRule(expression: string): ParsedRule {
  const match = whole.exec(expression);
  if (match === null) throw new Error(`not a rule: ${expression}`);
  const [, left = '', comparison = '', right = ''] = match;
  return { left: termsOf(left), comparison: comparison as Comparison, right: termsOf(right) };
}

function termsOf(text: string): RuleTerm[] {
  return `+ ${text}`.split(/ (?=[+-] )/).map((each): RuleTerm => {
    const sign = each.startsWith('-') ? -1 : 1;
    const said = each.slice(2);
    const constant = decimalOf(said);
    return constant === undefined
      ? { sign, kind: 'indicator', ...figureMeant(said) }
      : { sign, kind: 'constant', constant };
  });
}

function figureMeant(said: string): { indicator: string; when: When } {
  const match = /^(last-year|last-year-end)\((.*)\)$/.exec(said);
  return match === null ? { indicator: said, when: 'now' } : { indicator: match[2]!, when: match[1] as When };
}

/** A term as an expression has it. */
export function termInExpression(indicator: string, when: When): string {
  return when === 'now' ? indicator : `${when}(${indicator})`;
}

export function indicatorsOfRule(expression: string): string[] {
  return [...new Set(figuresOfRule(expression).map(({ indicator }) => indicator))];
}

/** Whether a rule looks at figures of last year. */
export function looksAtLastYear(expression: string): boolean {
  return figuresOfRule(expression).some(({ when }) => when !== 'now');
}

/** Which figures of which indicators a rule is about, in the order in which it names them. */
export function figuresOfRule(expression: string): { indicator: string; when: When }[] {
  const { left, right } = parseRule(expression);
  return [...left, ...right].flatMap((each) => (each.kind === 'indicator' ? [each] : []));
}
