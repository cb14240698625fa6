import type { Instant, Period } from '../../shared/core/catalogue/period.ts';

/** What is amiss, or out of the ordinary, with an upload of the sample. */
export type Blemish = 'late' | 'refused' | 'corrected' | 'restated' | 'other-program';

/** One workbook that a department of the sample year uploads. Every name and number in it is made up. */
export interface SampleSubmission {
  department: string;
  period: Period;
  fileName: string;
  uploadedAt: Instant;
  uploader: string;
  preparer: string;
  reviewer: string;
  phone: string;
  /** 更正说明; empty if there is none. */
  correctionNote: string;
  savedBy: 'template' | 'other-program';
  /** What stands in each indicator's input cell, empty for a blank one; for a list, how many items it has. */
  entries: Record<string, string>;
  /** The items of each list. */
  items: Record<string, string[]>;
  /** What is written for each narrative; nothing where it is left blank. */
  texts: Record<string, string>;
  /** What is written beside figures, by indicator. */
  remarks: Record<string, string>;
  blemish?: Blemish;
}
