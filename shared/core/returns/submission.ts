import type { Content, Look } from './content.ts';
import type { Finding, Place } from './finding.ts';
import { type Signature, unsigned } from './observation.ts';

/**
 * The content of an input cell and where it stands. `computed` is true for the cached result of a formula; `unit` is
 * what the form's own column of units says beside it, where that is another unit than the indicator's; `look` is how
 * the content, or some of it, stands there, where that is not plainly.
 */
export interface Entry {
  content: Content;
  computed: boolean;
  place: Place;
  unit?: string;
  look?: Look;
}

/** What is said of a table as a whole: that its blank cells are zeros. */
export interface TableSaid {
  areBlanksZero: boolean;
}

/** What a remark is on: a figure, or the figures of a row of a table. */
export type RemarkOn = { kind: 'figure'; indicator: string } | { kind: 'row'; table: string; row: string };

/** What stands beside a figure, or at the end of a row of a table, by the name of which it is spoken of. */
export interface RemarkEntry {
  on: RemarkOn;
  name: string;
  entry: Entry;
}

/** What a department typed into a form, before anything is made of it. */
export interface Submission {
  /** By indicator id; an indicator whose row is not in the file is absent. */
  figures: Map<string, Entry>;
  /** By id of a list indicator: its items in order, blanks left out. */
  lists: Map<string, Entry[]>;
  /** By id of a narrative; one whose row is not in the file is absent. */
  narratives: Map<string, Entry>;
  /** What is not blank beside figures. */
  remarks: RemarkEntry[];
  /** By id of a table that was read. */
  tables: Map<string, TableSaid>;
  signature: Signature;
  /** What is wrong with the form itself: identity, rows, columns. */
  findings: Finding[];
}

/** A submission in which nothing was typed. */
export function emptySubmission(findings: Finding[] = []): Submission {
  return {
    figures: new Map(),
    lists: new Map(),
    narratives: new Map(),
    remarks: [],
    tables: new Map(),
    signature: { ...unsigned },
    findings,
  };
}
