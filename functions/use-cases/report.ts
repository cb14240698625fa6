import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { chainOf, type EventOf, isEvent } from '../../shared/core/ledger/event.ts';
import type { DocumentsReader } from '../../shared/core/ledger/ports.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { parseJson } from '../../shared/core/values/json.ts';
import { type Checked, checkReport, publicationsIn } from '../../shared/report/check.ts';
import { type Parts, readDocx } from '../../shared/report/docx.ts';
import { newTemplate } from '../../shared/report/new-template.ts';
import type { Source } from '../../shared/report/said.ts';
import { readTemplate } from '../../shared/report/template.ts';
import { type UpdatedReport, updateReport } from '../../shared/report/update.ts';
import type { Store } from './adopted.ts';
import { goneTemplate, standingTemplate } from './report-template.ts';
import {
  type PublicationName,
  publicationIn,
  publicationKey,
  readKeptManifest,
} from './stores/publication-store.ts';
import { filled, notFilled, partsOf, ReportError } from './word-file.ts';

/** The report of a publication, in a template that is given or in the one in force; throws `ReportError` with what is wrong. */
export async function makeReport(
  { publication, template }: { publication: PublicationName; template?: Uint8Array | undefined },
  store: Store,
): Promise<Uint8Array> {
  const source = await sourceOf(publication, store);
  if (source === undefined) throw new ReportError(notThere(publication));
  const parts = partsOf(readDocx(template ?? (await templateOf(source.catalogue, store))));
  const errors = readTemplate(parts, source.catalogue).findings.filter(
    ({ severity }) => severity === 'error',
  );
  if (errors.length > 0)
    throw new ReportError(`按这次发布的指标目录，模板中有 ${errors.length} 处要改。`, errors);
  const report = filled(parts, source);
  if (report === undefined) throw new ReportError(notFilled.message, [notFilled]);
  return report;
}

/** The template in force, or the one to begin with by the publication's own catalogue. */
async function templateOf(catalogue: Catalogue, store: Store): Promise<Uint8Array> {
  const standing = await standingTemplate(catalogue.year, store);
  if (standing === undefined) return newTemplate(catalogue);
  if (standing.bytes === undefined) throw new ReportError(goneTemplate.message);
  return standing.bytes;
}

/** What became of a report that people have edited, and the same brought up to date. */
export interface CheckedReport {
  checked: Checked[];
  /** Undefined where none of its figures is outdated. */
  updated: UpdatedReport | undefined;
}

/** Holds every figure of a report that people have edited against the ledger, which is read once for both. */
export async function checkReportFile(bytes: Uint8Array, store: Store): Promise<CheckedReport> {
  const parts = partsOf(readDocx(bytes));
  const known = await knownFor(parts, store);
  const checked = checkReport(parts, known);
  const isOutdated = checked.some(({ verdict }) => verdict === 'outdated');
  return { checked, updated: isOutdated ? updateReport(parts, known) : undefined };
}

/** The same report with every figure as the newest publication says it. */
export async function updateReportFile(bytes: Uint8Array, store: Store): Promise<UpdatedReport> {
  const parts = partsOf(readDocx(bytes));
  return updateReport(parts, await knownFor(parts, store));
}

/** A report may be put together from some that were made of several publications; each of those is read. */
const mostPublications = 24;

/**
 * The publications that a report names, and the newest of their years; of a year without any nothing is known. Throws a `ReportError`
 * where the files of a newest one are others.
 */
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
  const years = [...new Set(named.map(({ year }) => year))].sort((a, b) => b - a);
  const newest = new Map<number, Source>();
  for (const year of years) {
    const published = await publishedIn(year, store);
    const read = async (number: number) => {
      const key = keyOf({ year, number });
      if (!sources.has(key)) sources.set(key, await sourceAmong(published, number, store));
      return sources.get(key);
    };
    for (const each of named) if (each.year === year) await read(each.number);
    const number = published.at(-1)?.happening.number;
    if (number === undefined) continue;
    const source = await read(number);
    if (source === undefined) throw new ReportError(notThere({ year, number }));
    newest.set(year, source);
  }
  const [latest] = newest.values();
  if (latest === undefined) throw new ReportError(`台账中没有${years.join('、')}年的发布，不能核对。`);
  return {
    newest: latest,
    newestOf: (year: number) => newest.get(year),
    sourceOf: (publication: PublicationName) => sources.get(keyOf(publication)),
  };
}

function keyOf({ year, number }: PublicationName): string {
  return `${year} ${number}`;
}

function notThere({ year, number }: PublicationName): string {
  return `台账中没有${year}年第 ${number} 次发布，或者它的文件已不是发布时的样子。`;
}

async function publishedIn(year: number, { ledger }: Store): Promise<EventOf<'published'>[]> {
  return (await ledger.read(chainOf(year, 'office'))).filter((event) => isEvent(event, 'published'));
}

async function sourceOf({ year, number }: PublicationName, store: Store): Promise<Source | undefined> {
  return sourceAmong(await publishedIn(year, store), number, store);
}

/** A publication and its catalogue, as the ledger has them to the byte; undefined if it does not, or they are gone. */
async function sourceAmong(
  published: readonly EventOf<'published'>[],
  number: number,
  store: Store,
): Promise<Source | undefined> {
  const event = published.find(({ happening }) => happening.number === number);
  const kept = event && (await readKeptManifest(event, store.documents as DocumentsReader));
  if (event === undefined || kept === undefined || !kept.asRecorded) return undefined;
  const fileOf = async (name: string) => {
    const bytes = await store.documents.get(publicationKey(event.happening, name));
    const listed = kept.manifest.files.find((file) => file.name === name);
    return bytes !== undefined && sha256(bytes) === listed?.sha256 ? bytes : undefined;
  };
  const publication = await publicationIn({ get: fileOf });
  const file = await fileOf('catalogue.json');
  const catalogue = file && catalogueSchema.safeParse(parseJson(file)).data;
  return publication && catalogue && { publication, catalogue };
}
