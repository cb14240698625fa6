import { z } from 'zod';
import { type Decimal, decimalOf } from '../values/decimal.ts';

/** An indicator, or a number that never changes, added or taken away. */
export type RuleTerm = { sign: 1 | -1 } & (
  | { kind: 'indicator'; indicator: string }
  | { kind: 'constant'; constant: Decimal }
);

export type Comparison = '<=' | '=' | '>=';

export interface ParsedRule {
  left: RuleTerm[];
  comparison: Comparison;
  right: RuleTerm[];
}

const term = '(?:[a-z][a-z0-9-]*|(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{0,5}[1-9])?)';
const side = `${term}(?: [+-] ${term})*`;
const whole = new RegExp(`^(?=.*[a-z])(${side}) (<=|=|>=) (${side})$`);

/** As long as the expression of a rule may be. */
export const maxRuleLength = 4000;

/**
 * `a + b - c <= d`: sums of indicator ids and plain numbers on both sides, with single spaces around each operator, and
 * an indicator among them.
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
      ? { sign, kind: 'indicator', indicator: said }
      : { sign, kind: 'constant', constant };
  });
}

export function indicatorsOfRule(expression: string): string[] {
  const { left, right } = parseRule(expression);
  const ids = [...left, ...right].flatMap((each) => (each.kind === 'indicator' ? [each.indicator] : []));
  return [...new Set(ids)];
}
