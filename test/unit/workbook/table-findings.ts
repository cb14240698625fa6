import type { Finding } from '../../../shared/core/returns/finding.ts';
import { validateReturn } from '../../../shared/core/returns/validation.ts';
import { readForm } from '../../../shared/workbook/form-reader.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout } from '../../../shared/workbook/layout.ts';
import { readWorkbook, type WorkbookReading } from '../../../shared/workbook/reading/read-workbook.ts';
import { catalogueOf, indicator, smallTable } from '../core/small-year.ts';
import { numberIn, put, withSheet } from './form-cases.ts';

const catalogue = catalogueOf({ indicators: [indicator('a')], ...smallTable() });
const january = { department: 'jia', period: '2023-01' } as const;

async function formOf(figures: Record<string, string>): Promise<WorkbookReading> {
  const contents = Object.entries({ a: '1', ...figures }).map(([id, said]) => [id, numberIn(said)] as const);
  return readWorkbook(await writeForm(formLayout(catalogue, january), { figures: new Map(contents) }));
}

const findingsOf = (reading: WorkbookReading): Finding[] =>
  validateReturn(readForm(reading, catalogue, january), catalogue, january).findings;

/** What is said of the form of a catalogue with a table, with these figures in it. */
export const onTable = async (figures: Record<string, string>) => findingsOf(await formOf(figures));

/** What is said where a column of the table has another heading than it was given. */
export async function onMovedTable(): Promise<Finding[]> {
  const other = { kind: 'text', text: '另一列' } as const;
  const reading = await formOf({ 'grid-ra-ca': '1' });
  return findingsOf(withSheet(reading, '表1 表', (sheet) => put(sheet, 4, 3, other)));
}
