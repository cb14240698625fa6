import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Address } from '../core/address.ts';
import type { Catalogue } from '../core/catalogue.ts';
import { CatalogueRefused, loadCatalogue } from './load-catalogue.ts';

/** The catalogues that a path names: those of a folder, or the one in a file. */
export function cataloguesAt(path: string): Map<number, Catalogue> {
  if (statSync(path).isDirectory()) return loadCatalogues(path);
  const catalogue = loadCatalogue(path);
  return new Map([[catalogue.year, catalogue]]);
}

/**
 * Every catalogue in a folder, by year. JSON files of other formats are passed over; a catalogue with a fault, two
 * for one year, or none at all, throws `CatalogueRefused`.
 */
export function loadCatalogues(folder: string): Map<number, Catalogue> {
  const catalogues = new Map<number, Catalogue>();
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name);
    if (!name.endsWith('.json') || !claimsToBeCatalogue(file)) continue;
    const catalogue = loadCatalogue(file);
    if (catalogues.has(catalogue.year)) {
      throw new CatalogueRefused(`${folder} has two catalogues for ${catalogue.year}; one is ${name}`);
    }
    catalogues.set(catalogue.year, catalogue);
  }
  if (catalogues.size === 0) throw new CatalogueRefused(`${folder} has no catalogue`);
  return catalogues;
}

/** The catalogue of the newest year. */
export function newestCatalogue(catalogues: ReadonlyMap<number, Catalogue>): Catalogue {
  const newest = catalogues.get(Math.max(...catalogues.keys()));
  if (newest === undefined) throw new CatalogueRefused('there is no catalogue');
  return newest;
}

/** The catalogue of the year that an address names; else the newest, by which the address is refused. */
export function catalogueFor({ period }: Address, catalogues: ReadonlyMap<number, Catalogue>): Catalogue {
  return catalogues.get(Number(period?.slice(0, 4))) ?? newestCatalogue(catalogues);
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
