import { Command } from 'commander';
import { compareColumns, type Period } from '../../../shared/core/catalogue/period.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { heldBecause, type Revision } from '../../../shared/core/year/revision.ts';
import {
  heldRevisions,
  openExtensionRequestsIn,
  openMisdirected,
  type Standing,
  type StandingKind,
  standingOf,
} from '../../../shared/core/year/standing.ts';
import type { ReturnState } from '../../../shared/core/year/year-state.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { period as periodArgument } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { heldSentences } from './office.ts';
import { print, printFindings, printJson, printTable } from './output.ts';
import { type KeptOffice, withKeptOffice } from './workplace.ts';

export interface StatusOptions {
  department?: string;
  period?: Period;
  json?: boolean;
}

/** `indicators status`: who has reported, and what is open. */
export function statusCommand({ options, finish }: CommandLine): Command {
  return new Command('status')
    .description('who has reported, who has not, and which warnings are open')
    .option('--department <id>')
    .option('--period <period>', 'one period only', periodArgument)
    .option('--json', 'as JSON')
    .action((given: StatusOptions) =>
      finish(withKeptOffice(options(), (office) => showStatus(given, office))),
    );
}

const letters: Record<StandingKind, string> = {
  counting: 'ok',
  held: 'held',
  'sent-back': 'back',
  declined: 'out',
  refused: 'REF',
  overdue: '--',
  due: 'due',
  'not-due': '',
};

/** Shows who has reported and who has not, and what is still open. */
export async function showStatus(options: StatusOptions, workplace: KeptOffice): Promise<number> {
  const { state } = await readYear(workplace, workplace.year);
  const warnings = warningsOf(state);
  const returns = state.returns
    .filter(({ department }) => options.department === undefined || department.id === options.department)
    .filter(({ period }) => options.period === undefined || period === options.period)
    .map((one) => ({
      ...one,
      standing: standingOf(one, { warnings, now: workplace.now, catalogue: workplace.catalogue }),
    }));
  const open = warnings
    .filter(({ acknowledged }) => acknowledged === null)
    .filter(({ department, period }) =>
      department === null
        ? options.department === undefined && [undefined, period].includes(options.period)
        : returns.some((one) => one.department.id === department && one.period === period),
    );
  if (options.json) {
    printJson({
      returns: returns.map(({ department, period, standing, deadline, revisions, counting }) => ({
        department: department.id,
        period,
        standing: standing.kind,
        late: standing.late,
        awaitsScan: standing.awaitsScan,
        due: deadline.due,
        cutOff: deadline.cutOff,
        revisions: revisions.length,
        held: heldRevisions({ revisions }).map(({ id }) => id),
        counting: counting?.number ?? null,
      })),
      openWarnings: open,
      misdirected: openMisdirected(state).map(({ sent }) => sent),
      unaddressed: state.unaddressed,
    });
    return exitCodes.done;
  }
  printMatrix(returns);
  print(
    'ok counted, late counted but uploaded after it was due, held not counted yet, back sent back with a question, ' +
      'out declined, REF refused, -- overdue',
  );
  const unsigned = returns.filter(({ standing }) => standing.awaitsScan);
  for (const { department, period } of unsigned) print(`awaits its signed scan: ${department.id} ${period}`);
  for (const { id, department, period, finding, settledBy, explained } of open) {
    print(`open warning ${id.slice(0, 12)} on ${department ?? 'all departments'} ${period}`);
    printFindings([finding], workplace.catalogue);
    if (explained !== null) print(`    ${explained.by} says: ${explained.reason}`);
    if (settledBy === 'legal-office') print('    the legal office alone settles this one: --as legal-office');
  }
  if (open.length > 0) print('settle one with: indicators acknowledge WARNING --reason "..."');
  for (const revision of returns.flatMap(heldRevisions)) printHeld(revision);
  for (const { id, department, period, until, asked } of openExtensionRequestsIn(state))
    print(`more time asked for: ${id.slice(0, 12)} ${department} ${period} until ${until}: ${asked.reason}`);
  for (const { sentFor, sent } of openMisdirected(state)) {
    const { department, period } = sent.formOf;
    const where = `${sentFor.department.id} ${sentFor.period}`;
    print(`sent for ${where}, and the form of ${department} ${period}: ${sent.upload.fileName}`);
  }
  for (const { upload } of state.unaddressed)
    print(`refused without an address: ${upload.fileName} (${upload.key})`);
  return exitCodes.done;
}

function printHeld(revision: Revision): void {
  const { id, department, period, number, upload } = revision;
  const because = heldBecause(revision);
  const why = because.map((each) => heldSentences[each].why).join(', ');
  print(`held: ${department} ${period} revision ${number}, ${upload.fileName}: ${why}`);
  for (const each of because) print(`    ${heldSentences[each].command(id)}`);
}

function printMatrix(returns: readonly (ReturnState & { standing: Standing })[]): void {
  const periods = [...new Set(returns.map(({ period }) => period))].sort(compareColumns);
  const byDepartment = Map.groupBy(returns, ({ department }) => department);
  printTable(
    ['', 'department', ...periods.map((period) => period.replace(/^20[0-9]{2}-0?/, ''))],
    [...byDepartment].map(([{ id, name }, own]) => [
      id,
      name,
      ...periods.map((period) => {
        const one = own.find((candidate) => candidate.period === period);
        return one === undefined ? '' : lettersOf(one.standing);
      }),
    ]),
  );
}

function lettersOf({ kind, late }: Standing): string {
  return kind === 'counting' && late ? 'late' : letters[kind];
}
