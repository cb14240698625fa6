import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  agreement,
  besideTheProject,
  type Comparison,
  compareAll,
  differing,
  refused,
} from '../fixtures/oracles.ts';
import { isThorough } from '../fixtures/thoroughness.ts';

const corpora = besideTheProject('corpora');

/** Files in which some cell is not as either of the oracles reads it, and why. */
const explained: Readonly<Record<string, string>> = {
  'calamine/inlineStr_with_value.xlsx':
    'a cell has the inline string "1." and the value 1.0: refused as ambiguous, the oracles drop the value',
  'calamine/minimal_package.xlsx':
    'strings have a plain part and runs: joined; the oracles drop one or the other',
  'calamine/richtext-after-plain.xlsx': 'the same',
  'sheetjs/formula_stress_test.xlsx': 'control characters (_x0007_) are replaced',
  'sheetjs/large_strings.xlsx': '50 million characters of text: refused as too much',
  'sheetjs/xlsx-stream-d-date-cell.xlsx':
    'a date written with milliseconds: cut, not rounded; one oracle rounds, one takes it for text',
  'xlsxwriter/escapes09.xlsx': 'control characters are replaced',
  'xlsxwriter/optimize06.xlsx': 'control characters are replaced',
  'xlsxwriter/shared_strings01.xlsx': 'control characters are replaced',
  'xlsxwriter/shared_strings03.xlsx': 'U+FFFE and U+FFFF are replaced',
};

/** Workbooks that are refused, and by which rule. */
const refusals: Readonly<Record<string, string>> = {
  'calamine/inlineStr_with_value.xlsx': 'file-cell-ambiguous',
  // Its relationships were edited by hand: the CRC does not fit.
  'calamine/issue252.xlsx': 'file-inflates-too-far',
  'calamine/pass_protected.xlsx': 'file-is-encrypted',
  // Empty files.
  'sheetjs/calendar_stress_test.xlsx': 'file-is-empty',
  'sheetjs/datetime_8192__datetime_8192.xlsx': 'file-is-empty',
  'sheetjs/large_strings.xlsx': 'file-too-much-text',
};

describe.skipIf(!existsSync(corpora))(
  'workbooks of other projects (skipped where ../shared/corpora is absent)',
  () => {
    let results: Comparison[] = [];

    beforeAll(async () => {
      results = await compareAll(corpora, [...Object.keys(explained), ...Object.keys(refusals)]);
    });

    test.runIf(isThorough)('at least 99 percent give the cells that the oracles give', () => {
      const { compared, same } = agreement(results);
      console.log(`corpus: ${same} of ${compared} workbooks agree`);
      expect(compared).toBeGreaterThan(1000);
      expect(same / compared).toBeGreaterThanOrEqual(0.99);
    });

    test('each difference is explained', () => {
      const different = differing(results);
      expect([...different].filter(([file]) => !(file in explained))).toEqual([]);
      expect([...different.keys()]).toEqual(Object.keys(explained));
    });

    test('a workbook is refused only for a reason', () => {
      expect(refused(results)).toEqual(refusals);
    });

    test.each([
      ['.xls', 'file-is-old-xls'],
      ['.ods', 'file-is-ods'],
    ])('each %s is named as what it is', (extension, rule) => {
      const named = results.filter(({ file }) => file.endsWith(extension));
      const others = named.filter(({ rules }) => rules[0] !== rule).map(({ file }) => file);
      // One is a text of 16 bytes, one is empty.
      const known = ['calamine/adhocallbabynames1996to2016.xls', 'calamine/too_small.xls'];
      expect(others.filter((file) => !known.includes(file))).toEqual([]);
    });
  },
);

test.runIf(!existsSync(corpora))('the corpus is absent: nothing was compared', () => {
  console.log(`skipped: ${corpora} is absent`);
});
