import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { catalogueHash } from '../../../shared/core/catalogue/catalogue.ts';
import { maxReasonLength } from '../../../shared/core/ledger/people.ts';
import { valuesOf } from '../../../shared/core/year/baseline.ts';
import { writeBaselineWorkbook } from '../../../shared/workbook/baseline/baseline-writer.ts';
import { readBaselineFile } from '../../use-cases/baseline-file.ts';
import { BaselineError, recordBaseline } from '../../use-cases/record-baseline.ts';
import { keepBaseline } from '../../use-cases/stores/baseline-store.ts';
import { textUpTo } from './arguments.ts';
import { printFindings } from './catalogue-files.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { print } from './output.ts';
import { type Office, withKeptOffice, withOffice, type YearAtWork } from './workplace.ts';

interface RecordOptions {
  reason: string;
  by?: string;
}

/** `indicators baseline …`: last year's figures of a first year, written as a workbook, checked, and recorded. */
export function baselineCommand({ options, finish }: CommandLine): Command {
  const command = new Command('baseline').description(
    "last year's figures (上年基数) where nothing was published of last year: a workbook to fill in, to check, to record",
  );
  command
    .command('new')
    .description("write the workbook in which last year's figures are filled in, for the catalogue in force")
    .option('-o, --output <file>', 'where to', 'baseline.xlsx')
    .action(({ output }) => finish(withKeptOffice(options(), (at) => newBaselineCommand(output, at))));
  command
    .command('check')
    .description('say all that is wrong with a filled-in workbook, by cell; nothing is changed')
    .argument('<file>')
    .option('--marked <file>', 'write a copy of the workbook with the findings marked')
    .action((file, given: { marked?: string }) =>
      finish(withKeptOffice(options(), (at) => checkBaselineCommand(file, given, at))),
    );
  command
    .command('record')
    .description('record a filled-in workbook: from then on the year is compared with it')
    .argument('<file>')
    .requiredOption('--reason <text>', 'why, and where the figures are from', textUpTo(maxReasonLength))
    .option('--by <name>', 'who decides, if not you', textUpTo(80))
    .action((file, given: RecordOptions) =>
      finish(withOffice(options(), (at) => recordBaselineCommand(file, given, at))),
    );
  return command;
}

async function newBaselineCommand(output: string, { catalogue }: YearAtWork): Promise<number> {
  await writeFile(output, await writeBaselineWorkbook(catalogue));
  print(`${output}: figures of ${catalogue.year - 1}, beside which ${catalogue.year} is looked at`);
  return exitCodes.done;
}

async function checkBaselineCommand(
  file: string,
  { marked }: { marked?: string },
  { catalogue }: YearAtWork,
): Promise<number> {
  const reading = await readBaselineFile({ bytes: await bytesOf(file), catalogue });
  printFindings(reading.findings);
  if (reading.kind === 'baseline') {
    const { rows, year } = reading.baseline;
    const figures = rows.flatMap(valuesOf).length;
    print(`${file}: ${figures} figures of ${year} in ${rows.length} rows, nothing is wrong with it`);
    return exitCodes.done;
  }
  if (marked !== undefined && reading.marked !== undefined) {
    await writeFile(marked, reading.marked);
    print(`marked copy: ${marked}`);
  }
  return exitCodes.refused;
}

async function recordBaselineCommand(
  file: string,
  { reason, by }: RecordOptions,
  { catalogue, documents, ledger, now, user }: Office,
): Promise<number> {
  const bytes = await bytesOf(file);
  const reading = await readBaselineFile({ bytes, catalogue });
  printFindings(reading.findings);
  if (reading.kind === 'problems') {
    throw new UsageError(`${file} is no baseline: "indicators baseline check" marks what is wrong in a copy`);
  }
  const { baseline } = reading;
  try {
    await keepBaseline(baseline, documents, bytes);
    const request = { baseline, reason, at: now, by: by ?? user };
    const event = await recordBaseline(request, { ledger, documents });
    print(`recorded as ${event.chain}#${event.sequence} by ${event.by}, under ${catalogueHash(catalogue)}`);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    print(`not recorded: ${error.message}`);
    return exitCodes.refused;
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(file));
}
