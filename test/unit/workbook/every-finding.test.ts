import { describe, expect, it } from 'vitest';
import { ingest, refuseUnread } from '../../../functions/use-cases/ingest.ts';
import { type ReturnKey, resolveAddress } from '../../../shared/core/returns/address.ts';
import type { Content } from '../../../shared/core/returns/content.ts';
import { type Finding, findingSchema } from '../../../shared/core/returns/finding.ts';
import {
  type FindingRule,
  type FindingWords,
  findingRules,
} from '../../../shared/core/returns/findings/findings.ts';
import { validateReturn } from '../../../shared/core/returns/validation.ts';
import type { Decimal } from '../../../shared/core/values/decimal.ts';
import { oddFinding } from '../../../shared/core/year/outliers.ts';
import { readForm } from '../../../shared/workbook/form-reader.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formColumns, formLayout, roles } from '../../../shared/workbook/layout.ts';
import { parseFormat } from '../../../shared/workbook/number-format/format-code.ts';
import {
  type CellReading,
  readWorkbook,
  type SheetReading,
  type WorkbookReading,
} from '../../../shared/workbook/reading/read-workbook.ts';
import { adoptInMemory } from '../../fixtures/adopted.ts';
import { inMemoryPorts } from '../../fixtures/in-memory-ports.ts';
import { catalogueOf, indicator, reported, uploadOf } from '../core/small-year.ts';
import { afterAdoption, cumulativeFalls, nearDoubles } from './derived-findings.ts';
import { put, withSheet } from './form-cases.ts';
import { narrativeCases } from './narrative-findings.ts';
import { onMovedTable, onTable } from './table-findings.ts';

const list = (more: object) => ({ list: { itemName: '名称', maxItems: 3, maxLength: 4, ...more } });
const catalogue = catalogueOf({
  departments: [
    { id: 'jia', name: '甲局' },
    { id: 'yi', name: '乙局' },
    { id: 'bing', name: '丙局', to: '2023-01', successor: 'jia' },
  ],
  indicators: [
    indicator('a'),
    indicator('b', 'flow', { notApplicable: true }),
    indicator('c', 'flow', { range: { min: '-5', max: '9' } }),
    indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'c' }] }),
    indicator('works', 'list', list({})),
    indicator('kinds', 'list', list({ options: ['盗窃', '诈骗'] })),
  ],
});
const january: ReturnKey = { department: 'jia', period: '2023-01' };

const number = (text: string): Content => ({ kind: 'number', text });
const text = (typed: string): Content => ({ kind: 'text', text: typed });

interface Typed {
  figures?: Record<string, Content>;
  works?: Content[];
  kinds?: Content[];
  preparer?: string;
  note?: string;
}

/** January's form as somebody filled it in: 1 everywhere, one item in each list, but for what is given. */
async function formOf(
  { figures = {}, works = [text('甲')], kinds = [text('盗窃')], preparer = '张三', note = '' }: Typed = {},
  key = january,
): Promise<WorkbookReading> {
  const all: Record<string, Content> = { works: number('1'), kinds: number('1'), ...figures };
  const ids = ['a', 'b', 'c', 'works', 'kinds', ...(all.both === undefined ? [] : ['both'])];
  const contents = ids.map((id) => [id, all[id] ?? number('1')] as const);
  const lists = { works, kinds };
  return readWorkbook(
    await writeForm(formLayout(catalogue, key), {
      figures: new Map(contents.map(([id, content]) => [id, { content }])),
      lists: new Map(Object.entries(lists).map(([id, items]) => [id, items.map((content) => ({ content }))])),
      signature: { preparer, reviewer: '李四', telephone: '1', correctionNote: note },
    }),
  );
}

function read(reading: WorkbookReading, of = catalogue): Finding[] {
  return validateReturn(readForm(reading, of, january), of, january).findings;
}

const typed = async (given: Typed) => read(await formOf(given));
const figure = (content: Content) => typed({ figures: { a: content } });
const onForm = async (change: (sheet: SheetReading) => SheetReading | SheetReading[]) =>
  read(withSheet(await formOf(), '月报', change));
const onFirstList = async (change: (sheet: SheetReading) => SheetReading | SheetReading[]) =>
  read(withSheet(await formOf(), layout.lists[0]?.sheet ?? '', change));

const layout = formLayout(catalogue, january);
const row = (id: string) => layout.rows.find((each) => each.indicator.id === id)?.row ?? 0;
const below = (layout.rows.at(-1)?.row ?? 0) + 9;

/** Another value in the first figure's cell, as the result of a formula or in a format. */
const holding =
  (value: CellReading['value'], more: Partial<CellReading> = {}) =>
  (sheet: SheetReading) => ({
    ...sheet,
    cells: sheet.cells.map((cell) =>
      cell.row === row('a') && cell.column === formColumns.value ? { ...cell, value, ...more } : cell,
    ),
  });

const without = (gone: (cell: SheetReading['cells'][number]) => boolean) => (sheet: SheetReading) => ({
  ...sheet,
  cells: sheet.cells.filter((cell) => !gone(cell)),
});

const isFigureOf = (id: string) => (cell: CellReading) =>
  cell.row === row(id) && cell.column === formColumns.value;

const merged =
  (firstRow: number, lastRow: number, firstColumn: number, lastColumn: number) => (sheet: SheetReading) => ({
    ...sheet,
    merges: [{ firstRow, lastRow, firstColumn, lastColumn }],
  });

function addressed(department: string, period: string): Finding[] {
  const resolution = resolveAddress({ department, period }, catalogue);
  return resolution.kind === 'refused' ? [resolution.finding] : [];
}

const problem = (index: number): Finding => ({
  rule: 'file-unsafe',
  severity: 'error',
  message: `第 ${index} 处有问题。`,
});

/** A store in which nothing has happened but the adoption of the catalogue. */
function adoptedStore() {
  const ports = inMemoryPorts();
  adoptInMemory(ports, catalogue);
  return ports;
}

/** What is recorded of an upload in which so much was found. */
async function kept(findings: Finding[]): Promise<Finding[]> {
  return foundIn({ sheets: [], findings, calculated: true }, 'jia/2023-01/a');
}

/** What is found in a workbook that was put under a name, in folders or not. */
async function foundIn(reading: WorkbookReading, name: string): Promise<Finding[]> {
  const path = uploadOf(name, '2023-02-01T00:00:00.000Z');
  const upload = { ...path, fileName: path.key.split('/').at(-1) ?? '' };
  const workbooks = { read: async () => reading, write: writeForm };
  const request = { upload, bytes: new Uint8Array(), recordedAt: upload.uploadedAt, recordedBy: 'ingest' };
  const { event } = await ingest(request, { ...adoptedStore(), workbooks });
  return event.happening.findings;
}

/** What is said of an upload that could not be fetched. */
async function unread(): Promise<Finding[]> {
  const upload = { ...uploadOf('jia/2023-01/100%', '2023-02-01T00:00:00.000Z'), sha256: null };
  const recording = { recordedAt: upload.uploadedAt, recordedBy: 'ingest' };
  const { feedback } = await refuseUnread({ ...recording, upload }, adoptedStore());
  return feedback.findings;
}

/** The form with another sheet in it, copied from another month's. */
async function withCopiedSheet(): Promise<WorkbookReading> {
  const [form, other] = [await formOf(), await formOf({}, { ...january, period: '2023-02' })];
  return { ...form, sheets: [...form.sheets, ...other.sheets.slice(0, 1)] };
}

const compared = (...months: Decimal[]) => {
  const [now, ...before] = months.map((value) => ({ status: 'reported' as const, value })).toReversed();
  return now === undefined ? [] : [oddFinding(reported(), now, { past: before.toReversed() })];
};
const heading = (column: number, says: string) => (sheet: SheetReading) =>
  put(sheet, 3, column, { kind: 'text', text: says });

/** For each rule a submission of which it is said; a rule that is added has to be added here. */
const cases: Record<FindingRule, () => (FindingWords | undefined)[] | Promise<FindingWords[]>> = {
  'address-unknown-department': () => addressed('ding', '2023-01'),
  'address-unknown-period': () => addressed('jia', '2023-09'),
  'address-malformed': unread,
  'file-name-differs': async () => foundIn(await formOf(), 'jia/2023-01/2月月报'),
  'form-contradicts-address': async () => foundIn(await formOf(), '乙局2月月报'),
  'form-marks-differ': async () => foundIn(await withCopiedSheet(), '月报'),
  'address-not-expected': () => addressed('bing', '2023-02'),
  'form-not-recognised': () => onForm(() => []),
  'form-of-another-year': () =>
    onForm((sheet) => {
      const [mark] = sheet.cells;
      const said = mark?.value.kind === 'text' ? mark.value.text : '';
      return put(sheet, 1, mark?.column ?? 0, { kind: 'text', text: said.replace('2023-01', '2022-01') });
    }),
  'form-of-another-department': async () => read(await formOf({}, { ...january, department: 'yi' })),
  'form-of-another-period': async () => read(await formOf({}, { ...january, period: '2023-02' })),
  'form-of-another-catalogue': async () => read(await formOf(), { ...catalogue, title: '修订后的目录' }),
  'form-heading-differs': () => onForm(heading(2, '填报单位：乙局')),
  'sheet-repeated': () => onForm((sheet) => [sheet, { ...sheet, name: '月报 (2)' }]),
  'sheet-missing': () => onFirstList(() => []),
  'column-repeated': () => onForm((sheet) => put(sheet, 1, 12, { kind: 'text', text: roles.value })),
  'column-missing': () => onForm(without(({ value }) => value.kind === 'text' && value.text === roles.value)),
  'list-column-missing': () => onFirstList(without((cell) => cell.row === 4)),
  'row-missing': () => onForm(without((cell) => cell.row === row('b'))),
  'row-repeated': () =>
    onForm((sheet) => ({
      ...sheet,
      cells: [
        ...sheet.cells,
        ...sheet.cells.filter((cell) => cell.row === row('b')).map((cell) => ({ ...cell, row: below })),
      ],
    })),
  'row-name-differs': () =>
    onForm((sheet) => put(sheet, row('b'), formColumns.name, { kind: 'text', text: '别的指标' })),
  'row-hidden': () => onForm((sheet) => ({ ...sheet, hiddenRows: [[row('b'), row('b')]] })),
  'row-unknown': () => onForm((sheet) => put(sheet, below, formColumns.value, { kind: 'number', text: '9' })),
  'cell-ignored': () =>
    onForm((sheet) => put(sheet, below, formColumns.value, { kind: 'text', text: '以上' })),
  'column-hidden': () => onForm((sheet) => ({ ...sheet, hiddenColumns: [[formColumns.value, 9]] })),
  'sheet-hidden': () => onFirstList((sheet) => ({ ...sheet, visibility: 'hidden' })),
  'fault-elsewhere': async () => {
    const reading = await formOf();
    const elsewhere = { ...problem(1), place: { sheet: '附注', cell: 'B2' } };
    return read({ ...reading, findings: [elsewhere] });
  },
  'figure-shown-conditionally': () =>
    onForm((sheet) => ({
      ...sheet,
      conditionalNumberFormats: [{ firstRow: 1, lastRow: 99, firstColumn: 1, lastColumn: 9 }],
    })),
  'figure-beside': () =>
    onForm((sheet) => put(without(isFigureOf('a'))(sheet), row('a'), 11, { kind: 'number', text: '7' })),
  'input-cell-merged': () => onForm(merged(row('a'), row('b'), formColumns.value, formColumns.value)),
  'input-cell-merged-sideways': () =>
    onForm(merged(row('a'), row('a'), formColumns.value, formColumns.value + 1)),
  'input-cell-merged-left': () => onForm(merged(row('a'), row('a'), formColumns.unit, formColumns.value)),
  'figure-blank': () => figure({ kind: 'blank' }),
  'figure-not-applicable': () => figure(text('不适用')),
  'figure-too-large': () => figure(text('1'.repeat(30))),
  'figure-is-a-date': () => onForm(holding({ kind: 'date', iso: '2023-03-01', text: '44986' })),
  'figure-is-an-error-value': () => onForm(holding({ kind: 'error', code: '#REF!' })),
  'figure-formula-without-result': () => onForm(holding({ kind: 'blank' }, { formula: 'A1' })),
  'figure-formula-not-a-number': () => onForm(holding({ kind: 'text', text: '三' }, { formula: 'A1' })),
  'figure-is-a-percentage': () => figure(text('95%')),
  'figure-shown-otherwise': () =>
    onForm(holding({ kind: 'number', text: '5' }, { format: parseFormat('0"人"') })),
  'figure-unit-differs': () =>
    onForm((sheet) => put(sheet, row('a'), formColumns.unit, { kind: 'text', text: '万元' })),
  'text-struck': () => onForm(holding({ kind: 'number', text: '5' }, { struck: true })),
  'text-raised': () => onForm(holding({ kind: 'text', text: '122', look: 'raised' })),
  'figure-reversed': () => onForm(holding({ kind: 'text', text: '\u202e12' })),
  'figure-approximate': () => figure(text('约3')),
  'figure-word-for-nothing': () => figure(text('无')),
  'figure-not-a-number': () => figure(text('三件')),
  'figure-negative': () => figure(number('-1')),
  'figure-out-of-range': () => typed({ figures: { c: number('10') } }),
  'figure-too-many-decimals': () => figure(number('1.5')),
  'figure-normalised': () => figure(text('３件')),
  'list-item-too-long': () => typed({ works: [text('五个字以上')] }),
  'list-item-unknown': () => typed({ kinds: [text('抢劫')] }),
  'list-item-not-text': () => onFirstList((sheet) => put(sheet, 6, 3, { kind: 'error', code: '#N/A' })),
  'list-item-no-name': () => typed({ works: [text('无')] }),
  'list-item-repeated': () => typed({ works: [text('甲'), text('甲')] }),
  'list-stray': () => onFirstList((sheet) => put(sheet, 6, 4, { kind: 'text', text: '乙' })),
  'list-too-long': () => typed({ works: ['甲', '乙', '丙', '丁'].map(text) }),
  'list-count-taken': () => typed({ figures: { works: { kind: 'blank' } } }),
  'list-count-differs': () => typed({ figures: { works: number('2') } }),
  'sum-differs': () => typed({ figures: { both: number('3') } }),
  'sum-not-read': () => typed({ figures: { both: text('见附件') } }),
  'table-empty': () => onTable({}),
  ...narrativeCases,
  'table-blanks': () => onTable({ 'grid-ra-ca': '1' }),
  'column-name-differs': onMovedTable,
  'signature-missing': () => typed({ preparer: '' }),
  'correction-note-too-long': () => typed({ note: '字'.repeat(501) }),
  'more-findings': () => kept(Array.from({ length: 1000 }, (_, index) => problem(index))),
  'figures-not-counted': afterAdoption,
  'figures-asked-since': afterAdoption,
  'cumulative-falls': cumulativeFalls,
  'near-doubles': nearDoubles,
  'unit-slip': () => compared('300', '310', '3000000'),
  outlier: () => compared('30', '34', '29', '41', '36', '33', '400'),
  'nothing-after-steady': () => compared('30', '34', '29', '0'),
};

describe('every kind of finding', () => {
  it.each(Object.entries(cases))('%s can happen, and says how bad it is', async (rule, findings) => {
    const said = (await findings()).filter((finding) => finding?.rule === rule);
    expect(said.length).toBeGreaterThan(0);
    for (const finding of said) {
      expect(findingSchema.parse(finding).severity).toBe(findingRules[rule as FindingRule].severity);
    }
  });

  it('is none where the reader itself fails: that is thrown, to be tried again', async () => {
    const fault: Finding = { rule: 'file-unreadable', severity: 'error', message: '系统读取文件时出错。' };
    await expect(kept([fault])).rejects.toThrow('the reader failed on a file');
  });

  it('leaves nothing to say of a form that is filled in as it should be', async () => {
    expect(await typed({})).toEqual([]);
  });
});
