import { describe, expect, test } from 'vitest';
import type { ReadingLimits } from '../../../shared/workbook/reading/read-workbook.ts';
import { workbookBytes } from '../../fixtures/spreadsheetml.ts';
import { rulesOf } from './refusals.ts';

describe('bounds', () => {
  const rows = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => `<row r="${index + 1}"><c r="A${index + 1}" t="inlineStr"><is><t>文字</t></is></c></row>`,
    ).join('');
  const many = workbookBytes({
    sheets: [{ rows: rows(10) }, { rows: rows(10) }],
    strings: '<si><t>a</t></si>'.repeat(9),
    styles: [0, 0, 0],
  });

  test.each<[limit: Partial<ReadingLimits>, rule: string]>([
    [{ bytes: 100 }, 'file-too-large'],
    [{ entries: 5 }, 'file-bomb'],
    [{ inflatedBytesPerEntry: 500 }, 'file-bomb'],
    [{ inflatedBytes: 2000 }, 'file-bomb'],
    [{ sheets: 1 }, 'file-too-many-sheets'],
    [{ cells: 19 }, 'file-too-many-cells'],
    [{ sharedStrings: 8 }, 'file-too-many-strings'],
    [{ styles: 2 }, 'file-too-many-styles'],
    [{ textInAll: 40 }, 'file-too-much-text'],
    [{ tokenLength: 5 }, 'file-token-too-long'],
    [{ steps: 100 }, 'file-too-much-work'],
  ])('%o', async (limit, rule) => {
    const [name, value] = Object.entries(limit)[0] ?? [];
    const bytes = name === 'tokenLength' ? workbookBytes({ sheets: [{ xml: '<worksheet' }] }) : many;
    expect(await rulesOf(bytes, limit)).toEqual([rule]);
    expect(await rulesOf(many, { [name ?? '']: Number(value) + 1_000_000 })).toEqual([]);
  });

  test('merges, hidden rows and array formulas are bounded', async () => {
    const merges = `<mergeCells>${'<mergeCell ref="A1:B2"/>'.repeat(11)}</mergeCells>`;
    expect(await rulesOf(workbookBytes({ sheets: [{ after: merges }] }), { ranges: 10 })).toEqual([
      'file-too-many-ranges',
    ]);
    const hidden = Array.from({ length: 11 }, (_, index) => `<row r="${index * 2 + 1}" hidden="1"/>`).join(
      '',
    );
    expect(await rulesOf(workbookBytes({ sheets: [{ rows: hidden }] }), { ranges: 10 })).toEqual([
      'file-too-many-ranges',
    ]);
  });

  test('reading stops after many findings', async () => {
    const bad = '<row r="1"><c r="A1"><v>x</v></c></row>'.repeat(200);
    const found = await rulesOf(workbookBytes({ sheets: [{ rows: bad }] }), { findings: 5 });
    expect(found).toEqual([...Array(5).fill('file-cell-number'), 'file-too-many-findings']);
  });
});
