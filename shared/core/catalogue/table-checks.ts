import { compare } from '../values/decimal.ts';
import { nameKey } from '../values/text.ts';
import type { Catalogue } from './catalogue.ts';
import { validityFaults } from './department-checks.ts';
import { sidesOfFormula, termsOfFormula } from './formula.ts';
import { frequencyFaults, reporterFaults } from './indicator-checks.ts';
import type { Check, Fault } from './problem.ts';
import { cellsOf, gridsOf, type Line, type LineOf } from './tables.ts';

/** As many cells as one table may have: what a spreadsheet still shows on a few pages. */
const mostCells = 5000;

export const tableFaults: Check<'tables'> = (table, catalogue, unread) => {
  const { min, max } = table.range;
  const grid = gridsOf({ ...catalogue, tables: [table] })[0]!;
  const cells = cellsOf(grid);
  const listed = new Set(catalogue.indicators.map(({ id }) => id));
  const taken = cells.find(({ indicator }) => listed.has(indicator.id));
  const faults: Fault[] = [
    ...validityFaults(table),
    ...frequencyFaults(table, catalogue, unread),
    ...reporterFaults(table, catalogue, unread),
    ...(max !== undefined && compare(min, max) > 0
      ? [{ field: 'range.max', text: `最大值 ${max} 小于最小值 ${min}，什么数都填不进去；请改正其中一个。` }]
      : []),
  ];
  if (grid.rows.length === 0 || grid.columns.length === 0) {
    const what = grid.rows.length === 0 ? '行' : '列';
    faults.push({ text: `这张表没有${what}；请在“表格行列”中列出它的行和列。` });
  }
  if (cells.length > mostCells) {
    faults.push({ text: `这张表有 ${cells.length} 格，最多 ${mostCells} 格；请拆成几张表。` });
  }
  if (taken !== undefined) {
    faults.push({
      field: 'id',
      text: `其中一格的代码“${taken.indicator.id}”已经用于一个指标；请换一个代码。`,
    });
  }
  return faults;
};

export const lineFaults: Check<'lines'> = (line, catalogue, unread) => {
  if (!catalogue.tables.some(({ id }) => id === line.table)) {
    const text = `所属表格“${line.table}”不在目录的表格中；请填写目录中的表格。`;
    return unread.tables.has(line.table) ? [] : [{ field: 'table', text }];
  }
  const formula = line.axis === 'balance' ? line.rule : line.sum;
  if (formula === undefined) return [];
  const field = line.axis === 'balance' ? 'rule' : 'sum';
  const axis = line.axis === 'column' ? 'column' : 'row';
  const others = linesOn(catalogue, { table: line.table, axis });
  const { left, right } = line.axis === 'balance' ? sidesOfFormula(formula) : { left: formula, right: '' };
  const ids = [left, right]
    .filter((each) => each !== '')
    .flatMap((each) => termsOfFormula(each).map((term) => term.line));
  const unknown = ids.filter((id) => !others.some((other) => other.id === id));
  const what = axis === 'row' ? '行' : '列';
  return [
    ...unknown.map((id) => ({ field, text: `“${id}”不是这张表的${what}；请改用表中的${what}。` })),
    ...(line.axis !== 'balance' && addsItself(line, others)
      ? [{ field, text: `组成项中（直接或间接）有这一${what}自己；请去掉它。` }]
      : []),
  ];
};

type Summed = LineOf<'row' | 'column'>;

function linesOn(
  { lines }: Pick<Catalogue, 'lines'>,
  { table, axis }: { table: string; axis: Summed['axis'] },
): Summed[] {
  return lines.flatMap((each) => (each.axis === axis && each.table === table ? [each] : []));
}

function addsItself(line: Summed, others: readonly Summed[]): boolean {
  const seen = new Set<string>();
  const open = termsOfFormula(line.sum ?? '').map((term) => term.line);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === line.id) return true;
    const sum = seen.has(id) ? undefined : others.find((other) => other.id === id)?.sum;
    seen.add(id);
    if (sum !== undefined) open.push(...termsOfFormula(sum).map((term) => term.line));
  }
  return false;
}

/** Lines of one table and axis that share their code or name with one before, said of the later. */
export function sameLines({ lines }: Pick<Catalogue, 'lines'>): Map<number, Fault[]> {
  const seen = new Set<string>();
  const faults = new Map<number, Fault[]>();
  lines.forEach((line: Line, index) => {
    for (const [field, said] of [
      ['id', line.id],
      ['name', nameKey(line.name)],
    ] as const) {
      const key = [line.table, line.axis, field, said].join(' ');
      if (seen.has(key)) {
        const text =
          field === 'id'
            ? `代码“${line.id}”在这张表中已经用过；请换一个代码。`
            : `名称“${line.name}”在这张表中已经有了；请写得有所区别。`;
        faults.set(index, [...(faults.get(index) ?? []), { field, text }]);
      }
      seen.add(key);
    }
  });
  return faults;
}
