import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { type Catalogue, catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { writeCatalogueWorkbook } from '../../shared/workbook/catalogue/catalogue-writer.ts';
import { readCatalogueBytes } from '../fixtures/catalogue-workbooks.ts';
import { run } from '../fixtures/command-line.ts';
import { hasLibreOffice, pythonWithOpenpyxl } from '../fixtures/programs.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';

const script = fileURLToPath(new URL('../fixtures/extend_catalogue_with_openpyxl.py', import.meta.url));
const sample = loadCatalogue(exampleCatalogueFile);
/** With what the sample has none of: times, former names, bounds, another output. */
const changed: Catalogue = {
  ...sample,
  departments: sample.departments.map((each) =>
    each.id === 'xfj'
      ? { ...each, from: '2023-03', formerNames: [{ name: '市信访办（旧）', to: '2023-06' }] }
      : each,
  ),
  indicators: sample.indicators.map((each) =>
    each.id === 'legal-aid-losses-recovered' && each.kind === 'flow'
      ? {
          ...each,
          output: { unit: '亿元', factor: '0.0001', decimals: 2 },
          range: { min: '-0.5', max: '123456789012345678.5' },
        }
      : each,
  ),
};

async function read(file: string): Promise<Catalogue> {
  const reading = await readCatalogueBytes(await readFile(file));
  expect(reading.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  if (reading.kind !== 'catalogue') throw new Error('nothing is wrong with it, and it is no catalogue');
  return reading.catalogue;
}

let folder: string;

/** The file after LibreOffice opened and saved it. */
async function savedByLibreOffice(name: string): Promise<string> {
  const out = join(folder, 'saved');
  await mkdir(out, { recursive: true });
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const format = 'xlsx:Calc MS Excel 2007 XML';
  const args = [profile, '--headless', '--convert-to', format, '--outdir', out, join(folder, name)];
  expect((await run('soffice', args)).code).toBe(0);
  return join(out, name);
}

beforeAll(async () => {
  const made = await newFolder();
  folder = made.folder;
  await writeFile(join(folder, 'sample.xlsx'), await writeCatalogueWorkbook(sample));
  await writeFile(join(folder, 'changed.xlsx'), await writeCatalogueWorkbook(changed));
  return made.remove;
});

describe.skipIf(!hasLibreOffice)('the workbook of a catalogue, after LibreOffice opened and saved it', () => {
  it.each([
    ['sample.xlsx', sample],
    ['changed.xlsx', changed],
  ])('reads as the same catalogue: %s', async (name, catalogue) => {
    const saved = await savedByLibreOffice(name);
    expect(await readFile(saved)).not.toEqual(await readFile(join(folder, name)));
    expect(catalogueHash(await read(saved))).toBe(catalogueHash(catalogue));
  });
});

describe.skipIf(pythonWithOpenpyxl === undefined)('the workbook of a catalogue, extended by openpyxl', () => {
  it('has just what was added by copying a row', async () => {
    const target = join(folder, 'extended.xlsx');
    const additions = [
      { sheet: '部门', copied: '市信访局', cells: { 代码: null, 名称: '市数据局' } },
      {
        sheet: '指标',
        copied: '行政复议案件收到',
        cells: { 代码: null, 名称: '行政复议案件撤回', 报送部门: '市司法局、市数据局（2023-06起）' },
      },
      {
        sheet: '规则',
        copied: 'voice-balance',
        cells: { 代码: null, 规则: '【行政复议案件撤回】<=【行政复议案件收到】' },
      },
    ];
    const { code, errors } = await run(pythonWithOpenpyxl!, [
      script,
      join(folder, 'sample.xlsx'),
      target,
      JSON.stringify(additions),
    ]);
    expect([code, errors]).toEqual([0, '']);
    const extended = await read(target);
    const added = <T extends { id: string }>(before: readonly T[], after: readonly T[]) =>
      after.filter(({ id }) => !before.some((each) => each.id === id));
    expect(added(sample.departments, extended.departments)).toEqual([
      { id: 'd01', name: '市数据局', formerNames: [] },
    ]);
    const model = sample.indicators.find(({ id }) => id === 'reconsideration-received');
    expect(added(sample.indicators, extended.indicators)).toEqual([
      {
        ...model,
        id: 'i001',
        name: '行政复议案件撤回',
        reporters: ['sfj', { department: 'd01', from: '2023-06' }],
      },
    ]);
    const balance = sample.rules.find(({ id }) => id === 'voice-balance');
    expect(added(sample.rules, extended.rules)).toEqual([
      { ...balance, id: 'r01', expression: 'i001 <= reconsideration-received' },
    ]);
    const rest = <T extends { id: string }>(entries: readonly T[]) =>
      entries.filter(({ id }) => !/^[dir][0-9]+$/.test(id));
    const others = {
      ...extended,
      departments: rest(extended.departments),
      indicators: rest(extended.indicators),
      rules: rest(extended.rules),
    };
    expect(catalogueHash(others)).toBe(catalogueHash(sample));
  });
});

if (pythonWithOpenpyxl === undefined) console.warn('skipped: no Python with openpyxl is here');
if (!hasLibreOffice) console.warn('skipped: LibreOffice is not here');
