import { readWorkbook, type WorkbookReading } from '../../../shared/workbook/reading/read-workbook.ts';
import { type Fixture, workbookBytes } from '../../fixtures/spreadsheetml.ts';

/** The rows of a sheet with one number in its first cell. */
export const one = '<row r="1"><c r="A1"><v>1</v></c></row>';
/** A workbook with one such sheet. */
export const good = workbookBytes({ sheets: [{ rows: one }] });
/** That number as it is read. */
export const number1 = { kind: 'number', text: '1' };

/** What is read of a workbook of those parts. */
export const read = (fixture: Fixture): Promise<WorkbookReading> => readWorkbook(workbookBytes(fixture));
/** What was found in it. */
export const rules = (reading: WorkbookReading) => reading.findings.map(({ rule }) => rule);
/** The sheets by name, each with the value of its first cell. */
export const firstValues = ({ sheets }: WorkbookReading) =>
  sheets.map(({ name, cells }) => [name, cells[0]?.value]);
