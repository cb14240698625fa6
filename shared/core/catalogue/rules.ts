import { compare, type Decimal, subtract } from '../values/decimal.ts';
import type { Catalogue, Rule } from './catalogue.ts';
import type { Indicator, SumIndicator } from './indicator.ts';
import { type Comparison, indicatorsOfRule, parseRule, type RuleTerm } from './rule-expression.ts';
import { addendsOf, addUp, isEverKnownOf, type Known, knownOf } from './sums.ts';
import { cellId, type Grid, gridsOf, indicatorOf } from './tables.ts';

const known = new WeakMap<Catalogue, readonly Rule[]>();

/** Every rule of a catalogue: those of its list, and the balances of its tables, one a column. */
function rulesOf(catalogue: Catalogue): readonly Rule[] {
  const found = known.get(catalogue) ?? [...catalogue.rules, ...gridsOf(catalogue).flatMap(balanceRules)];
  known.set(catalogue, found);
  return found;
}

/** What balances in the columns that are typed balances in those that are added up from them. */
function balanceRules({ table, columns, balances }: Grid): Rule[] {
  return balances.flatMap((balance) =>
    columns
      .filter(({ sum }) => sum === undefined)
      .map((column) => ({
        id: `${table.id}-${balance.id}-${column.id}`,
        over: 'period',
        expression: balance.rule.replace(/[a-z][a-z0-9]*/g, (row) => cellId(table.id, row, column.id)),
        message: `${balance.name.replace(/[。.]$/, '')}（${column.name}）`,
      })),
  );
}

/** A rule that a department's figures may break, with the indicators it is about in the order it names them. */
export interface ApplicableRule {
  rule: Rule;
  indicators: readonly [Indicator, ...Indicator[]];
}

/** The rules over a period, or over the year to date, all of whose indicators the department reports. */
export function rulesFor(catalogue: Catalogue, department: string, over: Rule['over']): ApplicableRule[] {
  return rulesOf(catalogue)
    .filter((rule) => rule.over === over)
    .flatMap((rule): ApplicableRule[] => {
      const ids = indicatorsOfRule(rule.expression);
      const [first, ...others] = ids
        .map((id) => indicatorOf(catalogue, id))
        .filter((each) => each !== undefined)
        .filter((each) => isEverKnownOf(each, department, catalogue));
      const isWhole = first !== undefined && others.length + 1 === ids.length;
      return isWhole ? [{ rule, indicators: [first, ...others] }] : [];
    });
}

/** What a rule's term comes to: an indicator by its name, or a number that stands in the rule itself. */
export interface TermSaid {
  sign: 1 | -1;
  name: string;
  value: Decimal;
  /** Of a sum: what it comes from. */
  from: readonly TermSaid[];
}

/** One side of a rule: what its terms come to, without those that are blank. */
export interface SideSaid {
  value: Decimal;
  terms: readonly TermSaid[];
}

/** Both sides of a rule that does not hold, and by how much they differ: the left without the right. */
export interface BrokenRule {
  left: SideSaid;
  right: SideSaid;
  difference: Decimal;
}

/** Whether a rule holds, and if not why; `off` where it says nothing. */
export type RuleOutcome = { kind: 'off' } | { kind: 'holds' } | ({ kind: 'broken' } & BrokenRule);

/**
 * What a rule comes to. It is off where a figure of it is not known, or where all on one side was left blank; a blank
 * among numbers counts as nothing.
 */
export function outcomeOf(
  { rule }: ApplicableRule,
  catalogue: Catalogue,
  numberOf: (id: string) => Known,
): RuleOutcome {
  const { left: leftTerms, comparison, right: rightTerms } = parseRule(rule.expression);
  const [left, right] = [leftTerms, rightTerms].map((terms) => sideSaid(terms, catalogue, numberOf));
  if (left === undefined || right === undefined) return { kind: 'off' };
  if (holds(left.value, comparison, right.value)) return { kind: 'holds' };
  return { kind: 'broken', left, right, difference: subtract(left.value, right.value) };
}

function holds(left: Decimal, comparison: Comparison, right: Decimal): boolean {
  const order = compare(left, right);
  if (comparison === '=') return order === 0;
  return comparison === '<=' ? order <= 0 : order >= 0;
}

function sideSaid(
  terms: readonly RuleTerm[],
  catalogue: Catalogue,
  numberOf: (id: string) => Known,
): SideSaid | undefined {
  const known = terms.map((term) => ({ ...termSaid(term, catalogue, numberOf), sign: term.sign }));
  const value = addUp(known);
  if (value === undefined || value === 'blank') return undefined;
  return { value, terms: known.flatMap(withNumber) };
}

function withNumber<T extends { value: Known }>(term: T): (T & { value: Decimal })[] {
  const { value } = term;
  return value === undefined || value === 'blank' ? [] : [{ ...term, value }];
}

function termSaid(
  term: RuleTerm,
  catalogue: Catalogue,
  numberOf: (id: string) => Known,
): { name: string; value: Known; from: readonly TermSaid[] } {
  if (term.kind === 'constant') return { name: '', value: term.constant, from: [] };
  const indicator = indicatorOf(catalogue, term.indicator);
  if (indicator === undefined) return { name: term.indicator, value: undefined, from: [] };
  const from = indicator.kind === 'sum' ? addendsSaid(indicator, catalogue, numberOf) : [];
  return { name: indicator.name, value: knownOf(indicator, catalogue, numberOf), from };
}

function addendsSaid(sum: SumIndicator, catalogue: Catalogue, numberOf: (id: string) => Known): TermSaid[] {
  return addendsOf(sum, catalogue)
    .map(({ sign, indicator: { id, name } }) => ({ sign, name, value: numberOf(id), from: [] }))
    .flatMap(withNumber);
}

/** What a sum comes to, with what it comes from; undefined if it is not known or all of it was left blank. */
export function sumSaid(
  sum: SumIndicator,
  catalogue: Catalogue,
  numberOf: (id: string) => Known,
): SideSaid | undefined {
  const value = knownOf(sum, catalogue, numberOf);
  if (value === undefined || value === 'blank') return undefined;
  return { value, terms: addendsSaid(sum, catalogue, numberOf) };
}
