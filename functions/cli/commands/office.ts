import type { Instant, Period } from '../../../shared/core/catalogue/period.ts';
import { warningsOf } from '../../../shared/core/totals/warnings.ts';
import { heldBecause } from '../../../shared/core/year/revisions.ts';
import { heldRevisions } from '../../../shared/core/year/standing.ts';
import { type Decision, DecisionError, recordDecision } from '../../use-cases/office.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { exitCodes } from './exit-codes.ts';
import { print } from './output.ts';
import type { Workplace } from './workplace.ts';

export interface ReasonOptions {
  reason: string;
  by?: string;
}

/** Lets a return in that came after the cut-off. */
export async function admitCommand(
  upload: string,
  options: ReasonOptions,
  workplace: Workplace,
): Promise<number> {
  return decideOn(upload, 'return-admitted', options, workplace);
}

/** Gives the reason for a revision that changes published figures. */
export async function explainCommand(
  upload: string,
  options: ReasonOptions,
  workplace: Workplace,
): Promise<number> {
  return decideOn(upload, 'correction-explained', options, workplace);
}

async function decideOn(
  upload: string,
  kind: 'return-admitted' | 'correction-explained',
  { reason, by }: ReasonOptions,
  workplace: Workplace,
): Promise<number> {
  const { state } = await readYear(workplace, workplace.year);
  const held = state.returns.flatMap(heldRevisions);
  const revision = held.find(({ id }) => upload.length >= 6 && id.startsWith(upload));
  if (revision === undefined) {
    print(`no upload ${upload} is held; held now:`);
    for (const one of held) print(`  ${one.id}  ${one.department} ${one.period}  ${heldBecause(one)}`);
    return exitCodes.misused;
  }
  const { department, period, id } = revision;
  return decide({ kind, department, period, upload: id, reason }, by, workplace);
}

export interface ExtendOptions extends ReasonOptions {
  period: Period;
  department?: string;
  until: Instant;
}

/** Extends a period's deadlines, for one department or for all. */
export async function extendCommand(options: ExtendOptions, workplace: Workplace): Promise<number> {
  const { period, department = null, until, reason, by } = options;
  return decide({ kind: 'deadline-extended', department, period, until, reason }, by, workplace);
}

/** Settles a warning with a reason. */
export async function acknowledgeCommand(
  warning: string,
  { reason, by }: ReasonOptions,
  workplace: Workplace,
): Promise<number> {
  const { state } = await readYear(workplace, workplace.year);
  const found = warningsOf(state).find(({ id }) => warning.length >= 6 && id.startsWith(warning));
  if (found === undefined) {
    print(`no warning ${warning} stands: "status" lists those that do`);
    return exitCodes.misused;
  }
  const { department, period, id } = found;
  return decide({ kind: 'warning-acknowledged', department, period, warning: id, reason }, by, workplace);
}

async function decide(happening: Decision, by: string | undefined, workplace: Workplace): Promise<number> {
  try {
    const event = await recordDecision(happening, { at: workplace.now, by: by ?? workplace.user }, workplace);
    print(`recorded as ${event.chain}#${event.sequence} by ${event.by}`);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
    print(error.message);
    return exitCodes.misused;
  }
}
