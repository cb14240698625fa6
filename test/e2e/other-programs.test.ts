import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { indicatorsOnForm } from '../../shared/core/catalogue/catalogue.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { indicators, run } from '../fixtures/command-line.ts';
import { hasLibreOffice, pythonWithOpenpyxl } from '../fixtures/programs.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';

const filler = fileURLToPath(new URL('../fixtures/fill_with_openpyxl.py', import.meta.url));
const catalogue = loadCatalogue(exampleCatalogueFile);
const form = indicatorsOnForm(catalogue, 'gaj', '2023-03');
const numbers = form.map((indicator, index) => {
  if (indicator.kind === 'list') return 2;
  return indicator.id === 'market-law-fairs' ? 1 : index + 10;
});
const figures = Object.fromEntries(form.map(({ name }, index) => [name, numbers[index]]));
const lists = {
  [form.find(({ id }) => id === 'crime-categories')!.name]: ['诈骗', '寻衅滋事'],
  [form.find(({ id }) => id === 'legal-art-works')!.name]: ['《甲》', '《乙》'],
};
const expected = Object.fromEntries(form.map(({ id }, index) => [id, String(numbers[index])]));

/** What `check` reads from a file, by the catalogues of a data folder. */
async function valuesIn(file: string, data: string): Promise<Record<string, string>> {
  const { output } = await indicators('--data', data, 'check', file, '--json');
  const { acceptable, observations, findings } = JSON.parse(output);
  expect(findings.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
  expect(acceptable).toBe(true);
  return Object.fromEntries(
    observations.map(({ indicator, value }: Record<string, string>) => [indicator, value]),
  );
}

describe.skipIf(pythonWithOpenpyxl === undefined)('a template filled by other programs', () => {
  let folder: string;
  let data: string;
  let filled: string;

  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    data = join(folder, 'data');
    await adoptInFolder(data, catalogue);
    const template = join(folder, 'template.xlsx');
    filled = join(folder, 'gaj-2023-03.xlsx');
    const options = ['--department', 'gaj', '--period', '2023-03', '-o', template];
    expect((await indicators('--data', data, 'template', ...options)).code).toBe(0);
    const args = [filler, template, filled, JSON.stringify(figures), JSON.stringify(lists)];
    const { code, errors } = await run(pythonWithOpenpyxl!, args);
    expect(errors).toBe('');
    expect(code).toBe(0);
    return made.remove;
  });

  it('is accepted from openpyxl with the values that were typed', async () => {
    expect(await valuesIn(filled, data)).toEqual(expected);
  });

  it.skipIf(!hasLibreOffice)(
    'is accepted with the same values after LibreOffice opened and saved it',
    async () => {
      const out = join(folder, 'saved');
      await mkdir(out);
      const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
      const args = [
        profile,
        '--headless',
        '--convert-to',
        'xlsx:Calc MS Excel 2007 XML',
        '--outdir',
        out,
        filled,
      ];
      const { code } = await run('soffice', args);
      expect(code).toBe(0);
      const saved = join(out, 'gaj-2023-03.xlsx');
      expect(await readFile(saved)).not.toEqual(await readFile(filled));
      expect(await valuesIn(saved, data)).toEqual(expected);
    },
  );

  it('is recorded when submitted, by its name alone', async () => {
    const { code, output } = await indicators(
      '--data',
      data,
      'submit',
      filled,
      '--handed-in-at',
      '2023-04-03T09:00:00+08:00',
    );
    expect(output).toContain('accepted gaj 2023-03 市公安局');
    expect(code).toBe(0);
  });
});

if (pythonWithOpenpyxl === undefined) console.warn('skipped: no Python with openpyxl is here');
if (!hasLibreOffice) console.warn('skipped: LibreOffice is not here');
