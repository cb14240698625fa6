import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadAssets } from '../../../functions/portal/assets.ts';
import { bundleFunctions, functionNames } from '../../../infra/bundling.ts';
import { assets } from '../../fixtures/portal.ts';

const folder = mkdtempSync(join(tmpdir(), 'indicators-bundles-'));
const catalogues = mkdtempSync(join(folder, 'catalogues-'));
const into = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function hashOf(bundle: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(bundle, { recursive: true, withFileTypes: true }).sort(byPath)) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    hash.update(`${file.slice(bundle.length)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1;
}

describe('the bundles of the functions', () => {
  it('are the same from the same source, with the worked example as catalogue', async () => {
    const [first, second] = [await bundleFunctions(into('a')), await bundleFunctions(into('b'))];
    for (const name of functionNames) {
      expect(readdirSync(first[name])).toContain('index.mjs');
      expect(readdirSync(join(first[name], 'catalogues'))).toEqual(['wanyuan-2023.json']);
      expect(hashOf(second[name])).toBe(hashOf(first[name]));
    }
    expect(loadAssets(join(first.portal, 'assets'))).toEqual(assets);
  });

  it('hold the catalogues of a folder instead, unless there is a fault in one', async () => {
    await expect(bundleFunctions(into('none'), { catalogues })).rejects.toThrow('no catalogue');
    const townships = new URL('../../fixtures/townships-2024.json', import.meta.url);
    writeFileSync(join(catalogues, '2024.json'), readFileSync(townships));
    const bundles = await bundleFunctions(into('other'), { catalogues });
    for (const bundle of Object.values(bundles)) {
      expect(readdirSync(join(bundle, 'catalogues'))).toEqual(['2024.json']);
    }
    writeFileSync(join(catalogues, '2025.json'), '{"format": "indicators-catalogue/1"}');
    await expect(bundleFunctions(into('faulty'), { catalogues })).rejects.toThrow('2025.json');
  });
});
