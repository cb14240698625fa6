import { inertText } from '../core/inert-text.ts';

/**
 * A table as CSV (RFC 4180) with a byte order mark, without which Excel misreads Chinese. Text that a spreadsheet
 * program could take for a formula is made inert; numbers are given as numbers.
 */
export function csvOf(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const lines = [head, ...rows].map((row) => row.map(field).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number' || /^-?[0-9]+(\.[0-9]+)?$/.test(value)) return String(value);
  return `"${inertText(value).replaceAll('"', '""')}"`;
}
