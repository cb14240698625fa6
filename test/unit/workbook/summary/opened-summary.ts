import ExcelJS from 'exceljs';
import type { Publication } from '../../../../shared/core/publication/publication.ts';
import { lineageWorkbook } from '../../../../shared/workbook/lineage-workbook.ts';
import { writeSummaryWorkbook } from '../../../../shared/workbook/summary/summary-workbook.ts';

type Bytes = Parameters<ExcelJS.Xlsx['load']>[0];

/** The summary workbook of a publication, as another program opens it. */
export async function opened(publication: Publication): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await writeSummaryWorkbook(publication)) as unknown as Bytes);
  return workbook;
}

/** Where the figures of a publication come from, as another program opens it. */
export async function openedLineage(publication: Publication): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await lineageBytes(publication)) as unknown as Bytes);
  return workbook;
}

export async function lineageBytes(publication: Publication): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of lineageWorkbook(publication)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A sheet that must be there. */
export function sheetOf(workbook: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
}

/** All texts of a sheet. */
export function textsOf(sheet: ExcelJS.Worksheet): string[] {
  const texts: string[] = [];
  sheet.eachRow((row) => row.eachCell((cell) => texts.push(cell.text)));
  return texts;
}

/** How many rows and columns stay in place. */
export function frozenIn(sheet: ExcelJS.Worksheet): { rows: number; columns: number } {
  const [view] = sheet.views;
  return view?.state === 'frozen'
    ? { rows: view.ySplit ?? 0, columns: view.xSplit ?? 0 }
    : { rows: 0, columns: 0 };
}

/** The rows under a table's header, by heading. */
export function recordsOf(sheet: ExcelJS.Worksheet): Map<string, ExcelJS.Cell>[] {
  const header = frozenIn(sheet).rows;
  const headings = (sheet.getRow(header).values as (string | undefined)[]).slice(1);
  const rows = sheet.getRows(header + 1, sheet.rowCount - header) ?? [];
  return rows.map(
    (row) => new Map(headings.map((heading, index) => [heading ?? '', row.getCell(index + 1)])),
  );
}

/** The row of an indicator. */
export function recordOf(sheet: ExcelJS.Worksheet, indicator: string): Map<string, ExcelJS.Cell> {
  const record = recordsOf(sheet).find((row) => row.get('指标')?.value === indicator);
  if (record === undefined) throw new Error(`no row ${indicator}`);
  return record;
}
