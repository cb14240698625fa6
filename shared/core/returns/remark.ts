import { z } from 'zod';
import { maxRemarkLength } from '../catalogue/narratives.ts';
import { cellId, partIdSchema } from '../catalogue/tables.ts';
import { type Finding, placeSchema } from './finding.ts';
import type { GridSaid } from './grid.ts';
import { readText } from './narrative.ts';
import type { Submission } from './submission.ts';

const said = {
  text: z.string().min(1).max(maxRemarkLength),
  place: placeSchema.optional(),
};

/**
 * What a department wrote beside a figure (说明), or at the end of a table's row, whose figures it is on, with the cell it
 * came from. It is kept beside an empty figure too.
 */
export const remarkSaidSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('figure'), indicator: z.string(), ...said }),
  z.strictObject({ kind: z.literal('row'), table: partIdSchema, row: partIdSchema, ...said }),
]);
export type RemarkSaid = z.infer<typeof remarkSaidSchema>;

/** Reads what was written beside figures. */
export function readRemarks({ remarks }: Pick<Submission, 'remarks'>): {
  said: RemarkSaid[];
  findings: Finding[];
} {
  const said: RemarkSaid[] = [];
  const findings: Finding[] = [];
  for (const { on, name, entry } of remarks) {
    const { place } = entry;
    const written = readText({ name: `${name}的说明`, maxLength: maxRemarkLength }, entry);
    const about = on.kind === 'figure' ? { indicator: on.indicator } : {};
    if (written.kind === 'fault') findings.push({ ...written.fault, place, ...about });
    else if (written.text !== '') said.push({ ...on, text: written.text, place });
  }
  return { said, findings };
}

/** The remarks of a return by the indicator that each is on: one at the end of a row by each of the row's. */
export function remarksByIndicator({
  remarks = [],
  grids = [],
}: {
  remarks?: readonly RemarkSaid[] | undefined;
  grids?: readonly GridSaid[] | undefined;
}): ReadonlyMap<string, RemarkSaid> {
  const columnsOf = new Map(grids.map(({ table, columns }) => [table, columns]));
  return new Map(
    remarks.flatMap((remark): [string, RemarkSaid][] => {
      if (remark.kind === 'figure') return [[remark.indicator, remark]];
      const { table, row } = remark;
      return (columnsOf.get(table) ?? []).map(({ column }) => [cellId(table, row, column), remark]);
    }),
  );
}
