import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { CatalogueProblem } from '../../shared/core/catalogue/checks.ts';
import { decodeCatalogue } from '../../shared/core/catalogue/decode.ts';
import { entryWords, fieldInWords } from '../../shared/core/catalogue/problem.ts';
import type { Finding } from '../../shared/core/returns/finding.ts';
import { say } from '../../shared/core/returns/findings/findings.ts';
import { sayOfCatalogue } from '../../shared/workbook/catalogue/catalogue-findings.ts';
import { readCatalogueWorkbook } from '../../shared/workbook/catalogue/catalogue-reader.ts';
import { writeMarkedCatalogue } from '../../shared/workbook/catalogue/catalogue-writer.ts';
import { fileTooLarge } from '../../shared/workbook/reading/fault.ts';
import { defaultLimits } from '../../shared/workbook/reading/limits.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';

/** What was found in a file of the office; `where` is the sheet and cell of a workbook, or the entry of JSON, in words. */
export interface FileFinding extends Finding {
  where: string;
}

/**
 * A catalogue as a file says it, with what was remarked; or all that is wrong with the file. `marked` is the workbook
 * once more with each finding at its cell; undefined where there was nothing to mark, as in JSON.
 */
export type CatalogueFileReading =
  | { kind: 'catalogue'; catalogue: Catalogue; findings: FileFinding[] }
  | { kind: 'problems'; findings: FileFinding[]; marked: Uint8Array | undefined };

/** JSON of more bytes is not read: a catalogue with all that it may have takes fewer, and what is wrong costs many times more. */
const mostBytesOfJson = 4 * 1024 * 1024;

/** More problems of JSON than this are counted, not listed. */
const mostProblems = 500;

/**
 * Reads a catalogue file, a workbook or JSON, whatever it is called. It never rejects, whatever the bytes: what is
 * wrong with them is in the findings, in Chinese.
 */
export async function readCatalogueFile(bytes: Uint8Array): Promise<CatalogueFileReading> {
  if (bytes.length > defaultLimits.bytes) {
    return refused([fileTooLarge().finding].map(inWorkbook));
  }
  return isText(bytes) ? readJson(bytes) : readTypedWorkbook(bytes);
}

/** JSON, or meant to be: of text that begins otherwise the reader of workbooks says what it is. */
function isText(bytes: Uint8Array): boolean {
  const head = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, 4096)).trimStart();
  return head.startsWith('{') || head.startsWith('[');
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0 || (first === 0xfe && second === 0xff)) return 'utf-16be';
  return (first === 0xff && second === 0xfe) || second === 0 ? 'utf-16le' : 'utf-8';
}

function refused(findings: FileFinding[], marked?: Uint8Array): CatalogueFileReading {
  return { kind: 'problems', findings, marked };
}

function readJson(bytes: Uint8Array): CatalogueFileReading {
  if (bytes.length > mostBytesOfJson) return refused([inJson(tooLarge)]);
  const reading = decodeCatalogue(bytes);
  if (reading.kind === 'catalogue') return { ...reading, findings: [] };
  const { problems } = reading;
  const listed = problems.slice(0, mostProblems).map(inJson);
  if (problems.length === listed.length) return refused(listed);
  return refused([...listed, inWorkbook(say('more-findings', problems.length - listed.length))]);
}

const tooLarge: CatalogueProblem = {
  entry: 'catalogue',
  index: undefined,
  message: `JSON 文件超过 ${mostBytesOfJson / 1024 / 1024} MB，不像是指标目录；请核对选择的文件。`,
};

/** Problems of a catalogue as findings, each with the entry that it is about. */
export function findingsOf(problems: readonly CatalogueProblem[]): FileFinding[] {
  return problems.map(inJson);
}

function inJson({ entry, index, field, message }: CatalogueProblem): FileFinding {
  const about = index === undefined ? entryWords[entry] : `第 ${index + 1} 个${entryWords[entry]}`;
  const { found: _, ...said } = sayOfCatalogue('catalogue-problem', undefined, '', message);
  return { ...said, where: field === undefined ? about : `${about}的“${fieldInWords(field)}”` };
}

/** A finding with where it stands in the workbook, in words. */
export function inWorkbook(finding: Finding): FileFinding {
  const { sheet, cell = '' } = finding.place ?? {};
  return { ...finding, where: sheet === undefined ? '整个文件' : `“${sheet}”表 ${cell}`.trim() };
}

async function readTypedWorkbook(bytes: Uint8Array): Promise<CatalogueFileReading> {
  const reading = readCatalogueWorkbook(await readWorkbook(bytes));
  const findings = reading.findings.map(inWorkbook);
  if (reading.kind === 'catalogue') return { ...reading, findings };
  const { typed } = reading;
  const isTyped = Object.values(typed.tables).some(({ rows }) => rows.length > 0);
  return refused(findings, isTyped ? await writeMarkedCatalogue(typed, reading.findings) : undefined);
}
