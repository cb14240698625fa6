import {
  type Catalogue,
  catalogueHash,
  type Deadline,
  deadlineOf,
  departmentOf,
  ownSpanInWords,
} from '../core/catalogue/catalogue.ts';
import type { Indicator, ListIndicator } from '../core/catalogue/indicator.ts';
import { type Narrative, narrativesOnForm } from '../core/catalogue/narratives.ts';
import {
  dayInWords,
  frequencies,
  frequencyOf,
  type Period,
  periodInWords,
} from '../core/catalogue/period.ts';
import { formLines } from '../core/catalogue/signing.ts';
import { addendsOf, type FormIndicator, formIndicators, tablesOnForm } from '../core/catalogue/sums.ts';
import { cellOf, type Grid, type LineOf } from '../core/catalogue/tables.ts';
import { nameIn } from '../core/catalogue/validity.ts';
import type { ReturnKey } from '../core/returns/address.ts';
import { type Signature, signatureWords } from '../core/returns/observation.ts';
import type { Sha256 } from '../core/values/digest.ts';

/**
 * The one place that knows where things stand in a return's workbook. The writer puts cells here; the reader finds
 * them again by the marks, so that sorted or inserted rows and renamed or reordered sheets change nothing.
 *
 * Marks: the first row of the form and of each list sheet is hidden. Its first cell carries the form's identity,
 * the others the role of their column (`#value`). The first column is hidden too and carries what each row is:
 * an indicator id, or a name beginning with `@`.
 */
export const roles = {
  number: '#number',
  name: '#name',
  unit: '#unit',
  value: '#value',
  lastPeriod: '#last-period',
  lastYear: '#last-year',
  yearToDate: '#year-to-date',
  remark: '#remark',
  definition: '#definition',
  item: '#item',
  narrative: '#narrative',
} as const;

export const rowMarks = {
  heading: '@heading',
  header: '@header',
  head: '@head',
  preparer: '@preparer',
  reviewer: '@reviewer',
  telephone: '@telephone',
  date: '@date',
  correctionNote: '@correction-note',
  blanks: '@blanks',
  remark: '@remark',
} as const;

/** Columns of the form sheet, counted from 1. */
export const formColumns = {
  mark: 1,
  number: 2,
  name: 3,
  unit: 4,
  value: 5,
  lastPeriod: 6,
  lastYear: 7,
  yearToDate: 8,
  remark: 9,
  definition: 10,
} as const;

/** Rows of the form sheet above the indicators. */
export const formRows = { marks: 1, title: 2, heading: 3, hint: 4, header: 5, firstIndicator: 6 } as const;

/** Columns and rows of a list sheet. `options` holds the choices of the drop-down list and is hidden. */
export const listColumns = { mark: 1, number: 2, item: 3, options: 5 } as const;
export const listRows = { marks: 1, title: 2, hint: 3, header: 4, firstItem: 5 } as const;

/** Columns and rows of the sheet of a table; below the last row of the table one is left free. */
export const gridColumns = { mark: 1, name: 2, first: 3 } as const;
export const gridRows = { marks: 1, title: 2, hint: 3, header: 4, first: 5 } as const;

/** Columns and rows of the sheet of narratives. */
export const narrativeColumns = { mark: 1, number: 2, name: 3, definition: 4, narrative: 5 } as const;
export const narrativeRows = { marks: 1, title: 2, hint: 3, header: 4, first: 5 } as const;

/** What marks a row or column of a table: its id, so that rows and columns are found wherever they have gone. */
export function gridLineMark(id: string): string {
  return `#${id}`;
}

/**
 * Who a sheet belongs to, as its mark says. `list` is the indicator whose items a list sheet holds, `table` the table
 * that another one holds; `narratives` marks the one that holds those.
 */
export interface SheetIdentity {
  department: string;
  period: string;
  catalogue: string;
  list: string | undefined;
  table: string | undefined;
  narratives: boolean;
}

export const layoutVersion = 'indicators-form/1';
const identityPattern =
  /^indicators-form\/1 department=([a-z0-9-]{1,24}) period=([0-9]{4}(?:-(?:[0-9]{2}|Q[1-4]|H[12]))?) catalogue=([0-9a-f]{64})(?: (list|table)=([a-z0-9-]{1,64})| (narratives))?$/;

export function identityMark(identity: SheetIdentity): string {
  const { department, period, catalogue, list, table, narratives } = identity;
  const form = `${layoutVersion} department=${department} period=${period} catalogue=${catalogue}`;
  if (narratives) return `${form} narratives`;
  if (list !== undefined) return `${form} list=${list}`;
  return table === undefined ? form : `${form} table=${table}`;
}

export function parseIdentityMark(text: string): SheetIdentity | undefined {
  const match = identityPattern.exec(text.trim());
  if (match === null) return undefined;
  const [, department = '', period = '', catalogue = '', of, id, narratives] = match;
  const own = {
    list: of === 'list' ? id : undefined,
    table: of === 'table' ? id : undefined,
    narratives: narratives !== undefined,
  };
  return { department, period, catalogue, ...own };
}

export interface ListSheet {
  sheet: string;
  indicator: ListIndicator;
}

/**
 * Where a table's rows and columns stand on its sheet, the column behind them for remarks on the figures of a row, and the
 * row in which somebody says that blanks are zeros.
 */
export interface GridSheet {
  sheet: string;
  grid: Grid;
  rows: { row: LineOf<'row'>; at: number }[];
  columns: { column: LineOf<'column'>; at: number }[];
  remarkColumn: number;
  blanksRow: number;
}

/** The sheet on which narratives are written, and the row of each. */
export interface NarrativeSheet {
  sheet: string;
  rows: { narrative: Narrative; row: number }[];
}

export interface SignatureRow {
  mark: string;
  label: string;
  row: number;
}

/** A row of the form. `addends` are the rows that a sum adds up; of all else there are none. */
export interface FormRow {
  indicator: FormIndicator;
  row: number;
  list: ListSheet | undefined;
  addends: readonly { sign: 1 | -1; row: number }[];
}

/** A return's form for one department and period. */
export interface FormLayout {
  identity: ReturnKey & { catalogue: Sha256 };
  title: string;
  /** What stands in the top right corner, line by line. */
  corner: readonly string[];
  /** `span` says the days that the period counts by, where they are not the calendar's. */
  headings: { department: string; period: string; span: string | undefined; deadline: string };
  /** The period as the form calls it (`本月`), the one before, and the column for its figures (`本月数`). */
  words: { current: string; before: string; value: string };
  /** What such a return is called: `月报`. */
  report: string;
  notice: string;
  formSheet: string;
  instructionsSheet: string;
  findingsSheet: string;
  rows: FormRow[];
  lists: ListSheet[];
  tables: GridSheet[];
  /** Undefined where the form asks for none. */
  narratives: NarrativeSheet | undefined;
  signature: SignatureRow[];
}

/** The layout of a department's form. Throws if the catalogue expects no such return. */
export function formLayout(catalogue: Catalogue, { department, period }: ReturnKey): FormLayout {
  const sender = departmentOf(catalogue, department);
  const deadline = deadlineOf(catalogue, period);
  if (sender === undefined || deadline === undefined) {
    throw new RangeError(`the catalogue expects no return of ${department} for ${period}`);
  }
  const indicators = formIndicators(catalogue, department, period).filter(
    ({ id }) => cellOf(catalogue, id) === undefined,
  );
  const rowOf = new Map(indicators.map(({ id }, index) => [id, formRows.firstIndicator + index]));
  const lists = indicators
    .filter((indicator) => indicator.kind === 'list')
    .map((indicator, index) => ({ indicator, sheet: listSheetName(indicator, index + 1) }));
  const rows = indicators.map((indicator, index) => ({
    indicator,
    row: formRows.firstIndicator + index,
    list: lists.find((list) => list.indicator === indicator),
    addends:
      indicator.kind === 'sum'
        ? addendsOf(indicator, catalogue).map((each) => ({
            sign: each.sign,
            row: rowOf.get(each.indicator.id)!,
          }))
        : [],
  }));
  const { current, before, report } = frequencies[frequencyOf(period)];
  const signatureStart = formRows.firstIndicator + indicators.length + 1;
  return {
    identity: { department, period, catalogue: catalogueHash(catalogue) },
    title: formTitle(catalogue, period),
    corner: formLines(catalogue.form),
    headings: headingTexts(nameIn(sender, period), deadline),
    words: { current, before, value: `${current}数` },
    report,
    notice: catalogue.notice ?? '',
    formSheet: report,
    instructionsSheet: '填报说明',
    findingsSheet: '校验结果',
    rows,
    lists,
    tables: tablesOnForm(catalogue, { department, period }).map(gridSheet),
    narratives: narrativeSheet(narrativesOnForm(catalogue, { department, period })),
    signature: Object.entries(signatureWords).map(([part, label], index) => ({
      mark: rowMarks[part as keyof Signature],
      label,
      row: signatureStart + index,
    })),
  };
}

/** What a return's form is called: `某市2023年法治政府建设指标月报表`. */
export function formTitle({ title }: Pick<Catalogue, 'title'>, period: Period): string {
  return `${title.replace(/(?:月报|季报|半年报|年报)?目录$/, '')}${frequencies[frequencyOf(period)].report}表`;
}

function headingTexts(departmentName: string, deadline: Deadline): FormLayout['headings'] {
  const { period, due, cutOff } = deadline;
  const span = ownSpanInWords(deadline);
  return {
    department: `填报单位：${departmentName}`,
    period: `报告期：${periodInWords(period)}`,
    span: span === undefined ? undefined : `统计期间：${span}`,
    deadline: `报送截止：${dayInWords(due)}（最迟不晚于${dayInWords(cutOff)}）`,
  };
}

function listSheetName({ name }: Indicator, number: number): string {
  return numberedSheetName('清单', name, number);
}

/** What the sheet of a table is called, on forms and in publications. */
export function tableSheetName({ name }: { name: string }, number: number): string {
  return numberedSheetName('表', name, number);
}

/** A name that a spreadsheet program takes for a sheet, and no other sheet of the workbook has. */
function numberedSheetName(what: string, name: string, number: number): string {
  return [...`${what}${number} ${name.replace(/[[\]:*?/\\']/g, '')}`].slice(0, 31).join('').trim();
}

function gridSheet(grid: Grid, index: number): GridSheet {
  return {
    sheet: tableSheetName(grid.table, index + 1),
    grid,
    rows: grid.rows.map((row, at) => ({ row, at: gridRows.first + at })),
    columns: grid.columns.map((column, at) => ({ column, at: gridColumns.first + at })),
    remarkColumn: gridColumns.first + grid.columns.length,
    blanksRow: gridRows.first + grid.rows.length + 1,
  };
}

/** What the sheet of narratives is called, on forms and in publications. */
export const narrativeSheetName = '文字说明';

function narrativeSheet(narratives: readonly Narrative[]): NarrativeSheet | undefined {
  if (narratives.length === 0) return undefined;
  const rows = narratives.map((narrative, index) => ({ narrative, row: narrativeRows.first + index }));
  return { sheet: narrativeSheetName, rows };
}

/** What a heading says behind its label: `填报单位：市司法局` says 市司法局. */
export function valueIn(heading: string): string {
  return heading.slice(heading.indexOf('：') + 1);
}
