import { Command, Option } from 'commander';
import type { Day } from '../../../shared/core/catalogue/period.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { recordsCsv } from '../../use-cases/records/records-csv.ts';
import {
  type RecordFilter,
  recordsFound,
  type StoredRecord,
} from '../../use-cases/records/search-records.ts';
import { day, period as periodArgument } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { print, printJsonList, printPieces, printTable } from './output.ts';
import { type KeptOffice, withKeptOffice } from './workplace.ts';

export interface QueryOptions extends Pick<RecordFilter, 'department' | 'indicator' | 'period'> {
  revision?: string;
  /** Part of the uploader's name; the first and the last day of upload. */
  uploader?: string;
  from?: Day;
  to?: Day;
  format: 'table' | 'json' | 'csv';
}

/** `indicators query`: stored records, for auditors. */
export function queryCommand({ options, finish }: CommandLine): Command {
  return new Command('query')
    .description('list stored records, every revision of them')
    .option('--department <id>')
    .option('--indicator <id>')
    .option('--period <period>', 'one period only', periodArgument)
    .option('--revision <number>', 'one revision, or "counting"')
    .option('--uploader <text>', 'whose name contains this')
    .option('--from <day>', 'uploaded on or after, such as 2023-04-01', day)
    .option('--to <day>', 'uploaded on or before', day)
    .addOption(
      new Option('--format <format>', 'how to print them').choices(['table', 'json', 'csv']).default('table'),
    )
    .option('--json', 'the same as --format json')
    .action(({ json, ...given }: QueryOptions & { json?: boolean }) => {
      const format = json ? 'json' : given.format;
      return finish(withKeptOffice(options(), (office) => listRecords({ ...given, format }, office)));
    });
}

/** Lists stored records, of every revision, for auditors. */
export async function listRecords(options: QueryOptions, workplace: KeptOffice): Promise<number> {
  const { format, revision, department, indicator, period, uploader, from, to } = options;
  const { state } = await readYear(workplace, workplace.year);
  const records = recordsFound(state, {
    department,
    indicator,
    period,
    uploader,
    from,
    to,
    revision: revision === undefined || revision === 'counting' ? revision : Number(revision),
  });
  if (format === 'json') await printJsonList(records);
  else if (format === 'csv') await printPieces(recordsCsv(records));
  else printRecords([...records]);
  return exitCodes.done;
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
      'remark',
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
      record.remark,
      `${record.sheet}!${record.cell}`,
      record.fileName,
      record.uploadedAt.slice(0, 16),
      record.uploader,
    ]),
  );
  print(`${records.length} records`);
}
