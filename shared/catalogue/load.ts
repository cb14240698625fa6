import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '../core/catalogue/catalogue.ts';
import { readCatalogue } from '../core/catalogue/checks.ts';

/** The worked example: the catalogue of 万源市 for 2023. */
export const exampleCatalogueFile = fileURLToPath(new URL('./wanyuan-2023.json', import.meta.url));

/** A catalogue file that cannot be used, with everything that is wrong with it. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
}

/** Reads and checks a catalogue file. Throws `CatalogueError` naming each entry that is wrong. */
export function loadCatalogue(file: string): Catalogue {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CatalogueError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const reading = readCatalogue(json);
  if (reading.kind === 'catalogue') return reading.catalogue;
  throw new CatalogueError([`${file} is no catalogue:`, ...reading.problems].join('\n  '));
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
