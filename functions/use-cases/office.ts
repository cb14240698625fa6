import { type Catalogue, catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { chainOf, type LedgerEvent, nextEvent, type Payload } from '../../shared/core/ledger/event.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';
import { waitingRevisions } from '../../shared/core/year/standing.ts';
import { warningsOn } from '../../shared/core/year/warnings.ts';
import { returnOf, type YearState } from '../../shared/core/year/year-state.ts';
import { readYear } from './read-year.ts';

/** What a person decides: extending a deadline, admitting a held return, explaining a change, acknowledging. */
export type Act = Extract<
  Payload,
  { kind: 'deadline-extended' | 'return-admitted' | 'correction-explained' | 'warning-acknowledged' }
>;

/** An act that makes no sense as the ledger stands, with why. */
export class DecisionError extends Error {
  override readonly name = 'DecisionError';
}

const maxAttempts = 100;

/** Records an act in the office's chain. Throws `DecisionError` if it is about nothing that is there. */
export async function recordDecision(
  act: Act,
  { at, by }: { at: Instant; by: string },
  { ledger, catalogue }: { ledger: Ledger; catalogue: Catalogue },
): Promise<LedgerEvent> {
  const chain = chainOf(catalogue.year, 'office');
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { state, chains } = await readYear(ledger, catalogue);
    const problem = problemWith(act, state);
    if (problem !== undefined) throw new DecisionError(problem);
    const events = chains.find((candidate) => candidate.chain === chain)?.events ?? [];
    const event = nextEvent(chain, events, { at, by, catalogue: catalogueHash(catalogue), happening: act });
    if ((await ledger.append(event)) === 'appended') return event;
  }
  throw new Error(`${chain}: ${maxAttempts} conflicts in a row`);
}

function problemWith(act: Act, state: YearState): string | undefined {
  switch (act.kind) {
    case 'deadline-extended':
      return state.returns.some(
        ({ department, period }) =>
          period === act.period && (act.department === null || department.id === act.department),
      )
        ? undefined
        : `no return is expected of ${act.department ?? 'anybody'} for ${act.period}`;
    case 'return-admitted':
    case 'correction-explained': {
      const wanted = act.kind === 'return-admitted' ? 'after-cut-off' : 'changes-published-figures';
      const one = returnOf(state, act.department, act.period);
      const revision = one && waitingRevisions(one).find(({ id }) => id === act.upload);
      return revision?.heldBecause === wanted ? undefined : `no upload ${act.upload} is held for this reason`;
    }
    case 'warning-acknowledged':
      return warningsOn(state, act.department, act.period).some(({ id }) => id === act.warning)
        ? undefined
        : `no warning ${act.warning} stands: it may have gone with a correction`;
  }
}
