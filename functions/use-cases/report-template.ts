import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import { chainOf, isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import type { ReportTemplate } from '../../shared/core/publication/publication.ts';
import type { Sha256 } from '../../shared/core/values/digest.ts';
import { onceForEach } from '../../shared/core/values/once-for-each.ts';
import { templateRefusedWords } from '../../shared/core/words.ts';
import type { YearState } from '../../shared/core/year/year-state.ts';
import { type DocxReading, type Parts, readDocx } from '../../shared/report/docx.ts';
import { newTemplate } from '../../shared/report/new-template.ts';
import type { Source } from '../../shared/report/said.ts';
import { readTemplate, type TemplateFinding } from '../../shared/report/template.ts';
import type { Store } from './adopted.ts';
import { appendToOffice, type Decided } from './office.ts';
import { composeNow } from './publish/compose-now.ts';
import { type LedgerYear, readYear } from './read-year.ts';
import { type AdoptedTemplate, adoptedTemplate, keepReportTemplate } from './stores/report-template-store.ts';
import { filled, notFilled, partsOf, ReportError } from './word-file.ts';

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

/** So much of what has to be mended in a template stands in a publication. */
const fewFindings = 20;

const beginning = onceForEach((catalogue: Catalogue): Parts => partsOf(readDocx(newTemplate(catalogue))));

/**
 * The template that the report of a publication is written into: the one that was adopted, or the one to begin with. Where the adopted
 * one is gone, or does not fit the catalogue, what is published says so, and is not held up by it.
 */
export async function templateFor(
  source: Source,
  { reportTemplates }: Pick<YearState, 'reportTemplates'>,
  documents: Store['documents'],
): Promise<{ parts: Parts; report: ReportTemplate }> {
  const { catalogue } = source;
  const adopted = await adoptedTemplate(catalogue.year, reportTemplates, documents);
  const toBeginWith = (refused: ReportTemplate['refused']) => ({
    parts: beginning(catalogue),
    report: { template: null, refused },
  });
  if (adopted === undefined) return toBeginWith(null);
  const { template, bytes } = adopted;
  if (bytes === undefined) return toBeginWith({ template, because: 'gone', findings: [] });
  const reading = readDocx(bytes);
  const faults = faultsOf(reading, catalogue);
  if (reading.kind === 'docx' && faults.length === 0 && filled(reading.parts, source) !== undefined)
    return { parts: reading.parts, report: { template, refused: null } };
  const findings = (faults.length === 0 ? [notFilled] : faults)
    .slice(0, fewFindings)
    .map(({ place, message }) => `${place} ${message}`.trim());
  return toBeginWith({ template, because: 'does-not-fit', findings });
}

/** What of the template in force would not fit a catalogue of its year; nothing where none was adopted. */
export async function examineStanding(catalogue: Catalogue, store: Store): Promise<TemplateFinding[]> {
  const { year } = catalogue;
  const standing = await standingTemplate(year, store);
  if (standing === undefined) return [];
  const { bytes } = standing;
  return bytes === undefined ? [goneTemplate] : faultsOf(readDocx(bytes), catalogue);
}

/** The template in force; undefined where none was adopted. */
export async function standingTemplate(
  year: number,
  { ledger, documents }: Store,
): Promise<AdoptedTemplate | undefined> {
  const office = await ledger.read(chainOf(year, 'office'));
  const adoptions = office.filter((event) => isEvent(event, 'report-template-adopted'));
  return adoptedTemplate(year, adoptions, documents);
}

/** Said of a template in force whose file is not there as it was adopted. */
export const goneTemplate: TemplateFinding = {
  severity: 'error',
  place: '',
  message: `${templateRefusedWords.gone}；请补回文件，或者启用另一份模板。`,
};

/** What forbids to write a report into a template. */
function faultsOf(reading: DocxReading, catalogue: Catalogue): TemplateFinding[] {
  if (reading.kind === 'problem') return [{ severity: 'error', place: '', message: reading.message }];
  return readTemplate(reading.parts, catalogue).findings.filter(({ severity }) => severity === 'error');
}

function isFilled(parts: Parts, year: LedgerYear): boolean {
  const at = instantOf(new Date(Date.UTC(year.catalogue.year + 1, 0)));
  const publication = composeNow(year, { at, previous: undefined });
  return filled(parts, { publication, catalogue: year.catalogue }) !== undefined;
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
