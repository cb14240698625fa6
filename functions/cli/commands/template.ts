import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { expectedReturns } from '../../../shared/core/catalogue/catalogue.ts';
import { type Period, yearOf } from '../../../shared/core/catalogue/period.ts';
import { type ReturnKey, resolveAddress } from '../../../shared/core/returns/address.ts';
import { takenOverInWords } from '../../../shared/core/words.ts';
import { referenceFigures } from '../../../shared/core/year/reference-figures.ts';
import { takenOverSince } from '../../../shared/core/year/taken-over.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout } from '../../../shared/workbook/layout.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { period as periodArgument } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { print, withProgress } from './output.ts';
import { type KeptWorkplace, withKeptWorkplace } from './workplace.ts';

interface TemplateOptions {
  department: string;
  period: Period;
  output?: string;
}

/** `indicators template`: forms to fill in. */
export function templateCommand({ options, finish }: CommandLine): Command {
  return new Command('template')
    .description("write a department's form for a period, with the figures of the one before for reference")
    .requiredOption('--department <id>', 'department id, or "all"')
    .requiredOption(
      '--period <period>',
      'month, quarter, half-year or year: 2023-03, 2023-Q1, 2023-H1, 2023',
      periodArgument,
    )
    .option('-o, --output <file>', 'file to write (with "all", the folder)')
    .action((given: TemplateOptions) =>
      finish(
        withKeptWorkplace({ ...options(), year: yearOf(given.period) }, (workplace) =>
          writeForms(given, workplace),
        ),
      ),
    );
}

/** Writes one department's form, or with department `all` every form that is expected for the period. */
async function writeForms(options: TemplateOptions, workplace: KeptWorkplace): Promise<number> {
  const { catalogue } = workplace;
  const wanted = wantedForms(options, workplace);
  if (wanted.kind === 'none') {
    print(wanted.why);
    return exitCodes.misused;
  }
  const { keys } = wanted;
  const { state } = await readYear(workplace, workplace.year);
  const files = await withProgress('writing forms', keys.length, async (step) => {
    const written: string[] = [];
    for (const key of keys) {
      const reference = referenceFigures(state, key);
      const banner = takenOverInWords(takenOverSince({ ...key, year: workplace.year }, state));
      const bytes = await writeForm(formLayout(catalogue, key), { reference, banner });
      const file =
        options.output !== undefined && keys.length === 1
          ? options.output
          : `${options.output ?? '.'}/${key.department}-${key.period}.xlsx`;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      written.push(file);
      step();
    }
    return written;
  });
  for (const file of files) print(file);
  return exitCodes.done;
}

/** The returns whose forms are wanted, or why there are none. */
type Wanted = { kind: 'returns'; keys: ReturnKey[] } | { kind: 'none'; why: string };

function wantedForms({ department, period }: TemplateOptions, { catalogue }: KeptWorkplace): Wanted {
  const periods = `periods: ${catalogue.periods.map((one) => one.period).join(' ')}`;
  if (department === 'all') {
    const keys = expectedReturns(catalogue)
      .filter((one) => one.period === period)
      .map((one) => ({ department: one.department.id, period: one.period }));
    return keys.length > 0
      ? { kind: 'returns', keys }
      : { kind: 'none', why: `no return is expected for ${period}; ${periods}` };
  }
  const resolution = resolveAddress({ department, period }, catalogue);
  if (resolution.kind === 'return') return { kind: 'returns', keys: [resolution.key] };
  const known = catalogue.departments.map(({ id, name }) => `${id} ${name}`).join(', ');
  const { message } = resolution.finding;
  return { kind: 'none', why: `${message}\ndepartments: ${known}\n${periods}` };
}
