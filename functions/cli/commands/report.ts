import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { maxReasonLength } from '../../../shared/core/ledger/people.ts';
import { severityWords } from '../../../shared/core/words.ts';
import type { Checked } from '../../../shared/report/check.ts';
import { newTemplate } from '../../../shared/report/new-template.ts';
import type { TemplateFinding } from '../../../shared/report/template.ts';
import { verdicts } from '../../../shared/report/verdicts.ts';
import { DecisionError } from '../../use-cases/office.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { checkReportFile, makeReport, updateReportFile } from '../../use-cases/report.ts';
import { adoptTemplate, examineTemplate } from '../../use-cases/report-template.ts';
import { ReportError } from '../../use-cases/word-file.ts';
import { textUpTo, wholeNumber } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import type { ReasonOptions } from './office.ts';
import { print } from './output.ts';
import { type KeptWorkplace, type Workplace, withKeptWorkplace, withWorkplace } from './workplace.ts';

interface MakeOptions {
  publication?: number;
  template?: string;
  output: string;
}

/** `indicators report …`: the annual report in Word, its template, and what became of one that people edited. */
export function reportCommand({ options, finish }: CommandLine): Command {
  const command = new Command('report').description(
    'the annual report (Word): make it from a publication, its template, and hold an edited one against the ledger',
  );
  const looking = (work: (at: KeptWorkplace) => Promise<number>) =>
    finish(withKeptWorkplace(options(), (at) => withReasons(() => work(at))));
  command
    .command('make')
    .description('write the report of a publication')
    .option('--publication <number>', 'the newest, if not given', wholeNumber)
    .option('--template <file>', 'a Word file, instead of the template in force')
    .option('-o, --output <file>', 'where to', 'report.docx')
    .action((given: MakeOptions) => looking((at) => makeCommand(given, at)));
  command
    .command('new-template')
    .description('write a template to begin with, for the catalogue in force')
    .option('-o, --output <file>', 'where to', 'template.docx')
    .action(({ output }: { output: string }) => looking((at) => newTemplateCommand(output, at)));
  command
    .command('check-template')
    .description('say all that is wrong with a template, by paragraph; nothing is changed')
    .argument('<file>')
    .action((file: string) => looking((at) => checkTemplateCommand(file, at)));
  command
    .command('adopt')
    .description('put a template in force: publications from now on are written into it')
    .argument('<file>')
    .requiredOption('--reason <text>', 'why', textUpTo(maxReasonLength))
    .option('--by <name>', 'who decides, if not you', textUpTo(80))
    .action((file: string, given: ReasonOptions) =>
      finish(withWorkplace(options(), (at) => withReasons(() => adoptCommand(file, given, at)))),
    );
  command
    .command('check')
    .description('hold every figure of an edited report against the ledger; nothing is changed')
    .argument('<file>')
    .action((file: string) => looking((at) => checkCommand(file, at)));
  command
    .command('update')
    .description('bring the figures of an edited report up to date; its words stay as they are')
    .argument('<file>')
    .option('-o, --output <file>', 'where to', 'report.docx')
    .action((file: string, { output }: { output: string }) =>
      looking((at) => updateCommand(file, output, at)),
    );
  return command;
}

/** What cannot be done is told with all its reasons. */
async function withReasons(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DecisionError) {
      print(`not recorded: ${error.message}`);
      return exitCodes.refused;
    }
    if (!(error instanceof ReportError)) throw error;
    print(error.message);
    printFindings(error.findings);
    return exitCodes.refused;
  }
}

async function makeCommand(
  { publication, template, output }: MakeOptions,
  at: KeptWorkplace,
): Promise<number> {
  const { year } = at;
  const number = publication ?? (await newestOf(at));
  const bytes = template === undefined ? undefined : await bytesOf(template);
  await writeFile(output, await makeReport({ publication: { year, number }, template: bytes }, at));
  print(`${output}: the report of publication ${number} of ${year}`);
  return exitCodes.done;
}

async function newestOf(at: KeptWorkplace): Promise<number> {
  const newest = (await readYear(at, at.year)).state.publications.at(-1);
  if (newest === undefined)
    throw new UsageError(`nothing of ${at.year} has been published: "indicators publish" does`);
  return newest.happening.number;
}

async function newTemplateCommand(output: string, { catalogue, year }: KeptWorkplace): Promise<number> {
  await writeFile(output, newTemplate(catalogue));
  print(`${output}: a template for ${year}, to be edited in Word or WPS`);
  return exitCodes.done;
}

async function checkTemplateCommand(file: string, at: KeptWorkplace): Promise<number> {
  const findings = await examineTemplate(await bytesOf(file), at.year, at);
  printFindings(findings);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  print(errors === 0 ? `${file}: nothing is wrong with it` : `${file}: ${errors} places have to be mended`);
  return errors === 0 ? exitCodes.done : exitCodes.refused;
}

async function adoptCommand(file: string, { reason, by }: ReasonOptions, at: Workplace): Promise<number> {
  const { year, now, user } = at;
  const event = await adoptTemplate(
    { bytes: await bytesOf(file), year, reason, at: now, by: by ?? user },
    at,
  );
  print(`in force since ${event.chain}#${event.sequence} by ${event.by}`);
  return exitCodes.done;
}

async function checkCommand(file: string, at: KeptWorkplace): Promise<number> {
  const { checked } = await checkReportFile(await bytesOf(file), at);
  const others = checked.filter(({ verdict }) => verdict !== 'equal');
  for (const each of others) print(inOneLine(each));
  print(
    `${file}: ${checked.length - others.length} figures agree with the ledger, ${others.length} are to be looked at`,
  );
  return others.length === 0 ? exitCodes.done : exitCodes.refused;
}

function inOneLine({ verdict, name, place, message }: Checked): string {
  return `${verdicts[verdict]}  ${place === '' ? '' : `${place} `}${name}：${message}`;
}

async function updateCommand(file: string, output: string, at: KeptWorkplace): Promise<number> {
  const { bytes, updated } = await updateReportFile(await bytesOf(file), at);
  await writeFile(output, bytes);
  for (const { place, name, before, after } of updated) print(`${place} ${name}：${before} -> ${after}`);
  print(`${output}: ${updated.length} figures were brought up to date`);
  return exitCodes.done;
}

function printFindings(findings: readonly TemplateFinding[]): void {
  for (const { severity, place, message } of findings) {
    print(`${severityWords[severity]}  ${place === '' ? '' : `${place} `}${message}`);
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(file));
}
