import type { EventOf } from '../../../shared/core/ledger/event.ts';
import type { Documents, DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { type Sha256, sha256 } from '../../../shared/core/values/digest.ts';
import { catalogueFolder } from './catalogue-store.ts';
import { keepOnce } from './put-once.ts';

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
  await keepOnce(reportTemplateKey(year, hash), bytes, documents);
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

/** The template that the reports of a year are written into: the one that was adopted last. */
export interface AdoptedTemplate {
  template: Sha256;
  /** Undefined where it is gone from the documents, or was edited. */
  bytes: Uint8Array | undefined;
}

/** The template that was adopted last of these; undefined where none was. */
export async function adoptedTemplate(
  year: number,
  adoptions: readonly EventOf<'report-template-adopted'>[],
  documents: Pick<DocumentsReader, 'get'>,
): Promise<AdoptedTemplate | undefined> {
  const template = adoptions.at(-1)?.happening.template;
  return template && { template, bytes: await readReportTemplate(year, template, documents) };
}
