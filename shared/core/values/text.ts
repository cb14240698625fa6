const formulaStart =
  /^[\t\r\n\0]|^[\s\p{Cc}\p{Cf}]*[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]/u;
const illegalInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** What a terminal obeys, and what turns the direction of writing; a blank, as in the names of items. */
const commands = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

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

/** Text of a submission as it may be quoted in a finding: control characters shown, cut to 80 characters. */
export function excerpt(text: string): string {
  const visible = text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    ' ',
  );
  const wellFormed = visible.toWellFormed().trim();
  return wellFormed.length > 80 ? `${wellFormed.slice(0, 79).toWellFormed()}…` : wellFormed;
}
