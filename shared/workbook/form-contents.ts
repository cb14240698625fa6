import type { Finding } from '../core/returns/finding.ts';
import type { Signature } from '../core/returns/observation.ts';
import type { Entry, RemarkEntry, TableSaid } from '../core/returns/submission.ts';
import type { ReferenceFigures } from '../core/year/reference-figures.ts';

export type SubmittedRemarks = readonly (Pick<RemarkEntry, 'on'> & {
  entry: Pick<Entry, 'content'> & Partial<Entry>;
})[];

/** What to put into a form beside its empty cells. */
export interface FormContents {
  reference?: ReadonlyMap<string, ReferenceFigures>;
  figures?: ReadonlyMap<string, Pick<Entry, 'content' | 'unit'> & Partial<Pick<Entry, 'computed'>>>;
  lists?: ReadonlyMap<string, readonly (Pick<Entry, 'content'> & Partial<Entry>)[]>;
  /** By id of a table: whether it was said that its blank cells are zeros. */
  tables?: ReadonlyMap<string, TableSaid>;
  narratives?: ReadonlyMap<string, Pick<Entry, 'content'>>;
  remarks?: SubmittedRemarks;
  signature?: Partial<Signature>;
  /** Given for a marked workbook: they are shown at their cells and listed on a sheet of their own. */
  findings?: readonly Finding[];
  /** A line under the title, such as that the contents are samples. */
  banner?: string;
}
