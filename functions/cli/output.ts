import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { type Catalogue, indicatorOf } from '../../shared/core/catalogue.ts';
import type { Finding } from '../../shared/core/finding.ts';

/** What a command ends with, as documented in --help. */
export const exitCodes = { done: 0, refused: 1, misused: 2, failed: 3 } as const;

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** A table for a terminal; control characters in cells are shown as blanks. */
export function printTable(head: string[], rows: string[][]): void {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows.map((row) => row.map(inert)));
  print(table.toString());
}

function inert(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
}

/**
 * Findings, worst first: how bad, what to do, and below it each place of which that is to be said, with the
 * indicator's name and what was found.
 */
export function printFindings(findings: readonly Finding[], catalogue: Catalogue): void {
  const groups = Map.groupBy(findings, ({ severity, rule, message }) => `${severity} ${rule} ${message}`);
  for (const group of groups.values()) {
    const [{ severity, message }] = group as [Finding];
    print(inert(`    ${severity.padEnd(7)} ${message}`));
    for (const { place, indicator, found } of group) {
      const where = [place?.sheet, place?.cell].filter((part) => part !== undefined).join('!');
      const name = indicator === undefined ? '' : (indicatorOf(catalogue, indicator)?.name ?? indicator);
      const what = found === undefined ? '' : `“${found}”`;
      const line = [where, name, what].filter((part) => part !== '').join('  ');
      if (line !== '') print(inert(`              ${line}`));
    }
  }
}

/** Shows progress on a terminal and nothing elsewhere. */
export async function withProgress<T>(
  title: string,
  total: number,
  work: (step: () => void) => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return work(() => undefined);
  const bar = new SingleBar({
    format: `${title} {bar} {value}/{total}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(total, 0);
  try {
    return await work(() => bar.increment());
  } finally {
    bar.stop();
  }
}
