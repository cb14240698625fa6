import { readAtTheLimit, readCellsAtTheLimit } from './limit.ts';

/** Reads a whole workbook and returns how many cells it found. */
export type Reader = (file: Uint8Array) => Promise<number>;

const most = Number.MAX_SAFE_INTEGER;

/** The largest of the files has more cells than any form, and would be refused. */
const unbounded = {
  ...{ bytes: most, inflatedBytes: most, inflatedBytesPerEntry: most },
  ...{ cells: most, sharedStrings: most, textInAll: most, steps: most },
};

/** Every reader that is compared, imported when asked for, so that its import can be timed. */
export const readers: Readonly<Record<string, () => Promise<Reader>>> = {
  L: async () => async (file) => readAtTheLimit(file).length,
  'L, our cells': async () => async (file) => readCellsAtTheLimit(file).length,
  ours: async () => {
    const { readWorkbook } = await import('../../../shared/workbook/reading/read-workbook.ts');
    return async (file) => {
      const { sheets, findings } = await readWorkbook(file, unbounded);
      if (findings.length > 0) throw new Error(JSON.stringify(findings));
      return sheets.reduce((sum, sheet) => sum + sheet.cells.length, 0);
    };
  },
  'exceljs load': async () => {
    const { default: exceljs } = await import('exceljs');
    return async (file) => {
      const workbook = new exceljs.Workbook();
      await workbook.xlsx.load(Buffer.from(file) as never);
      let count = 0;
      workbook.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell(() => count++)));
      return count;
    };
  },
  '@e965/xlsx': async () => {
    const { read } = await import('@e965/xlsx');
    return async (file) => countDense(read(file, { type: 'buffer', dense: true }).Sheets);
  },
  'read-excel-file': async () => {
    const { default: readExcel } = await import('read-excel-file/node');
    return async (file) => count(await readExcel(Buffer.from(file)));
  },
  hucre: async () => {
    const { readXlsx } = await import('hucre');
    return async (file) => count((await readXlsx(file)).sheets.map((sheet) => sheet.rows));
  },
  'inflate + saxen': async () => {
    const { readWithSaxen } = await import('./saxen.ts');
    return async (file) => readWithSaxen(file);
  },
};

function countDense(sheets: object): number {
  let found = 0;
  for (const sheet of Object.values(sheets)) {
    const rows: unknown[][] = Array.isArray(sheet) ? sheet : (sheet['!data'] ?? []);
    for (const row of rows) for (const cell of row ?? []) if (cell) found++;
  }
  return found;
}

function count(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + count(each), 0);
  if (value && typeof value === 'object' && 'data' in value) return count(value.data);
  return value === null || value === undefined ? 0 : 1;
}
