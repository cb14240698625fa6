import type { Documents, DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { type Sha256, sha256 } from '../../../shared/core/values/digest.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { type Parts, readDocx } from '../../../shared/report/docx.ts';
import { newTemplate } from '../../../shared/report/new-template.ts';
import { catalogueFolder } from './catalogue-store.ts';
import { putOnce } from './put-once.ts';

/** A template that an event names is not among the documents as it was adopted. */
export class ReportTemplateGoneError extends Error {
  override readonly name = 'ReportTemplateGoneError';
}

/** Where the template of a year's report is kept by its hash: with the catalogues, which it names. */
export function reportTemplateKey(year: number, hash: string): string {
  return `${catalogueFolder(year)}templates/${hash}.docx`;
}

/** Keeps a template among the documents, before an event names it. */
export async function keepReportTemplate(
  year: number,
  bytes: Uint8Array,
  documents: Documents,
): Promise<Sha256> {
  const hash = sha256(bytes);
  const key = reportTemplateKey(year, hash);
  if ((await putOnce(key, bytes, documents)) === 'holds-other-bytes') {
    throw new ReportTemplateGoneError(`${key} holds other bytes: move them away`);
  }
  return hash;
}

/** A template that is kept, in force or not; undefined where none of that hash is, or it was edited. */
export async function readReportTemplate(
  year: number,
  hash: string,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Uint8Array | undefined> {
  const bytes = await documents.get(reportTemplateKey(year, hash));
  return bytes !== undefined && sha256(bytes) === hash ? bytes : undefined;
}

/** The bytes of the template that stands; undefined where none was adopted. Throws `ReportTemplateGoneError` if it is gone. */
export async function adoptedTemplate(
  { catalogue, reportTemplates }: Pick<YearState, 'catalogue' | 'reportTemplates'>,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Uint8Array | undefined> {
  const hash = reportTemplates.at(-1)?.happening.template;
  if (hash === undefined) return undefined;
  const bytes = await readReportTemplate(catalogue.year, hash, documents);
  if (bytes !== undefined) return bytes;
  const key = reportTemplateKey(catalogue.year, hash);
  throw new ReportTemplateGoneError(`${key} was adopted, and is gone or was edited`);
}

/** The template of the year's report: the one that was adopted last, or the one to begin with. */
export async function standingTemplate(
  state: Pick<YearState, 'catalogue' | 'reportTemplates'>,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<Parts> {
  const bytes = (await adoptedTemplate(state, documents)) ?? newTemplate(state.catalogue);
  const reading = readDocx(bytes);
  if (reading.kind === 'docx') return reading.parts;
  throw new ReportTemplateGoneError(
    `the template of ${state.catalogue.year} cannot be read: ${reading.message}`,
  );
}
