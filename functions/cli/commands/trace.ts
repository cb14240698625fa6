import { Command } from 'commander';
import { localTime, type Period } from '../../../shared/core/catalogue/period.ts';
import { sourcesOf } from '../../../shared/core/catalogue/sums.ts';
import { indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import { readCheckCode } from '../../../shared/core/ledger/check-code.ts';
import { annualTotalsAt } from '../../../shared/core/totals/not-due.ts';
import { countingObservations } from '../../../shared/core/totals/observations-by-indicator.ts';
import type { Lineage } from '../../../shared/core/totals/total.ts';
import { type Coded, findByCheckCode } from '../../use-cases/check-codes.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { period as periodArgument, wholeNumber } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { print, printJson, printTable } from './output.ts';
import { type KeptOffice, type KeptWorkplace, withKeptOffice, withKeptWorkplace } from './workplace.ts';

export interface TraceOptions {
  department?: string;
  period?: Period;
  json?: boolean;
}

/** `indicators trace` and `check-code`: where a figure, or what is on paper, comes from. */
export function traceCommands(line: CommandLine): Command[] {
  return [traceCommand(line), checkCodeCommand(line)];
}

function traceCommand({ options, finish }: CommandLine): Command {
  return new Command('trace')
    .description('follow an annual figure down to its cells, files, people and times')
    .argument('<indicator>')
    .option('--department <id>')
    .option('--period <period>', 'one period only', periodArgument)
    .option('--json', 'as JSON')
    .action((indicator: string, given: TraceOptions) =>
      finish(withKeptOffice(options(), (office) => trace(indicator, given, office))),
    );
}

function checkCodeCommand({ options, finish }: CommandLine): Command {
  return new Command('check-code')
    .description('what a check code on a printed sheet, certificate or report belongs to')
    .argument('<code>')
    .option('--publication <number>', 'the publication whose figures it may be of', wholeNumber)
    .action((code: string, given: { publication?: number }) =>
      finish(withKeptWorkplace(options(), (workplace) => findCheckCode(code, given, workplace))),
    );
}

/** Follows an annual figure down to the cells, files, people and times behind it. */
export async function trace(
  indicator: string,
  options: TraceOptions,
  workplace: KeptOffice,
): Promise<number> {
  const { catalogue } = workplace;
  const { state } = await readYear(workplace, workplace.year);
  const total = annualTotalsAt(state, workplace.now).find((candidate) => candidate.indicator === indicator);
  if (total === undefined) {
    print(`the catalogue has no indicator "${indicator}"; it has:`);
    for (const { id, name } of indicatorsOf(catalogue)) print(`  ${id}  ${name}`);
    return exitCodes.misused;
  }
  const indicators = sourcesOf(indicator, catalogue);
  const contributions = countingObservations(state)
    .filter((row) => indicators.includes(row.indicator))
    .filter(({ department }) => options.department === undefined || department === options.department)
    .filter(({ period }) => options.period === undefined || period === options.period);
  if (options.json) {
    printJson({ ...total, contributions });
    return exitCodes.done;
  }
  print(`${total.name} (${indicator}): ${total.value ?? 'no figure'} ${total.unit}, ${total.status}`);
  print(
    `over time: ${total.overTime}; over departments: ${total.overDepartments}; ${coverageText(total.coverage)}`,
  );
  if (total.numerator !== undefined && total.denominator !== undefined) {
    print(
      `= ${total.numerator.indicator} ${total.numerator.value} / ${total.denominator.indicator} ${total.denominator.value}`,
    );
  }
  if (total.parts !== undefined) {
    print(`= ${total.parts.map(({ sign, indicator: id, value }) => `${sign} ${id} ${value}`).join(' ')}`);
  }
  for (const reason of total.reasons) print(`  ${reason}`);
  printTable(
    [
      'indicator',
      'department',
      'period',
      'value',
      'remark',
      'cell',
      'file',
      'sha-256',
      'uploaded',
      'by',
      'ledger',
    ],
    contributions.map((row) => [
      row.indicator,
      row.department,
      row.period,
      valueText(row),
      row.remark ?? '',
      `${row.cell.sheet ?? ''}!${row.cell.cell ?? ''}`,
      `${row.file.name} (revision ${row.revision})`,
      row.file.sha256.slice(0, 12),
      localTime(row.uploadedAt, catalogue.utcOffset),
      row.uploader,
      `${row.ledger.chain}#${row.ledger.sequence}`,
    ]),
  );
  return exitCodes.done;
}

function valueText({ value, status, items }: Lineage): string {
  if (value === null) return status === 'missing' ? '' : '不适用';
  return items === undefined || items.length === 0 ? value : `${value}: ${items.join('；')}`;
}

function coverageText({
  periods,
  returns,
}: {
  periods: Range;
  returns: { expected: number; reported: number };
}) {
  return `${periods.complete} of ${periods.expected} periods complete, ${returns.reported} of ${returns.expected} returns`;
}

interface Range {
  expected: number;
  complete: number;
}

/** Says what a check code on paper belongs to. */
async function findCheckCode(
  typed: string,
  { publication: number }: { publication?: number },
  workplace: KeptWorkplace,
): Promise<number> {
  const code = readCheckCode(typed);
  if (code === undefined) {
    print('a check code has 16 digits and letters, such as 7K2M-0QXA-3RST-9ABC');
    return exitCodes.misused;
  }
  const year = await readYear(workplace, workplace.year);
  const search = await findByCheckCode(code, { ...year, number }, workplace.documents);
  if (search.found !== undefined) {
    print(`${code}: ${inWords(search.found)}`);
    return exitCodes.done;
  }
  const figures = search.figuresOf.join(', ') || 'no publication';
  print(
    `${code}: no accepted version and no publication of ${workplace.year} has this code, nor a figure of ${figures}`,
  );
  return exitCodes.refused;
}

function inWords(found: Coded): string {
  switch (found.kind) {
    case 'version':
      return `the return of ${found.department} for ${found.period}, upload ${found.upload}`;
    case 'publication':
      return `publication ${found.number}, all of it`;
    case 'figure':
      return `${found.indicator} as publication ${found.number} has it`;
  }
}
