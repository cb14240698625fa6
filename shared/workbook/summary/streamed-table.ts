import type { Workbook, Worksheet } from 'exceljs';
import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate } from 'fflate';
import { saveWorkbook, zipTime } from '../save.ts';
import type { Cell } from './cells.ts';
import type { Look } from './styles.ts';
import {
  addHead,
  addTable,
  type Column,
  columnWidths,
  filterRows,
  heightOf,
  lookOf,
  type Running,
  type Table,
  written,
} from './table.ts';

/** A table of so many rows that they are never all there at once: they are gone through more than once. */
export interface LongTable extends Omit<Table, 'rows'> {
  rows: () => Iterable<Cell[]>;
}

/**
 * A workbook of one table, in pieces: the same table gives the same bytes. All but the rows is written as in any other
 * workbook, with a cell of each look that they have; the rows then stand in place of those cells. (The streams of
 * exceljs wait for nobody, so that all is in memory in the end, write the hour into the file, and know no mending.)
 */
export async function* workbookOfRows(
  workbook: Workbook,
  table: LongTable,
  running: Running,
): AsyncGenerator<Uint8Array> {
  const { columns, rows } = table;
  const { count, looks } = surveyed(table);
  if (count === 0) {
    addTable(workbook, { ...table, rows: [] }, running);
    yield await saveWorkbook(workbook);
    return;
  }
  const widths = columnWidths(columns, rows());
  const { sheet, header } = addHead(workbook, table, { widths, running });
  looks.forEach((look, index) => {
    sheet.getCell(header + 1 + index, 1).style = look;
  });
  filterRows(sheet, columns, { header, rows: count });
  const place = { table, widths, header, looks };
  yield* zipped(unzipSync(await saveWorkbook(workbook)), sheet, (xml) => sheetPieces(xml, count, place));
}

/** How many rows there are, and each look that they have. */
function surveyed({ columns, rows }: LongTable): { count: number; looks: Look[] } {
  const looks = new Set<Look>();
  let count = 0;
  for (const cells of rows()) {
    count++;
    columns.forEach((column, index) => {
      looks.add(lookOf(cells[index] ?? null, column));
    });
  }
  return { count, looks: [...looks] };
}

/** The parts of a workbook in their order, that of the sheet from pieces of its own. */
function* zipped(
  parts: Record<string, Uint8Array>,
  sheet: Worksheet,
  piecesOf: (xml: string) => Iterable<string>,
): Generator<Uint8Array> {
  const path = `xl/worksheets/sheet${sheet.id}.xml`;
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    ready.push(chunk);
  });
  for (const [name, bytes] of Object.entries(parts)) {
    const part = new ZipDeflate(name, { level: 6, mem: 4 });
    part.mtime = zipTime;
    zip.add(part);
    if (name === path) {
      for (const piece of piecesOf(strFromU8(bytes))) {
        part.push(strToU8(piece));
        yield* ready.splice(0);
      }
      part.push(new Uint8Array(), true);
    } else {
      part.push(bytes, true);
    }
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready;
}

interface Place {
  table: LongTable;
  widths: number[];
  header: number;
  looks: readonly Look[];
}

/** The sheet of the cells that have each look, with the rows in their place. */
function* sheetPieces(
  xml: string,
  count: number,
  { table, widths, header, looks }: Place,
): Generator<string> {
  const { columns, rows } = table;
  const first = xml.indexOf(`<row r="${header + 1}"`);
  const end = xml.indexOf('</sheetData>');
  const numbers = [...xml.slice(first, end).matchAll(/<c r="A\d+" s="(\d+)"/g)].map(([, number]) => number!);
  const styleOf = new Map(looks.map((look, index) => [look, numbers[index]!]));
  if (numbers.length !== looks.length) throw new Error('a look of the rows is not in the workbook');
  const letters = columns.map((_, index) => String.fromCharCode(65 + index));
  const range = `A1:${letters.at(-1)}${header + count}`;
  yield xml.slice(0, first).replace(/<dimension ref="[^"]*"/, `<dimension ref="${range}"`);
  let piece = '';
  let row = header;
  for (const cells of rows()) {
    row++;
    piece += `<row r="${row}" ht="${heightOf(columns, cells, widths)}" customHeight="1">`;
    columns.forEach((column: Column, index) => {
      const cell = cells[index] ?? null;
      piece += cellXml(written(cell), `r="${letters[index]}${row}" s="${styleOf.get(lookOf(cell, column))}"`);
    });
    piece += '</row>';
    if (piece.length > 65_536) {
      yield piece;
      piece = '';
    }
  }
  yield piece + xml.slice(end);
}

function cellXml(content: string | number | null, attributes: string): string {
  if (content === null) return `<c ${attributes}/>`;
  if (typeof content === 'number') return `<c ${attributes}><v>${content}</v></c>`;
  return `<c ${attributes} t="inlineStr"><is><t xml:space="preserve">${textXml(content)}</t></is></c>`;
}

/** Text that looks like the escape of a character (`_x0041_`) is escaped itself; what XML forbids is no longer in it. */
function textXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}
