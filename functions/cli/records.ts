import { indicatorOf } from '../../shared/core/catalogue.ts';
import type { Lineage } from '../../shared/core/publication.ts';
import type { Revision, YearState } from '../../shared/core/year-state.ts';
import { csvOf } from '../../shared/publication/csv.ts';
import { readYear } from '../year/read-year.ts';
import { exitCodes, print, printJson, printTable } from './output.ts';
import type { Workplace } from './workplace.ts';

export interface QueryOptions {
  department?: string;
  indicator?: string;
  period?: string;
  revision?: string;
  format: 'table' | 'json' | 'csv';
}

/** One observation of one accepted revision, counting or not. */
export type StoredRecord = Pick<
  Lineage,
  'department' | 'period' | 'indicator' | 'status' | 'value' | 'unit'
> & {
  revision: number;
  standing: Revision['standing'];
  items: string[];
  sheet: string;
  cell: string;
  fileName: string;
  sha256: string;
  uploadedAt: string;
  uploader: string;
  chain: string;
  sequence: number;
};

/** Lists stored records, of every revision, for auditors. */
export async function queryCommand(options: QueryOptions, { ledger, catalogue }: Workplace): Promise<number> {
  const { state } = await readYear(ledger, catalogue);
  const records = storedRecords(state).filter(
    (record) =>
      (options.department === undefined || record.department === options.department) &&
      (options.indicator === undefined || record.indicator === options.indicator) &&
      (options.period === undefined || record.period === options.period) &&
      (options.revision === undefined ||
        (options.revision === 'counting'
          ? record.standing === 'counting'
          : record.revision === Number(options.revision))),
  );
  if (options.format === 'json') printJson(records);
  else if (options.format === 'csv') process.stdout.write(csvOf(columns, records.map(cellsOf)));
  else printRecords(records);
  return exitCodes.done;
}

/** The columns of a record in the order in which CSV has them. */
const columns = [
  'department',
  'period',
  'indicator',
  'revision',
  'standing',
  'status',
  'value',
  'unit',
  'items',
  'sheet',
  'cell',
  'fileName',
  'sha256',
  'uploadedAt',
  'uploader',
  'chain',
  'sequence',
] as const satisfies (keyof StoredRecord)[];

function cellsOf(record: StoredRecord): (string | number | null)[] {
  return columns.map((column) => {
    const value = record[column];
    return Array.isArray(value) ? value.join('；') : value;
  });
}

/** Every observation of every accepted revision, in order of department, period, revision and form. */
export function storedRecords({ returns, catalogue }: YearState): StoredRecord[] {
  return returns.flatMap(({ revisions }) =>
    revisions.flatMap((revision) =>
      revision.observations.map((observation): StoredRecord => {
        const reported = observation.status === 'reported' ? observation : undefined;
        return {
          department: revision.department,
          period: revision.period,
          indicator: observation.indicator,
          revision: revision.number,
          standing: revision.standing,
          status: observation.status,
          value: reported?.value ?? null,
          unit: indicatorOf(catalogue, observation.indicator)?.unit ?? '',
          items: reported?.items ?? [],
          sheet: observation.place?.sheet ?? '',
          cell: observation.place?.cell ?? '',
          fileName: revision.upload.fileName,
          sha256: revision.upload.sha256,
          uploadedAt: revision.upload.uploadedAt,
          uploader: revision.upload.uploader,
          chain: revision.event.chain,
          sequence: revision.event.sequence,
        };
      }),
    ),
  );
}

function printRecords(records: readonly StoredRecord[]): void {
  printTable(
    [
      'department',
      'period',
      'indicator',
      'rev',
      'standing',
      'value',
      'unit',
      'cell',
      'file',
      'uploaded',
      'by',
    ],
    records.map((record) => [
      record.department,
      record.period,
      record.indicator,
      String(record.revision),
      record.standing,
      record.value ?? (record.status === 'missing' ? '' : '不适用'),
      record.unit,
      `${record.sheet}!${record.cell}`,
      record.fileName,
      record.uploadedAt.slice(0, 16),
      record.uploader,
    ]),
  );
  print(`${records.length} records`);
}
