import {
  type PublishedObservation,
  publishedObservationSchema,
  type ReturnPublished,
  type ReturnStanding,
  returnsIn,
  type Summary,
} from '../core/publication/publication.ts';
import type { Lineage, Source } from '../core/totals/total.ts';
import { onceForSame } from '../core/values/once-for-each.ts';
import { remarkWord } from '../core/words.ts';
import { readExactCsv } from './csv.ts';
import {
  department,
  indicator,
  ofDepartment,
  ofReturn,
  ofTotal,
  type PublishedTableFile,
  period,
  placeColumns,
  status,
  tableOf,
  unit,
  value,
} from './table.ts';

const { linesOf, ...described } = tableOf<PublishedObservation>({
  name: 'observations',
  purpose: '计入的每一个观测值，及所在单元格',
  primaryKey: ['indicator', 'department', 'period'],
  foreignKeys: { ...ofTotal, ...ofDepartment, ...ofReturn },
  columns: [
    { ...indicator, of: (row) => row.indicator },
    { ...department, of: (row) => row.department },
    { ...period, of: (row) => row.period },
    { ...status, of: (row) => row.status },
    { ...value, of: (row) => row.value },
    {
      name: 'items',
      type: 'array',
      title: '清单项目',
      of: ({ items }) => items ?? null,
    },
    { ...unit, of: (row) => row.unit },
    {
      name: 'remark',
      type: 'string',
      concept: 'COMMENT_OBS',
      title: remarkWord,
      of: (row) => row.remark ?? null,
    },
    ...placeColumns,
  ],
});

/** `observations.csv`: every observation that counts, in the order of the publication. */
export const observationsTable: PublishedTableFile = {
  ...described,
  lines: ({ observations }) => observationLines(observations),
};

/** The lines of `observations.csv`, a piece a return: those of one that says the same are written once. */
export function observationLines(observations: readonly Lineage[]): Uint8Array[] {
  return returnsIn(observations).flatMap(linesOfReturn);
}

const linesOfReturn = onceForSame((own: ReturnPublished) => own, linesOf);

/**
 * The observations of a publication from the table and what the summary says of the returns they stand in; undefined if it is
 * no such table, or has rows of what the summary knows no return of.
 */
export function readObservations(
  bytes: Uint8Array,
  { returns }: Pick<Summary, 'returns'>,
): Lineage[] | undefined {
  const sources = new Map(returns.map((row) => [`${row.department} ${row.period}`, sourceIn(row)]));
  return readExactCsv(bytes, observationsTable.columns, (fields): Lineage => {
    const { cell, ...row } = publishedObservationSchema.parse(observationIn(fields));
    const source = sources.get(`${row.department} ${row.period}`);
    if (source?.upload !== row.upload) throw new TypeError('no return counts this upload');
    return { ...row, cell, ...source };
  });
}

function observationIn(row: readonly (string | string[])[]): Record<keyof PublishedObservation, unknown> {
  const said = Object.fromEntries(
    observationsTable.columns.flatMap(({ name }, index) => (row[index] === '' ? [] : [[name, row[index]]])),
  );
  const { sheet, cell, value: figure = null, unit: measure = '', ...fields } = said;
  return {
    ...fields,
    value: figure,
    unit: measure,
    cell: { ...(sheet === undefined ? {} : { sheet }), ...(cell === undefined ? {} : { cell }) },
  } as Record<keyof PublishedObservation, unknown>;
}

/** Where the figures of a return come from; undefined if none of it counts. */
function sourceIn({
  counted,
  uploadedAt,
  uploader,
  revision,
}: ReturnStanding): Omit<Source, 'cell'> | undefined {
  if (counted === null || uploadedAt === null || uploader === null || revision === null) return undefined;
  const { upload, file, ledger } = counted;
  return { file, uploadedAt, uploader, revision, upload, ledger };
}
