import { readFileSync } from 'node:fs';
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
