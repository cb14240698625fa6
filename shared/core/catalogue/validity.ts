import { z } from 'zod';
import { lastMonthOf, type Month, monthSchema, type Period } from './period.ts';

/** What departments and indicators are called (名称). */
export const nameSchema = z.string().trim().min(1).max(60);

/** In which months an entry of a catalogue is in force: from the first to the last, both included, open where left out. */
export const validity = { from: monthSchema.optional(), to: monthSchema.optional() };
export interface Validity {
  from?: Month | undefined;
  to?: Month | undefined;
}

/** Whether the entry is in force in the last month of the period. */
export function isValidIn({ from, to }: Validity, period: Period): boolean {
  const month = lastMonthOf(period);
  return (from === undefined || from <= month) && (to === undefined || month <= to);
}

/** Whether there is no month in which the entry is in force. */
export function endsBeforeItBegins({ from, to }: Validity): boolean {
  return from !== undefined && to !== undefined && from > to;
}

/** Names that an entry had before its present one, each with the last month in which it had it. */
export const formerNamesSchema = z
  .array(z.strictObject({ name: nameSchema, to: monthSchema }))
  .max(12)
  .default([]);

interface Named {
  name: string;
  formerNames: readonly { name: string; to: Month }[];
}

/** What the entry was called in the last month of the period. */
export function nameIn({ name, formerNames }: Named, period: Period): string {
  const month = lastMonthOf(period);
  const then = formerNames.filter(({ to }) => month <= to).sort((a, b) => (a.to < b.to ? -1 : 1));
  return then[0]?.name ?? name;
}

/** All that the entry is or was called, the present name first. */
export function allNames({ name, formerNames }: Named): string[] {
  return [name, ...formerNames.map((former) => former.name)];
}
