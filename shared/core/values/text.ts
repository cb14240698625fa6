/** Classes of characters, as they stand within the brackets of a regular expression. */
const controls = '\\u0000-\\u001f\\u007f-\\u009f';
const lineSeparators = '\\u2028\\u2029';
/** What turns the direction of writing. */
const directions = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
/** What takes no room: joiners, soft hyphens, byte order marks, variation selectors, fillers of Hangul. */
const zeroWidth =
  '\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200d\\u2060-\\u2065\\u206a-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb';

/** What a terminal obeys rather than shows, line ends included. */
export const controlCharacters = new RegExp(`[${controls}${lineSeparators}${directions}]`, 'g');
/** Those, and what takes no room: two texts that differ in nothing else look alike. */
export const invisibleCharacters = new RegExp(`[${controls}${lineSeparators}${directions}${zeroWidth}]`, 'g');
/** The same without what separates words: tabs and ends of lines. */
const unseen = new RegExp(`[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f${directions}${zeroWidth}]`, 'g');
/** Behind it, digits are shown from right to left. */
const reversing = /\u202e/;

/** What may stand in no XML document. */
export const illegalInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Without the controls below the blank: of those, cells and pages have tabs and line ends. */
const commands = new RegExp(`[\\u007f-\\u009f${lineSeparators}${directions}]`, 'g');

const formulaStart =
  /^[\t\r\n\0]|^[\s\p{Cc}\p{Cf}]*[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]/u;

/**
 * What a person typed, as text that no spreadsheet program takes for a formula when it opens the workbook or the
 * CSV it stands in (OWASP ASVS 1.2.10), with nothing in it that XML forbids or that a terminal obeys.
 */
export function sanitizeText(text: string): string {
  return `${formulaGuard(text)}${text}`.toWellFormed().replace(illegalInXml, '\ufffd').replace(commands, ' ');
}

/** What is put before a text that a spreadsheet program could take for a formula; nothing before any other. */
export function formulaGuard(text: string): "'" | '' {
  return formulaStart.test(text) ? "'" : '';
}

/** Text as XML has it between tags and in attributes; what XML forbids is replaced. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(illegalInXml, '\ufffd')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Whether there is anything in the text that can be seen: a letter, a figure, a sign. */
export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

/** Text for a page: what no page shows, and what turns the direction of writing, is a blank. */
export function withoutControlCharacters(text: string): string {
  return text.toWellFormed().replace(illegalInXml, ' ').replace(commands, ' ');
}

/** Text as it was before `sanitizeText` put its guard before it. */
export function withoutFormulaGuard(text: string): string {
  return text.startsWith("'") && formulaStart.test(text.slice(1)) ? text.slice(1) : text;
}

/** Text as it looks: without what nobody sees; tabs and ends of lines stay. */
export function withoutUnseen(text: string): string {
  return text.replace(unseen, '');
}

/** What nobody sees in a text, by name (`U+202D`), each once. */
export function unseenIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(unseen), ([character]) => codePointName(character)))];
}

/** Whether a text is shown in another order than it is stored. */
export function isReversed(text: string): boolean {
  return reversing.test(text);
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const brackets: Readonly<Record<string, string>> = Object.fromEntries(
  [...'[]{}【】〔〕〖〗'].map((bracket, index) => [bracket, index % 2 === 0 ? '(' : ')']),
);

/**
 * What names are compared by, those of indicators, units and the items of lists alike: NFKC (full width is half
 * width), without white space, unseen characters, title marks (《》〈〉«»<>) and quotation marks, all brackets round.
 */
export function nameKey(text: string): string {
  return withoutUnseen(text.toWellFormed())
    .normalize('NFKC')
    .replace(/[\s《》〈〉«»<>"'`´“”„‟‘’‚‛「」『』〝〞〟′″]/g, '')
    .replace(/[[\]{}【】〔〕〖〗]/g, (bracket) => brackets[bracket] ?? bracket);
}

/** The longest excerpt (UTF-16 units). */
const longestExcerpt = 80;

/**
 * Text of a submission as it may be quoted in a finding: unseen characters by name (`‹U+200B›`), so that no two texts
 * that differ look alike; tabs and ends of lines as blanks; cut to 80 characters.
 */
export function excerpt(text: string): string {
  const shown = text
    .slice(0, 1000)
    .replace(unseen, (character) => `‹${codePointName(character)}›`)
    .replace(/\s/g, ' ')
    .toWellFormed()
    .trim();
  return shown.length > longestExcerpt ? `${shown.slice(0, longestExcerpt - 1).toWellFormed()}…` : shown;
}

/** Full-width digits, letters and punctuation as half-width; nothing else, so that ² or ① never become digits. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\u2000-\u200a\u202f\u205f]/g, ' ')
    .replace(/\u2212/g, '-');
}

/** Whether there is a digit in the text, of either width. */
export function hasDigit(text: string): boolean {
  return /[0-9\uff10-\uff19]/.test(text);
}
