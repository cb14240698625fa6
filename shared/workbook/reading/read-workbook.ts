import type { Finding } from '../../core/returns/finding.ts';
import { excerpt } from '../../core/values/text.ts';
import { openArchive } from './archive.ts';
import { isWrittenByCalculator } from './calculated.ts';
import type { SharedParts } from './cells.ts';
import { fault, fileFinding, fileTooLarge, Reading, ReadingFault, sheetPlace } from './fault.ts';
import { binaryWorkbook, kindOfArchive, kindOfFile } from './kind-of-file.ts';
import { defaultLimits, type ReadingLimits } from './limits.ts';
import type { SheetReading, WorkbookReading } from './model.ts';
import { onlyTarget, Parts, type Relationship } from './parts.ts';
import { SheetReader } from './sheet.ts';
import { SharedStrings } from './strings.ts';
import { StylesReader } from './styles.ts';
import { type SheetEntry, WorkbookPartReader } from './workbook-part.ts';
import { bytesBefore, bytesBehind, startOfZip } from './zip-directory.ts';

export { defaultLimits, type ReadingLimits } from './limits.ts';
export type { CellReading, CellValue, SheetReading, WorkbookReading } from './model.ts';

/**
 * Reads an uploaded workbook (.xlsx, .xlsm). It never rejects, whatever the bytes: what is wrong with them is
 * in the findings. An error without a place is about the file, of which nothing must be used; one with a place is
 * about that sheet, which is then absent, or that cell, which is then absent from its sheet.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  limits: Partial<ReadingLimits> = {},
): Promise<WorkbookReading> {
  const reading = new Reading({ ...defaultLimits, ...limits });
  const sheets: SheetReading[] = [];
  let calculated = false;
  try {
    calculated = await readSheets(bytes, reading, sheets);
  } catch (error) {
    reading.findings.push(error instanceof ReadingFault ? error.finding : unexpected(error));
  }
  return { sheets, findings: reading.findings, calculated };
}

/** Puts the sheets where they belong, as far as they can be read, and returns whether formulas are calculated. */
async function readSheets(bytes: Uint8Array, reading: Reading, sheets: SheetReading[]): Promise<boolean> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length > reading.limits.bytes) throw fileTooLarge(reading.limits.bytes);
  const start = startOfZip(buffer);
  if (start > 0) reading.add(bytesBefore(start));
  const zip = buffer.subarray(start);
  const other = kindOfFile(zip);
  if (other) throw other;
  const archive = openArchive(zip, reading.limits);
  if (archive.bytesBehind > 0) reading.add(bytesBehind(archive.bytesBehind));
  const parts = new Parts(archive, reading);
  const ofPackage = await parts.relationships('');
  const workbook = onlyTarget(ofPackage, 'officeDocument');
  if (workbook === undefined) throw kindOfArchive(archive);
  if (/\.bin$/i.test(workbook)) throw binaryWorkbook();
  const book = new WorkbookPartReader(reading);
  await parts.read(workbook, book.document);
  const relationships = await parts.relationships(workbook);
  const shared = await readSharedParts(parts, relationships, book.date1904, reading);
  for (const entry of book.sheets) {
    try {
      const sheet = await readSheet(parts, entry, relationships, shared, reading);
      if (sheet) sheets.push(sheet);
    } catch (error) {
      reading.findings.push(faultOfSheet(error, entry));
    }
  }
  if (sheets.length === 0 && reading.findings.every(({ severity }) => severity !== 'error')) {
    throw fault('file-no-sheet', '文件中没有可以读取的工作表；请确认上传的是填报用的工作簿。');
  }
  if (relationships.some((each) => each.type === 'vbaProject')) {
    const message = '文件含有宏；系统不运行宏，只读取单元格中的内容。';
    reading.findings.push(fileFinding('file-has-macros', message));
  }
  return !book.toBeCalculated && (await isWrittenByCalculator(parts, ofPackage));
}

async function readSharedParts(
  parts: Parts,
  relationships: readonly Relationship[],
  date1904: boolean,
  reading: Reading,
): Promise<SharedParts> {
  const strings = new SharedStrings(reading);
  const styles = new StylesReader(reading);
  const stringsPart = onlyTarget(relationships, 'sharedStrings');
  const stylesPart = onlyTarget(relationships, 'styles');
  // Declared and absent they are missed only by cells that refer to them.
  if (stringsPart !== undefined && parts.find(stringsPart)) await parts.read(stringsPart, strings.document);
  if (stylesPart !== undefined && parts.find(stylesPart)) await parts.read(stylesPart, styles.document);
  return { strings, styles, date1904 };
}

async function readSheet(
  parts: Parts,
  entry: SheetEntry,
  relationships: readonly Relationship[],
  shared: SharedParts,
  reading: Reading,
): Promise<SheetReading | undefined> {
  const place = { sheet: entry.name };
  const relationship = relationships.find((each) => each.id === entry.relationship);
  if (relationship?.target === undefined) {
    throw fault(
      'file-part-missing',
      '这张表在文件中没有数据，多为宏模块或没有保存完整的表；填报用的表请重新下载模板填写。',
    );
  }
  if (relationship.type !== 'worksheet') {
    const message = `“${excerpt(entry.name)}”是图表或宏表，不是数据表，系统未读取。`;
    reading.add(fileFinding('file-sheet-skipped', message, { place }));
    return undefined;
  }
  const reader = new SheetReader(entry.name, shared, reading);
  await parts.read(relationship.target, reader.document);
  return { name: entry.name, visibility: entry.visibility, ...reader.finish() };
}

/** Whatever is wrong with one sheet leaves the others as they are. */
function faultOfSheet(error: unknown, { name }: SheetEntry): Finding {
  if (!(error instanceof ReadingFault)) throw error;
  const { finding } = error;
  return finding.place === undefined ? { ...finding, place: sheetPlace(name) } : finding;
}

/** A fault of the reader itself, which must not stop the processing of the upload. */
function unexpected(error: unknown) {
  const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return fileFinding(
    'file-unreadable',
    '系统读取文件时出错，已记录下来；文件本身不必改动，请联系管理员，处理后会重新读取。',
    {
      found,
    },
  );
}
