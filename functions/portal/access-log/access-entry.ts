import { z } from 'zod';
import { instantSchema } from '../../../shared/core/catalogue/period.ts';
import { withoutControlCharacters } from '../../../shared/core/values/text.ts';
import { type Identity, identitySchema } from '../access/identity.ts';

/** The longest address that is kept (characters); none that leads anywhere is as long. */
const maxAddress = 300;

/**
 * One request of somebody who is signed in, or who signed in with it (访问记录): who, when, which route, to what end.
 * Nothing of what was sent or answered: an address is kept without its query, which may have names in it.
 */
export const accessEntrySchema = z.strictObject({
  at: instantSchema,
  by: identitySchema.shape.name,
  roles: identitySchema.shape.roles,
  department: identitySchema.shape.department,
  method: z.string().max(10),
  /** The route's pattern, and the address that was asked for. */
  route: z.string().max(maxAddress),
  address: z.string().max(maxAddress),
  status: z.int().min(100).max(599),
});
export type AccessEntry = z.infer<typeof accessEntrySchema>;

/** A day of the log, in the city's time. */
export interface AccessDay {
  day: string;
  /** The lines of its file, each an entry as JSON. */
  bytes: Uint8Array;
}

/** Where accesses are written down. Writing never fails or holds up what is answered. */
export interface AccessLog {
  record: (entry: AccessEntry) => void;
  /** What is kept here, or the name of where it is kept. */
  kept: { kind: 'elsewhere'; name: string } | ({ kind: 'here' } & AccessDays);
}

export interface AccessDays {
  /** The days of which something is kept, the newest first. */
  days(): Promise<string[]>;
  read(day: string): Promise<AccessDay | undefined>;
}

interface Accessed {
  identity: Identity;
  method: string;
  route: string;
  path: string;
  status: number;
  at: AccessEntry['at'];
}

export function accessEntryOf({ identity, method, route, path, status, at }: Accessed): AccessEntry {
  const { name: by, roles, department } = identity;
  const bounded = (text: string) => withoutControlCharacters(text).slice(0, maxAddress).toWellFormed();
  return { at, by, roles, department, method, route: bounded(route), address: bounded(path), status };
}

/** The entries of a day; a line that is none, such as one that a crash cut off, is left out and counted. */
export function entriesIn({ bytes }: AccessDay): { entries: AccessEntry[]; unreadable: number } {
  const lines = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => line !== '');
  const entries = lines.flatMap((line) => entryIn(line) ?? []);
  return { entries, unreadable: lines.length - entries.length };
}

function entryIn(line: string): AccessEntry | undefined {
  try {
    return accessEntrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
