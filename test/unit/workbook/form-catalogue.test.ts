import { describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../../shared/core/catalogue/checks.ts';
import type { Finding } from '../../../shared/core/returns/finding.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formColumns, formRows } from '../../../shared/workbook/layout.ts';
import {
  readWorkbook,
  type SheetReading,
  type WorkbookReading,
} from '../../../shared/workbook/reading/read-workbook.ts';
import {
  catalogue,
  edited,
  filled,
  layoutOf,
  opened,
  police,
  put,
  read,
  rowOf,
  textIn,
  withSheet,
} from './form-cases.ts';

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

describe('the corner of a form', () => {
  it('says under which number and authority it stands, and until when; a form of which none is said has the title alone', async () => {
    const form = {
      number: '=表1',
      authority: '某市统计局',
      approval: '某统制〔2023〕1号',
      validUntil: '2026年6月',
    };
    const numbered = layoutOf(police, catalogueSchema.parse({ ...catalogue, form }));
    const sheet = (await opened(await writeForm(numbered, filled(numbered)))).getWorksheet('月报')!;
    const corner = sheet.getCell(formRows.title, formColumns.definition);
    expect(corner.value).toBe(
      '表号：=表1\n制定机关：某市统计局\n批准文号：某统制〔2023〕1号\n有效期至：2026年6月',
    );
    expect(sheet.getCell(formRows.title, formColumns.number).value).toBe(numbered.title);
    const plain = (await opened(bytes)).getWorksheet('月报')!;
    expect(plain.getCell(formRows.title, formColumns.definition).value).toBe(layout.title);
  });

  it('leaves what is signed to be typed: who is in charge, who filled in, who reviewed, when', () => {
    expect(layout.signature.map(({ label }) => label)).toEqual([
      ...['单位负责人', '填报人', '审核人', '联系电话', '日期', '更正说明'],
    ]);
  });

  it('takes a date that a spreadsheet program made of what was typed', async () => {
    const { row } = layout.signature.find(({ label }) => label === '日期')!;
    const dated = await edited(bytes, (workbook) => {
      const cell = workbook.getWorksheet('月报')!.getCell(row, formColumns.value);
      Object.assign(cell, { value: new Date('2023-12-05T00:00:00Z'), numFmt: 'yyyy-mm-dd' });
    });
    expect(read(await readWorkbook(dated)).signature.date).toBe('2023-12-05');
  });
});
