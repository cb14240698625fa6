import { type Decimal, exactInverse, multiply } from '../values/decimal.ts';
import type { Indicator } from './indicator.ts';
import type { ParsedRule, RuleTerm } from './rule-expression.ts';
import { type Indicators, indicatorOf } from './tables.ts';

/** In which unit one side of a rule is, and by what a figure in each other unit is multiplied to be in it. */
export interface SideUnits {
  unit: string;
  factors: ReadonlyMap<string, Decimal>;
}

/** How the figures of a rule stand beside each other, or, in words, why they cannot. */
export type RuleUnits =
  | { kind: 'fit'; left: SideUnits; right: SideUnits; isMixed: boolean }
  | { kind: 'unfit'; why: string };

/**
 * What is added on one side has to be comparable: in one unit, or in units of which an indicator of the rule says how
 * they are converted (`alsoIn`, `output`). Both sides are taken in the unit of the first indicator; only where it has
 * nothing to do with the other side's (人 beside 件), each is in its own, and they are compared as numbers.
 */
export function unitsOfRule({ left, right }: ParsedRule, catalogue: Indicators): RuleUnits {
  const [onLeft, onRight] = [indicatorsIn(left, catalogue), indicatorsIn(right, catalogue)];
  const all = [...onLeft, ...onRight];
  const [first] = all;
  if (first === undefined) return { kind: 'unfit', why: '规则中没有指标。' };
  const stated = conversionsOf(all);
  const main = { unit: first.unit, units: unitsBeside(first.unit, stated) };
  const isApart = onRight.every(({ unit }) => !main.units.has(unit));
  const other = isApart ? onRight[0]?.unit : undefined;
  const ofRight = other === undefined ? main : { unit: other, units: unitsBeside(other, stated) };
  const why =
    whyNotAdded(onLeft, main) ?? whyNotAdded(onRight, ofRight) ?? whyNotCompared(main.unit, ofRight.unit);
  if (why !== undefined) return { kind: 'unfit', why };
  return {
    kind: 'fit',
    left: sideIn(main),
    right: sideIn(ofRight),
    isMixed: all.some(({ unit }) => unit !== first.unit),
  };
}

function sideIn({ unit, units }: ReachedFrom): SideUnits {
  return { unit, factors: factorsIn(units) };
}

function indicatorsIn(terms: readonly RuleTerm[], catalogue: Indicators): Indicator[] {
  return terms
    .flatMap((term) => (term.kind === 'indicator' ? [indicatorOf(catalogue, term.indicator)] : []))
    .filter((indicator) => indicator !== undefined);
}

/** What a figure in one unit is multiplied by to be in another. */
interface UnitFactor {
  from: string;
  to: string;
  factor: Decimal;
}

/** What the indicators say of units: those that may be entered beside their own, and the one they are published in. */
function conversionsOf(indicators: readonly Indicator[]): UnitFactor[] {
  return indicators.flatMap((indicator) => {
    const { unit } = indicator;
    const entered = 'alsoIn' in indicator ? indicator.alsoIn : [];
    const output = 'output' in indicator ? indicator.output : undefined;
    return [
      ...entered.map((also) => ({ from: also.unit, to: unit, factor: also.factor })),
      ...(output === undefined ? [] : [{ from: unit, to: output.unit, factor: output.factor }]),
    ];
  });
}

/** Units that are converted to one unit: each by a factor, or not exactly, or by several factors that differ. */
type ReachedUnits = ReadonlyMap<string, Decimal | 'inexact' | 'contradictory'>;

interface ReachedFrom {
  unit: string;
  units: ReachedUnits;
}

/** As many places as a decimal may have. */
const maxPlaces = 12;

function unitsBeside(unit: string, stated: readonly UnitFactor[]): ReachedUnits {
  const reached = new Map<string, Decimal | 'inexact' | 'contradictory'>([[unit, '1']]);
  const both = [
    ...stated,
    ...stated.map(({ from, to, factor }) => ({
      from: to,
      to: from,
      factor: exactInverse(factor, maxPlaces),
    })),
  ];
  for (const [to, known] of reached) {
    for (const { from, factor } of both.filter((each) => each.to === to)) {
      const isKnown = known !== 'inexact' && known !== 'contradictory' && factor !== undefined;
      const whole = isKnown ? multiply(factor, known) : 'inexact';
      const before = reached.get(from);
      if (before === undefined || before === 'inexact') reached.set(from, whole);
      else if (whole !== 'inexact' && before !== whole) reached.set(from, 'contradictory');
    }
  }
  return reached;
}

function factorsIn(reached: ReachedUnits): Map<string, Decimal> {
  const factors = new Map<string, Decimal>();
  for (const [unit, factor] of reached) {
    if (factor !== 'inexact' && factor !== 'contradictory') factors.set(unit, factor);
  }
  return factors;
}

function whyNotAdded(indicators: readonly Indicator[], { unit, units }: ReachedFrom): string | undefined {
  const wrong = indicators.find((each) => factorsIn(units).get(each.unit) === undefined);
  if (wrong === undefined) return undefined;
  const [name, own] = [wrong.name, wrong.unit];
  switch (units.get(own)) {
    case 'inexact':
      return `“${name}”的单位（${own}）不能精确换算成${unit}；请改用能精确换算的单位。`;
    case 'contradictory':
      return `规则中的指标所写的${own}与${unit}的换算不一致；请在“可用单位”或“发布单位”中改成一致的。`;
    default:
      return `“${name}”的单位是${own}，与${unit}不能换算，不能相加减；请只把单位相同的指标放在一边，或在其中一个指标的“可用单位”中写明怎样换算。`;
  }
}

/** Units of which one is so many of the other, as their names say, are not compared as numbers. */
function whyNotCompared(left: string, right: string): string | undefined {
  const plain = (unit: string) => unit.replace(/^[十百千万亿]+/, '');
  if (left === right || plain(left) !== plain(right)) return undefined;
  return `左边的单位是${left}，右边是${right}，没有写明怎样换算；请在其中一个指标的“可用单位”中写明，例如单位为万元的，写 元=0.0001。`;
}
