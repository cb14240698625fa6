import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogues } from '../shared/catalogue/load-catalogues.ts';
import { bundleFunction, cataloguesFolder, type FunctionName } from './bundling.ts';

export interface FunctionBundlesOptions {
  /** A folder of catalogues to deploy in place of the worked example. */
  catalogues?: string | undefined;
}

/** Bundles every function, each into a folder of its own below `folder`. */
export async function bundleFunctions(
  folder: string,
  options: FunctionBundlesOptions = {},
): Promise<Record<FunctionName, string>> {
  const bundled = async (name: FunctionName) => {
    const outdir = join(folder, name);
    await bundleFunction(name, outdir);
    if (options.catalogues !== undefined) {
      replaceCatalogues(options.catalogues, join(outdir, cataloguesFolder));
    }
    return outdir;
  };
  const [ingest, publish] = await Promise.all([bundled('ingest'), bundled('publish')]);
  return { ingest, publish };
}

/** Refuses what the functions would refuse, while nothing has been deployed yet. */
function replaceCatalogues(from: string, to: string): void {
  loadCatalogues(from);
  const names = readdirSync(from).filter((name) => name.endsWith('.json'));
  rmSync(to, { recursive: true });
  for (const name of names) cpSync(join(from, name), join(to, name));
}
