import ExcelJS from 'exceljs';
import { expect, it } from 'vitest';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { cellsOf, gridsOf } from '../../shared/core/catalogue/tables.ts';
import { keptOf } from '../../shared/core/returns/grid.ts';
import { validateReturn } from '../../shared/core/returns/validation.ts';
import { canonicalJson } from '../../shared/core/values/digest.ts';
import { readForm } from '../../shared/workbook/form-reader.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { median, printFigures } from './figures.ts';

const [rows, columns, rounds] = [100, 25, 5];
const lines = (axis: 'row' | 'column', count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...{
      table: 'big',
      axis,
      id: `${axis[0]}${index + 1}`,
      name: `${axis === 'row' ? '第' : '列'}${index + 1}`,
    },
  }));

/** A form of 2,500 figures in one table, with a total of each row and column beside them. */
const catalogue = catalogueSchema.parse({
  ...smallCatalogue,
  indicators: [],
  rules: [],
  tables: [{ id: 'big', name: '大表', unit: '件', definition: '口径。', kind: 'flow', reporters: ['sfj'] }],
  lines: [
    ...lines('row', rows),
    {
      table: 'big',
      axis: 'row',
      id: 'all',
      name: '合计',
      sum: lines('row', rows)
        .map(({ id }) => id)
        .join(' + '),
    },
    ...lines('column', columns),
    {
      ...{ table: 'big', axis: 'column', id: 'sum', name: '总计' },
      sum: lines('column', columns)
        .map(({ id }) => id)
        .join(' + '),
    },
  ],
});
const key = { department: 'sfj', period: '2023-03' } as const;

it('reads, validates and marks a form of 2,500 figures, beside the same through exceljs', async () => {
  const layout = formLayout(catalogue, key);
  const cells = gridsOf(catalogue)
    .flatMap(cellsOf)
    .filter(({ indicator }) => indicator.kind !== 'sum');
  expect(cells).toHaveLength(rows * columns);
  const figures = new Map(
    cells.map(({ indicator }, index) => [
      indicator.id,
      { content: { kind: 'number', text: String((index * 7919) % 1000) } as const },
    ]),
  );
  const bytes = await writeForm(layout, { figures });
  const took = new Map<string, number[]>();
  const timed = async <T>(what: string, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    took.set(what, [...(took.get(what) ?? []), performance.now() - start]);
    return result;
  };
  for (let round = 0; round < rounds; round++) {
    const reading = await timed('read', () => readWorkbook(bytes));
    const submission = await timed('find the figures', () => readForm(reading, catalogue, key));
    const validated = await timed('validate', () => validateReturn(submission, catalogue, key));
    expect(validated.observations).toHaveLength(rows * columns);
    await timed('mark', () => writeForm(layout, { ...submission, findings: validated.findings }));
    const workbook = new ExcelJS.Workbook();
    await timed('exceljs: load', () => workbook.xlsx.load(bytes as never));
    await timed('exceljs: write', () => workbook.xlsx.writeBuffer());
    if (round > 0) continue;
    const { observations, grids } = keptOf(validated.observations, catalogue);
    const kept = Buffer.byteLength(canonicalJson({ observations, grids }));
    const single = Buffer.byteLength(canonicalJson(validated.observations));
    printFigures('bytes', [
      { what: 'the workbook', figure: bytes.length },
      { what: 'its figures one by one', figure: single },
      { what: 'its figures as a grid in the ledger', figure: kept, ratio: kept / single },
    ]);
  }
  const load = median(took.get('exceljs: load') ?? []);
  printFigures(
    'milliseconds',
    [...took].map(([what, all]) => ({ what, figure: median(all), ratio: median(all) / load })),
  );
});
