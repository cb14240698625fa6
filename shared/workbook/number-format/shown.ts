import Big from 'big.js';
import type { Shown } from '../../core/returns/content.ts';
import { literalOf, type NumberFormat, type Piece, type Section } from './format-code.ts';
import { fractionText } from './fraction.ts';
import { sectionFor } from './sections.ts';

/** What a cell shows that no section of its format is for, or whose number is no date. */
const overflow = '########';

/** Spreadsheet programs promise, and show, fifteen significant digits. */
const digitsKept = 15;

/**
 * What a cell with that format shows for a stored number, in a column that is wide enough. Chinese numerals
 * (`[DBNum1]`) are given as the digits that they stand for.
 */
export function shownNumber(format: NumberFormat, stored: string): Shown {
  const value = new Big(stored).prec(digitsKept, Big.roundHalfUp);
  const chosen = sectionFor(format, Number(stored));
  if (chosen === undefined || chosen.section.isDate) return { text: overflow, power: 0 };
  const { section, isSigned } = chosen;
  const sign = value.lt(0) && !isSigned ? '-' : '';
  return {
    text: sign + textOf(section, value.abs()),
    power: section.power - digitsBehindLiteralPoint(section),
  };
}

/** What a cell with that format shows for a text. */
export function shownText({ texts }: NumberFormat, text: string): string {
  if (texts === undefined) return text;
  return texts.pieces.map((piece) => (piece.kind === 'text' ? text : literalOf(piece))).join('');
}

/** `0!.0,` writes 12345 as 1.2: the point is no point, yet it is read as one. */
function digitsBehindLiteralPoint({ pieces }: Section): number {
  if (pieces.some(({ kind }) => kind === 'point')) return 0;
  const at = pieces.findIndex((piece) => piece.kind === 'literal' && piece.text === '.');
  const isBetween = at > 0 && pieces.slice(0, at).some(({ kind }) => kind === 'digit');
  return isBetween ? pieces.slice(at).filter(({ kind }) => kind === 'digit').length : 0;
}

function textOf(section: Section, value: Big): string {
  const { pieces } = section;
  const scaled = scaledBy(value, section.power);
  if (pieces.some(({ kind }) => kind === 'slash')) return fractionText(pieces, scaled);
  const exponent = pieces.findIndex(({ kind }) => kind === 'exponent');
  if (exponent >= 0) return scientificText(section, scaled, exponent);
  return numberText(section, pieces, scaled);
}

/** Ten to that power times the value; a power of Big's own is a quotient below zero, and rounded. */
function scaledBy(value: Big, power: number): Big {
  return new Big(`${value.toFixed()}e${power}`);
}

function numberText({ isGrouped }: Pick<Section, 'isGrouped'>, pieces: readonly Piece[], value: Big): string {
  const point = pieces.findIndex(({ kind }) => kind === 'point');
  const end = point < 0 ? pieces.length : point;
  const decimals = pieces.slice(end).filter(({ kind }) => kind === 'digit').length;
  const [whole = '', fraction = ''] = value.toFixed(decimals, Big.roundHalfUp).split('.');
  const before = wholeDigits(pieces.slice(0, end), whole === '0' ? '' : whole, isGrouped && point !== 0);
  const lead =
    pieces.slice(0, end).some(({ kind }) => kind === 'digit') || point < 0 || whole === '0' ? '' : whole;
  return withGeneral(pieces.slice(0, end), before, value) + lead + decimalDigits(pieces.slice(end), fraction);
}

/** The pieces before the point as texts, digits filled in from the right; the first takes all that are left. */
function wholeDigits(pieces: readonly Piece[], digits: string, isGrouped: boolean): string[] {
  const places = pieces.filter(({ kind }) => kind === 'digit').length;
  let place = places;
  return pieces.map((piece) => {
    if (piece.kind !== 'digit') return literalOf(piece);
    place--;
    const from = digits.length - place - 1;
    const taken = place === places - 1 ? digits.slice(0, Math.max(0, from + 1)) : (digits[from] ?? '');
    const filled = taken === '' ? padding(piece.pad) : taken;
    return isGrouped ? grouped(filled, place) : filled;
  });
}

/** Digits of which the last has so many places behind it, with a comma behind each thousand. */
function grouped(digits: string, behind: number): string {
  return [...digits]
    .map((digit, index) => {
      const place = behind + digits.length - index - 1;
      return place > 0 && place % 3 === 0 && digit !== ' ' ? `${digit},` : digit;
    })
    .join('');
}

function decimalDigits(pieces: readonly Piece[], fraction: string): string {
  const shown = fraction.replace(/0+$/, '').length;
  let place = 0;
  return pieces
    .map((piece) => {
      if (piece.kind !== 'digit') return literalOf(piece);
      place++;
      return place <= shown ? fraction[place - 1] : padding(piece.pad);
    })
    .join('');
}

function padding(pad: '0' | '#' | '?'): string {
  return pad === '0' ? '0' : pad === '?' ? ' ' : '';
}

function withGeneral(pieces: readonly Piece[], texts: readonly string[], value: Big): string {
  return pieces.map(({ kind }, index) => (kind === 'general' ? generalText(value) : texts[index])).join('');
}

/** At most eleven characters, as `General` allows itself. */
function generalText(value: Big): string {
  const room = 11;
  if (value.eq(0)) return '0';
  if (value.gte('1e11') || value.lt('1e-9')) return scientific(value, 5);
  const whole = value.toFixed(0, Big.roundDown).length;
  return new Big(value.toFixed(Math.max(0, room - whole - 1), Big.roundHalfUp)).toFixed();
}

function scientific(value: Big, decimals: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(decimals, Big.roundHalfUp).split('e');
  const digits = exponent.replace(/^[+-]/, '').padStart(2, '0');
  return `${new Big(mantissa).toFixed()}E${exponent.startsWith('-') ? '-' : '+'}${digits}`;
}

/** With more than one digit before the point, exponents go in steps of so many. */
function scientificText(section: Section, value: Big, at: number): string {
  const [mantissa, rest] = [section.pieces.slice(0, at), section.pieces.slice(at + 1)];
  const point = mantissa.findIndex(({ kind }) => kind === 'point');
  const end = point < 0 ? mantissa.length : point;
  const places = (from: number, to: number) =>
    mantissa.slice(from, to).filter(({ kind }) => kind === 'digit').length;
  const [step, decimals] = [Math.max(1, places(0, end)), places(end, mantissa.length)];
  const exponentOf = (number: Big) => (number.eq(0) ? 0 : Math.floor(number.e / step) * step);
  let exponent = exponentOf(value);
  const rounded = scaledBy(scaledBy(value, -exponent).round(decimals, Big.roundHalfUp), exponent);
  exponent = exponentOf(rounded);
  const text = numberText(section, mantissa, scaledBy(rounded, -exponent));
  const sign = exponent < 0 ? '-' : (section.pieces[at] as { plus?: boolean }).plus === true ? '+' : '';
  return `${text}E${sign}${wholeDigits(rest, String(Math.abs(exponent)), false).join('')}`;
}
