import { Command, Option } from 'commander';
import { yearOf } from '../../../shared/core/catalogue/period.ts';
import { software } from '../../software.ts';
import { actsCommandOf } from './acts.ts';
import { day, instant, period, textUpTo, wholeNumber } from './arguments.ts';
import { verifyCommandOf, witnessCommandOf, witnessKeyOption } from './audit.ts';
import { baselineCommand } from './baseline.ts';
import { catalogueCommand } from './catalogue.ts';
import { checkCommand } from './check.ts';
import { exitCodeFor } from './exit-codes.ts';
import { officeCommands } from './office.ts';
import { queryCommand } from './query.ts';
import { questionCommand } from './question.ts';
import { remindCommandOf } from './remind.ts';
import { reportCommand } from './report.ts';
import { serveCommand } from './serve.ts';
import { signingCommands } from './signing.ts';
import { statusCommand } from './status.ts';
import { submitCommand } from './submit.ts';
import { templateCommand } from './template.ts';
import { checkCodeCommand, traceCommand } from './trace.ts';
import { exportCommand, importCommand, restoreCommand } from './transfer.ts';
import {
  type KeptOffice,
  type KeptWorkplace,
  type OfficeStore,
  type Workplace,
  type WorkplaceOptions,
  withKeptOffice,
  withKeptWorkplace,
  withOfficeStore,
  withStore,
  withWorkplace,
} from './workplace.ts';

const program = new Command('indicators')
  .description(
    'Monthly workbooks of departmental indicators in, audited annual figures out. Everything is kept in one folder.',
  )
  .version(software)
  .option(
    '--data <folder>',
    'where ledger and documents are kept (or INDICATORS_DATA; default indicators-data)',
  )
  .option(
    '--year <year>',
    'which year (default the newest of which a catalogue has been adopted)',
    wholeNumber,
  )
  .option(
    '--table <name>',
    'the ledger of a deployment in place of a folder: a DynamoDB table, by the AWS credentials of the environment; for what the legal office and departments decide, "status", "acts", "query", "trace", "export" and "import"',
  )
  .option('--bucket <name>', 'the bucket of its documents, with --table')
  .addHelpText(
    'after',
    `
Exit codes:
  0  done                     2  used wrongly (options, catalogue, no such thing)
  1  a return was refused,    3  the machine or the store failed
     a fault was found, or
     a figure disagrees

A month, start to finish (the first time, "indicators catalogue adopt FILE" says what is counted):
  indicators template --department sfj --period 2026-03     a form to fill in
  indicators check sfj-2026-03.xlsx                          what would be found in it
  indicators submit sfj-2026-03.xlsx                         record it; feedback is written beside the ledger
  indicators status                                          who has reported, who has not
  indicators publish                                         the year's figures as JSON and spreadsheet
  indicators trace legal-aid-cases                           one figure, down to its cells`,
  )
  .showHelpAfterError('(indicators --help shows how it is used)')
  .exitOverride();

/** Runs a command in the workplace that the global options name; its result is the exit code. */
function inWorkplace(work: (workplace: Workplace) => Promise<number>): Promise<void> {
  return finish(withWorkplace(program.opts<WorkplaceOptions>(), work));
}

/** Runs a command that only looks at the workplace. */
function overWorkplace(work: (workplace: KeptWorkplace) => Promise<number>): Promise<void> {
  return finish(withKeptWorkplace(program.opts<WorkplaceOptions>(), work));
}

/** Runs a command in the store alone, which is made if it is new. */
function inStore(work: (store: OfficeStore) => Promise<number>): Promise<void> {
  return finish(withStore(program.opts<WorkplaceOptions>(), work));
}

/** Runs a command that only looks at an office, whether it is in a folder or deployed. */
function overOffice(work: (office: KeptOffice) => Promise<number>): Promise<void> {
  return finish(withKeptOffice(program.opts<WorkplaceOptions>(), work));
}

async function finish(result: Promise<number>): Promise<void> {
  process.exitCode = await result;
}

program
  .command('template')
  .description("write a department's form for a period, with the figures of the one before for reference")
  .requiredOption('--department <id>', 'department id, or "all"')
  .requiredOption(
    '--period <period>',
    'month, quarter, half-year or year: 2023-03, 2023-Q1, 2023-H1, 2023',
    period,
  )
  .option('-o, --output <file>', 'file to write (with "all", the folder)')
  .action((options) => {
    const work = (workplace: KeptWorkplace) => templateCommand(options, workplace);
    const given = { ...program.opts<WorkplaceOptions>(), year: yearOf(options.period) };
    return finish(withKeptWorkplace(given, work));
  });

program
  .command('check')
  .description('check a workbook as submitting it would, recording nothing')
  .argument('<file>')
  .option('--department <id>', 'whose return it is, if its folder, name or form does not say')
  .option('--period <period>', 'for which period', period)
  .option('--marked <file>', 'write a copy with the findings marked')
  .option('--json', 'findings as JSON')
  .action((file, options) => overWorkplace((workplace) => checkCommand(file, options, workplace)));

program
  .command('submit')
  .description(
    'record workbooks, or every file in folders; doing it again changes nothing. A file belongs to the department and period that the form in it says; its folders (sfj/2023-03/) or its name (sfj-2023-03.xlsx) may say so too, and if they say otherwise it is refused with a question that names both. A folder may hold uploads.json: who handed in which file when',
  )
  .argument('<paths...>')
  .option('--department <id>', 'whose return it is')
  .option('--period <period>', 'for which period', period)
  .option('--handed-in-at <time>', 'when it was handed in, if it came another way', instant)
  .option('--uploader <name>', 'who sent it, if not you', textUpTo(80))
  .option('--json', 'outcomes and findings as JSON')
  .action((paths, options) => inWorkplace((workplace) => submitCommand(paths, options, workplace)));

program
  .command('status')
  .description('who has reported, who has not, and which warnings are open')
  .option('--department <id>')
  .option('--period <period>', 'one period only', period)
  .option('--json', 'as JSON')
  .action((options) => overOffice((office) => statusCommand(options, office)));

program
  .command('publish')
  .description(
    'publish the year as it stands as a numbered, frozen folder, and sign a statement of the ledger; if nothing changed, it says so',
  )
  .addOption(witnessKeyOption())
  .option('--by <name>', 'who publishes, if not you', textUpTo(80))
  .option('--json', 'as JSON')
  .action((options) =>
    inWorkplace(async (workplace) => (await import('./publish.ts')).publishCommand(options, workplace)),
  );

program
  .command('trace')
  .description('follow an annual figure down to its cells, files, people and times')
  .argument('<indicator>')
  .option('--department <id>')
  .option('--period <period>', 'one period only', period)
  .option('--json', 'as JSON')
  .action((indicator, options) => overOffice((office) => traceCommand(indicator, options, office)));

program
  .command('check-code')
  .description('what a check code on a printed sheet, certificate or report belongs to')
  .argument('<code>')
  .option('--publication <number>', 'the publication whose figures it may be of', wholeNumber)
  .action((code, options) => overWorkplace((workplace) => checkCodeCommand(code, options, workplace)));

program
  .command('query')
  .description('list stored records, every revision of them')
  .option('--department <id>')
  .option('--indicator <id>')
  .option('--period <period>', 'one period only', period)
  .option('--revision <number>', 'one revision, or "counting"')
  .option('--uploader <text>', 'whose name contains this')
  .option('--from <day>', 'uploaded on or after, such as 2023-04-01', day)
  .option('--to <day>', 'uploaded on or before', day)
  .addOption(
    new Option('--format <format>', 'how to print them').choices(['table', 'json', 'csv']).default('table'),
  )
  .option('--json', 'the same as --format json')
  .action((options) =>
    overOffice((office) =>
      queryCommand({ ...options, format: options.json ? 'json' : options.format }, office),
    ),
  );

const commandLine = { options: () => program.opts<WorkplaceOptions>(), finish };
program.addCommand(actsCommandOf(commandLine).copyInheritedSettings(program));
program.addCommand(verifyCommandOf(commandLine).copyInheritedSettings(program));
program.addCommand(witnessCommandOf(commandLine).copyInheritedSettings(program));

program
  .command('export')
  .description("write the year's ledger to a file, to keep, to verify or to import elsewhere")
  .requiredOption('-o, --output <file>')
  .action(({ output }) => overOffice((office) => exportCommand(output, office.year, office)));

program
  .command('import')
  .description('bring an exported ledger into this store, hash for hash')
  .argument('<file>')
  .action((file) =>
    finish(withOfficeStore(program.opts<WorkplaceOptions>(), (store) => importCommand(file, store))),
  );

program
  .command('restore')
  .description(
    'the ledger is lost: rebuild it from the uploads and receipts in the folder; lists what cannot be rebuilt',
  )
  .option('--json', 'as JSON')
  .action(({ json }) => {
    const { year } = program.opts<WorkplaceOptions>();
    return inStore((store) => restoreCommand({ json, year }, store));
  });

for (const command of [...officeCommands(commandLine), ...signingCommands(commandLine)])
  program.addCommand(command.copyInheritedSettings(program));

program
  .command('demo')
  .description(
    'make the sample, a year that is compared with its published report and the next, to October, beside it; submit and publish both',
  )
  .option('--folder <folder>', 'where to put it; emptied first', 'indicators-demo')
  .option('--seed <number>', 'another year with the same totals', wholeNumber, 2023)
  .option('--no-second-year', 'the first year alone')
  .action(async (options) => finish((await import('../../demo/demo.ts')).demoCommand(options)));

program.addCommand(catalogueCommand(commandLine).copyInheritedSettings(program));
program.addCommand(questionCommand(commandLine).copyInheritedSettings(program));
program.addCommand(baselineCommand(commandLine).copyInheritedSettings(program));
program.addCommand(reportCommand(commandLine).copyInheritedSettings(program));
program.addCommand(remindCommandOf(commandLine).copyInheritedSettings(program));
program.addCommand(serveCommand.copyInheritedSettings(program));

/** A reader that has seen enough, such as `head`, is no fault. */
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeFor(error);
}
