import { expect, test } from 'vitest';
import { type FileRule, fileRules } from '../../../shared/workbook/reading/file-rules.ts';
import { corpus } from '../../fixtures/hostile/corpus.ts';
import { mostMemory, type Outcome, readCorpus } from '../../fixtures/hostile/read-corpus.ts';
import { isThorough } from '../../fixtures/thoroughness.ts';

/** Whatever is not as it must be, in words. */
const faultsOf = ({ name, expected, seen, peak }: Outcome) => [
  ...(seen === expected ? [] : [`${name}: expected ${expected}, seen ${seen}`]),
  ...(peak <= mostMemory ? [] : [`${name}: ${Math.round(peak)} MB`]),
];

/** Rules that no file of the corpus is to be refused by, and where they are seen. */
const seenElsewhere: readonly FileRule[] = [
  // files-as-seen.test.ts, test/unit/reading/archive.test.ts and sheet.test.ts: such files are read.
  'file-bytes-before',
  'file-bytes-behind',
  'file-has-macros',
  'file-sheet-skipped',
  // test/unit/reading/limits.test.ts: after so many others, which the corpus would list.
  'file-too-many-findings',
  // A fault of the program: test/property/reading.property.test.ts looks for a file that brings it about.
  'file-unreadable',
];

test('every rule of the reader is one that some file breaks', () => {
  const broken = new Set(corpus.flatMap(({ expected }) => expected.split(' ')));
  const never = Object.keys(fileRules).filter((rule) => !broken.has(rule));
  expect(never.sort()).toEqual(seenElsewhere.toSorted());
});

/** Making and reading the heavy ones takes nearly all of the time. */
const tried = corpus.filter(({ heavy }, index) => isThorough || heavy !== true || index % 8 === 0);

test('each file of the corpus comes to what it must, in a process of 256 MB', async () => {
  const hostile = corpus.filter(({ expected }) => !expected.startsWith('read'));
  expect(hostile.length).toBeGreaterThan(150);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  const outcomes = await readCorpus(tried, 7);
  expect(outcomes).toHaveLength(tried.length);
  expect(outcomes.flatMap(faultsOf)).toEqual([]);
});
