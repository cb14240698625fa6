import { z } from 'zod';
import type { Comparison } from './rule-expression.ts';

const side = '[a-z][a-z0-9]*(?: [+-] [a-z][a-z0-9]*)*';
const forms = {
  sum: new RegExp(`^(?:- )?${side}$`),
  rule: new RegExp(`^(${side}) (<=|=|>=) (${side})$`),
} as const;

/** How the lines of a table are added up: `a + b - c`, or as a rule over them: `a + b = c`. */
export function formula(form: keyof typeof forms) {
  return z.string().max(4000).regex(forms[form]);
}

export interface FormulaTerm {
  sign: '+' | '-';
  line: string;
}

export function termsOfFormula(sum: string): FormulaTerm[] {
  const signed = /^[+-] /.test(sum) ? sum : `+ ${sum}`;
  return signed
    .split(/ (?=[+-] )/)
    .map((term) => ({ sign: term.startsWith('-') ? '-' : '+', line: term.slice(2) }));
}

/** Both sides of a rule over lines. */
export function sidesOfFormula(rule: string): { left: string; comparison: Comparison; right: string } {
  const match = forms.rule.exec(rule);
  if (match === null) throw new Error(`not a rule: ${rule}`);
  const [, left = '', comparison = '', right = ''] = match;
  return { left, comparison: comparison as Comparison, right };
}
