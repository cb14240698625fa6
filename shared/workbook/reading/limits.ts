/**
 * Bounds within which a file is read; what goes beyond one is refused, never cut off in silence. They count what the
 * bytes are, never how long they take: the same bytes are read or refused on every machine, however busy it is.
 */
export interface ReadingLimits {
  /** Size of the file itself. */
  readonly bytes: number;
  readonly entries: number;
  readonly inflatedBytesPerEntry: number;
  readonly inflatedBytes: number;
  /** How many times larger than its compressed form an entry above 1 MiB may be. */
  readonly ratioAboveOneMiB: number;
  readonly sheets: number;
  /** Cells with content, over all sheets. */
  readonly cells: number;
  readonly sharedStrings: number;
  /** Characters of one cell. */
  readonly textLength: number;
  /** Characters of all texts and formulas together. */
  readonly textInAll: number;
  readonly formatCodeLength: number;
  readonly styles: number;
  /** Merged ranges and stretches of hidden or shown rows and columns, over all sheets. */
  readonly ranges: number;
  /** Array formulas that fill more than one cell, in one sheet. */
  readonly arrayFormulas: number;
  /** Characters of one XML tag or one stretch of text. */
  readonly tokenLength: number;
  /** What all of it costs, as `Reading.countWork` counts it; the largest of 1,900 workbooks of other projects takes 1.4 million. */
  readonly steps: number;
  /** After so many findings reading stops. */
  readonly findings: number;
}

const mebi = 1024 * 1024;

export const defaultLimits: ReadingLimits = {
  bytes: 10 * mebi,
  entries: 2000,
  inflatedBytesPerEntry: 128 * mebi,
  inflatedBytes: 128 * mebi,
  ratioAboveOneMiB: 200,
  sheets: 256,
  cells: 250_000,
  sharedStrings: 250_000,
  textLength: 32_767,
  textInAll: 8 * mebi,
  formatCodeLength: 255,
  styles: 65_536,
  ranges: 50_000,
  arrayFormulas: 1000,
  tokenLength: mebi,
  steps: 12_000_000,
  findings: 100,
};
