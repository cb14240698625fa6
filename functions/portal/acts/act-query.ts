import { z } from 'zod';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { daySchema, periodSchema } from '../../../shared/core/catalogue/period.ts';
import { payloadKindSchema } from '../../../shared/core/ledger/event.ts';
import { orEmpty } from '../records/record-query.ts';

/** What may be looked for among the acts of a year, as the query of an address. */
export const actQuery = {
  department: orEmpty(departmentIdSchema),
  period: orEmpty(periodSchema),
  kind: orEmpty(payloadKindSchema),
  person: orEmpty(z.string().max(80)),
  from: orEmpty(daySchema),
  to: orEmpty(daySchema),
};
export type ActQuery = z.infer<z.ZodObject<typeof actQuery>>;

/** The conditions of a query, without how much is asked for. */
export function filterOf({ department, period, kind, person, from, to }: ActQuery): ActQuery {
  return { department, period, kind, person, from, to };
}
