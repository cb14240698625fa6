import { Command, Option } from 'commander';
import { localTime } from '../../../shared/core/catalogue/period.ts';
import { payloadKindSchema } from '../../../shared/core/ledger/event.ts';
import { actWords } from '../../../shared/core/words.ts';
import type { ActFilter } from '../../../shared/core/year/acts.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { actsCsv, actsOfYear, departmentInWords, subjectInWords } from '../../use-cases/records/acts.ts';
import { day, period, textUpTo } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { print, printJsonList, printPieces, printTable } from './output.ts';
import { type KeptOffice, withKeptOffice } from './workplace.ts';

interface ActsOptions extends ActFilter {
  csv?: boolean;
  json?: boolean;
}

/** `indicators acts`: who did and decided what, when and why. */
export function actsCommand({ options, finish }: CommandLine): Command {
  return new Command('acts')
    .description('who did and decided what, when and why, the newest first (办理记录)')
    .option('--department <id>', 'of one department; extensions for all are of each')
    .option('--period <period>', 'one period only', period)
    .addOption(new Option('--kind <kind>', 'one kind of act').choices(payloadKindSchema.options))
    .option('--person <text>', 'whose name contains this', textUpTo(80))
    .option('--from <day>', 'on or after, such as 2023-04-01', day)
    .option('--to <day>', 'on or before', day)
    .option('--csv', 'as CSV')
    .option('--json', 'as JSON')
    .action((given: ActsOptions) =>
      finish(withKeptOffice(options(), (workplace) => listActs(given, workplace))),
    );
}

export async function listActs(
  { csv, json, ...filter }: ActsOptions,
  workplace: KeptOffice,
): Promise<number> {
  const year = await readYear(workplace, workplace.year);
  const { catalogue } = year;
  const acts = actsOfYear(year, filter);
  if (json) await printJsonList(acts);
  else if (csv) await printPieces(actsCsv(acts, catalogue));
  else {
    printTable(
      ['at', 'by', 'act', 'department', 'period', 'about', 'reason'],
      acts.map((act) => [
        localTime(act.at, catalogue.utcOffset),
        act.by,
        actWords[act.kind],
        departmentInWords(act, catalogue),
        act.period ?? '',
        subjectInWords(act, catalogue),
        act.reason ?? '',
      ]),
    );
    print(`${acts.length} acts`);
  }
  return exitCodes.done;
}
