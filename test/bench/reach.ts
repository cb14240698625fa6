import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** What a benchmark raced, how far it must reach, and what it saw: a row of the table in test/README.md. */
export interface Reached {
  work: string;
  against: string;
  reach: string;
  seen: string;
}

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const head = '| work | against | reach | seen | when |\n|---|---|---|---|---|\n';

/** Puts the row into the table, in the place of the one of the same work against the same. */
export async function writeReached({ work, against, reach, seen }: Reached): Promise<void> {
  const text = await readFile(readme, 'utf8');
  const start = text.indexOf(head) + head.length;
  if (start < head.length) throw new Error('test/README.md has no table of reaches');
  const end = text[start] === '\n' ? start : text.indexOf('\n\n', start) + 1;
  const rows = text.slice(start, end).split('\n').slice(0, -1);
  const when = `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores`;
  const row = `| ${[work, against, reach, seen, when].join(' | ')} |`;
  const place = rows.findIndex((each) => each.startsWith(`| ${work} | ${against} |`));
  const others = place < 0 ? [...rows, row] : rows.with(place, row);
  await writeFile(readme, `${text.slice(0, start)}${others.join('\n')}\n${text.slice(end)}`);
}

/** How many times a figure goes into another, as the table says it: `3.4 x`. */
export function times(figure: number, other: number): string {
  return `${(other / figure).toPrecision(2)} x`;
}
