import type { Catalogue } from '../core/catalogue/catalogue.ts';
import { type CatalogueReading, catalogueSchema } from '../core/catalogue/checks.ts';
import { nextYear } from '../core/catalogue/next-year.ts';
import file from './wanyuan-2023.json' with { type: 'json' };

let read: Catalogue | undefined;

/** The worked example, without a file to be read: bundled programs have it too. */
export function sampleCatalogue(): Catalogue {
  read ??= catalogueSchema.parse(file);
  return read;
}

/**
 * The worked example dated to a year, as something to begin from: without the notice that its figures are made up,
 * which would be printed on forms whose figures are not.
 */
export function sampleDatedTo(year: number): CatalogueReading {
  const { notice: _, ...catalogue } = sampleCatalogue();
  return nextYear(catalogue, year);
}
