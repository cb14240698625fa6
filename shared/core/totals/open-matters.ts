import { z } from 'zod';
import { sourcesOf } from '../catalogue/sums.ts';
import { indicatorsOf } from '../catalogue/tables.ts';
import type { ReturnKey } from '../returns/address.ts';
import { onceForEach } from '../values/once-for-each.ts';
import { heldRevisions, openQuestionsIn } from '../year/standing.ts';
import type { YearState } from '../year/year-state.ts';
import { type IndicatorObservations, observationsByIndicator } from './observations-by-indicator.ts';
import { warningsOf } from './warnings.ts';

/**
 * What may still change a total: warnings on figures below it that nobody has settled, questions about such figures or
 * their returns that are not closed, and versions of such returns that are held. Of a sum or ratio those of its parts.
 */
export const openMattersSchema = z.strictObject({
  indicator: z.string(),
  warnings: z.int().min(0),
  questions: z.int().min(0),
  held: z.int().min(0),
});
export type OpenMatters = z.infer<typeof openMattersSchema>;

/** The indicators whose totals have something open below them, in the order of the catalogue. */
export const openMattersOf = onceForEach((state: YearState): OpenMatters[] => {
  const { catalogue, returns } = state;
  const warnings = warningsOf(state).filter(({ acknowledged }) => acknowledged === null);
  const questions = openQuestionsIn(state);
  const held = returns.flatMap(heldRevisions);
  const observed = observationsByIndicator(state);
  return indicatorsOf(catalogue).flatMap(({ id }) => {
    const sources = new Set(sourcesOf(id, catalogue));
    const asked = [...sources].flatMap((source) => observed.get(source) ?? []).map(askedIn);
    const isBelow = (key: ReturnKey) => asked.some((returns) => returns.has(keyOf(key)));
    const open = {
      indicator: id,
      warnings: warnings.filter(({ finding }) => sources.has(finding.indicator ?? '')).length,
      questions: questions.filter((one) => (one.about === null ? isBelow(one) : sources.has(one.about)))
        .length,
      held: held.filter(isBelow).length,
    };
    return open.warnings + open.questions + open.held > 0 ? [open] : [];
  });
});

/** The returns that are asked for an indicator. */
const askedIn = onceForEach(
  ({ expected }: IndicatorObservations): ReadonlySet<string> =>
    new Set(expected.map(({ department, period }) => keyOf({ department: department.id, period }))),
);

function keyOf({ department, period }: ReturnKey): string {
  return `${department} ${period}`;
}
