import { type Catalogue, departmentOf } from '../core/catalogue/catalogue.ts';
import { periodInWords, periodSchema } from '../core/catalogue/period.ts';
import type { Address } from '../core/returns/address.ts';
import type { Finding } from '../core/returns/finding.ts';
import { say } from '../core/returns/findings/findings.ts';
import { nameKey } from '../core/values/text.ts';
import { textOf } from './entries.ts';
import {
  type FormLayout,
  layoutVersion,
  parseIdentityMark,
  rowMarks,
  type SheetIdentity,
  valueIn,
} from './layout.ts';
import { sheetPlace } from './reading/fault.ts';
import type { CellReading, SheetReading, WorkbookReading } from './reading/model.ts';

/** A sheet that carries a form's identity, and the cell that does. */
export interface MarkedSheet {
  sheet: SheetReading;
  mark: CellReading;
  identity: SheetIdentity;
}

/** The sheets of a workbook that are, or were copied from, a form of ours. */
export function findMarkedSheets(reading: WorkbookReading): MarkedSheet[] {
  return reading.sheets.flatMap((sheet) =>
    sheet.cells.flatMap((mark): MarkedSheet[] => {
      if (mark.value.kind !== 'text' || !mark.value.text.includes(layoutVersion)) return [];
      if (mark.formula !== undefined) return [];
      const identity = parseIdentityMark(textOf(sheet, mark));
      return identity === undefined ? [] : [{ sheet, mark, identity }];
    }),
  );
}

/** What the marks of a workbook say: whose return, for which month, and the hash of which catalogue it was made from. */
export interface FormMark extends Address {
  catalogue: string | undefined;
}

/** What all marks of a workbook say as one; undefined what they do not agree about. */
export function identityOf(reading: WorkbookReading): FormMark {
  const identities = findMarkedSheets(reading).map(({ identity }) => identity);
  const onlyOne = (said: string[]) => (new Set(said).size === 1 ? said[0] : undefined);
  return {
    department: onlyOne(identities.map(({ department }) => department)),
    period: onlyOne(identities.map(({ period }) => period)),
    catalogue: onlyOne(identities.map(({ catalogue }) => catalogue)),
  };
}

/** Why a workbook does not say whose return it is: what the file is instead, if it is none of ours. */
export function whyUnidentified(reading: WorkbookReading): Finding[] {
  const errors = reading.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors;
  const marks = new Set(
    findMarkedSheets(reading).map(({ identity }) => `${identity.department} ${identity.period}`),
  );
  if (marks.size === 0) return [say('form-not-recognised')];
  return marks.size === 1 ? [] : [say('form-marks-differ', [...marks].join('、'))];
}

/** Whether the workbook is this form: of this department, period and catalogue, each sheet once. */
export function checkIdentity(marked: MarkedSheet[], catalogue: Catalogue, layout: FormLayout): Finding[] {
  const forms = marked.filter(({ identity }) => partOf(identity) === '');
  const [form] = forms;
  if (form === undefined) return [say('form-not-recognised')];
  const strangers = marked.map(({ identity, sheet }) => foreign(identity, sheet, catalogue, layout));
  const findings = strangers.filter((finding) => finding !== undefined);
  if (findings.length > 0) return findings.slice(0, 1);
  const other = marked.find(({ identity }) => identity.catalogue !== layout.identity.catalogue);
  if (other !== undefined) {
    return [{ ...say('form-of-another-catalogue'), place: sheetPlace(other.sheet.name) }];
  }
  const names = marked.map(({ identity }) => partOf(identity));
  const repeated = marked.find(({ identity }, index) => names.indexOf(partOf(identity)) !== index);
  if (repeated !== undefined) {
    return [{ ...say('sheet-repeated', repeated.sheet.name), place: sheetPlace(repeated.sheet.name) }];
  }
  return [
    ...headingFindings(form, layout),
    ...layout.lists
      .filter(({ indicator }) => !names.includes(`list ${indicator.id}`))
      .map(({ sheet, indicator }) => ({ ...say('sheet-missing', sheet), indicator: indicator.id })),
    ...layout.tables
      .filter(({ grid }) => !names.includes(`table ${grid.table.id}`))
      .map(({ sheet }) => say('sheet-missing', sheet)),
    ...[layout.narratives]
      .filter((each) => each !== undefined && !names.includes('narratives'))
      .map((each) => say('sheet-missing', each!.sheet)),
  ];
}

/** Which part of a form a sheet is; empty for the form itself. */
function partOf({ list, table, narratives }: SheetIdentity): string {
  if (narratives) return 'narratives';
  if (list !== undefined) return `list ${list}`;
  return table === undefined ? '' : `table ${table}`;
}

function foreign(
  identity: SheetIdentity,
  sheet: SheetReading,
  catalogue: Catalogue,
  { identity: expected, headings }: FormLayout,
): Finding | undefined {
  const place = sheetPlace(sheet.name);
  const [found, wanted] = [periodName(identity.period), periodInWords(expected.period)];
  const year = identity.period.slice(0, 4);
  if (year !== expected.period.slice(0, 4)) {
    return { ...say('form-of-another-year', year, { found, expected: wanted }), place };
  }
  if (identity.department !== expected.department) {
    const owner = departmentOf(catalogue, identity.department)?.name ?? identity.department;
    return { ...say('form-of-another-department', owner, valueIn(headings.department)), place };
  }
  return identity.period === expected.period
    ? undefined
    : { ...say('form-of-another-period', found, wanted), place };
}

function periodName(period: string): string {
  const parsed = periodSchema.safeParse(period);
  return parsed.success ? periodInWords(parsed.data) : period;
}

/** The heading that a person sees must not say another department or month than the mark does. */
function headingFindings({ sheet, mark }: MarkedSheet, { headings }: FormLayout): Finding[] {
  const row = sheet.cells.find(
    (cell) =>
      cell.column === mark.column &&
      cell.value.kind === 'text' &&
      cell.value.text.trim() === rowMarks.heading,
  )?.row;
  const texts = sheet.cells.filter((cell) => cell.row === row).map((cell) => textOf(sheet, cell));
  return [headings.department, headings.period].flatMap((expected): Finding[] => {
    const label = nameKey(expected.slice(0, expected.indexOf('：') + 1));
    const found = texts.find((text) => nameKey(text).startsWith(label));
    if (found === undefined || nameKey(found) === nameKey(expected)) return [];
    return [{ ...say('form-heading-differs', found, expected), place: sheetPlace(sheet.name) }];
  });
}
