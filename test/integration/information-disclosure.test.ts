import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readCatalogueFile } from '../../functions/use-cases/catalogue-file.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { recomputeTotals } from '../../functions/use-cases/verify/recomputation.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { writeCatalogueWorkbook } from '../../shared/workbook/catalogue/catalogue-writer.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { download, faultsIn, verifyInPython, withPublication } from '../fixtures/downloaded.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import {
  columnNames,
  disclosure,
  idAt,
  printedAt,
  printedRows,
  typedCells,
} from '../fixtures/information-disclosure.ts';
import { isHere } from '../fixtures/programs.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const year = { department: 'zfb', period: '2023' } as const;
const uploadedAt = '2024-01-10T01:00:00.000Z';
const byOffice = {
  publishedAt: '2024-02-01T00:00:00.000Z',
  publishedBy: '法制科',
  software: 'test',
} as const;

async function send(typed: ReadonlyMap<string, string>) {
  const ports = inMemoryPorts();
  await adoptIn(ports, disclosure);
  const figures = new Map(
    [...typed].map(([id, text]) => [id, { content: { kind: 'number', text } as const }]),
  );
  const bytes = await writeForm(formLayout(disclosure, year), { figures });
  const handed = { address: year, fileName: '年报.xlsx', bytes, uploadedAt, uploader: '张三' } as const;
  const upload = await keepUpload(handed, ports.documents);
  const { feedback } = await ingest({ upload, bytes, recordedAt: uploadedAt, recordedBy: '张三' }, ports);
  const errors = feedback.findings.filter(({ severity }) => severity === 'error');
  return { ports, errors };
}

describe('the national table of information disclosure', () => {
  it('is a catalogue that a person can write in a spreadsheet', async () => {
    const reading = await readCatalogueFile(await writeCatalogueWorkbook(disclosure));
    expect(reading).toMatchObject({ kind: 'catalogue', catalogue: disclosure });
  });

  it('published as the same grid, has the figures that were printed, its blanks being zeros', async () => {
    const { ports, errors } = await send(typedCells({ isBalanced: true }));
    expect(errors).toEqual([]);
    const { publication, folder } = await publish({ year: 2023, ...byOffice }, ports);
    expect(publication.status).toBe('final');
    const [table] = publication.tables;
    expect(table?.rows.map(({ name }) => name)).toEqual(printedRows.map(({ name }) => name));
    expect(table?.columns.map(({ name }) => name)).toEqual(columnNames);
    const totals = new Map(publication.totals.map(({ indicator, value }) => [indicator, value]));
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await ports.documents.get(`${folder}summary.xlsx`)) as never);
    const sheet = workbook.getWorksheet('表1 收到和处理政府信息公开申请情况')!;
    const first = sheet.getColumn(1).values.indexOf(printedRows[0]?.name);
    for (const row of printedRows.keys()) {
      for (const column of columnNames.keys()) {
        const printed = printedAt(row, column);
        const published = totals.get(idAt(row, column));
        if (printed !== undefined) expect([row, column, published]).toEqual([row, column, printed]);
        expect(sheet.getCell(first + row, column + 2).value).toBe(Number(published));
      }
    }
  });

  it.skipIf(!isHere('python3', '--version'))(
    'is found sound by both verifiers, which recompute every cell and sum',
    async () => {
      const { ports } = await send(typedCells({ isBalanced: true }));
      await publish({ year: 2023, ...byOffice }, ports);
      const adopted = adoptedAlone(disclosure);
      const files = await download({ chains: ports.events, documents: ports.documents, adopted }, 1);
      expect(await faultsIn(files)).toEqual([]);
      const { code, output } = await verifyInPython(files, await temporaryFolder());
      expect([code, output]).toEqual([0, expect.stringContaining('sound: everything is as it was recorded')]);
      const id = idAt(3, columnNames.length - 1);
      let changed: Publication | undefined;
      const edited = withPublication(files, (publication) => {
        publication.totals.find(({ indicator }) => indicator === id)!.value = '18';
        changed = publication;
      });
      const found = await verifyInPython(edited, await temporaryFolder());
      expect(found.output).toContain(`total ${id}: says 18, its observations come to 17`);
      expect(recomputeTotals(changed!, disclosure).map(({ where }) => where)).toEqual([`total ${id}`]);
    },
  );

  it('does not balance as it was printed, which is said of each column, with both sides and the difference', async () => {
    const { errors } = await send(typedCells({ isBalanced: false }));
    expect(errors.map(({ found }) => found)).toEqual([
      '左边 60，右边 19',
      '左边 7，右边 2',
      '左边 1，右边 0',
    ]);
    expect(errors[0]).toMatchObject({
      place: { sheet: '表1 收到和处理政府信息公开申请情况', cell: 'C5' },
      breakdown: [
        '左边 60',
        '　+ 一、本年新收政府信息公开申请数量·自然人 58',
        '　+ 二、上年结转政府信息公开申请数量·自然人 2',
        '右边 19',
        '　+ （七）总计·自然人 19',
        '　　+ （一）予以公开·自然人 2',
        '　　+ （二）部分公开·自然人 16',
        '　　+ （三）5.属于三类内部事务信息·自然人 1',
        '相差 41',
      ],
    });
  });

  it('is refused where the total of a row is wrong, with row, sum and difference', async () => {
    const [partlyOpen, all] = [3, columnNames.length - 1];
    const typed = typedCells({ isBalanced: true }).set(idAt(partlyOpen, all), '18');
    const { errors } = await send(typed);
    expect(errors).toMatchObject([
      {
        rule: 'sum-differs',
        found: '18',
        expected: '（二）部分公开·自然人 16 + （二）部分公开·商业企业 1 = 17',
        message:
          '“（二）部分公开·总计”填的是 18，各组成项加起来是 17，相差 1；请核对各组成项，这一格可以清除，由系统计算。',
      },
    ]);
  });
});
