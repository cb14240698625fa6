import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '../core/catalogue.ts';
import { catalogueSchema } from '../core/catalogue-checks.ts';

/** The worked example: the catalogue of 万源市 for 2023. */
export const exampleCatalogueFile = fileURLToPath(new URL('wanyuan-2023.json', import.meta.url));

/** A catalogue file that cannot be used, with everything that is wrong with it. */
export class CatalogueRefused extends Error {}

/** Reads and checks a catalogue file. Throws `CatalogueRefused` naming each entry that is wrong. */
export function loadCatalogue(file: string): Catalogue {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CatalogueRefused(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = catalogueSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${entryAt(json, path)}: ${message}`,
  );
  throw new CatalogueRefused([`${file} is no catalogue:`, ...problems].join('\n  '));
}

/** The path of an entry, with the ids of list entries in place of their positions. */
function entryAt(json: unknown, path: readonly PropertyKey[]): string {
  let here: unknown = json;
  return path
    .map((key) => {
      here = (here as Record<PropertyKey, unknown> | undefined)?.[key];
      const { id, period } = (here ?? {}) as { id?: unknown; period?: unknown };
      const name = typeof id === 'string' ? id : typeof period === 'string' ? period : undefined;
      return typeof key === 'number' && name !== undefined ? `"${name}"` : String(key);
    })
    .join(' ');
}
