import { z } from 'zod';
import { type Measure, measureSchema } from '../catalogue/measures.ts';
import { cellId, cellOf, type Indicators, partIdSchema } from '../catalogue/tables.ts';
import { decimalSchema } from '../values/decimal.ts';
import { placeSchema } from './finding.ts';
import type { Observation } from './observation.ts';

/**
 * The observations of a table in a return, as they are kept: row by row, in the order of `columns`, each in the column
 * and row of the sheet in which it stood; null for a blank. So a return of thousands of figures stays one ledger item.
 */
export const gridSchema = z.strictObject({
  table: partIdSchema,
  kind: measureSchema.shape.kind,
  unit: measureSchema.shape.unit,
  sheet: placeSchema.shape.sheet,
  columns: z.array(z.strictObject({ column: partIdSchema, at: z.string().regex(/^[A-Z]{1,3}$/) })).max(2000),
  rows: z
    .array(
      z.strictObject({
        row: partIdSchema,
        at: z.int().min(1).max(1_048_576),
        values: z.array(decimalSchema.nullable()).max(2000),
      }),
    )
    .max(2000),
});
export type GridSaid = z.infer<typeof gridSchema>;

/** What a return says, as it is kept. */
export interface Kept {
  observations: readonly Observation[];
  measures: readonly Measure[];
  grids?: readonly GridSaid[] | undefined;
}

/** Observations with those of tables put together; they must have been read from one sheet a table, row by row. */
export function keptOf(
  observations: readonly Observation[],
  catalogue: Indicators,
): { observations: Observation[]; grids: GridSaid[] } {
  const single: Observation[] = [];
  const grids = new Map<string, GridSaid>();
  for (const observation of observations) {
    const cell = cellOf(catalogue, observation.indicator);
    const [, column = '', row = ''] = /^([A-Z]+)([0-9]+)$/.exec(observation.place?.cell ?? '') ?? [];
    if (cell === undefined || column === '') {
      single.push(observation);
      continue;
    }
    const { table } = cell;
    const grid = grids.get(table.id) ?? {
      ...{ table: table.id, kind: table.kind, unit: table.unit },
      ...{ sheet: observation.place?.sheet, columns: [], rows: [] },
    };
    grids.set(table.id, grid);
    put(grid, { row: cell.row.id, at: Number(row) }, { column: cell.column.id, at: column }, observation);
  }
  return { observations: single, grids: [...grids.values()] };
}

function put(
  grid: GridSaid,
  { row, at }: Omit<GridSaid['rows'][number], 'values'>,
  column: GridSaid['columns'][number],
  observation: Observation,
): void {
  let index = grid.columns.findIndex((each) => each.column === column.column);
  if (index < 0) index = grid.columns.push(column) - 1;
  let found = grid.rows.at(-1);
  if (found?.row !== row) {
    found = { row, at, values: [] };
    grid.rows.push(found);
  }
  found.values[index] = observation.status === 'reported' ? observation.value : null;
}

const expanded = new WeakMap<Kept, { observations: readonly Observation[]; measures: readonly Measure[] }>();

/** Every observation of a return, those of tables among them, and in what they are counted. */
export function saidIn(kept: Kept): { observations: readonly Observation[]; measures: readonly Measure[] } {
  const { observations, measures, grids = [] } = kept;
  if (grids.length === 0) return { observations, measures };
  const found = expanded.get(kept) ?? {
    observations: [...observations, ...grids.flatMap(observationsOf)],
    measures: [...measures, ...grids.map(measureOf)],
  };
  expanded.set(kept, found);
  return found;
}

function observationsOf({ table, sheet, columns, rows }: GridSaid): Observation[] {
  return rows.flatMap(({ row, at, values }) =>
    columns.map(({ column, at: letters }, index): Observation => {
      const place = { ...(sheet === undefined ? {} : { sheet }), cell: `${letters}${at}` };
      const about = { indicator: cellId(table, row, column), place };
      const value = values[index] ?? null;
      return value === null ? { ...about, status: 'missing' } : { ...about, status: 'reported', value };
    }),
  );
}

function measureOf({ table, kind, unit, columns, rows }: GridSaid): Measure {
  const indicators = rows.flatMap(({ row }) => columns.map(({ column }) => cellId(table, row, column)));
  return { kind, unit, indicators };
}
