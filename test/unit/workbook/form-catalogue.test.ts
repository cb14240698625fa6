import { describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../../shared/core/catalogue/checks.ts';
import type { Finding } from '../../../shared/core/returns/finding.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formColumns } from '../../../shared/workbook/layout.ts';
import {
  readWorkbook,
  type SheetReading,
  type WorkbookReading,
} from '../../../shared/workbook/reading/read-workbook.ts';
import { catalogue, filled, layoutOf, police, put, read, rowOf, textIn, withSheet } from './form-cases.ts';

const layout = layoutOf(police);
const bytes = await writeForm(layout, filled(layout));
const original = await readWorkbook(bytes);
const first = layout.rows[0]!.indicator.id;

const onForm = (change: (sheet: SheetReading) => SheetReading | SheetReading[]): WorkbookReading =>
  withSheet(original, '月报', change);
const errorsOf = ({ findings }: { findings: Finding[] }) =>
  findings.filter(({ severity }) => severity === 'error');

describe('the catalogue in force', () => {
  it('reads no form that was made from another, since its rows may mean other things', () => {
    const amended = catalogueSchema.parse({ ...catalogue, title: `${catalogue.title}（修订）` });
    const result = read(original, police, amended);
    expect(result.findings).toMatchObject([{ rule: 'form-of-another-catalogue', severity: 'error' }]);
    expect(result.observations).toEqual([]);
  });

  it('takes a department whose name has a blank in it', async () => {
    const departments = catalogue.departments.map((each) =>
      each.id === 'gaj' ? { ...each, name: '市公安局 （交警）' } : each,
    );
    const spaced = catalogueSchema.parse({ ...catalogue, departments });
    const form = layoutOf(police, spaced);
    const result = read(await readWorkbook(await writeForm(form, filled(form))), police, spaced);
    expect(result.findings).toEqual([]);
  });

  it('keeps findings short enough for the ledger where a sheet has an absurd name', () => {
    const name = `${'长'.repeat(63)}\u{20000}${'长'.repeat(100)}`;
    const columns = onForm((sheet) => ({
      ...sheet,
      name,
      cells: sheet.cells.filter(({ column }) => column !== formColumns.value),
    }));
    const figures = onForm((sheet) =>
      put({ ...sheet, name }, rowOf(first), formColumns.value, textIn('约3').content as never),
    );
    for (const reading of [columns, figures]) {
      const [finding] = errorsOf(read(reading));
      expect(finding?.place?.sheet?.length).toBeLessThanOrEqual(64);
      expect(finding?.place?.sheet?.isWellFormed()).toBe(true);
    }
  });
});
