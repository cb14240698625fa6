import Table from 'cli-table3';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Prints measured figures, each with its ratio to the one that it is compared with, if any is. */
export function printFigures(
  title: string,
  rows: readonly { what: string; figure: number; ratio?: number }[],
): void {
  const table = new Table({ head: [title, 'figure', 'ratio'], style: { head: [], border: [] } });
  table.push(...rows.map(({ what, figure, ratio }) => [what, figure.toFixed(3), ratio?.toFixed(2) ?? '']));
  process.stdout.write(`${table.toString()}\n`);
}
