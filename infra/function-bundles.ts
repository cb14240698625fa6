import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogues } from '../shared/catalogue/load-catalogues.ts';
import { bundleFunction, cataloguesFolder, type FunctionName } from './bundling.ts';

export interface FunctionBundlesOptions {
  /** A folder of catalogues to deploy in place of the worked example. */
  catalogues?: string | undefined;
}

/**
 * Bundles every function, each into a folder of its own below `folder`. Refuses at once the catalogues that the
 * functions would refuse, while nothing has been deployed yet.
 */
export async function bundleFunctions(
  folder: string,
  options: FunctionBundlesOptions = {},
): Promise<Record<FunctionName, string>> {
  if (options.catalogues !== undefined) loadCatalogues(options.catalogues);
  const bundled = async (name: FunctionName) => {
    const outdir = join(folder, name);
    await bundleFunction(name, outdir);
    if (options.catalogues !== undefined) {
      replaceCatalogues(options.catalogues, join(outdir, cataloguesFolder));
    }
    return outdir;
  };
  const [ingest, publish, portal] = await Promise.all([
    bundled('ingest'),
    bundled('publish'),
    bundled('portal'),
  ]);
  return { ingest, publish, portal };
}

function replaceCatalogues(from: string, to: string): void {
  const names = readdirSync(from).filter((name) => name.endsWith('.json'));
  rmSync(to, { recursive: true });
  for (const name of names) cpSync(join(from, name), join(to, name));
}
