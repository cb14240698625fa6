import ExcelJS from 'exceljs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Period } from '../../shared/core/catalogue/period.ts';
import { feedbackFileNames } from '../../shared/core/ledger/receipt.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { adoptInMemory } from '../fixtures/adopted.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { oleFile } from '../fixtures/ole-file.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';

const address = { department: 'sfj', period: '2023-03' };
const lastYear: Catalogue = {
  ...smallCatalogue,
  year: 2022,
  periods: [{ period: '2022-03', due: '2022-04-10', cutOff: '2023-01-31' }],
};

/** The form of the return, rightly filled in: cases 12, money 1.5, buses 3, works one. */
async function goodForm(
  catalogue = smallCatalogue,
  department = 'sfj',
  period: Period = '2023-03',
): Promise<Uint8Array> {
  const number = (text: string) => ({ content: { kind: 'number', text } as const });
  return writeForm(formLayout(catalogue, { department, period }), {
    figures: new Map([
      ['cases', number('12')],
      ['money', number('1.5')],
      ['buses', number('3')],
      ['works', number('1')],
    ]),
    lists: new Map([['works', [{ content: { kind: 'text', text: '《甲》' } as const }]]]),
    signature: { preparer: '张三', reviewer: '李四', telephone: '1', correctionNote: '' },
  });
}

/** The good form after somebody has been at it. `E6` is the cell for cases, `E7` for money. */
async function edited(
  change: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void,
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await goodForm()).buffer as ArrayBuffer);
  change(workbook.getWorksheet('月报')!, workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const typed = (value: ExcelJS.CellValue, cell = 'E6') =>
  edited((sheet) => {
    sheet.getCell(cell).value = value;
  });

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Rows upon rows of formatted empty cells, as a sheet has that was coloured down to the bottom. */
async function overformatted(): Promise<Uint8Array> {
  const rows = Array.from({ length: 100_000 }, (_, index) => {
    const row = index + 200;
    const cells = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R'];
    return `<row r="${row}" spans="1:18" ht="${14 + (row % 7)}" customHeight="1">${cells.map((column) => `<c r="${column}${row}" s="${1 + ((row * 7 + column.charCodeAt(0)) % 5)}"/>`).join('')}</row>`;
  });
  const { unzipSync, strFromU8, strToU8 } = await import('fflate');
  const parts = unzipSync(await goodForm());
  const path = 'xl/worksheets/sheet1.xml';
  const sheet = strFromU8(parts[path]!).replace('</sheetData>', `${rows.join('')}</sheetData>`);
  return zipSync({ ...parts, [path]: strToU8(sheet) }, { level: 6 });
}

interface Line {
  input: string;
  file: () => Promise<Uint8Array> | Uint8Array;
  /** The rules of the findings that it must produce, or the value that cases must come to. */
  refused?: string;
  accepted?: { cases: string; saying?: string };
}

const lines: Line[] = [
  { input: 'a form that is rightly filled in', file: () => goodForm(), accepted: { cases: '12' } },
  {
    input: 'a number typed as text',
    file: () => typed('12'),
    accepted: { cases: '12', saying: 'figure-normalised' },
  },
  {
    input: 'full-width digits',
    file: () => typed('\uff11\uff12'),
    accepted: { cases: '12', saying: 'figure-normalised' },
  },
  {
    input: 'thousands separators',
    file: () => typed('14,366'),
    accepted: { cases: '14366', saying: 'figure-normalised' },
  },
  {
    input: 'a trailing unit',
    file: () => typed('120件'),
    accepted: { cases: '120', saying: 'figure-normalised' },
  },
  {
    input: 'spaces around',
    file: () => typed(' 12\u3000'),
    accepted: { cases: '12', saying: 'figure-normalised' },
  },
  { input: '20余', file: () => typed('20余'), refused: 'figure-approximate' },
  { input: '约30', file: () => typed('约30'), refused: 'figure-approximate' },
  {
    input: 'a formula with a cached value',
    file: () => typed({ formula: '6+6', result: 12 }),
    accepted: { cases: '12', saying: 'figure-normalised' },
  },
  {
    input: 'a formula without one',
    file: () => typed({ formula: '6+6' } as ExcelJS.CellFormulaValue),
    refused: 'figure-formula-without-result',
  },
  { input: 'an error cell', file: () => typed({ error: '#REF!' }), refused: 'figure-is-an-error-value' },
  {
    input: 'a date in a number cell',
    file: () =>
      edited((sheet) => {
        sheet.getCell('E6').value = new Date('2023-03-31');
        sheet.getCell('E6').numFmt = 'yyyy-mm-dd';
      }),
    refused: 'figure-is-a-date',
  },
  { input: 'a negative count', file: () => typed(-2), refused: 'figure-negative' },
  { input: 'a fraction of a case', file: () => typed(1.5), refused: 'figure-too-many-decimals' },
  { input: 'a blank', file: () => typed(null), refused: 'figure-blank' },
  { input: 'a zero', file: () => typed(0), accepted: { cases: '0' } },
  {
    input: '元 in a figure of 万元',
    file: () => typed('15000元', 'E7'),
    accepted: { cases: '12', saying: 'figure-normalised' },
  },
  {
    input: 'merged input cells',
    file: () => edited((sheet) => sheet.mergeCells('E6:E7')),
    refused: 'input-cell-merged',
  },
  {
    input: 'a hidden row',
    file: () =>
      edited((sheet) => {
        sheet.getRow(6).hidden = true;
      }),
    accepted: { cases: '12', saying: 'row-hidden' },
  },
  {
    input: 'sorted rows',
    file: () =>
      edited((sheet) => {
        const [first, second] = [6, 7].map((row) =>
          [1, 2, 3, 4, 5, 8].map((column) => sheet.getCell(row, column).value),
        );
        [1, 2, 3, 4, 5, 8].forEach((column, index) => {
          sheet.getCell(6, column).value = second![index]!;
          sheet.getCell(7, column).value = first![index]!;
        });
      }),
    accepted: { cases: '12' },
  },
  {
    input: 'rows sorted without their hidden column',
    file: () =>
      edited((sheet) => {
        for (const column of [3, 5]) {
          const [first, second] = [sheet.getCell(6, column).value, sheet.getCell(7, column).value];
          sheet.getCell(6, column).value = second;
          sheet.getCell(7, column).value = first;
        }
      }),
    refused: 'row-name-differs',
  },
  {
    input: 'an inserted row',
    file: () => edited((sheet) => sheet.insertRow(6, [])),
    accepted: { cases: '12' },
  },
  {
    input: 'an inserted row with a figure',
    file: () => edited((sheet) => sheet.insertRow(7, [null, null, '其他案件', '件', 5])),
    refused: 'row-unknown',
  },
  {
    input: 'renamed and reordered sheets',
    file: () =>
      edited((sheet, workbook) => {
        sheet.name = '三月';
        workbook.worksheets.forEach((other, index) => {
          (other as unknown as { orderNo: number }).orderNo = 10 - index;
        });
      }),
    accepted: { cases: '12' },
  },
  {
    input: "last year's template",
    file: () => goodForm(lastYear, 'sfj', '2022-03'),
    refused: 'form-of-another-year',
  },
  {
    input: "another department's template",
    file: () => goodForm(smallCatalogue, 'sfj2'),
    refused: 'form-of-another-department',
  },
  {
    input: "another month's template",
    file: () => goodForm(smallCatalogue, 'sfj', '2023-04'),
    refused: 'form-of-another-period',
  },
  { input: 'a workbook that is no form', file: () => otherWorkbook(), refused: 'form-not-recognised' },
  { input: 'an old .xls', file: () => oleFile('Workbook'), refused: 'file-is-old-xls' },
  { input: 'a CSV renamed .xlsx', file: () => bytesOf('指标，本月数\n案件，12\n'), refused: 'file-is-csv' },
  {
    input: 'HTML renamed .xlsx',
    file: () => bytesOf('<html><table><tr><td>12</td></tr></table></html>'),
    refused: 'file-is-html',
  },
  {
    input: 'a password-protected file',
    file: () => oleFile('EncryptedPackage'),
    refused: 'file-is-encrypted',
  },
  {
    input: 'a truncated file',
    file: async () => (await goodForm()).slice(0, 5000),
    refused: 'file-truncated',
  },
  { input: 'a zip bomb', file: async () => bomb(), refused: 'file-bomb' },
  { input: 'an empty file', file: () => new Uint8Array(), refused: 'file-is-empty' },
  { input: '60 MB of formatting', file: overformatted, accepted: { cases: '12' } },
  {
    input: 'a file of more than 10 MB',
    file: () => new Uint8Array(11_000_000).fill(80),
    refused: 'file-too-large',
  },
];

async function otherWorkbook(): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Sheet1').getCell('E6').value = 12;
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

async function bomb(): Promise<Uint8Array> {
  const { unzipSync } = await import('fflate');
  const parts = unzipSync(await goodForm());
  return zipSync({ ...parts, 'xl/worksheets/sheet1.xml': new Uint8Array(30_000_000).fill(32) }, { level: 9 });
}

describe('input as it really comes', () => {
  it.each(lines)('$input has a defined outcome', async ({ file, refused, accepted }) => {
    const ports = inMemoryPorts();
    adoptInMemory(ports, smallCatalogue);
    const bytes = await file();
    const handedOver = {
      address,
      fileName: '月报.xlsx',
      bytes,
      uploadedAt: '2023-04-03T01:15:00.000Z',
      uploader: '张三',
    } as const;
    const upload = await keepUpload(handedOver, ports.documents);
    const recording = { recordedAt: '2023-04-03T01:15:01.000Z', recordedBy: 'tester' } as const;
    const { event, feedback, feedbackFolder } = await ingest({ bytes, upload, ...recording }, ports);
    const errors = feedback.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
    const others = feedback.findings.filter(({ severity }) => severity !== 'error').map(({ rule }) => rule);
    expect(feedback.outcome).toBe(refused === undefined ? 'accepted' : 'refused');
    if (refused !== undefined) expect(errors).toContain(refused);
    if (accepted !== undefined) {
      const { happening } = event;
      const observations = happening.kind === 'return-accepted' ? happening.observations : [];
      expect(observations.find(({ indicator }) => indicator === 'cases')).toMatchObject({
        value: accepted.cases,
      });
      expect(others).toEqual(accepted.saying === undefined ? [] : [accepted.saying]);
    }
    for (const { message } of feedback.findings) expect(message).toMatch(/[\u4e00-\u9fff].*[。；]/);
    expect(sha256((await ports.documents.get(event.happening.upload.key))!)).toBe(sha256(bytes));
    const marked = await ports.documents.get(feedbackFolder + feedbackFileNames.workbook);
    const isOther = event.happening.kind === 'return-refused' && event.happening.misdirected !== undefined;
    const isClean = feedback.findings.length + feedback.warnings.length + feedback.answered.length === 0;
    expect(marked === undefined).toBe(isOther || isClean);
    if (marked !== undefined) expect((await readWorkbook(marked)).findings).toEqual([]);
  });
});
