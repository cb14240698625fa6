import { Command } from 'commander';
import { type Period, yearOf } from '../../../shared/core/catalogue/period.ts';
import { maxReasonLength } from '../../../shared/core/ledger/people.ts';
import { openQuestionsIn } from '../../../shared/core/year/standing.ts';
import { returnOf } from '../../../shared/core/year/year-state.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { period as periodArgument, textUpTo } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { decide, type ReasonOptions } from './office.ts';
import { print } from './output.ts';
import { type KeptOffice, type Office, withKeptOffice, withOffice } from './workplace.ts';

interface AskOptions extends ReasonOptions {
  about?: string;
  sendBack?: boolean;
}

/** `indicators question …`: what the legal office asks departments about their returns, and what they answer. */
export function questionCommand({ options, finish }: CommandLine): Command {
  const command = new Command('question').description(
    'ask a department about a return or a figure (核实), or send it back (退回); answer, insist, close',
  );
  command
    .command('list')
    .description('the questions that are not closed, and for whom each waits')
    .action(() => finish(withKeptOffice(options(), listCommand)));
  const withReason = (name: string, description: string, what: string) =>
    command
      .command(name)
      .description(description)
      .requiredOption('--reason <text>', what, textUpTo(maxReasonLength))
      .option('--by <name>', 'who says so, if not you', textUpTo(80));
  withReason('ask', 'legal office: ask about the newest version of a return', 'what is asked, and why')
    .argument('<department>')
    .argument('<period>', 'such as 2023-03', periodArgument)
    .option('--about <indicator>', 'the figure or text that is asked about; without it, the whole return')
    .option('--send-back', 'the return does not count until the department answers')
    .action((department: string, period: Period, given: AskOptions) =>
      finish(withOffice(options(), (at) => askCommand({ department, period }, given, at))),
    );
  const steps = [
    ['answer', 'department: answer a question', 'the answer'],
    ['insist', 'legal office: ask again, since the answer does not settle it', 'what is still asked'],
    ['close', 'legal office: close a question', 'why it is settled'],
  ] as const;
  for (const [step, description, what] of steps) {
    withReason(step, description, what)
      .argument('<question>', 'as "question list" shows it')
      .action((question: string, given: ReasonOptions) =>
        finish(withOffice(options(), (at) => stepCommand(step, { question, ...given }, at))),
      );
  }
  return command;
}

async function listCommand(workplace: KeptOffice): Promise<number> {
  const { state } = await readYear(workplace, workplace.year);
  const questions = openQuestionsIn(state);
  for (const { id, department, period, about, effect, stage, asked, steps } of questions) {
    const waits = stage === 'open' ? 'waits for the department' : 'answered, waits for the legal office';
    print(`${id.slice(0, 12)}  ${department} ${period} ${about ?? 'whole return'}, ${effect}: ${waits}`);
    print(`    asked by ${asked.by}, ${asked.at}: ${asked.reason}`);
    for (const { kind, by, at, reason } of steps) print(`    ${kind} by ${by}, ${at}: ${reason}`);
  }
  if (questions.length === 0) print('no question is open');
  return exitCodes.done;
}

async function askCommand(
  key: { department: string; period: Period },
  { about = null, sendBack = false, reason, by }: Omit<AskOptions, 'about'> & { about?: string | null },
  workplace: Office,
): Promise<number> {
  const { state } = await readYear(workplace, yearOf(key.period));
  const newest = returnOf(state, key)?.revisions.at(-1);
  if (newest === undefined) {
    print(`no return of ${key.department} for ${key.period} was accepted`);
    return exitCodes.misused;
  }
  const effect = sendBack ? 'sent-back' : 'counts-meanwhile';
  return decide({ kind: 'question-asked', ...key, upload: newest.id, about, effect, reason }, by, workplace);
}

async function stepCommand(
  step: 'answer' | 'insist' | 'close',
  { question, reason, by }: ReasonOptions & { question: string },
  workplace: Office,
): Promise<number> {
  const { state } = await readYear(workplace, workplace.year);
  const found = state.returns
    .flatMap(({ questions, revisions }) => questions.map((one) => ({ one, newest: revisions.at(-1) })))
    .find(({ one: { id } }) => question.length >= 6 && id.startsWith(question));
  if (found?.newest === undefined) {
    print(`no question ${question}: "question list" shows those that are open`);
    return exitCodes.misused;
  }
  const { department, period, id } = found.one;
  const about = { department, period, question: id, reason };
  if (step === 'answer') return decide({ kind: 'question-answered', ...about }, by, workplace);
  if (step === 'close') return decide({ kind: 'question-closed', ...about }, by, workplace);
  return decide({ kind: 'question-insisted', ...about, upload: found.newest.id }, by, workplace);
}
