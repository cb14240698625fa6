import Big from 'big.js';
import { literalOf, type Piece } from './format-code.ts';

/** `# ?/?`: a whole part if there is a place for one before the numerator's; `?/16` fixes the denominator. */
export function fractionText(pieces: readonly Piece[], value: Big): string {
  const slash = pieces.findIndex(({ kind }) => kind === 'slash');
  const code = (part: readonly Piece[]) =>
    part.map((piece) => (piece.kind === 'digit' ? piece.pad : literalOf(piece))).join('');
  const [before, behind] = [code(pieces.slice(0, slash)), code(pieces.slice(slash + 1))];
  const [, prefix = '', whole = ''] = /^([^0#?]*)([0#?]+ +)?/.exec(before) ?? [];
  const [written = '', fixed] = /^ *(?:([1-9][0-9]*)|[0#?]+)/.exec(behind) ?? [];
  const bound = fixed === undefined ? 10 ** Math.min(written.trim().length, 9) - 1 : Number(fixed);
  return (
    prefix +
    mixed(value, { bound, isFixed: fixed !== undefined }, whole !== '') +
    behind.slice(written.length)
  );
}

function mixed(value: Big, of: { bound: number; isFixed: boolean }, hasWhole: boolean): string {
  const whole = hasWhole ? value.round(0, Big.roundDown) : new Big(0);
  const { numerator, denominator } = fractionOf(value.minus(whole), of.bound, of.isFixed);
  if (hasWhole && (numerator === 0 || numerator === denominator)) {
    return whole.plus(numerator === 0 ? 0 : 1).toFixed();
  }
  return `${whole.eq(0) ? '' : `${whole.toFixed()} `}${numerator}/${denominator}`;
}

/**
 * The fraction nearest to a value from 0 with a denominator of at most `bound`, by continued fractions; with exactly
 * that denominator if it is fixed.
 */
function fractionOf(value: Big, bound: number, isFixed: boolean): { numerator: number; denominator: number } {
  if (isFixed)
    return { numerator: Number(value.times(bound).toFixed(0, Big.roundHalfUp)), denominator: bound };
  const target = Number(value);
  let [before, last] = [
    { numerator: 0, denominator: 1 },
    { numerator: 1, denominator: 0 },
  ];
  let rest = target;
  for (let step = 0; step < 40; step++) {
    const whole = Math.floor(rest);
    const steps =
      last.denominator === 0
        ? whole
        : Math.min(whole, Math.floor((bound - before.denominator) / last.denominator));
    const next = {
      numerator: steps * last.numerator + before.numerator,
      denominator: steps * last.denominator + before.denominator,
    };
    const distance = ({ numerator, denominator }: typeof next) => Math.abs(numerator / denominator - target);
    if (steps < whole) return distance(next) < distance(last) ? next : last;
    [before, last] = [last, next];
    if (rest - whole < 1e-9) return last;
    rest = 1 / (rest - whole);
  }
  return last;
}
