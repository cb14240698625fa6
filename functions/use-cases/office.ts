import { type Instant, yearOf } from '../../shared/core/catalogue/period.ts';
import { chainOf, type LedgerEvent, nextEvent, type Payload } from '../../shared/core/ledger/event.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import { type HeldBecause, heldBecause, isUploadOf } from '../../shared/core/year/revisions.ts';
import type { Warning } from '../../shared/core/year/warning.ts';
import { warningsOn } from '../../shared/core/year/warnings.ts';
import { returnOf, type YearState } from '../../shared/core/year/year-state.ts';
import type { Store } from './adopted.ts';
import { append } from './append.ts';
import { readYear } from './read-year.ts';

/** What a person decides: extending a deadline, admitting a held return, explaining a change, acknowledging. */
export type Decision = Extract<
  Payload,
  { kind: 'deadline-extended' | 'return-admitted' | 'correction-explained' | 'warning-acknowledged' }
>;

/** A decision that makes no sense as the ledger stands, with why. */
export class DecisionError extends Error {
  override readonly name = 'DecisionError';
}

/** Records a decision in the office's chain. Throws `DecisionError` if it is about nothing that is there. */
export async function recordDecision(
  decision: Decision,
  { at, by }: { at: Instant; by: string },
  store: Store & { ledger: Ledger },
): Promise<LedgerEvent> {
  const year = yearOf(decision.period);
  const chain = chainOf(year, 'office');
  return append(store.ledger, async () => {
    const { state, chains, catalogueHash } = await readYear(store, year);
    const problem = problemWith(decision, state);
    if (problem !== undefined) throw new DecisionError(problem);
    const events = chains.find((candidate) => candidate.chain === chain)?.events ?? [];
    const entry = { at, by, catalogue: catalogueHash, happening: decision };
    const event = nextEvent(chain, events, entry);
    return { kind: 'append', event, result: event };
  });
}

function problemWith(decision: Decision, state: YearState): string | undefined {
  switch (decision.kind) {
    case 'deadline-extended':
      return state.returns.some(
        ({ department, period }) =>
          period === decision.period && (decision.department ?? department.id) === department.id,
      )
        ? undefined
        : `no return is expected of ${decision.department ?? 'anybody'} for ${decision.period}`;
    case 'return-admitted':
      return problemWithHeld(decision, 'after-cut-off', state);
    case 'correction-explained':
      return problemWithHeld(decision, 'changes-published-figures', state);
    case 'warning-acknowledged':
      return warningsAbout(decision, state).some(({ id }) => id === decision.warning)
        ? undefined
        : `no warning ${decision.warning} stands: it may have gone with a correction`;
  }
}

/** Of a return, or, where no department is named, of the totals of all. */
function warningsAbout(
  { department, period }: Extract<Decision, { kind: 'warning-acknowledged' }>,
  state: YearState,
): Warning[] {
  if (department !== null) return warningsOn(state, { department, period });
  return warningsOf(state).filter((one) => one.department === null && one.period === period);
}

function problemWithHeld(
  { upload, ...key }: ReturnKey & { upload: string },
  because: HeldBecause,
  state: YearState,
): string | undefined {
  const revision = returnOf(state, key)?.revisions.find((one) => isUploadOf(one, upload));
  const isHeld = revision !== undefined && heldBecause(revision) === because;
  return isHeld ? undefined : `no upload ${upload} is held for this reason`;
}
