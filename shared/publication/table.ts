import type { Publication, PublishedObservation } from '../core/publication/publication.ts';
import { type CsvRow, exactCsvHead, exactCsvLine } from './csv.ts';

/** A column of a table: a field of the Data Package, with the SDMX concept that it expresses where there is one. */
export interface Column<Row = never> {
  name: string;
  type: 'string' | 'number' | 'integer' | 'boolean' | 'datetime' | 'array';
  title: string;
  concept?: string;
  of(row: Row): CsvRow[number];
}

/** Rows of one table name those of another by the same columns. */
type ForeignKeys = Readonly<Record<string, readonly string[]>>;

/** A table of a publication: `<name>.csv`, which programs open as it is. */
export interface PublishedTableFile {
  name: string;
  /** What people are told that it is for. */
  purpose: string;
  columns: readonly Omit<Column, 'of'>[];
  /** Of a table whose rows nothing tells apart, none. */
  primaryKey: readonly string[];
  foreignKeys: ForeignKeys;
  /** The lines of its file but for the first, which names its columns. */
  lines(publication: Publication): Iterable<Uint8Array>;
}

/** How large a piece of a table is at least, but for the last (UTF-16 units). */
const pieceLength = 65_536;

type Described<Row> = Pick<PublishedTableFile, 'name' | 'purpose'> &
  Partial<Pick<PublishedTableFile, 'primaryKey' | 'foreignKeys'>> & { columns: readonly Column<Row>[] };

/** A table of the rows that a publication has for it. */
export function table<Row>({
  from,
  ...described
}: Described<Row> & { from(publication: Publication): Iterable<Row> }): PublishedTableFile {
  const { linesOf, ...rest } = tableOf(described);
  return { ...rest, lines: (publication) => linesOf(from(publication)) };
}

/** A table, and how any rows of it are written. */
export function tableOf<Row>({ columns, primaryKey = [], foreignKeys = {}, ...described }: Described<Row>) {
  const linesOf = (rows: Iterable<Row>): Uint8Array[] => {
    const pieces: Uint8Array[] = [];
    let text = '';
    for (const row of rows) {
      text += exactCsvLine(columns.map((column) => column.of(row)));
      if (text.length < pieceLength) continue;
      pieces.push(Buffer.from(text));
      text = '';
    }
    return [...pieces, Buffer.from(text)];
  };
  return { ...described, columns, primaryKey, foreignKeys, linesOf };
}

/** What its file is called. */
export function fileOfTable({ name }: Pick<PublishedTableFile, 'name'>): string {
  return `${name}.csv`;
}

/** The table as CSV: as long as it may be, no text of all of it is made. */
export function writeTable({ columns, lines }: PublishedTableFile, publication: Publication): Uint8Array {
  const head = Buffer.from(exactCsvHead(columns));
  const { buffer, byteOffset, byteLength } = Buffer.concat([head, ...lines(publication)]);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export const indicator = { name: 'indicator', type: 'string', concept: 'INDICATOR', title: '指标' } as const;
export const department = {
  name: 'department',
  type: 'string',
  concept: 'REPORTING_ORG',
  title: '部门',
} as const;
export const period = { name: 'period', type: 'string', concept: 'TIME_PERIOD', title: '报告期' } as const;
export const value = { name: 'value', type: 'number', concept: 'OBS_VALUE', title: '数值' } as const;
export const unit = { name: 'unit', type: 'string', concept: 'UNIT_MEASURE', title: '单位' } as const;
export const status = { name: 'status', type: 'string', concept: 'OBS_STATUS', title: '状态' } as const;
export const upload = { name: 'upload', type: 'string', title: '上传编号' } as const;

/** The place in a workbook that a row comes from. */
export const placeColumns: readonly Column<Pick<PublishedObservation, 'cell' | 'upload'>>[] = [
  { name: 'sheet', type: 'string', title: '工作表', of: ({ cell }) => cell.sheet ?? null },
  {
    name: 'cell',
    type: 'string',
    concept: 'COLL_SOURCE',
    title: '单元格',
    of: ({ cell }) => cell.cell ?? null,
  },
  { ...upload, of: (row) => row.upload },
];

export const ofDepartment = { departments: ['department'] } as const;
export const ofTotal = { totals: ['indicator'] } as const;
export const ofReturn = { returns: ['department', 'period'] } as const;
