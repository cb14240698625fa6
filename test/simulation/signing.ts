import type { Random } from '../../functions/demo/seeded-random.ts';
import { fileScan } from '../../functions/use-cases/file-scan.ts';
import { type Decision, recordDecision } from '../../functions/use-cases/office.ts';
import type { LedgerEvent } from '../../shared/core/ledger/event.ts';
import { type UploadId, uploadIdSchema } from '../../shared/core/ledger/upload.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import { heldBecause } from '../../shared/core/year/revision.ts';
import type { YearState } from '../../shared/core/year/year-state.ts';
import { madeScan } from '../fixtures/scans.ts';
import type { Means } from './actors.ts';
import { chanceOf } from './chance.ts';
import type { ActStep } from './history.ts';

const signingActs = [
  ...(['file-scan', 'file-scan', 'file-scan', 'file-scan'] as const),
  ...(['agree', 'agree', 'agree', 'disagree'] as const),
] as const;
export type SigningAct = (typeof signingActs)[number];

const all = new Set<string>(signingActs);
export const isSigningAct = (act: string): act is SigningAct => all.has(act);

/** Whether a step is one of these, by which nothing else of a history is drawn. */
export const isSigning = (step: { kind: string; act?: string }) => isSigningAct(step.act ?? '');

/** What reviewers and clerks do some time after uploads came; a subject of its own, so that the rest of a history stays. */
export function signingSteps(seed: number, uploads: readonly { at: number }[]): ActStep[] {
  const random = chanceOf(seed, 'signing');
  return Array.from({ length: random.between(0, 10) }, (_, index) => ({
    kind: 'act',
    id: `s${index + 1}`,
    at: random.pick(uploads).at + random.pick([1_000, 60_000, 3_600_000, 86_400_000]) + index,
    act: random.pick(signingActs),
    deliveries: [{ number: 1, delay: 0 }],
  }));
}

/** What somebody reviews or signs: a decision, or a scan with one of a few marks. */
export type SigningChoice = { by: string } & (
  | { kind: 'decision'; decision: Decision }
  | { kind: 'scan'; about: ReturnKey & { upload: UploadId }; mark: string }
);

/** Mostly about what waits for it, sometimes by whoever uploaded it, or about nothing. */
export function chooseSigning(act: SigningAct, state: YearState, random: Random): SigningChoice {
  const revisions = state.returns.flatMap((each) => each.revisions);
  const waiting = revisions.filter((each) => heldBecause(each).includes('awaits-agreement'));
  const counting = revisions.filter((each) => each.state.kind === 'counting').slice(-1);
  const wanted = act === 'file-scan' ? counting : waiting;
  const fitting = random.chance(85) && wanted.length > 0 ? wanted : revisions;
  const one = fitting.length > 0 ? random.pick(fitting) : undefined;
  const [first] = state.returns;
  const upload =
    one === undefined ? uploadIdSchema.parse('0'.repeat(16)) : random.pick([one, ...one.repeats]).id;
  const about = {
    department: one?.department ?? first!.department.id,
    period: one?.period ?? first!.period,
    upload,
  };
  if (act === 'file-scan') return { kind: 'scan', by: '经办人', about, mark: random.pick(['a', 'b']) };
  const by = random.chance(15) && one !== undefined ? one.upload.uploader : '审核人';
  const decision: Decision =
    act === 'agree'
      ? { kind: 'return-agreed', ...about }
      : { kind: 'return-disagreed', ...about, reason: '请再核对' };
  return { kind: 'decision', by, decision };
}

/** Records what was chosen as the use cases do. Throws `DecisionError` where it makes no sense. */
export async function recordSigning(choice: SigningChoice, means: Means): Promise<LedgerEvent> {
  const decided = { at: means.now, by: choice.by };
  if (choice.kind === 'decision') return recordDecision(choice.decision, decided, means);
  const { about, mark } = choice;
  const filed = await fileScan({ ...about, bytes: madeScan('pdf', mark) }, decided, means);
  if (filed.kind === 'fault') throw new Error(`a scan that is none: ${filed.fault}`);
  return filed.event;
}
