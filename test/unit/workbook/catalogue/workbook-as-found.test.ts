import type ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { writeCatalogueWorkbook } from '../../../../shared/workbook/catalogue/catalogue-writer.ts';
import { readAfter, readCatalogueBytes } from '../../../fixtures/catalogue-workbooks.ts';
import { type Change, catalogue, inOneLine, without } from './catalogue-cases.ts';

describe('a catalogue workbook as it comes', () => {
  it.each<[what: string, rule: string, change: Change]>([
    [
      'another sheet',
      'catalogue-sheet-unknown',
      (workbook) => {
        workbook.addWorksheet('备注').getCell('A1').value = '随便写写';
      },
    ],
    [
      'another column',
      'catalogue-column-unknown',
      (workbook) => {
        const sheet = workbook.getWorksheet('部门')!;
        sheet.getCell(4, 9).value = '联系人';
        sheet.getCell(5, 9).value = '张三';
      },
    ],
    [
      'a hidden sheet',
      'sheet-hidden',
      (workbook) => {
        workbook.getWorksheet('规则')!.state = 'hidden';
      },
    ],
    [
      'hidden rows',
      'catalogue-rows-hidden',
      (workbook) => {
        workbook.getWorksheet('指标')!.getRow(6).hidden = true;
      },
    ],
    [
      'a hidden column',
      'column-hidden',
      (workbook) => {
        workbook.getWorksheet('指标')!.getColumn(3).hidden = true;
      },
    ],
    [
      'cells merged across',
      'catalogue-merged-across',
      (workbook) => workbook.getWorksheet('部门')!.mergeCells('D5:E5'),
    ],
  ])('with %s is read all the same, and it is noted: %s', async (_, rule, change) => {
    const reading = await readAfter(catalogue, change);
    expect(reading.findings.map((each) => [each.rule, each.severity])).toEqual([[rule, 'info']]);
    expect(reading.kind === 'catalogue' && catalogueHash(reading.catalogue)).toBe(catalogueHash(catalogue));
  });

  it('without a sheet of rules has none, and it is noted', async () => {
    const reading = await readAfter(catalogue, without('规则'));
    expect(reading.findings.map(({ rule }) => rule)).toEqual(['catalogue-rules-missing']);
    expect(reading.kind === 'catalogue' && reading.catalogue.rules).toEqual([]);
  });

  it('whose sections are merged downwards has them in each row', async () => {
    const reading = await readAfter(catalogue, (workbook) => {
      const sheet = workbook.getWorksheet('指标')!;
      sheet.getCell('C5').value = '一(一)';
      sheet.mergeCells('C5:C7');
    });
    expect(reading.findings.map(({ rule, place }) => [rule, place?.cell])).toEqual([
      ['catalogue-merged-down', 'C5'],
    ]);
    const sections =
      reading.kind === 'catalogue' && reading.catalogue.indicators.map(({ section }) => section);
    expect(sections).toEqual(['一(一)', '一(一)', '一(一)', '', '']);
  });

  it('is read with its sheets renamed and in another order, its columns and months moved, and blank rows between', async () => {
    const reading = await readAfter(catalogue, (workbook) => {
      const names = { 部门: '单位', 指标: '指标2023', 规则: '校验', 报送期: '时间', 说明: '封面' };
      for (const [from, to] of Object.entries(names)) workbook.getWorksheet(from)!.name = to;
      const indicators = workbook.getWorksheet('指标2023')!;
      const [units, texts] = [4, 5].map((column) =>
        Array.from({ length: 30 }, (_, row) => indicators.getCell(row + 1, column).value),
      );
      units!.forEach((value, row) => {
        indicators.getCell(row + 1, 5).value = value;
        indicators.getCell(row + 1, 4).value = texts![row]!;
      });
      indicators.insertRow(7, []);
      const periods = workbook.getWorksheet('时间')!;
      const first = [1, 2, 3, 4, 5].map((column) => periods.getCell(5, column).value);
      periods.spliceRows(5, 1);
      periods.insertRow(9, first);
      workbook.worksheets.forEach((sheet, index) => {
        (sheet as ExcelJS.Worksheet & { orderNo: number }).orderNo = 10 - index;
      });
    });
    expect(reading.findings.map(inOneLine)).toEqual([]);
    expect(reading.kind === 'catalogue' && catalogueHash(reading.catalogue)).toBe(catalogueHash(catalogue));
  });

  it('in which a row of explanations was moved among the entries is read without it', async () => {
    const reading = await readAfter(catalogue, (workbook) => {
      const sheet = workbook.getWorksheet('部门')!;
      sheet.insertRow(6, sheet.getRow(3).values as ExcelJS.CellValue[]);
    });
    expect(reading.kind === 'catalogue' && catalogueHash(reading.catalogue)).toBe(catalogueHash(catalogue));
  });

  it('that is no workbook says what it is', async () => {
    const reading = await readCatalogueBytes(new TextEncoder().encode('代码,名称\n'));
    expect(reading.kind).toBe('problems');
    expect(reading.findings.map(({ rule }) => rule)).toEqual(['file-is-csv']);
  });

  it('is the same bytes each time', async () => {
    const [first, second] = await Promise.all([
      writeCatalogueWorkbook(catalogue),
      writeCatalogueWorkbook(catalogue),
    ]);
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });
});
