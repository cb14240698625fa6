import type { Workbook } from 'exceljs';
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { sanitizeText } from '../core/values/text.ts';
import { addCharts, type ChartsOfSheet } from './native-charts.ts';
import { parseRange, rangeAddress } from './reading/address.ts';

/** The longest text that a spreadsheet program takes in one cell. */
const longestCell = 32_767;
/** Local noon, because zip files keep local time: the same bytes in every time zone. */
export const zipTime = new Date(1980, 0, 1, 12);

/**
 * The workbook as .xlsx: the same workbook gives the same bytes on any machine, in any time zone, on any day. The
 * caller sets `created` and `modified`, which exceljs otherwise fills with the present. What exceljs writes that
 * Excel refuses or misreads is mended on the way.
 */
export async function saveWorkbook(
  workbook: Workbook,
  charts: readonly ChartsOfSheet[] = [],
): Promise<Uint8Array> {
  const written = await workbook.xlsx.writeBuffer({ zip: { compression: 'STORE' } });
  const entries = Object.entries(unzipSync(new Uint8Array(written)));
  const parts: Parts = new Map(entries.filter(([path]) => !path.endsWith('/')));
  mendSheets(parts);
  mendNotes(parts);
  mendNames(parts);
  mendStrings(parts);
  mendFonts(parts);
  addCharts(parts, charts);
  const ordered = [...parts].sort(([a], [b]) => placeInFile(a) - placeInFile(b) || (a < b ? -1 : 1));
  const files: Zippable = Object.fromEntries(ordered);
  // More memory makes forms hardly smaller, and takes three times as long.
  return zipSync(files, { level: 6, mem: 4, mtime: zipTime });
}

/** Readers that look no further than the beginning want the types first, then the relationships. */
function placeInFile(path: string): number {
  return path === '[Content_Types].xml' ? 0 : path === '_rels/.rels' ? 1 : 2;
}

/** A negative figure as reports write it (`-870.92`, `-1.5万`, `-95%`): no program computes anything in it. */
const negativeFigure = /^-[0-9]+(\.[0-9]+)?[万亿]?[%‰]?$/;

/**
 * What a person typed, as the text of a cell: sanitized, and no longer than fits. Before a negative figure a guard would
 * stand to be read: in a cell of text it is none the less text.
 */
export function safeText(text: string): string {
  const safe = negativeFigure.test(text) ? text : sanitizeText(text);
  return safe.length <= longestCell ? safe : `${safe.slice(0, longestCell - 1)}…`.toWellFormed();
}

/** The parts of a font in the order of the schema; exceljs writes the size behind the colour and other things. */
const fontParts = [
  ...['b', 'i', 'strike', 'condense', 'extend', 'outline', 'shadow', 'u', 'vertAlign', 'sz', 'color', 'name'],
  ...['family', 'charset', 'scheme'],
];

function mendFonts(parts: Parts): void {
  const place = (element: string) => fontParts.indexOf(/^<([A-Za-z]+)/.exec(element)![1]!);
  rewrite(parts, 'xl/styles.xml', (xml) =>
    xml.replace(/(?<=<font>)(?:<[A-Za-z]+(?: [^>]*)?\/>)+(?=<\/font>)/g, (font) =>
      font
        .match(/<[^>]*>/g)!
        .sort((a, b) => place(a) - place(b))
        .join(''),
    ),
  );
}

type Parts = Map<string, Uint8Array>;

function partsLike(parts: Parts, pattern: RegExp): string[] {
  return [...parts.keys()].filter((path) => pattern.test(path)).sort();
}

function rewrite(parts: Parts, path: string, change: (xml: string) => string): void {
  const before = strFromU8(parts.get(path)!);
  const after = change(before);
  if (after !== before) parts.set(path, strToU8(after));
}

/** All that needs mending stands after the cells, which are the bulk and stay as they are. */
function mendSheets(parts: Parts): void {
  for (const path of partsLike(parts, /^xl\/worksheets\/sheet\d+\.xml$/)) {
    const bytes = Buffer.from(parts.get(path)!);
    const start = Math.max(bytes.lastIndexOf('</sheetData>'), bytes.lastIndexOf('<sheetData/>'), 0);
    const tail = bytes.toString('utf8', start);
    const linked = mendLinks(parts, path, tail);
    const mended = mendDrawingOrder(mendValidations(linked));
    if (mended !== tail) parts.set(path, Buffer.concat([bytes.subarray(0, start), Buffer.from(mended)]));
  }
}

/**
 * exceljs makes every link an external relationship, so that a link to a sheet of this workbook opens a file of
 * that name. Inside links get a location and no relationship.
 */
function mendLinks(parts: Parts, path: string, tail: string): string {
  const relsPath = path.replace('worksheets/', 'worksheets/_rels/').concat('.rels');
  const rels = parts.get(relsPath);
  if (rels === undefined) return tail;
  const inside = new Map<string, string>();
  const mended = tail.replace(/<hyperlink [^>]*>/g, (link) => {
    const id = /r:id="([^"]*)"/.exec(link)?.[1] ?? '';
    const target = targetOf(strFromU8(rels), id) ?? '';
    if (!/ location="/.test(link) && !target.startsWith('#')) return link;
    inside.set(id, target);
    const location = target.replace(/^#/, '');
    return link
      .replace(/ (?:r:id|location)="[^"]*"/g, '')
      .replace('<hyperlink', () => `<hyperlink location="${location}"`);
  });
  if (inside.size === 0) return tail;
  const kept = strFromU8(rels).replace(/<Relationship [^>]*>/g, (relationship) =>
    inside.has(/ Id="([^"]*)"/.exec(relationship)?.[1] ?? '') ? '' : relationship,
  );
  if (/<Relationship /.test(kept)) parts.set(relsPath, strToU8(kept));
  else parts.delete(relsPath);
  return mended;
}

function targetOf(rels: string, id: string): string | undefined {
  const relationship = rels.match(/<Relationship [^>]*>/g)?.find((each) => each.includes(` Id="${id}"`));
  return / Target="([^"]*)"/.exec(relationship ?? '')?.[1];
}

/** Drawings of notes come before tables and extensions in the schema; exceljs puts them last. */
function mendDrawingOrder(tail: string): string {
  const drawing = /<legacyDrawing [^>]*>/.exec(tail)?.[0];
  if (drawing === undefined) return tail;
  return tail.replace(drawing, '').replace(/(?=<picture |<tableParts |<extLst>|<\/worksheet>)/, drawing);
}

/**
 * exceljs lists a run of cells twice when it crosses a power of ten (C10:C20 and C2:C20), and writes the line
 * breaks of a prompt so that XML reads them as blanks. Each validation is written once, for all of its cells.
 */
function mendValidations(tail: string): string {
  const block = /<dataValidations [^>]*>(.*?)<\/dataValidations>/s.exec(tail);
  if (block === null) return tail;
  const cells = new Map<string, string[]>();
  for (const [each] of block[1]!.matchAll(/<dataValidation .*?(?:<\/dataValidation>|\/>)/gs)) {
    const sqref = / sqref="([^"]*)"/.exec(each)?.[1] ?? '';
    const settings = each.replace(/ sqref="[^"]*"/, ' sqref=""').replace(/\r?\n/g, '&#10;');
    cells.set(settings, [...(cells.get(settings) ?? []), ...sqref.split(' ')]);
  }
  const once = [...cells].map(([settings, ranges]) =>
    settings.replace(' sqref=""', () => ` sqref="${withoutOverlap(ranges)}"`),
  );
  const mended = `<dataValidations count="${once.length}">${once.join('')}</dataValidations>`;
  return tail.replace(block[0], () => mended);
}

/** The same cells in ranges that do not overlap, one column wide. */
function withoutOverlap(ranges: readonly string[]): string {
  const columns = new Map<number, [number, number][]>();
  for (const range of ranges) {
    const cells = parseRange(range);
    if (cells === undefined) throw new RangeError(`exceljs wrote no range: ${range}`);
    for (let column = cells.firstColumn; column <= cells.lastColumn; column++) {
      columns.set(column, [...(columns.get(column) ?? []), [cells.firstRow, cells.lastRow]]);
    }
  }
  return [...columns]
    .sort(([a], [b]) => a - b)
    .flatMap(([column, spans]) =>
      joined(spans).map(([firstRow, lastRow]) =>
        rangeAddress({ firstRow, lastRow, firstColumn: column, lastColumn: column }),
      ),
    )
    .join(' ');
}

function joined(spans: readonly [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [top, bottom] of spans.toSorted(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last !== undefined && top <= last[1] + 1) last[1] = Math.max(last[1], bottom);
    else result.push([top, bottom]);
  }
  return result;
}

/** Excel numbers the shapes of notes through the whole workbook, 1,024 to a block; exceljs begins again in each sheet. */
function mendNotes(parts: Parts): void {
  let block = 0;
  for (const path of partsLike(parts, /^xl\/drawings\/vmlDrawing\d+\.vml$/)) {
    rewrite(parts, path, (vml) => {
      const first = ++block;
      let shapes = 0;
      const renumbered = vml.replace(/ id="_x0000_s\d+"/g, () => ` id="_x0000_s${first * 1024 + ++shapes}"`);
      block = first + Math.floor(shapes / 1024);
      const blocks = Array.from({ length: block - first + 1 }, (_, index) => first + index);
      return renumbered.replace(/(<o:idmap [^>]*)data="1"/, `$1data="${blocks.join(',')}"`);
    });
  }
}

/** Print areas are absolute; exceljs leaves their rows relative. */
function mendNames(parts: Parts): void {
  rewrite(parts, 'xl/workbook.xml', (xml) =>
    xml.replace(/<definedName name="_xlnm\.Print_Area"[^<]*/g, (name) =>
      name.replace(/(?<=[!:]\$[A-Z]{1,3})([0-9]+)/g, '$$$1'),
    ),
  );
}

/** Text that looks like the escape of a character (`_x0041_`) is escaped itself, and what XML forbids is replaced. */
function mendStrings(parts: Parts): void {
  for (const path of partsLike(parts, /^xl\/(sharedStrings|comments\d+)\.xml$/)) {
    rewrite(parts, path, (xml) => xml.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'));
  }
  for (const path of partsLike(parts, /\.(xml|rels|vml)$/)) {
    const bytes = Buffer.from(parts.get(path)!);
    if (bytes.includes('\ufffe') || bytes.includes('\uffff')) {
      rewrite(parts, path, (xml) => xml.replace(/[\ufffe\uffff]/g, '\ufffd'));
    }
  }
}
