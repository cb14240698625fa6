import { z } from 'zod';
import { add, compare, type Decimal, subtract } from '../values/decimal.ts';

export interface RuleTerm {
  sign: 1 | -1;
  indicator: string;
}

export interface ParsedRule {
  left: RuleTerm[];
  comparison: '<=' | '=' | '>=';
  right: RuleTerm[];
}

const side = '[a-z][a-z0-9-]*(?: [+-] [a-z][a-z0-9-]*)*';
const whole = new RegExp(`^(${side}) (<=|=|>=) (${side})$`);

/** `a + b - c <= d`: sums of indicator ids on both sides, with single spaces around each operator. */
export const ruleExpressionSchema = z.string().max(400).regex(whole);

export function parseRule(expression: string): ParsedRule {
  const match = whole.exec(expression);
  if (match === null) throw new Error(`not a rule: ${expression}`);
  const [, left = '', comparison = '', right = ''] = match;
  return { left: termsOf(left), comparison: comparison as ParsedRule['comparison'], right: termsOf(right) };
}

function termsOf(text: string): RuleTerm[] {
  return `+ ${text}`
    .split(/ (?=[+-] )/)
    .map((term) => ({ sign: term.startsWith('-') ? -1 : 1, indicator: term.slice(2) }));
}

export function indicatorsOfRule(expression: string): string[] {
  const { left, right } = parseRule(expression);
  return [...new Set([...left, ...right].map((term) => term.indicator))];
}

export interface RuleOutcome {
  holds: boolean;
  left: Decimal;
  right: Decimal;
}

/** Evaluates a rule; undefined when one of its indicators has no number. */
export function evaluateRule(
  expression: string,
  numberOf: (indicator: string) => Decimal | undefined,
): RuleOutcome | undefined {
  const { left, comparison, right } = parseRule(expression);
  const leftValue = total(left, numberOf);
  const rightValue = total(right, numberOf);
  if (leftValue === undefined || rightValue === undefined) return undefined;
  const order = compare(leftValue, rightValue);
  const holds = comparison === '=' ? order === 0 : comparison === '<=' ? order <= 0 : order >= 0;
  return { holds, left: leftValue, right: rightValue };
}

function total(terms: RuleTerm[], numberOf: (indicator: string) => Decimal | undefined): Decimal | undefined {
  let result: Decimal = '0';
  for (const term of terms) {
    const value = numberOf(term.indicator);
    if (value === undefined) return undefined;
    result = term.sign === 1 ? add(result, value) : subtract(result, value);
  }
  return result;
}
