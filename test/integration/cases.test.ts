import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import { hasErrors } from '../../shared/core/returns/finding.ts';
import {
  type CellReading,
  readWorkbook,
  type WorkbookReading,
} from '../../shared/workbook/reading/read-workbook.ts';
import { adoptInMemory } from '../fixtures/adopted.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { uploadOf } from '../unit/core/small-year.ts';

const folder = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const catalogue = loadCatalogue(exampleCatalogueFile);
/** The hash that the worked example had when these forms were made of it: the same entries, in an older shape. */
const hashThen = '56f8293ad49aef037ce674b029e8487a3f661da65177959ff26e3c057d54c386';

/** Reads a workbook, its marks as if the form had been made of the example as it is now. */
async function readAsOfNow(bytes: Uint8Array): Promise<WorkbookReading> {
  const reading = await readWorkbook(bytes);
  const markedAnew = (cell: CellReading): CellReading =>
    cell.value.kind === 'text'
      ? {
          ...cell,
          value: { ...cell.value, text: cell.value.text.replace(hashThen, catalogueHash(catalogue)) },
        }
      : cell;
  const sheets = reading.sheets.map((sheet) => ({ ...sheet, cells: sheet.cells.map(markedAnew) }));
  return { ...reading, sheets };
}

/** The event that records a file. */
async function recorded(path: string, bytes: Uint8Array) {
  const ports = inMemoryPorts();
  adoptInMemory(ports, catalogue);
  const upload = uploadOf(path, '2023-04-01T00:00:00.000Z');
  const request = { upload, bytes, recordedAt: upload.uploadedAt, recordedBy: 'tester' };
  const workbooks = { read: readAsOfNow, write: async () => new Uint8Array() };
  return (await ingest(request, { ...ports, workbooks })).event;
}

interface Outcome {
  /** The rules of what was found at the cell that was changed, or of the file. */
  rules: string[];
  /** An indicator's figure, if the return is accepted. */
  figure?: [indicator: string, value: string];
}

/** Files of `../shared/cases`, each a return of 市司法局 for March with one change; its README says what is right. */
const cases: Record<string, Outcome> = {
  'A1-percent-format-shows-300': { rules: ['figure-is-a-percentage'] },
  'A2-format-shows-yuan': { rules: ['figure-normalised'], figure: ['legal-aid-losses-recovered', '12.5'] },
  'A6-format-shows-not-applicable': { rules: ['figure-shown-otherwise'] },
  'B1-never-calculated-zero': { rules: ['figure-formula-without-result'] },
  'C1-list-full-and-half-width': { rules: ['list-count-differs', 'list-item-repeated'] },
  'C4-list-other-column': { rules: ['list-stray'] },
  'D1-sheet-without-part': { rules: ['fault-elsewhere'] },
  'D2-strict-long-fraction-in-notes': { rules: [] },
  'D5-whole-column-merge-in-notes': { rules: [] },
  'E1-direction-marks': { rules: ['figure-normalised'], figure: ['reconsideration-received', '9'] },
  'E4-indicator-name-zero-width': { rules: [], figure: ['reconsideration-received', '9'] },
  'G1-trailer': { rules: ['file-bytes-behind'] },
  'H1-alternate-content-date-format': { rules: ['figure-is-a-date'] },
  'I1-hidden-column': { rules: ['column-hidden'] },
  'J2-horizontal-merge': { rules: ['input-cell-merged-sideways'], figure: ['reconsideration-received', '9'] },
  '2023-03/F1-folder-by-month': { rules: [] },
};

describe.skipIf(!existsSync(folder))(
  'returns that came out wrong (skipped where ../shared/cases is absent)',
  () => {
    test.each(Object.entries(cases))('%s', async (name, { rules, figure }) => {
      const path = name.includes('/') ? name : `sfj/2023-03/${name}`;
      const { happening } = await recorded(path, readFileSync(`${folder}/${name}.xlsx`));
      const found = happening.findings.filter(({ rule }) => rule !== 'signature-missing');
      expect(found.map(({ rule }) => rule)).toEqual(rules);
      expect([happening.department, happening.period]).toEqual(['sfj', '2023-03']);
      expect(happening.kind).toBe(hasErrors(found) ? 'return-refused' : 'return-accepted');
      if (figure === undefined || happening.kind !== 'return-accepted') return;
      expect(happening.observations).toContainEqual(
        expect.objectContaining({ indicator: figure[0], value: figure[1] }),
      );
    });
  },
);

test.runIf(!existsSync(folder))('the cases are absent: nothing was read', () => {
  console.log(`skipped: ${folder} is absent`);
});
