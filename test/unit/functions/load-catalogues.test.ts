import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CatalogueError, loadCatalogues, newestCatalogue } from '../../../shared/catalogue/load.ts';
import { smallCatalogue } from '../../fixtures/small-catalogue.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const bundled = fileURLToPath(new URL('../../../shared/catalogue', import.meta.url));

async function folderOf(files: Record<string, unknown>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const other = JSON.parse(
  JSON.stringify(smallCatalogue).replaceAll('2024', '2025').replaceAll('2023', '2024'),
);

describe('a folder of catalogues', () => {
  it('is the one that is bundled: every catalogue in it is sound, other files are passed over', () => {
    expect([...loadCatalogues(bundled).keys()]).toEqual([2023]);
  });

  it('gives each by its year, and the newest', async () => {
    const folder = await folderOf({ 'b.json': smallCatalogue, 'a.json': other, 'c.json': {}, 'd.txt': '{' });
    const catalogues = loadCatalogues(folder);
    expect([...catalogues.keys()].sort()).toEqual([2023, 2024]);
    expect(newestCatalogue(catalogues).year).toBe(2024);
  });

  it.each<[string, Record<string, unknown>]>([
    ['none', {}],
    ['two for one year', { 'a.json': smallCatalogue, 'b.json': smallCatalogue }],
    ['one with a fault', { 'a.json': { ...smallCatalogue, departments: [] } }],
    ['a file that is cut off', { 'a.json': smallCatalogue, 'b.json': '{"format": "indicators-cata' }],
  ])('is refused with %s', async (_, files) => {
    const folder = await folderOf(files);
    expect(() => loadCatalogues(folder)).toThrow(CatalogueError);
  });
});
