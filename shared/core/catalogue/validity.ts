import { z } from 'zod';
import { type Period, periodSchema } from './period.ts';

/** What departments and indicators are called (名称). */
export const nameSchema = z.string().trim().min(1).max(60);

/** In which periods an entry of a catalogue is in force: from the first to the last, both included, open where left out. */
export const validity = { from: periodSchema.optional(), to: periodSchema.optional() };
export interface Validity {
  from?: Period | undefined;
  to?: Period | undefined;
}

export function isValidIn({ from, to }: Validity, period: Period): boolean {
  return (from === undefined || from <= period) && (to === undefined || period <= to);
}

/** Whether there is no period in which the entry is in force. */
export function endsBeforeItBegins({ from, to }: Validity): boolean {
  return from !== undefined && to !== undefined && from > to;
}

/** Names that an entry had before its present one, each with the last period in which it had it. */
export const formerNamesSchema = z
  .array(z.strictObject({ name: nameSchema, to: periodSchema }))
  .max(12)
  .default([]);

interface Named {
  name: string;
  formerNames: readonly { name: string; to: Period }[];
}

/** What the entry was called in the period. */
export function nameIn({ name, formerNames }: Named, period: Period): string {
  const then = formerNames.filter(({ to }) => period <= to).sort((a, b) => (a.to < b.to ? -1 : 1));
  return then[0]?.name ?? name;
}

/** All that the entry is or was called, the present name first. */
export function allNames({ name, formerNames }: Named): string[] {
  return [name, ...formerNames.map((former) => former.name)];
}
