import type { LedgerEvent } from '../../../shared/core/ledger/event.ts';
import type { Ledger } from '../../../shared/core/ledger/ports.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import type { Store } from '../adopted.ts';
import { appendToOffice, type Decided } from '../office.ts';

export interface IssueRequest extends Decided {
  year: number;
  number: number;
  reason: string;
}

/**
 * Records that the legal office issues a publication (正式发布): from then on a return that changes what it counted
 * needs a reason. Throws `DecisionError` unless it is the newest of its year and not issued yet.
 */
export async function issuePublication(
  { year, number, reason, at, by }: IssueRequest,
  store: Store & { ledger: Ledger },
): Promise<LedgerEvent> {
  const happening = { kind: 'publication-issued' as const, year, number, reason };
  return appendToOffice({ year, decided: { at, by }, happening }, store, (state) =>
    problemWithIssuing(state, number),
  );
}

/** Why a publication may not be issued; undefined where it may. */
export function problemWithIssuing({ publications, issued }: YearState, number: number): string | undefined {
  if (publications.at(-1)?.happening.number !== number) return `publication ${number} is not the newest`;
  return issued.has(number) ? `publication ${number} is issued already` : undefined;
}
