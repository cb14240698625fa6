import { z } from 'zod';
import { type Indicator, idSchema, unitSchema } from './indicator.ts';
import { kindSchema } from './kinds.ts';

/** In what figures are counted, and of which kind they are, so that they can be told without their catalogue. */
export const measureSchema = z.strictObject({
  kind: kindSchema,
  unit: unitSchema,
  indicators: z.array(idSchema).min(1),
});
export type Measure = z.infer<typeof measureSchema>;

/** The unit in which an indicator was counted; empty for one that is not among the measures. */
export function unitIn(measures: readonly Measure[], indicator: string): string {
  return measures.find(({ indicators }) => indicators.includes(indicator))?.unit ?? '';
}

/** The measures of the indicators, in their order; those of the same kind and unit together. */
export function measuresOf(indicators: readonly Pick<Indicator, 'id' | 'kind' | 'unit'>[]): Measure[] {
  const alike = Map.groupBy(indicators, ({ kind, unit }) => `${kind} ${unit}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ kind: first.kind, unit: first.unit, indicators: group.map(({ id }) => id) }];
  });
}
