import { z } from 'zod';
import { decimalSchema, roundingSchema } from '../values/decimal.ts';
import { formula, termsOfFormula } from './formula.ts';
import { asked, type Indicator, type SumIndicator, unitSchema } from './indicator.ts';
import { sectionNumberSchema } from './sections.ts';
import { nameSchema, validity } from './validity.ts';

/** Ids of tables and of their rows and columns: without hyphens, so that those of cells can be told apart again. */
export const partIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*$/)
  .max(20);

/**
 * A table that is filled in and published as a grid (表格). Its rows, columns and balances are among the catalogue's
 * `lines`; every cell is an indicator, with the id `<table>-<row>-<column>`. With `blank: 'zero'` a blank cell says that
 * there were none; otherwise it is asked about, once for the whole table.
 */
export const tableSchema = z.strictObject({
  id: partIdSchema,
  name: nameSchema,
  ...validity,
  section: sectionNumberSchema.default(''),
  unit: unitSchema,
  definition: z.string().trim().min(1).max(300),
  kind: z.enum(['flow', 'stock']),
  ...asked,
  decimals: z.int().min(0).max(6).default(0),
  rounding: roundingSchema.default('half-up'),
  range: z
    .strictObject({ min: decimalSchema.default('0'), max: decimalSchema.optional() })
    .default({ min: '0' }),
  blank: z.enum(['ask', 'zero']).default('ask'),
});
export type Table = z.infer<typeof tableSchema>;

const line = { table: partIdSchema, id: partIdSchema };

/**
 * A row or column of a table, in the order of the table, or a balance that must hold between rows, in each column. A row
 * or column with a `sum` is computed from others (`a + b - c`).
 */
export const lineSchema = z.discriminatedUnion('axis', [
  z.strictObject({ ...line, axis: z.literal('row'), name: nameSchema, sum: formula('sum').optional() }),
  z.strictObject({ ...line, axis: z.literal('column'), name: nameSchema, sum: formula('sum').optional() }),
  z.strictObject({
    ...line,
    axis: z.literal('balance'),
    name: z.string().trim().min(1).max(120),
    rule: formula('rule'),
  }),
]);
export type Line = z.infer<typeof lineSchema>;
export type LineOf<A extends Line['axis']> = Extract<Line, { axis: A }>;

/** Where an indicator that is a cell stands. */
export interface Cell {
  indicator: Indicator;
  table: Table;
  row: LineOf<'row'>;
  column: LineOf<'column'>;
}

/** A table with its lines in order. */
export interface Grid {
  table: Table;
  rows: LineOf<'row'>[];
  columns: LineOf<'column'>[];
  balances: LineOf<'balance'>[];
}

/** What a catalogue has of tables. */
export interface Tables {
  tables: readonly Table[];
  lines: readonly Line[];
}

export function gridsOf({ tables, lines }: Tables): Grid[] {
  return tables.map((table) => {
    const own = lines.filter((each) => each.table === table.id);
    return {
      table,
      rows: own.filter((each) => each.axis === 'row'),
      columns: own.filter((each) => each.axis === 'column'),
      balances: own.filter((each) => each.axis === 'balance'),
    };
  });
}

/** The id of the indicator that a cell is. */
export function cellId(table: string, row: string, column: string): string {
  return `${table}-${row}-${column}`;
}

/** What people call a cell: its row and its column. */
export function cellName(row: { name: string }, column: { name: string }): string {
  return `${row.name}·${column.name}`;
}

/** The cells of a grid, row by row: those of sums computed from others of their row, else of their column. */
export function cellsOf({ table, rows, columns }: Grid): Cell[] {
  return rows.flatMap((row) =>
    columns.map((column) => ({ indicator: indicatorAt(table, row, column), table, row, column })),
  );
}

function indicatorAt(table: Table, row: LineOf<'row'>, column: LineOf<'column'>): Indicator {
  const { from, to, section, unit, definition, decimals, rounding } = table;
  const what = {
    id: cellId(table.id, row.id, column.id),
    name: cellName(row, column),
    formerNames: [],
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...{ section, unit, definition, decimals, rounding },
    prose: { style: 'exact', numerals: 'arabic' } as const,
  };
  const sum = column.sum ?? row.sum;
  if (sum !== undefined) {
    const parts = termsOfFormula(sum).map(({ sign, line: id }): SumIndicator['parts'][number] => ({
      indicator: column.sum === undefined ? cellId(table.id, id, column.id) : cellId(table.id, row.id, id),
      sign,
    }));
    return { ...what, kind: 'sum', overTime: 'add-up', overDepartments: 'add-up', parts };
  }
  const { reporters, frequency, months, range } = table;
  const entered = {
    ...{ ...what, reporters, frequency, range, overDepartments: 'sum' as const },
    ...(months === undefined ? {} : { months }),
    ...{ required: true, notApplicable: false, alsoIn: [] },
  };
  return table.kind === 'flow'
    ? { ...entered, kind: 'flow', overTime: 'sum' }
    : { ...entered, kind: 'stock', overTime: 'last' };
}

/** What a catalogue has of indicators: those that it lists, and the cells of its tables. */
export interface Indicators extends Tables {
  indicators: readonly Indicator[];
}

interface Known {
  all: readonly Indicator[];
  byId: ReadonlyMap<string, Indicator>;
  cells: ReadonlyMap<string, Cell>;
}

const known = new WeakMap<Indicators, Known>();

function knownOf(catalogue: Indicators): Known {
  const found = known.get(catalogue);
  if (found !== undefined) return found;
  const cells = gridsOf(catalogue).flatMap(cellsOf);
  const all = [...catalogue.indicators, ...cells.map(({ indicator }) => indicator)];
  const made = {
    all,
    byId: new Map(all.toReversed().map((each) => [each.id, each])),
    cells: new Map(cells.map((cell) => [cell.indicator.id, cell])),
  };
  known.set(catalogue, made);
  return made;
}

/** Every indicator of a catalogue: those of its list, then the cells of its tables. */
export function indicatorsOf(catalogue: Indicators): readonly Indicator[] {
  return knownOf(catalogue).all;
}

export function indicatorOf(catalogue: Indicators, id: string): Indicator | undefined {
  return knownOf(catalogue).byId.get(id);
}

/** The cell that an indicator is; undefined if it stands in no table. */
export function cellOf(catalogue: Indicators, id: string): Cell | undefined {
  return knownOf(catalogue).cells.get(id);
}
