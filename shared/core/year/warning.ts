import { z } from 'zod';
import { comparePeriods, instantSchema, periodSchema } from '../catalogue/period.ts';
import { indicatorsOf } from '../catalogue/tables.ts';
import { type Finding, findingSchema } from '../returns/finding.ts';
import type { Observation } from '../returns/observation.ts';
import { digestOf, sha256Schema } from '../values/digest.ts';
import type { ReturnState, YearState } from './year-state.ts';

/** A warning on a return, or on the totals of all departments, settled once somebody has acknowledged it with a reason. */
export const warningSchema = z.strictObject({
  id: sha256Schema,
  department: z
    .string()
    .nullable()
    .describe('null for a rule over the totals of all departments, which the legal office answers'),
  period: periodSchema,
  finding: findingSchema,
  acknowledged: z.strictObject({ by: z.string(), at: instantSchema, reason: z.string() }).nullable(),
});
export type Warning = z.infer<typeof warningSchema>;

/** A warning as it was derived, before it is looked up whether somebody has settled it. */
export type Pending = Pick<Warning, 'department' | 'period' | 'finding'>;

/** The warnings in order of period, and as the form runs, each with who has settled it. */
export function inOrderOfForm(
  pending: readonly Pending[],
  { catalogue, acknowledgements }: Pick<YearState, 'catalogue' | 'acknowledgements'>,
): Warning[] {
  const order = new Map(indicatorsOf(catalogue).map(({ id }, index) => [id, index]));
  const position = ({ finding }: Pending) => order.get(finding.indicator ?? '') ?? -1;
  return pending
    .toSorted((a, b) => comparePeriods(a.period, b.period) || position(a) - position(b))
    .map(({ department, period, finding }) => {
      const { rule, indicator = '', found = '' } = finding;
      const id = digestOf({ department, period, rule, indicator, found });
      return { id, department, period, finding, acknowledged: acknowledgements.get(id) ?? null };
    });
}

/** What a return that counts says of an indicator. */
export function observationOf(state: ReturnState, indicator: string): Observation | undefined {
  return state.counting?.figures.find((observation) => observation.indicator === indicator);
}

/** Where in its file a return says it. */
export function placeOf(state: ReturnState, indicator: string): Pick<Finding, 'place'> {
  const place = observationOf(state, indicator)?.place;
  return place === undefined ? {} : { place };
}
