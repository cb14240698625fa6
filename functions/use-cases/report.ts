import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import { chainOf, isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, DocumentsReader, Ledger } from '../../shared/core/ledger/ports.ts';
import { publicationSchema } from '../../shared/core/publication/publication.ts';
import { type Sha256, sha256 } from '../../shared/core/values/digest.ts';
import { parseJson } from '../../shared/core/values/json.ts';
import { type Checked, checkReport, publicationsIn } from '../../shared/report/check.ts';
import { type DocxReading, type Parts, readDocx } from '../../shared/report/docx.ts';
import type { Source } from '../../shared/report/said.ts';
import { readTemplate, type TemplateFinding } from '../../shared/report/template.ts';
import { type UpdatedReport, updateReport } from '../../shared/report/update.ts';
import { writeReport } from '../../shared/report/write-report.ts';
import type { Store } from './adopted.ts';
import { appendToOffice, type Decided } from './office.ts';
import { composeNow } from './publish/compose-now.ts';
import { type LedgerYear, readYear } from './read-year.ts';
import {
  type PublicationName,
  publicationKey,
  readKeptManifest,
  summaryName,
} from './stores/publication-store.ts';
import { keepReportTemplate, standingTemplate } from './stores/report-template-store.ts';

/** A Word file that is no report, or no template, that can be worked with, or a publication that is not there: why, in Chinese. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
  readonly findings: readonly TemplateFinding[];

  constructor(message: string, findings: readonly TemplateFinding[] = []) {
    super(message);
    this.findings = findings;
  }
}

/**
 * What is to be said of a template by the catalogue in force of a year; where nothing is wrong, it is filled in on trial, lest
 * every publication fail by it. Throws `ReportError` for a file that is no Word document.
 */
export async function examineTemplate(
  bytes: Uint8Array,
  year: number,
  store: Store,
): Promise<TemplateFinding[]> {
  const parts = partsOf(readDocx(bytes));
  const ledgerYear = await readYear(store, year);
  const { findings } = readTemplate(parts, ledgerYear.catalogue);
  const isWrong = findings.some(({ severity }) => severity === 'error');
  return isWrong || isFilled(parts, ledgerYear) ? findings : [notFilled, ...findings];
}

const notFilled: TemplateFinding = {
  severity: 'error',
  place: '',
  message:
    '文件的结构与 Word、WPS 存的不同，填入数以后会打不开；请用 Word 或 WPS 打开，另存为 .docx 后再试。',
};

function isFilled(parts: Parts, year: LedgerYear): boolean {
  const at = instantOf(new Date(Date.UTC(year.catalogue.year + 1, 0)));
  const publication = composeNow(year, { at, previous: undefined });
  return filled(parts, { publication, catalogue: year.catalogue }) !== undefined;
}

/** A template filled in; undefined where that makes no document: whatever goes wrong in it is by the template. */
function filled(parts: Parts, source: Source): Uint8Array | undefined {
  try {
    const report = writeReport(parts, source);
    return readDocx(report).kind === 'docx' ? report : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Brings a template into force for the reports of a year: the publications from now on are written into it. Throws
 * `ReportError` with all that is wrong with it, and `DecisionError` for the one that is in force.
 */
export async function adoptTemplate(
  { bytes, year, reason, ...decided }: { bytes: Uint8Array; year: number; reason: string } & Decided,
  store: Store & { ledger: Ledger; documents: Documents },
): Promise<LedgerEvent> {
  const findings = await examineTemplate(bytes, year, store);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new ReportError(`模板中有 ${errors.length} 处要改，没有启用。`, errors);
  const template = await keepReportTemplate(year, bytes, store.documents);
  return putInForce({ template, year, reason, ...decided }, store);
}

/** Records that a template is in force, which is kept, and in which nothing is wrong. Throws `DecisionError` for the one that is. */
export async function putInForce(
  { template, year, reason, ...decided }: { template: Sha256; year: number; reason: string } & Decided,
  store: Store & { ledger: Ledger },
): Promise<LedgerEvent> {
  const happening = { kind: 'report-template-adopted' as const, template, reason };
  return appendToOffice({ year, decided, happening }, store, ({ reportTemplates }) =>
    reportTemplates.at(-1)?.happening.template === template ? 'this template is in force already' : undefined,
  );
}

/** The report of a publication, in a template that is given or in the one in force; throws `ReportError` with what is wrong. */
export async function makeReport(
  { publication, template }: { publication: PublicationName; template?: Uint8Array | undefined },
  store: Store,
): Promise<Uint8Array> {
  const source = await sourceOf(publication, store);
  if (source === undefined) throw new ReportError(notThere(publication));
  const { state } = await readYear(store, publication.year);
  const parts =
    template === undefined ? await standingTemplate(state, store.documents) : partsOf(readDocx(template));
  const errors = readTemplate(parts, source.catalogue).findings.filter(
    ({ severity }) => severity === 'error',
  );
  if (errors.length > 0)
    throw new ReportError(`按这次发布的指标目录，模板中有 ${errors.length} 处要改。`, errors);
  const report = filled(parts, source);
  if (report === undefined) throw new ReportError(notFilled.message, [notFilled]);
  return report;
}

/** Holds every figure of a report that people have edited against the ledger. */
export async function checkReportFile(bytes: Uint8Array, store: Store): Promise<Checked[]> {
  const parts = partsOf(readDocx(bytes));
  return checkReport(parts, await knownFor(parts, store));
}

/** The same report with every figure as the newest publication says it. */
export async function updateReportFile(bytes: Uint8Array, store: Store): Promise<UpdatedReport> {
  const parts = partsOf(readDocx(bytes));
  return updateReport(parts, await knownFor(parts, store));
}

function partsOf(reading: DocxReading): Parts {
  if (reading.kind === 'problem') throw new ReportError(reading.message);
  return reading.parts;
}

/** A report may be put together from some that were made of several publications; each of those is read. */
const mostPublications = 24;

/** The publications that a report names, and the newest of their years; of a year without any nothing is known. */
async function knownFor(parts: Parts, store: Store) {
  const named = publicationsIn(parts);
  if (named.length === 0) {
    throw new ReportError(
      '这个文件里没有与发布关联的数：它不是由系统生成的报告，或者保存时丢了关联（较旧的 LibreOffice 会这样）；请用 Word 或 WPS 编辑。',
    );
  }
  if (named.length > mostPublications) {
    throw new ReportError(
      `文件中的数引自 ${named.length} 次不同的发布，超过 ${mostPublications} 次，不能核对；请分开核对，或者先更新各份报告。`,
    );
  }
  const sources = new Map<string, Source | undefined>();
  for (const each of named) sources.set(keyOf(each), await sourceOf(each, store));
  const years = [...new Set(named.map(({ year }) => year))].sort((a, b) => b - a);
  const newest = new Map<number, Source>();
  for (const year of years) {
    const source = await newestIn(year, store);
    if (source !== undefined) newest.set(year, source);
  }
  const [latest] = newest.values();
  if (latest === undefined) throw new ReportError(`台账中没有${years.join('、')}年的发布，不能核对。`);
  return {
    newest: latest,
    newestOf: (year: number) => newest.get(year),
    sourceOf: (publication: PublicationName) => sources.get(keyOf(publication)),
  };
}

/** The newest publication of a year; undefined if it has none. Throws a `ReportError` where its files are others. */
async function newestIn(year: number, store: Store): Promise<Source | undefined> {
  const number = (await publishedIn(year, store)).at(-1)?.happening.number;
  if (number === undefined) return undefined;
  const source = await sourceOf({ year, number }, store);
  if (source === undefined) throw new ReportError(notThere({ year, number }));
  return source;
}

function keyOf({ year, number }: PublicationName): string {
  return `${year} ${number}`;
}

function notThere({ year, number }: PublicationName): string {
  return `台账中没有${year}年第 ${number} 次发布，或者它的文件已不是发布时的样子。`;
}

async function publishedIn(year: number, { ledger }: Store) {
  return (await ledger.read(chainOf(year, 'office'))).filter((event) => isEvent(event, 'published'));
}

/** A publication and its catalogue, as the ledger has them to the byte; undefined if it does not, or they are gone. */
async function sourceOf({ year, number }: PublicationName, store: Store): Promise<Source | undefined> {
  const event = (await publishedIn(year, store)).find(({ happening }) => happening.number === number);
  const kept = event && (await readKeptManifest(event, store.documents as DocumentsReader));
  if (kept === undefined || !kept.asRecorded) return undefined;
  const fileOf = async (name: string) => {
    const bytes = await store.documents.get(publicationKey({ year, number }, name));
    const listed = kept.manifest.files.find((file) => file.name === name);
    return bytes !== undefined && sha256(bytes) === listed?.sha256 ? parseJson(bytes) : undefined;
  };
  const publication = publicationSchema.safeParse(await fileOf(summaryName)).data;
  const catalogue = catalogueSchema.safeParse(await fileOf('catalogue.json')).data;
  return publication && catalogue && { publication, catalogue };
}
