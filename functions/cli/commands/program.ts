import { Command, CommanderError } from 'commander';
import { software } from '../../software.ts';
import { wholeNumber } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import type { WorkplaceOptions } from './workplace.ts';

type Load = (line: CommandLine) => Promise<Command | Command[]>;

/** What the commands are called, in the order of a year's work, and where each is. */
const commands: [names: string[], load: Load][] = [
  [['template'], async (line) => (await import('./template.ts')).templateCommand(line)],
  [['check'], async (line) => (await import('./check.ts')).checkCommand(line)],
  [['submit'], async (line) => (await import('./submit.ts')).submitCommand(line)],
  [['status'], async (line) => (await import('./status.ts')).statusCommand(line)],
  [['publish'], async (line) => (await import('./publish.ts')).publishCommand(line)],
  [['trace', 'check-code'], async (line) => (await import('./trace.ts')).traceCommands(line)],
  [['query'], async (line) => (await import('./query.ts')).queryCommand(line)],
  [['acts'], async (line) => (await import('./acts.ts')).actsCommand(line)],
  [['verify'], async (line) => (await import('./verify.ts')).verifyCommand(line)],
  [['witness'], async (line) => (await import('./witness.ts')).witnessCommand(line)],
  [['export', 'import', 'restore'], async (line) => (await import('./transfer.ts')).transferCommands(line)],
  [
    [
      'admit',
      'decline',
      'explain',
      'issue',
      'extend',
      'request-extension',
      'decline-extension',
      'acknowledge',
    ],
    async (line) => (await import('./office.ts')).officeCommands(line),
  ],
  [['file-scan', 'agree', 'disagree'], async (line) => (await import('./signing.ts')).signingCommands(line)],
  [['demo'], async (line) => (await import('./demo.ts')).demoCommand(line)],
  [['catalogue'], async (line) => (await import('./catalogue.ts')).catalogueCommand(line)],
  [['question'], async (line) => (await import('./question.ts')).questionCommand(line)],
  [['baseline'], async (line) => (await import('./baseline.ts')).baselineCommand(line)],
  [['report'], async (line) => (await import('./report.ts')).reportCommand(line)],
  [['remind'], async (line) => (await import('./remind.ts')).remindCommand(line)],
  [['serve'], async () => (await import('./serve.ts')).serveCommand],
];

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

/** A reader that has seen enough, such as `head`, is no fault. */
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
});

/** A start is mostly loading: only the command of the line is loaded; all of them where it names none, or asks for help. */
async function addCommands(line: readonly string[]): Promise<void> {
  const { operands } = program.parseOptions([...line]);
  const [name = ''] = operands[0] === 'help' ? operands.slice(1) : operands;
  const commandLine: CommandLine = {
    options: () => program.opts<WorkplaceOptions>(),
    finish: async (result) => {
      process.exitCode = await result;
    },
  };
  const named = commands.filter(([names]) => names.includes(name));
  const loaded = await Promise.all(
    (named.length > 0 ? named : commands).map(([, load]) => load(commandLine)),
  );
  for (const command of loaded.flat()) program.addCommand(command.copyInheritedSettings(program));
}

try {
  await addCommands(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.misused;
  } else {
    process.exitCode = (await import('./exit-code-for.ts')).exitCodeFor(error);
  }
}
