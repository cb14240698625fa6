import { shift, storedNumber } from '../values/decimal.ts';
import { excerpt, hasDigit, isReversed, nameKey } from '../values/text.ts';
import { asShown } from './numeral.ts';

/**
 * What a cell shows in place of the number that is stored in it. The number in the text is the stored one times ten
 * to the power, rounded: 2 for a percentage, -3 for thousands.
 */
export interface Shown {
  text: string;
  power: number;
}

/**
 * What stands in a cell, as read from the file. A number keeps the digits that are stored; `shown` is what people
 * see in the cell, where its format makes that another text.
 */
export type Content =
  | { kind: 'number'; text: string; shown?: Shown }
  | { kind: 'text'; text: string; shown?: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'error'; code: string }
  | { kind: 'date'; iso: string; text: string }
  | { kind: 'blank' };

/**
 * How something stands in a cell that makes it say something else than its characters: struck out, or a part of it raised
 * or lowered.
 */
export type Look = 'struck' | 'raised';

/** What a cell shows. */
export function shownText(content: Content): string {
  switch (content.kind) {
    case 'number':
      return content.shown?.text ?? content.text;
    case 'text':
      return content.shown ?? content.text;
    case 'date':
      return content.iso;
    case 'boolean':
      return content.value ? 'TRUE' : 'FALSE';
    case 'error':
      return content.code;
    case 'blank':
      return '';
  }
}

/** A cell's content as it may be quoted: what it shows, and what is stored where that is something else. */
export function quoted(content: Content): string {
  const shown = excerpt(shownText(content));
  if (content.kind !== 'number' && content.kind !== 'text') return shown;
  const stored = excerpt(content.text);
  if (stored === shown || stored === shown.replaceAll(',', '')) return shown;
  return `${shown === '' ? '空白' : shown}（存储的是 ${stored}）`;
}

/** Whether a cell shows the number that is stored in it, but for rounding. */
export function showsItself({ text, shown }: Extract<Content, { kind: 'number' }>): boolean {
  const stored = storedNumber(text)?.value;
  if (stored === undefined) return false;
  return shown === undefined || (shown.power === 0 && asShown(stored, shown.text.trim()) !== undefined);
}

/**
 * What says the same in a cell without a format: a number with all its digits and the unit that was shown (`95.6%`
 * for 0.956 shown as 96%) or that its row says. What is in doubt stays in doubt: a quotation is no number.
 */
export function retyped(content: Extract<Content, { kind: 'number' | 'text' }>, unit = ''): string {
  const text = content.kind === 'number' ? retypedNumber(content) : retypedText(content);
  if (nameKey(text).endsWith(nameKey(unit))) return text;
  return hasDigit(text.trim().slice(-1)) ? text + unit : `${text}（单位一栏是“${unit}”）`;
}

function retypedText(content: Extract<Content, { kind: 'text' }>): string {
  const shown = content.shown ?? content.text;
  return shown.trim() === '' || isReversed(shown) ? quoted(content) : shown;
}

function retypedNumber(content: Extract<Content, { kind: 'number' }>): string {
  const { text, shown = { text, power: 0 } } = content;
  const stored = storedNumber(text)?.value;
  const [, prefix = '', digits = '', after = ''] =
    /^([-¥￥ ]*)([0-9][0-9,]*(?:\.[0-9]*)?)([^0-9]*)$/.exec(shown.text) ?? [];
  const number = stored && shift(stored, shown.power);
  const isSure =
    number !== undefined && asShown(number, `${prefix.replace(/[¥￥ ]/g, '')}${digits}`) !== undefined;
  const suffix = after.trim();
  return isSure && (suffix !== '' || shown.power === 0) ? `${number}${suffix}` : quoted(content);
}
