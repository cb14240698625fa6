import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { type Catalogue, catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import { writeCatalogueWorkbook } from '../../../../shared/workbook/catalogue/catalogue-writer.ts';
import { cellOf, positionOf, readAfter, readCatalogueBytes } from '../../../fixtures/catalogue-workbooks.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const catalogueIn = (path: string): Catalogue =>
  catalogueSchema.parse(JSON.parse(readFileSync(`${root}/${path}`, 'utf8')));
const sample = catalogueIn('shared/catalogue/wanyuan-2023.json');

describe('the workbook of a catalogue', () => {
  it.each(['shared/catalogue/wanyuan-2023.json', 'test/fixtures/townships-2024.json'])(
    'of %s reads as the same catalogue, and nothing is to be said of it',
    async (path) => {
      const catalogue = catalogueIn(path);
      const reading = await readCatalogueBytes(await writeCatalogueWorkbook(catalogue));
      expect(reading.findings).toEqual([]);
      expect(reading.kind === 'catalogue' && catalogueHash(reading.catalogue)).toBe(catalogueHash(catalogue));
    },
  );

  it('offers what may be chosen, keeps what is typed as it is typed, and prints on A4', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(await writeCatalogueWorkbook(sample)) as never);
    const sheet = workbook.getWorksheet('指标')!;
    const below = (heading: string) => sheet.getCell(5, positionOf(sheet, heading).column);
    expect(below('性质').dataValidation).toMatchObject({ type: 'list', showErrorMessage: true });
    expect(below('性质').dataValidation.formulae[0]).toContain('流量（当期发生数）,存量（期末数）');
    expect(below('报送部门').dataValidation.formulae).toEqual(['部门!$B$5:$B$504']);
    expect(below('报送部门').dataValidation.showErrorMessage ?? false).toBe(false);
    expect([below('起始期').numFmt, below('代码').numFmt, below('小数位').value]).toEqual(['@', '@', 0]);
    for (const { pageSetup, name } of workbook.worksheets) {
      expect([name, pageSetup.paperSize, pageSetup.orientation]).toEqual([name, 9, 'landscape']);
    }
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 4 });
  });
});

describe('a person who has only the sample as a workbook', () => {
  /** Copies the row of an entry to below it, and changes cells of the copy. */
  function copyRow(
    workbook: ExcelJS.Workbook,
    sheetName: string,
    name: string,
    cells: Record<string, ExcelJS.CellValue>,
  ) {
    const sheet = workbook.getWorksheet(sheetName)!;
    const { row } = positionOf(sheet, name);
    sheet.duplicateRow(row, 1, true);
    for (const [heading, value] of Object.entries(cells))
      sheet.getCell(row + 1, positionOf(sheet, heading).column).value = value;
  }

  it('is told once of a section that has no title, which is no fault', async () => {
    const reading = await readAfter(sample, (workbook) => {
      for (const name of ['行政复议案件收到', '行政复议案件受理']) {
        cellOf(workbook, '指标', name, '章节').value = '行政复议';
      }
    });
    expect(reading.kind).toBe('catalogue');
    expect(reading.findings.map(({ rule, found }) => [rule, found])).toEqual([
      ['catalogue-section-untitled', '行政复议'],
    ]);
  });

  it('adds a department, an indicator and a rule by copying rows, and gets just these', async () => {
    const reading = await readAfter(sample, (workbook) => {
      copyRow(workbook, '部门', '市信访局', { 代码: null, 名称: '市数据局', 起始期: '2023年6月' });
      copyRow(workbook, '指标', '行政复议案件收到', {
        代码: null,
        名称: '行政复议案件撤回',
        口径: '本月申请人撤回的案件。',
      });
      copyRow(workbook, '规则', 'voice-balance', {
        代码: null,
        规则: '【行政复议案件撤回】≤【行政复议案件收到】',
        说明文字: '撤回数不得大于收到数。',
      });
    });
    if (reading.kind !== 'catalogue')
      throw new Error(reading.findings.map(({ message }) => message).join('\n'));
    const given = reading.findings.map(({ rule, expected, place }) => [rule, expected, place?.sheet]);
    expect(given).toEqual([
      ['catalogue-code-given', 'd01', '部门'],
      ['catalogue-code-given', 'i001', '指标'],
      ['catalogue-code-given', 'r01', '规则'],
    ]);
    const model = sample.indicators.find(({ id }) => id === 'reconsideration-received')!;
    const balance = sample.rules.find(({ id }) => id === 'voice-balance')!;
    const added = {
      departments: [{ id: 'd01', name: '市数据局', formerNames: [], from: '2023-06' }],
      indicators: [{ ...model, id: 'i001', name: '行政复议案件撤回', definition: '本月申请人撤回的案件。' }],
      rules: [
        {
          ...balance,
          id: 'r01',
          expression: 'i001 <= reconsideration-received',
          message: '撤回数不得大于收到数。',
        },
      ],
    };
    for (const list of ['departments', 'indicators', 'rules'] as const) {
      const before: unknown[] = sample[list];
      const after: { id: string }[] = reading.catalogue[list];
      const old = new Set(sample[list].map(({ id }) => id));
      expect(after.filter(({ id }) => !old.has(id))).toEqual(added[list]);
      expect(after.filter(({ id }) => old.has(id))).toEqual(before);
    }
    const position = reading.catalogue.indicators.findIndex(({ id }) => id === 'i001');
    expect(reading.catalogue.indicators[position - 1]?.id).toBe('reconsideration-received');
    expect(reading.catalogue.periods).toEqual(sample.periods);
  });

  it('gets codes that nothing has, behind the last that was given out', async () => {
    const reading = await readAfter(sample, (workbook) => {
      copyRow(workbook, '部门', '市信访局', { 代码: 'd07', 名称: '甲局' });
      copyRow(workbook, '部门', '市信访局', { 代码: null, 名称: '乙局' });
      copyRow(workbook, '部门', '市信访局', { 代码: null, 名称: '丙局' });
    });
    const ids =
      reading.kind === 'catalogue'
        ? reading.catalogue.departments.map(({ id, name }) => `${id} ${name}`)
        : [];
    expect(ids.slice(7, 10)).toEqual(['d08 丙局', 'd09 乙局', 'd07 甲局']);
  });
});
