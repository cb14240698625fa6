import { z } from 'zod';
import { type Indicator, idSchema, unitSchema } from './indicator.ts';
import { kindSchema } from './kinds.ts';

/** In what figures are counted, and of which kind they are, so that they can be told without their catalogue. */
export const measureSchema = z.strictObject({
  kind: kindSchema,
  unit: unitSchema,
  isToDate: z.literal(true).optional().describe('of flows that are reported as the year to date'),
  indicators: z.array(idSchema).min(1),
});
export type Measure = z.infer<typeof measureSchema>;

/** The unit in which an indicator was counted; empty for one that is not among the measures. */
export function unitIn(measures: readonly Measure[], indicator: string): string {
  const found = units.get(measures) ?? unitsOf(measures);
  units.set(measures, found);
  return found.get(indicator) ?? '';
}

const units = new WeakMap<readonly Measure[], ReadonlyMap<string, string>>();

function unitsOf(measures: readonly Measure[]): ReadonlyMap<string, string> {
  const each = measures.flatMap(({ unit, indicators }) => indicators.map((id) => [id, unit] as const));
  return new Map(each.toReversed());
}

/** The measures of the indicators, in their order; those of the same kind and unit together. */
export function measuresOf(
  indicators: readonly Pick<Indicator, 'id' | 'kind' | 'unit' | 'overTime'>[],
): Measure[] {
  const isToDate = ({ overTime }: Pick<Indicator, 'overTime'>) => overTime === 'cumulative';
  const alike = Map.groupBy(indicators, (each) => `${each.kind} ${isToDate(each)} ${each.unit}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { kind, unit } = first;
    const toDate = isToDate(first) ? { isToDate: true as const } : {};
    return [{ kind, unit, ...toDate, indicators: group.map(({ id }) => id) }];
  });
}
