import { instantOf } from '../../shared/core/catalogue/period.ts';
import type { LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import type { Sha256 } from '../../shared/core/values/digest.ts';
import { type Parts, readDocx } from '../../shared/report/docx.ts';
import { readTemplate, type TemplateFinding } from '../../shared/report/template.ts';
import type { Store } from './adopted.ts';
import { appendToOffice, type Decided } from './office.ts';
import { composeNow } from './publish/compose-now.ts';
import { type LedgerYear, readYear } from './read-year.ts';
import { keepReportTemplate } from './stores/report-template-store.ts';
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
