import type { Finding, Place } from './finding.ts';

/** What stands in a cell, as read from the file. A number keeps the digits that are stored. */
export type Content =
  | { kind: 'number'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'error'; code: string }
  | { kind: 'date'; iso: string; text: string }
  | { kind: 'blank' };

/** The content of an input cell and where it stands. `computed` is true for the cached result of a formula. */
export interface Entry {
  content: Content;
  computed: boolean;
  place: Place;
}

/** What a department typed into a form, before anything is made of it. */
export interface Submission {
  /** By indicator id; an indicator whose row is not in the file is absent. */
  figures: Map<string, Entry>;
  /** By id of a list indicator: its items in order, blanks left out. */
  lists: Map<string, Entry[]>;
  signature: { preparer: string; reviewer: string; telephone: string; correctionNote: string };
  /** What is wrong with the form itself: identity, rows, columns. */
  findings: Finding[];
}

/** A submission in which nothing was typed. */
export function emptySubmission(findings: Finding[] = []): Submission {
  return {
    figures: new Map(),
    lists: new Map(),
    signature: { preparer: '', reviewer: '', telephone: '', correctionNote: '' },
    findings,
  };
}
