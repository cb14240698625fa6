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

const collections = besideTheProject('collections');

/** Files in which some cell is not as either of the oracles reads it, and why. */
const explained: Readonly<Record<string, string>> = {
  'fastexcel/formula_stress_test.xlsx': 'control characters (_x0007_) are replaced',
  'fastexcel/parseError.xlsx':
    'a cell says that it is a number and holds abc: refused, the oracles give NaN or the text',
  'fastexcel/xlsx-stream-d-date-cell.xlsx':
    'a date written with milliseconds: cut, not rounded; one oracle rounds, one takes it for text',
  'phpspreadsheet/explicitdate.xlsx': 'the same',
  'phpspreadsheet/issue.2488.xlsx':
    'a cell of type b without a value: blank, as Excel shows it; the oracles make it false',
  'phpspreadsheet/issue.4724.xlsx': 'halves of surrogate pairs are replaced; the oracles keep them',
  'readxl/inlineStr2.xlsx':
    'an inline string beside a value: refused as ambiguous; strings of a plain part and runs: joined, the oracles drop one or the other',
};

/** Files in which something cannot be read, and why that is right. */
const refusals: Readonly<Record<string, readonly [rules: string, why: string]>> = {
  'closedxml/SheetsWithoutRelId.xlsx': [
    'file-part-missing',
    'two sheets, of macros, have no part; the other is read',
  ],
  'closedxml/tdf100709.xlsx': ['file-cell-style', 'cells refer to looks behind the last of the hundred'],
  'closedxml/tdf111974.xlsm': [
    'file-part-missing',
    'two sheets, of macros, have no part; the others are read',
  ],
  'closedxml/~$LoadPivotTables.xlsx': [
    'file-is-lock',
    'the name of its user, which Excel keeps beside a workbook that is open: no workbook',
  ],
  'fastexcel/missing-sheet-entry.xlsx': ['file-part-missing', 'the only sheet has no part'],
  'fastexcel/no-sheet.xlsx': ['file-part-missing', 'the only sheet has no part'],
  'fastexcel/no-workbook-rels.xlsx': ['file-part-missing', 'there is no workbook part'],
  'fastexcel/no-workbook-xml.xlsx': ['file-part-missing', 'there is no workbook part'],
  'fastexcel/only-content-types.xlsx': ['file-is-not-a-workbook', 'there are no relationships'],
  'fastexcel/parseError.xlsx': ['file-cell-number', 'a number that is none'],
  'readxl/inlineStr2.xlsx': ['file-cell-ambiguous', 'a cell with two different contents'],
};

describe.skipIf(!existsSync(collections))(
  'workbooks of more projects (skipped where ../shared/collections is absent)',
  () => {
    let results: Comparison[] = [];

    beforeAll(async () => {
      results = await compareAll(collections, [...Object.keys(explained), ...Object.keys(refusals)]);
    });

    test.runIf(isThorough)('at least 99 percent give the cells that the oracles give', () => {
      const { compared, same } = agreement(results);
      console.log(`collections: ${same} of ${compared} workbooks agree`);
      expect(compared).toBeGreaterThan(700);
      expect(same / compared).toBeGreaterThanOrEqual(0.99);
    });

    test('each difference is explained', () => {
      const different = differing(results);
      expect([...different].filter(([file]) => !(file in explained))).toEqual([]);
      expect([...different.keys()]).toEqual(Object.keys(explained));
    });

    test('a workbook is refused only for a reason', () => {
      expect(refused(results)).toEqual(
        Object.fromEntries(Object.entries(refusals).map(([file, [rules]]) => [file, rules])),
      );
    });
  },
);

test.runIf(!existsSync(collections))('the collections are absent: nothing was compared', () => {
  console.log(`skipped: ${collections} is absent`);
});
