import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadAssets } from '../../../functions/portal/assets.ts';
import { bundleFunction, functionNames } from '../../../infra/bundling.ts';
import { bundledFunctions } from '../../fixtures/bundled-functions.ts';
import { assets } from '../../fixtures/portal.ts';
import { casesTried } from '../../fixtures/thoroughness.ts';

const folder = mkdtempSync(join(tmpdir(), 'indicators-bundles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function hashOf(bundle: string): string {
  const hash = createHash('sha256');
  for (const file of filesIn(bundle)) hash.update(`${file}\n`).update(readFileSync(join(bundle, file)));
  return hash.digest('hex');
}

/** Every file below a folder, by its path there, in order. */
function filesIn(bundle: string): string[] {
  return readdirSync(bundle, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(bundle.length + 1))
    .sort();
}

describe('the bundles of the functions', () => {
  it('are the same from the same source, and hold no catalogue: those come into force by adoption', async () => {
    const first = await bundledFunctions();
    for (const name of functionNames) {
      expect(readdirSync(first[name])).toContain('index.mjs');
      expect(filesIn(first[name]).filter((file) => /catalogue.*json|wanyuan/.test(file))).toEqual([]);
    }
    for (const name of functionNames.slice(0, casesTried(functionNames.length, 1))) {
      await bundleFunction(name, join(folder, 'anew', name));
      expect(hashOf(join(folder, 'anew', name))).toBe(hashOf(first[name]));
    }
    expect(loadAssets(join(first.portal, 'assets'))).toEqual(assets);
  });
});
