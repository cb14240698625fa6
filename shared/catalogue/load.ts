import { readFileSync } from 'node:fs';
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
