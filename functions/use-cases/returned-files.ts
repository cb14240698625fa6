import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { type Catalogue, departmentOf } from '../../shared/core/catalogue/catalogue.ts';
import { frequencyOf, type Instant, instantSchema } from '../../shared/core/catalogue/period.ts';
import { personSchema } from '../../shared/core/ledger/people.ts';
import { type Address, nobody } from '../../shared/core/returns/address.ts';
import { departmentOfFolder, periodIn } from '../../shared/core/returns/names.ts';

/** A file to submit, and what a journal beside it says of how it came. */
export interface ReturnedFile {
  path: string;
  handedInAt: Instant | undefined;
  uploader: string | undefined;
}

/**
 * `uploads.json`: for returns that came to the office another way (by mail, on paper), when each was handed in and
 * by whom. Paths are relative to the journal.
 */
export const journalSchema = z.array(
  z.strictObject({ file: z.string(), handedInAt: instantSchema, uploader: personSchema }),
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
  return { path, handedInAt: undefined, uploader: undefined };
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
async function readJournal(
  folder: string,
): Promise<Map<string, Pick<ReturnedFile, 'handedInAt' | 'uploader'>>> {
  const path = join(folder, journalName);
  // A pipe by that name would never end.
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return new Map();
  const text = await readFile(path, 'utf8');
  const entries = journalSchema.parse(JSON.parse(text));
  return new Map(entries.map(({ file, ...said }) => [resolve(folder, file), said]));
}

/**
 * The place where a file lies, as an address: what the options say; else what its two nearest folders say
 * (`sfj/2023-03/`, `2023年3月/市司法局/`), or its name where that is an address (`sfj-2023-03.xlsx`). Names that no
 * catalogue knows are nobody's, and left out: they say how somebody sorts files. The file itself is not asked here.
 */
export function addressOfFile(
  path: string,
  catalogues: readonly Catalogue[],
  options: Partial<Address> = {},
): Address {
  const [nearest = '', next = '', last = ''] = dirname(path).split(sep).reverse();
  const folder = folderSays(nearest, next, catalogues);
  // A folder further up counts as the other half only: accounts and disks are called as departments are.
  const half = folder.isHalf ? folderSays(next, last, catalogues) : nobody;
  const named = addressInName(basename(path), catalogues);
  return {
    department: options.department ?? folder.department ?? half.department ?? named.department,
    period: options.period ?? folder.period ?? half.period ?? named.period,
  };
}

/**
 * What a folder says; a period without its year is of the year that the folder above says, else of the only one that
 * there is a catalogue for.
 */
function folderSays(
  name: string,
  above: string,
  catalogues: readonly Catalogue[],
): Address & { isHalf: boolean } {
  const department = catalogues
    .map((each) => departmentOfFolder(name, each)?.id)
    .find((id) => id !== undefined);
  const onlyYear = catalogues.length === 1 ? catalogues[0]?.year : undefined;
  // A folder of a year holds what came in it, as a rule, and says of no file that it is of the whole year.
  const said = periodIn(name, 2000);
  const isPeriod = said !== undefined && (frequencyOf(said) !== 'year' || /年报|全年/.test(name));
  const period = isPeriod
    ? (periodIn(name) ?? periodIn(`${above} ${name}`) ?? periodIn(name, onlyYear))
    : undefined;
  return { department, period, isHalf: department !== undefined || isPeriod };
}

function addressInName(name: string, catalogues: readonly Catalogue[]): Address {
  const [, id = '', period] =
    /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)-(20[0-9]{2}(?:-(?:[0-9]{2}|[QH][1-4]))?)(?![-0-9])/.exec(name) ?? [];
  const isKnown = catalogues.some((catalogue) => departmentOf(catalogue, id) !== undefined);
  return isKnown ? { department: id, period } : nobody;
}
