import { countingObservations, gatherEvidence } from '../../../shared/core/evidence.ts';
import { takenOverTime } from '../../../shared/core/operators.ts';
import type { Lineage, Total } from '../../../shared/core/publication.ts';
import type { Revision, YearState } from '../../../shared/core/year-state.ts';

/** An observation behind a figure, with the revision that it is part of. */
export interface Source {
  lineage: Lineage;
  revision: Revision;
  /** False for what the figure does not take: of a stock, all but the last month. */
  taken: boolean;
}

export interface Narrowing {
  department: string | undefined;
  period: string | undefined;
}

/** The indicators whose observations make a figure: its own, or both parts of a ratio. */
export function partsOf({ indicator, numerator, denominator }: Total): string[] {
  return numerator === undefined || denominator === undefined
    ? [indicator]
    : [numerator.indicator, denominator.indicator];
}

/** All that counts towards a figure, narrowed to a department or a period. */
export function sourcesOf(total: Total, state: YearState, { department, period }: Narrowing): Source[] {
  const parts = partsOf(total);
  const evidence = gatherEvidence(state);
  const taken = new Set(
    parts
      .map((part) => evidence.get(part))
      .filter((part) => part !== undefined)
      .flatMap((part) => takenOverTime(part).map(({ lineage }) => keyOf(lineage))),
  );
  const revisions = new Map(
    state.returns.flatMap(({ counting }) => (counting === undefined ? [] : [[counting.id, counting]])),
  );
  return countingObservations(state)
    .filter((row) => parts.includes(row.indicator))
    .filter((row) => department === undefined || row.department === department)
    .filter((row) => period === undefined || row.period === period)
    .flatMap((lineage) => {
      const revision = revisions.get(lineage.upload);
      return revision === undefined ? [] : [{ lineage, revision, taken: taken.has(keyOf(lineage)) }];
    })
    .sort((a, b) => parts.indexOf(a.lineage.indicator) - parts.indexOf(b.lineage.indicator));
}

function keyOf({ indicator, upload }: Lineage): string {
  return `${indicator} ${upload}`;
}
