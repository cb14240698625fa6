import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { findingSchema } from '../../shared/core/returns/finding.ts';
import { readCatalogueWorkbook } from '../../shared/workbook/catalogue/catalogue-reader.ts';
import {
  writeCatalogueWorkbook,
  writeMarkedCatalogue,
} from '../../shared/workbook/catalogue/catalogue-writer.ts';
import { tables } from '../../shared/workbook/catalogue/columns.ts';
import type { CellReading, SheetReading } from '../../shared/workbook/reading/model.ts';
import { readCatalogueBytes } from '../fixtures/catalogue-workbooks.ts';
import { madeCatalogues } from '../fixtures/made-catalogues.ts';
import { textOf } from '../fixtures/made-parts.ts';

describe('a catalogue and its workbook', () => {
  it('say the same: from JSON to workbook to JSON changes nothing, whatever a catalogue may have', async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(madeCatalogues, async (json) => {
        const parsed = catalogueSchema.safeParse(json);
        fc.pre(parsed.success);
        tried++;
        const reading = await readCatalogueBytes(await writeCatalogueWorkbook(parsed.data));
        expect(reading.findings).toEqual([]);
        if (reading.kind !== 'catalogue') throw new Error('nothing was found, and there is no catalogue');
        expect(reading.catalogue).toEqual(parsed.data);
        expect(catalogueHash(reading.catalogue)).toBe(catalogueHash(parsed.data));
      }),
      { numRuns: 60 },
    );
    expect(tried).toBeGreaterThanOrEqual(60);
  });
});

/** Cells of any content, in places where headings and entries stand. */
const headings = Object.values(tables).flatMap(({ columns }) => columns.map(({ heading }) => heading));
const words = [
  '年份',
  '标题',
  '机关',
  '全部',
  '流量',
  '比率',
  '当月',
  '是',
  '2024-03',
  '甲局',
  'jia',
  '※ 例',
];
const value: fc.Arbitrary<CellReading['value']> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .oneof(fc.constantFrom(...headings, ...words), textOf(0, 20), fc.string({ maxLength: 30 }))
      .map((text) => ({ kind: 'text' as const, text })),
  },
  fc.constantFrom('1', '0.1', '-3', '1E300', '45352').map((text) => ({ kind: 'number' as const, text })),
  fc.boolean().map((each) => ({ kind: 'boolean' as const, value: each })),
  fc.constant({ kind: 'error' as const, code: '#REF!' }),
  fc.constant({ kind: 'blank' as const }),
  fc
    .constantFrom('2024-03-01', '1900-02-29', 'PT9H')
    .map((iso) => ({ kind: 'date' as const, iso, text: '1' })),
);
const position = fc.record({ row: fc.integer({ min: 1, max: 6 }), column: fc.integer({ min: 1, max: 8 }) });
const cell = fc.record({ position, value, isComputed: fc.boolean() }).map(
  (each): CellReading => ({
    ...each.position,
    value: each.value,
    ...(each.isComputed ? { formula: 'A1' } : {}),
  }),
);
const merge = fc.tuple(position, position).map(([a, b]) => ({
  firstRow: Math.min(a.row, b.row),
  lastRow: Math.max(a.row, b.row),
  firstColumn: Math.min(a.column, b.column),
  lastColumn: Math.max(a.column, b.column),
}));

/** A sheet that may have the headings of its table in the first row, or anything. */
function sheetOf(name: string, own: readonly string[]): fc.Arbitrary<SheetReading> {
  const header = own.map(
    (heading, index): CellReading => ({ row: 1, column: index + 1, value: { kind: 'text', text: heading } }),
  );
  const free = fc.uniqueArray(cell, { maxLength: 40, selector: ({ row, column }) => `${row} ${column}` });
  const cells = fc
    .tuple(free, fc.boolean())
    .map(([some, isHeaded]) =>
      (isHeaded ? [...header, ...some.filter(({ row }) => row > 1)] : some).toSorted(
        (a, b) => a.row - b.row || a.column - b.column,
      ),
    );
  return fc.record({
    name: fc.constantFrom(name, name, name, '另一张'),
    visibility: fc.constantFrom('visible' as const, 'hidden' as const),
    showsZeros: fc.boolean(),
    cells,
    merges: fc.array(merge, { maxLength: 3 }),
    conditionalNumberFormats: fc.constant([]),
    hiddenRows: fc.constantFrom<[number, number][]>([], [[2, 4]]),
    hiddenColumns: fc.constantFrom<[number, number][]>([], [[1, 2]]),
  });
}

const sheets = fc.tuple(
  sheetOf('说明', []),
  ...Object.values(tables).map(({ sheet, columns }) =>
    sheetOf(
      sheet,
      columns.map(({ heading }) => heading),
    ),
  ),
);

describe('the reader of catalogue workbooks', () => {
  it('never throws, and says what it says as findings that can be kept and marked', async () => {
    await fc.assert(
      fc.asyncProperty(sheets, fc.boolean(), async (some, calculated) => {
        const reading = readCatalogueWorkbook({ sheets: some, findings: [], calculated });
        for (const finding of reading.findings) {
          expect(findingSchema.safeParse(finding).error, finding.message).toBeUndefined();
        }
        if (reading.kind === 'catalogue') return;
        expect(reading.findings.some(({ severity }) => severity === 'error')).toBe(true);
        const marked = await readCatalogueBytes(await writeMarkedCatalogue(reading.typed, reading.findings));
        expect(marked.kind).toBe('problems');
      }),
      { numRuns: 50 },
    );
  });
});
