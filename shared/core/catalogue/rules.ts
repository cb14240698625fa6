import { compare, type Decimal, multiply, subtract } from '../values/decimal.ts';
import type { Catalogue, Rule } from './catalogue.ts';
import type { Indicator, SumIndicator } from './indicator.ts';
import {
  type Comparison,
  indicatorsOfRule,
  looksAtLastYear,
  parseRule,
  type RuleTerm,
  type When,
  whenWords,
} from './rule-expression.ts';
import { type SideUnits, unitsOfRule } from './rule-units.ts';
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

/**
 * Whether a return that breaks the rule is refused. What depends on other returns, last year's among them, never is a
 * reason to refuse one: it warns.
 */
function refuses({ over, expression }: Rule): boolean {
  return over === 'period' && !looksAtLastYear(expression);
}

/** The rules by which a department's returns are refused, or warned about, all of whose indicators it reports. */
export function rulesFor(
  catalogue: Catalogue,
  department: string,
  effect: 'refusal' | 'warning',
): ApplicableRule[] {
  return rulesOf(catalogue)
    .filter((rule) => rule.over !== 'all-departments' && refuses(rule) === (effect === 'refusal'))
    .flatMap((rule) => applicable(rule, catalogue, (each) => isEverKnownOf(each, department, catalogue)));
}

/** The rules over the totals of all departments. */
export function rulesOverTotals(catalogue: Catalogue): ApplicableRule[] {
  return catalogue.rules
    .filter(({ over }) => over === 'all-departments')
    .flatMap((rule) => applicable(rule, catalogue, (each) => addendsOf(each, catalogue).length > 0));
}

function applicable(
  rule: Rule,
  catalogue: Catalogue,
  isKnown: (indicator: Indicator) => boolean,
): ApplicableRule[] {
  const ids = indicatorsOfRule(rule.expression);
  const [first, ...others] = ids
    .map((id) => indicatorOf(catalogue, id))
    .filter((each) => each !== undefined)
    .filter(isKnown);
  const isWhole = first !== undefined && others.length + 1 === ids.length;
  return isWhole ? [{ rule, indicators: [first, ...others] }] : [];
}

/** What a rule's term comes to: an indicator by its name, or a number that stands in the rule itself. */
export interface TermSaid {
  sign: 1 | -1;
  name: string;
  /** In its own unit. */
  value: Decimal;
  /** Empty where all of the rule is in one. */
  unit: string;
  /** Of a sum: what it comes from. */
  from: readonly TermSaid[];
}

/** One side of a rule: what its terms come to, without those that are blank. */
export interface SideSaid {
  value: Decimal;
  /** Empty where all of the rule is in one. */
  unit: string;
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

/** What is known of a reported indicator: as the rule is over it, or of last year. */
export type NumberOf = (id: string, when: When) => Known;

/**
 * What a rule comes to. It is off where a figure of it is not known, or where all on one side was left blank; a blank
 * among numbers counts as nothing.
 */
export function outcomeOf({ rule }: ApplicableRule, catalogue: Catalogue, numberOf: NumberOf): RuleOutcome {
  const parsed = parseRule(rule.expression);
  const units = unitsOfRule(parsed, catalogue);
  if (units.kind === 'unfit') return { kind: 'off' };
  const { isMixed } = units;
  const left = sideSaid(parsed.left, units.left, { catalogue, numberOf, isMixed });
  const right = sideSaid(parsed.right, units.right, { catalogue, numberOf, isMixed });
  if (left === undefined || right === undefined) return { kind: 'off' };
  if (holds(left.value, parsed.comparison, right.value)) return { kind: 'holds' };
  return { kind: 'broken', left, right, difference: subtract(left.value, right.value) };
}

function holds(left: Decimal, comparison: Comparison, right: Decimal): boolean {
  const order = compare(left, right);
  if (comparison === '=') return order === 0;
  return comparison === '<=' ? order <= 0 : order >= 0;
}

interface Figures {
  catalogue: Catalogue;
  numberOf: NumberOf;
  /** Whether not all of the rule is in one unit. */
  isMixed: boolean;
}

function sideSaid(
  terms: readonly RuleTerm[],
  { unit, factors }: SideUnits,
  figures: Figures,
): SideSaid | undefined {
  const said = terms.map((term) => {
    const { name, value, from, ownUnit = unit } = termSaid(term, figures);
    const factor = factors.get(ownUnit);
    const inUnit = typeof value === 'string' && value !== 'blank' && factor ? multiply(value, factor) : value;
    return { sign: term.sign, name, value, from, unit: figures.isMixed ? ownUnit : '', inUnit };
  });
  const value = addUp(said.map(({ sign, inUnit }) => ({ sign, value: inUnit })));
  if (value === undefined || value === 'blank') return undefined;
  const numbers = said.flatMap(withNumber).map(({ inUnit: _inUnit, ...term }) => term);
  return { value, unit: figures.isMixed ? unit : '', terms: numbers };
}

function withNumber<T extends { value: Known }>(term: T): (T & { value: Decimal })[] {
  const { value } = term;
  return value === undefined || value === 'blank' ? [] : [{ ...term, value }];
}

interface TermKnown {
  name: string;
  value: Known;
  from: readonly TermSaid[];
  ownUnit?: string;
}

function termSaid(term: RuleTerm, { catalogue, numberOf, isMixed }: Figures): TermKnown {
  if (term.kind === 'constant') return { name: '', value: term.constant, from: [] };
  const { when } = term;
  const indicator = indicatorOf(catalogue, term.indicator);
  if (indicator === undefined) return { name: term.indicator, value: undefined, from: [] };
  const numberThen = (id: string) => numberOf(id, when);
  const from = indicator.kind === 'sum' ? addendsSaid(indicator, catalogue, numberThen) : [];
  const { name, unit } = indicator;
  return {
    name: when === 'now' ? name : `${whenWords[when]}【${name}】`,
    value: knownOf(indicator, catalogue, numberThen),
    from: isMixed ? from.map((each) => ({ ...each, unit })) : from,
    ownUnit: unit,
  };
}

function addendsSaid(sum: SumIndicator, catalogue: Catalogue, numberOf: (id: string) => Known): TermSaid[] {
  return addendsOf(sum, catalogue)
    .map(({ sign, indicator: { id, name } }) => ({ sign, name, value: numberOf(id), unit: '', from: [] }))
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
  return { value, unit: '', terms: addendsSaid(sum, catalogue, numberOf) };
}
