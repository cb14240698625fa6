import { Command, Option } from 'commander';
import type { Instant, Period } from '../../../shared/core/catalogue/period.ts';
import { type Answerer, answererSchema, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import { maxReasonLength } from '../../../shared/core/ledger/people.ts';
import type { UploadId } from '../../../shared/core/ledger/upload.ts';
import { isEnough } from '../../../shared/core/returns/findings/rule.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { type HeldBecause, heldBecause } from '../../../shared/core/year/revision.ts';
import { heldRevisions, openExtensionRequestsIn } from '../../../shared/core/year/standing.ts';
import { type Decision, DecisionError, recordDecision } from '../../use-cases/office.ts';
import { issuePublication } from '../../use-cases/publish/issue.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { instant, period, textUpTo, wholeNumber } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { print } from './output.ts';
import { type Office, type Workplace, withOffice, withWorkplace } from './workplace.ts';

export interface ReasonOptions {
  reason: string;
  by?: string;
}

/** What the legal office and departments decide, each with a reason: the commands of the command line. */
export function officeCommands({ options, finish }: CommandLine): Command[] {
  const withReason = (name: string, description: string) =>
    new Command(name)
      .description(description)
      .requiredOption(
        '--reason <text>',
        `why, up to ${maxReasonLength} characters`,
        textUpTo(maxReasonLength),
      )
      .option('--by <name>', 'who decides, if not you', textUpTo(80));
  const at = (work: (workplace: Office) => Promise<number>) => finish(withOffice(options(), work));
  const onUpload = (kind: DecisionOnHeld, command: Command) =>
    command
      .argument('<upload>', 'as "submit" and "status" show it')
      .action((upload, given: ReasonOptions) => at((workplace) => decideOn(upload, kind, given, workplace)));
  return [
    onUpload(
      'return-admitted',
      withReason('admit', 'legal office: let a return in that came after the cut-off'),
    ),
    onUpload(
      'admission-declined',
      withReason('decline', 'legal office: do not let a return in that came after the cut-off'),
    ),
    onUpload(
      'correction-explained',
      withReason('explain', 'department: give the reason for a revision that changes issued figures'),
    ),
    withReason('issue', 'legal office: issue the newest publication; from then on corrections need a reason')
      .argument('<number>', 'of the publication', wholeNumber)
      .action((number, given: ReasonOptions) =>
        finish(withWorkplace(options(), (workplace) => issueCommand(number, given, workplace))),
      ),
    withReason('extend', 'legal office: extend the deadlines of a period, for one department or for all')
      .requiredOption(
        '--period <period>',
        'month, quarter, half-year or year: 2023-03, 2023-Q1, 2023-H1, 2023',
        period,
      )
      .option('--department <id>', 'without it, all departments')
      .requiredOption('--until <time>', 'until when, such as 2024-02-15T18:00:00+08:00', instant)
      .action((given: ExtendOptions) => at((workplace) => extendCommand(given, workplace))),
    withReason('request-extension', 'department: ask for more time for a return that has not come')
      .argument('<department>')
      .argument('<period>', 'such as 2023-03', period)
      .requiredOption('--until <time>', 'until when, such as 2024-02-15T18:00:00+08:00', instant)
      .action((department, of, { until, reason, by }: ReasonOptions & { until: Instant }) =>
        at((workplace) =>
          decide({ kind: 'extension-requested', department, period: of, until, reason }, by, workplace),
        ),
      ),
    withReason('decline-extension', 'legal office: give a department no more time')
      .argument('<request>', 'as "status" shows it')
      .action((request, given: ReasonOptions) =>
        at((workplace) => declineExtensionCommand(request, given, workplace)),
      ),
    withReason('acknowledge', 'answer a warning with a reason; some only the legal office settles')
      .argument('<warning>', 'as "status" shows it')
      .addOption(new Option('--as <who>', 'as what').choices(answererSchema.options).default('department'))
      .action((warning, given: AcknowledgeOptions) =>
        at((workplace) => acknowledgeCommand(warning, given, workplace)),
      ),
  ];
}

type DecisionOnHeld = 'return-admitted' | 'admission-declined' | 'correction-explained';

/** Why a revision is held, and the command that somebody types about it. */
export const heldSentences: Record<HeldBecause, { why: string; command: (upload: UploadId) => string }> = {
  'after-cut-off': {
    why: 'it came after the cut-off',
    command: (upload) => `let it in, or not: indicators admit|decline ${upload} --reason "..."`,
  },
  'changes-issued': {
    why: 'it changes issued figures without a reason',
    command: (upload) => `give the reason: indicators explain ${upload} --reason "..."`,
  },
  'awaits-agreement': {
    why: "the department's reviewer has not agreed",
    command: (upload) => `agree, or not: indicators agree ${upload}; disagree ${upload} --reason "..."`,
  },
  'sent-back': {
    why: 'it was sent back with a question',
    command: () => 'see the question, and answer it: indicators question list',
  },
};

async function decideOn(
  upload: string,
  kind: DecisionOnHeld,
  { reason, by }: ReasonOptions,
  workplace: Office,
): Promise<number> {
  const { state } = await readYear(workplace, workplace.year);
  const held = state.returns.flatMap(heldRevisions);
  const revision = held.find(({ id }) => upload.length >= 6 && id.startsWith(upload));
  if (revision === undefined) {
    print(`no upload ${upload} is held; held now:`);
    for (const one of held)
      print(
        `  ${one.id}  ${one.department} ${one.period}  ${heldBecause(one)
          .map((each) => heldSentences[each].why)
          .join(', ')}`,
      );
    return exitCodes.misused;
  }
  const { department, period, id } = revision;
  return decide({ kind, department, period, upload: id, reason }, by, workplace);
}

interface ExtendOptions extends ReasonOptions {
  period: Period;
  department?: string;
  until: Instant;
}

/** Extends a period's deadlines, for one department or for all. */
async function extendCommand(options: ExtendOptions, workplace: Office): Promise<number> {
  const { period, department = null, until, reason, by } = options;
  return decide({ kind: 'deadline-extended', department, period, until, reason }, by, workplace);
}

/** Gives a department no more time. */
async function declineExtensionCommand(
  request: string,
  { reason, by }: ReasonOptions,
  workplace: Office,
): Promise<number> {
  const { state } = await readYear(workplace, workplace.year);
  const found = openExtensionRequestsIn(state).find(
    ({ id }) => request.length >= 6 && id.startsWith(request),
  );
  if (found === undefined) {
    print(`no request ${request} waits: "status" lists those that do`);
    return exitCodes.misused;
  }
  const { department, period, id } = found;
  return decide({ kind: 'extension-declined', department, period, request: id, reason }, by, workplace);
}

interface AcknowledgeOptions extends ReasonOptions {
  as: Answerer;
}

/** Answers a warning with a reason; some only the legal office settles. */
async function acknowledgeCommand(
  warning: string,
  { reason, by, as }: AcknowledgeOptions,
  workplace: Office,
): Promise<number> {
  const { state } = await readYear(workplace, workplace.year);
  const found = warningsOf(state).find(({ id }) => warning.length >= 6 && id.startsWith(warning));
  if (found === undefined) {
    print(`no warning ${warning} stands: "status" lists those that do`);
    return exitCodes.misused;
  }
  const { department, period, id } = found;
  const answer = { kind: 'warning-acknowledged', as, department, period, warning: id, reason } as const;
  const code = await decide(answer, by, workplace);
  if (code === exitCodes.done && !isEnough(as, found.settledBy)) {
    print('kept as an explanation: it stays open until the legal office settles it (--as legal-office)');
  }
  return code;
}

/** Issues a publication. */
async function issueCommand(
  number: number,
  { reason, by }: ReasonOptions,
  workplace: Workplace,
): Promise<number> {
  const { year, now: at, user } = workplace;
  return printRecorded(() => issuePublication({ year, number, reason, at, by: by ?? user }, workplace));
}

/** Records a decision, and prints where; or why it makes no sense as the ledger stands. */
export async function decide(
  happening: Decision,
  by: string | undefined,
  workplace: Office,
): Promise<number> {
  const decided = { at: workplace.now, by: by ?? workplace.user };
  return printRecorded(() => recordDecision(happening, decided, workplace));
}

async function printRecorded(record: () => Promise<LedgerEvent>): Promise<number> {
  try {
    const event = await record();
    print(`recorded as ${event.chain}#${event.sequence} by ${event.by}`);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
    print(error.message);
    return exitCodes.misused;
  }
}
