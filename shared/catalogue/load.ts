import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '../core/catalogue/catalogue.ts';
import type { CatalogueProblem } from '../core/catalogue/checks.ts';
import { decodeCatalogue } from '../core/catalogue/decode.ts';
import { parseJson } from '../core/values/json.ts';

/** The worked example: the catalogue of 万源市 for 2023. */
export const exampleCatalogueFile = fileURLToPath(new URL('./wanyuan-2023.json', import.meta.url));

/** A catalogue file that cannot be used, with everything that is wrong with it. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
}

/** Reads and checks a catalogue file. Throws `CatalogueError` naming each entry that is wrong. */
export function loadCatalogue(file: string): Catalogue {
  const bytes = bytesOf(file);
  const reading = decodeCatalogue(bytes);
  if (reading.kind === 'catalogue') return reading.catalogue;
  const json = parseJson(bytes);
  const problems = reading.problems.map((problem) => problemLine(problem, json));
  throw new CatalogueError([`${file} 不能用作指标目录：`, ...problems].join('\n  '));
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CatalogueError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A problem behind where it stands in the file: the entry by its id, the path of keys below it. */
function problemLine({ entry, index, field, message }: CatalogueProblem, json: unknown): string {
  const entries = (json as Record<string, unknown> | undefined)?.[`${entry}s`];
  const { id, period } = (Array.isArray(entries) && index !== undefined ? (entries[index] ?? {}) : {}) as {
    id?: unknown;
    period?: unknown;
  };
  const name = [id, period].find((each) => typeof each === 'string') ?? index;
  const where = [entry === 'catalogue' ? undefined : `${entry} ${name}`, field];
  const written = where.filter((each) => each !== undefined).join(' ');
  return written === '' ? message : `[${written}] ${message}`;
}

/** The catalogues that a path names: those of a folder, or the one in a file. */
export function cataloguesAt(path: string): Map<number, Catalogue> {
  if (statSync(path).isDirectory()) return loadCatalogues(path);
  const catalogue = loadCatalogue(path);
  return new Map([[catalogue.year, catalogue]]);
}

/**
 * Every catalogue in a folder, by year. JSON files of other formats are passed over; a catalogue with a fault, two
 * for one year, or none at all, throws `CatalogueError`.
 */
export function loadCatalogues(folder: string): Map<number, Catalogue> {
  const catalogues = new Map<number, Catalogue>();
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name);
    if (!name.endsWith('.json') || !claimsToBeCatalogue(file)) continue;
    const catalogue = loadCatalogue(file);
    if (catalogues.has(catalogue.year)) {
      throw new CatalogueError(`${folder} has two catalogues for ${catalogue.year}; one is ${name}`);
    }
    catalogues.set(catalogue.year, catalogue);
  }
  if (catalogues.size === 0) throw new CatalogueError(`${folder} has no catalogue`);
  return catalogues;
}

/** The catalogue of the newest year. */
export function newestCatalogue(catalogues: ReadonlyMap<number, Catalogue>): Catalogue {
  const newest = catalogues.get(Math.max(...catalogues.keys()));
  if (newest === undefined) throw new CatalogueError('there is no catalogue');
  return newest;
}

/** The catalogue of the first of the years that has one; else the newest, by which an upload is refused. */
export function catalogueFor(
  years: readonly number[],
  catalogues: ReadonlyMap<number, Catalogue>,
): Catalogue {
  const year = years.find((each) => catalogues.has(each));
  return (year === undefined ? undefined : catalogues.get(year)) ?? newestCatalogue(catalogues);
}

/** A file that is not even JSON counts as one, so that it is refused and not passed over. */
function claimsToBeCatalogue(file: string): boolean {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const format = typeof json === 'object' && json !== null && 'format' in json ? json.format : undefined;
    return typeof format === 'string' && format.startsWith('indicators-catalogue/');
  } catch {
    return true;
  }
}
