import type { Workbook } from 'exceljs';
import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import type { Finding } from '../../core/returns/finding.ts';
import { cellAddress } from '../reading/address.ts';
import { saveWorkbook } from '../save.ts';
import { fills, fonts } from '../styles.ts';
import { writeCatalogueFindings } from './catalogue-findings-sheet.ts';
import { tableNames, tables } from './columns.ts';
import { settings, settingsSheet } from './settings-columns.ts';
import { settingsColumns, settingsRows, writeSettingsSheet } from './settings-sheet.ts';
import { tableRows, writeTableSheet } from './table-sheet.ts';
import { tablesOf } from './tables-of.ts';
import { placeOfCell, type TypedCatalogue, typedText, type WrittenPlace } from './typed.ts';

/**
 * Writes a catalogue as the workbook that it is edited in; `findings` are listed on a sheet of their own, as what was
 * remarked when it was read. Same inputs, same bytes.
 */
export function writeCatalogueWorkbook(
  catalogue: Catalogue,
  { findings }: { findings?: readonly Finding[] } = {},
): Promise<Uint8Array> {
  return written(tablesOf(catalogue), findings);
}

/** Writes what was typed once more, with each finding marked at its cell: to be mended, and submitted again. */
export function writeMarkedCatalogue(
  typed: TypedCatalogue,
  findings: readonly Finding[],
): Promise<Uint8Array> {
  return written(typed, findings);
}

async function written(typed: TypedCatalogue, findings: readonly Finding[] | undefined): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const settingText = (key: string) => {
    const entry = typed.settings.cells.get(key);
    return entry === undefined ? '' : typedText(entry);
  };
  const year = /^20[0-9]{2}/.exec(settingText('year'))?.[0] ?? '2000';
  workbook.creator = 'indicators';
  workbook.title = settingText('title').slice(0, 80).toWellFormed();
  workbook.created = workbook.modified = new Date(`${year}-01-01T00:00:00Z`);
  const places = placesIn(typed);
  const placeOf = ({ place }: Finding) => places.get(`${place?.sheet}!${place?.cell}`);
  if (findings !== undefined) writeCatalogueFindings(workbook, findings, { placeOf });
  writeSettingsSheet(workbook, typed.settings);
  for (const list of tableNames) writeTableSheet(workbook, list, typed.tables[list]);
  markCells(workbook, findings ?? [], placeOf);
  return saveWorkbook(workbook);
}

/** Where each cell of the file that was read stands now: rows and columns are in their own places again. */
function placesIn({ settings: first, tables: all }: TypedCatalogue): Map<string, WrittenPlace> {
  const places = new Map<string, WrittenPlace>();
  settings.forEach(({ key }, index) => {
    const from = first.places.get(key);
    const cell = cellAddress(settingsRows.first + index, settingsColumns.value);
    if (from !== undefined) places.set(`${from.sheet}!${from.cell}`, { sheet: settingsSheet, cell });
  });
  for (const list of tableNames) {
    const { sheet, columns } = tables[list];
    all[list].rows.forEach(({ row }, index) => {
      columns.forEach(({ key }, column) => {
        if (!all[list].columns.has(key)) return;
        const from = placeOfCell(all[list], row, key);
        const cell = cellAddress(tableRows.first + index, column + 1);
        places.set(`${from.sheet}!${from.cell}`, { sheet, cell });
      });
    });
  }
  return places;
}

/** Fills the cells that findings are about, and notes at each what it is about. */
export function markCells(
  workbook: Workbook,
  findings: readonly Finding[],
  placeOf: (finding: Finding) => WrittenPlace | undefined,
): void {
  const byCell = Map.groupBy(findings, (finding) => {
    const place = placeOf(finding);
    return place === undefined ? '' : `${place.sheet}!${place.cell}`;
  });
  for (const here of byCell.values()) {
    const place = placeOf(here[0]!);
    if (place === undefined) continue;
    const cell = workbook.getWorksheet(place.sheet)!.getCell(place.cell);
    const worst = here.find(({ severity }) => severity === 'error') ?? here[0]!;
    cell.fill = fills[worst.severity];
    if (worst.severity !== 'info') cell.font = fonts.fault;
    const text = here.map(({ message }) => message).join('\n');
    cell.note = { texts: [{ font: { name: '宋体', size: 10 }, text }], margins: { insetmode: 'auto' } };
  }
}
