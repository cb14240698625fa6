import { once } from 'node:events';
import Table from 'cli-table3';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import type { Finding } from '../../../shared/core/returns/finding.ts';
import { controlCharacters } from '../../../shared/core/values/text.ts';

/** Prints one line; names of files and people may be part of it, whatever they contain. */
export function print(line = ''): void {
  process.stdout.write(`${inert(line)}\n`);
}

/** Prints JSON that parses back to the same value, with nothing in it that a terminal obeys. */
export function printJson(value: unknown): void {
  process.stdout.write(`${inertJson(value)}\n`);
}

/** Prints a long list as JSON in the same way, item by item. */
export function printJsonList(items: Iterable<object>): Promise<void> {
  function* pieces() {
    let before = '[\n  ';
    for (const item of items) {
      yield before + inertJson(item).replaceAll('\n', '\n  ');
      before = ',\n  ';
    }
    yield before.startsWith('[') ? '[]\n' : '\n]\n';
  }
  return printPieces(pieces());
}

function inertJson(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2).replace(controlCharacters, (each) =>
    each === '\n' ? each : escaped(each),
  );
}

/** How much is written at once (characters). */
const pieceSize = 65_536;

/** Prints what is too long to be there all at once, as fast as it is taken. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  const { stdout } = process;
  let text = '';
  const flush = async () => {
    if (text !== '' && !stdout.write(text)) await once(stdout, 'drain');
    text = '';
  };
  for (const piece of pieces) {
    text += piece;
    if (text.length >= pieceSize) await flush();
  }
  await flush();
}

/** Says what went wrong, on as many lines as it takes. */
export function complain(message: string): void {
  process.stderr.write(`${message.split('\n').map(inert).join('\n')}\n`);
}

/** More than this of one cell helps nobody on a terminal, and laying it out takes the square of its length. */
const longestCell = 300;

/** A table for a terminal; control characters in cells are shown as blanks, long cells cut. */
export function printTable(head: string[], rows: string[][]): void {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows.map((row) => row.map((cell) => inert(shortened(cell)))));
  process.stdout.write(`${table.toString()}\n`);
}

function shortened(text: string): string {
  return text.length <= longestCell ? text : `${text.slice(0, longestCell - 1).toWellFormed()}…`;
}

function inert(text: string): string {
  return text.replace(controlCharacters, ' ');
}

/**
 * Findings, worst first: how bad, what to do, and below it each place of which that is to be said, with the
 * indicator's name and what was found.
 */
export function printFindings(findings: readonly Finding[], catalogue: Catalogue): void {
  const groups = Map.groupBy(findings, ({ severity, rule, message }) => `${severity} ${rule} ${message}`);
  for (const group of groups.values()) {
    const [{ severity, message }] = group as [Finding];
    print(`    ${severity.padEnd(7)} ${message}`);
    for (const { place, indicator, found, breakdown = [] } of group) {
      const where = [place?.sheet, place?.cell].filter((part) => part !== undefined).join('!');
      const name = indicator === undefined ? '' : nameOfAsked(indicator, catalogue);
      const what = found === undefined ? '' : `“${found}”`;
      const line = [where, name, what].filter((part) => part !== '').join('  ');
      if (line !== '') print(`              ${line}`);
      for (const each of breakdown) print(`                ${each}`);
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
  const { SingleBar } = await import('cli-progress');
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
