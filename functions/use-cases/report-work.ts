import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Sha256 } from '../../shared/core/values/digest.ts';
import { newTemplate } from '../../shared/report/new-template.ts';
import type { TemplateFinding } from '../../shared/report/template.ts';
import type { UpdatedReport } from '../../shared/report/update.ts';
import type { Store } from './adopted.ts';
import { type CheckedReport, checkReportFile, makeReport, updateReportFile } from './report.ts';
import { examineStanding, examineTemplate } from './report-template.ts';
import type { PublicationName } from './stores/publication-store.ts';
import { readReportTemplate } from './stores/report-template-store.ts';
import { ReportError } from './word-file.ts';

/** What came of work on a Word file, or why it cannot be done, in Chinese, with what has to be mended in a template. */
export type ReportOutcome<T> =
  | { kind: 'done'; result: T }
  | { kind: 'refused'; message: string; findings: readonly TemplateFinding[] };

/** Of which publication, and in which template that was uploaded, if not in the one in force. */
export interface WantedReport extends PublicationName {
  template?: Sha256 | undefined;
}

/** What is done with the report and its template that reads or writes Word files; their bytes may be anybody's. */
export interface ReportWork {
  newTemplate(catalogue: Catalogue): Promise<Uint8Array>;
  examineTemplate(file: { bytes: Uint8Array; year: number }): Promise<ReportOutcome<TemplateFinding[]>>;
  /** What of the template in force would not fit a catalogue of its year. */
  examineStanding(catalogue: Catalogue): Promise<TemplateFinding[]>;
  /** The report of a publication, in a template that is kept or else in the one in force. */
  makeReport(wanted: WantedReport): Promise<ReportOutcome<Uint8Array>>;
  /** Every figure held against the ledger, and the report brought up to date if any is outdated. */
  checkReport(bytes: Uint8Array): Promise<ReportOutcome<CheckedReport>>;
  updateReport(bytes: Uint8Array): Promise<ReportOutcome<UpdatedReport>>;
}

/** Does it over a store, with faults of files as values: an error loses what it says on its way out of a thread. */
export function reportWork(store: Store): ReportWork {
  return {
    newTemplate: async (catalogue) => newTemplate(catalogue),
    examineTemplate: ({ bytes, year }) => outcomeOf(examineTemplate(bytes, year, store)),
    examineStanding: (catalogue) => examineStanding(catalogue, store),
    makeReport: (wanted) => outcomeOf(makeWanted(wanted, store)),
    checkReport: (bytes) => outcomeOf(checkReportFile(bytes, store)),
    updateReport: (bytes) => outcomeOf(updateReportFile(bytes, store)),
  };
}

async function makeWanted({ year, number, template: hash }: WantedReport, store: Store): Promise<Uint8Array> {
  const template = hash && (await readReportTemplate(year, hash, store.documents));
  if (hash !== undefined && template === undefined) throw new ReportError('没有保存过这份模板，请重新上传。');
  return makeReport({ publication: { year, number }, template }, store);
}

async function outcomeOf<T>(work: Promise<T>): Promise<ReportOutcome<T>> {
  try {
    return { kind: 'done', result: await work };
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    const { message, findings } = error;
    return { kind: 'refused', message, findings };
  }
}
