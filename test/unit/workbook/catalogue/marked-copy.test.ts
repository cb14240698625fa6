import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import {
  type CatalogueWorkbookReading,
  readCatalogueWorkbook,
} from '../../../../shared/workbook/catalogue/catalogue-reader.ts';
import {
  writeCatalogueWorkbook,
  writeMarkedCatalogue,
} from '../../../../shared/workbook/catalogue/catalogue-writer.ts';
import { readWorkbook } from '../../../../shared/workbook/reading/read-workbook.ts';
import {
  cellOf,
  changed,
  positionOf,
  readAfter,
  readCatalogueBytes,
} from '../../../fixtures/catalogue-workbooks.ts';
import { catalogueOf, indicator } from '../../core/small-year.ts';

const catalogue = catalogueOf({
  departments: [
    { id: 'jia', name: '甲局' },
    { id: 'yi', name: '乙局' },
  ],
  indicators: [indicator('a', 'flow', { name: '收到' }), indicator('b', 'flow', { name: '受理' })],
  rules: [{ id: 'r-1', over: 'period', expression: 'b <= a', message: '受理数不得大于收到数。' }],
});

async function opened(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(bytes) as never);
  return workbook;
}
const noteOf = (cell: ExcelJS.Cell) =>
  ((cell.note as ExcelJS.Comment | undefined)?.texts ?? []).map(({ text }) => text).join('');

describe('the marked copy of a catalogue workbook', () => {
  let reading: Extract<CatalogueWorkbookReading, { kind: 'problems' }>;
  let bytes: Uint8Array;
  let marked: ExcelJS.Workbook;

  beforeAll(async () => {
    const read = await readAfter(catalogue, (workbook) => {
      workbook.getWorksheet('指标')!.name = '2023年指标';
      const sheet = workbook.getWorksheet('2023年指标')!;
      sheet.insertRow(5, []);
      cellOf(workbook, '2023年指标', '收到', '单位').value = null;
      cellOf(workbook, '2023年指标', '收到', '小数位').value = '两位';
      cellOf(workbook, '2023年指标', '受理', '口径').value = '=HYPERLINK("http://x","点")';
      cellOf(workbook, '规则', 'r-1', '规则').value = '【受理】 <= 100件';
      cellOf(workbook, '规则', 'r-1', '说明文字').value = { formula: 'A1' };
      cellOf(workbook, '部门', '乙局', '起始期').value = { error: '#REF!' };
      const first = workbook.getWorksheet('说明')!;
      first.getCell(positionOf(first, '年份').row, 2).value = '今年';
    });
    if (read.kind !== 'problems') throw new Error('it is read as if nothing were wrong');
    reading = read;
    bytes = await writeMarkedCatalogue(read.typed, read.findings);
    marked = await opened(bytes);
  });

  it('keeps what was typed, and says at each cell what is wrong with it', () => {
    const decimals = cellOf(marked, '指标', '收到', '小数位');
    expect(decimals.value).toBe('两位');
    expect(noteOf(decimals)).toBe('这里应填一个整数，例如 2；请改正。');
    const unit = cellOf(marked, '指标', '收到', '单位');
    expect(unit.value).toBeNull();
    expect(noteOf(unit)).toBe('指标“收到”：没有填写“单位”；请填写。');
    expect(unit.fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(noteOf(cellOf(marked, '规则', 'r-1', '规则'))).toContain('数“100件”');
    expect(noteOf(cellOf(marked, '指标', '受理', '单位'))).toBe('');
    const first = marked.getWorksheet('说明')!;
    expect(noteOf(first.getCell(positionOf(first, '年份').row, 2))).toContain('应填一个整数');
  });

  it('lists the findings in front, each with a link to its cell', () => {
    const parts = unzipSync(bytes);
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!);
    expect(sheet).toContain('location="&apos;指标&apos;!D5"');
    const [front] = marked.worksheets;
    expect(front!.name).toBe('校验结果');
    expect(front!.getCell('A2').value).toContain(`必须改正 ${reading.findings.length} 项`);
    const places = reading.findings.map((_, index) => front!.getCell(4 + index, 3).value);
    expect(places).toContain('指标!D5');
    expect(places).toContain('说明!B3');
  });

  it('takes nothing that was typed for a formula', () => {
    for (const sheet of marked.worksheets) {
      sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()));
    }
    expect(cellOf(marked, '指标', '受理', '口径').value).toBe('\'=HYPERLINK("http://x","点")');
  });

  it('read again says the same of the same cells, though formulas and errors are text there', async () => {
    const again = readCatalogueWorkbook(await readWorkbook(bytes));
    const about = ({ findings }: CatalogueWorkbookReading) =>
      findings.map(({ rule, message }) => `${rule} ${message}`);
    expect(about(again)).toEqual(about(reading));
  });

  it('is a catalogue once it is mended, without any of the marks', async () => {
    const mended = await changed(bytes, (workbook) => {
      const first = workbook.getWorksheet('说明')!;
      first.getCell(positionOf(first, '年份').row, 2).value = 2023;
      cellOf(workbook, '指标', '收到', '单位').value = '件';
      cellOf(workbook, '指标', '收到', '小数位').value = 0;
      cellOf(workbook, '指标', '受理', '口径').value = '口径。';
      cellOf(workbook, '规则', 'r-1', '规则').value = '【受理】 <= 【收到】';
      cellOf(workbook, '规则', 'r-1', '说明文字').value = '受理数不得大于收到数。';
      cellOf(workbook, '部门', '乙局', '起始期').value = null;
    });
    const read = await readCatalogueBytes(mended);
    expect(read.findings).toEqual([]);
    expect(read.kind === 'catalogue' && catalogueHash(read.catalogue)).toBe(catalogueHash(catalogue));
  });
});

describe('a catalogue workbook with remarks', () => {
  it('lists them in front, and reads as it would without', async () => {
    const finding = {
      rule: 'catalogue-code-given',
      severity: 'info',
      message: '代码留空，已编为 i001。',
    } as const;
    const bytes = await writeCatalogueWorkbook(catalogue, {
      findings: [{ ...finding, place: { sheet: '指标', cell: 'A9' } }],
    });
    const front = (await opened(bytes)).worksheets[0]!;
    expect([front.name, front.getCell('C4').value, front.getCell('F4').value]).toEqual([
      '校验结果',
      '指标!A9',
      finding.message,
    ]);
    const read = await readCatalogueBytes(bytes);
    expect(read.kind === 'catalogue' && catalogueHash(read.catalogue)).toBe(catalogueHash(catalogue));
  });
});
