import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { type Instant, instantSchema } from '../../shared/core/catalogue/period.ts';
import { personSchema } from '../../shared/core/ledger/people.ts';
import type { Address } from '../../shared/core/returns/address.ts';
import { identityOf } from '../../shared/workbook/form-identity.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';

/** A file to submit, and what a journal beside it says of its upload. */
export interface ReturnedFile {
  path: string;
  uploadedAt: Instant | undefined;
  uploader: string | undefined;
}

/**
 * `uploads.json`: for returns that came another way (by mail, from another system), when each was received and
 * from whom. Paths are relative to the journal.
 */
export const journalSchema = z.array(
  z.strictObject({ file: z.string(), uploadedAt: instantSchema, uploader: personSchema }),
);
export const journalName = 'uploads.json';

/** The files that are named, and those in the folders that are named, each once, in order of path. */
export async function returnedFiles(paths: readonly string[]): Promise<ReturnedFile[]> {
  const found = new Map<string, ReturnedFile>();
  for (const path of paths) {
    for (const file of (await stat(path)).isDirectory() ? await filesIn(path) : [bare(path)]) {
      found.set(resolve(file.path), file);
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function bare(path: string): ReturnedFile {
  return { path, uploadedAt: undefined, uploader: undefined };
}

async function filesIn(folder: string): Promise<ReturnedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const journal = await readJournal(folder);
  return entries
    .filter((entry) => entry.isFile() && !isOfTheSystem(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { ...bare(path), ...journal.get(resolve(path)) };
    });
}

/** Journals, hidden files, and what spreadsheet programs and systems leave beside a file. */
export function isOfTheSystem(name: string): boolean {
  return name === journalName || /^(\.|~\$)|^(thumbs\.db|desktop\.ini)$/i.test(name);
}

/** What the journal of a folder says of files, by their full paths; nothing if it has none. */
export async function readJournal(
  folder: string,
): Promise<Map<string, Pick<ReturnedFile, 'uploadedAt' | 'uploader'>>> {
  let text: string;
  try {
    text = await readFile(join(folder, journalName), 'utf8');
  } catch {
    return new Map();
  }
  const entries = journalSchema.parse(JSON.parse(text));
  return new Map(
    entries.map(({ file, uploadedAt, uploader }) => [resolve(folder, file), { uploadedAt, uploader }]),
  );
}

/**
 * Whose return a file is: as the options say; else as its folders (`sfj/2023-03/`) or its name
 * (`sfj-2023-03.xlsx`) say; else, on a machine where whoever submits is trusted, as the form in it says.
 */
export async function addressOfFile(
  path: string,
  bytes: Uint8Array,
  options: Partial<Address>,
): Promise<Address> {
  const folders = resolve(dirname(path)).split(sep);
  const [parent = '', grandparent = ''] = [folders.at(-1), folders.at(-2)];
  const named = /^([a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*)-(20[0-9]{2}-[0-9]{2})\b/.exec(basename(path));
  const fromPath = isPeriod(parent)
    ? { department: grandparent, period: parent }
    : isPeriod(grandparent)
      ? { department: parent, period: grandparent }
      : named === null
        ? undefined
        : { department: named[1], period: named[2] };
  const known = fromPath ?? identityOf(await readWorkbook(bytes));
  return {
    department: options.department ?? known?.department,
    period: options.period ?? known?.period,
  };
}

function isPeriod(name: string): boolean {
  return /^20[0-9]{2}-[0-9]{2}$/.test(name);
}
