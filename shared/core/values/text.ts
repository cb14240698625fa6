/** Classes of characters, as they stand within the brackets of a regular expression. */
const controls = '\\u0000-\\u001f\\u007f-\\u009f';
/** What turns the direction of writing, and what some programs take for the end of a line. */
const directions = '\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069';
const zeroWidth = '\\u200b-\\u200d\\ufeff';

/** What a terminal obeys rather than shows, line ends included. */
export const controlCharacters = new RegExp(`[${controls}${directions}]`, 'g');
/** Those, and what takes no room: two texts that differ in nothing else look alike. */
export const invisibleCharacters = new RegExp(`[${controls}${directions}${zeroWidth}]`, 'g');

/** What may stand in no XML document. */
export const illegalInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Without the controls below the blank: of those, cells and pages have tabs and line ends. */
const commands = new RegExp(`[\\u007f-\\u009f${directions}]`, 'g');

const formulaStart =
  /^[\t\r\n\0]|^[\s\p{Cc}\p{Cf}]*[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]/u;

/**
 * What a person typed, as text that no spreadsheet program takes for a formula when it opens the workbook or the
 * CSV it stands in (OWASP ASVS 1.2.10), with nothing in it that XML forbids or that a terminal obeys.
 */
export function sanitizeText(text: string): string {
  const guarded = formulaStart.test(text) ? `'${text}` : text;
  return guarded.toWellFormed().replace(illegalInXml, '\ufffd').replace(commands, ' ');
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

/** The longest excerpt (UTF-16 units). */
const longestExcerpt = 80;

/** Text of a submission as it may be quoted in a finding: invisible characters as blanks, cut to 80 characters. */
export function excerpt(text: string): string {
  const shown = text.replace(invisibleCharacters, ' ').toWellFormed().trim();
  return shown.length > longestExcerpt ? `${shown.slice(0, longestExcerpt - 1).toWellFormed()}…` : shown;
}

/** Full-width digits, letters and punctuation as half-width; nothing else, so that ² or ① never become digits. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\u2000-\u200b\u202f\ufeff]/g, ' ')
    .replace(/\u2212/g, '-');
}

/** Whether there is a digit in the text, of either width. */
export function hasDigit(text: string): boolean {
  return /[0-9\uff10-\uff19]/.test(text);
}
