import { type Catalogue, departmentOf } from '../core/catalogue/catalogue.ts';
import { type Period, periodInWords, periodSchema } from '../core/catalogue/period.ts';
import type { Finding } from '../core/returns/finding.ts';
import { excerpt } from '../core/values/text.ts';
import { type FormLayout, parseIdentityMark, rowMarks, type SheetIdentity } from './layout.ts';
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
      if (mark.value.kind !== 'text' || mark.formula !== undefined) return [];
      const identity = parseIdentityMark(mark.value.text);
      return identity === undefined ? [] : [{ sheet, mark, identity }];
    }),
  );
}

/** Whose return a workbook says that it is, if it says one thing. */
export function identityOf(reading: WorkbookReading): { department: string; period: string } | undefined {
  const [first, ...others] = findMarkedSheets(reading).map(({ identity }) => identity);
  if (first === undefined) return undefined;
  const same = others.every(
    ({ department, period }) => department === first.department && period === first.period,
  );
  return same ? { department: first.department, period: first.period } : undefined;
}

/** Whether the workbook is this form: of this department, period and catalogue, each sheet once. */
export function checkIdentity(marked: MarkedSheet[], catalogue: Catalogue, layout: FormLayout): Finding[] {
  const forms = marked.filter(({ identity }) => identity.list === undefined);
  const [form] = forms;
  if (form === undefined) return [notAForm()];
  const strangers = marked.map(({ identity, sheet }) => foreign(identity, sheet, catalogue, layout));
  const findings = strangers.filter((finding) => finding !== undefined);
  if (findings.length > 0) return findings.slice(0, 1);
  const names = marked.map(({ identity }) => identity.list ?? '');
  const repeated = marked.find(({ identity }, index) => names.indexOf(identity.list ?? '') !== index);
  if (repeated !== undefined) return [sheetRepeated(repeated.sheet)];
  return [
    ...headingFindings(form, layout),
    ...layout.lists
      .filter(({ indicator }) => !names.includes(indicator.id))
      .map(({ sheet, indicator }) => listMissing(sheet, indicator.id)),
    ...(form.identity.catalogue === layout.identity.catalogue ? [] : [otherCatalogue()]),
  ];
}

function foreign(
  identity: SheetIdentity,
  sheet: SheetReading,
  catalogue: Catalogue,
  { identity: expected, headings }: FormLayout,
): Finding | undefined {
  const place = { sheet: sheet.name.slice(0, 64).toWellFormed() };
  if (identity.period.slice(0, 4) !== expected.period.slice(0, 4)) {
    return {
      rule: 'form-of-another-year',
      severity: 'error',
      place,
      found: periodName(identity.period),
      expected: periodInWords(expected.period),
      message: `这是${identity.period.slice(0, 4)}年的模板，指标和口径可能不同；请下载${periodInWords(expected.period)}的模板，把数字填入后上传。`,
    };
  }
  if (identity.department !== expected.department) {
    const owner = departmentOf(catalogue, identity.department)?.name ?? identity.department;
    return {
      rule: 'form-of-another-department',
      severity: 'error',
      place,
      found: excerpt(owner),
      expected: headings.department.replace('填报单位：', ''),
      message: `这是${excerpt(owner)}的模板；请下载本部门的模板，把数字填入后上传。`,
    };
  }
  if (identity.period !== expected.period) {
    return {
      rule: 'form-of-another-period',
      severity: 'error',
      place,
      found: periodName(identity.period),
      expected: periodInWords(expected.period),
      message: `这是${periodName(identity.period)}的模板，上传位置却是${periodInWords(expected.period)}；请核对报告期，用对应月份的模板填写后上传。`,
    };
  }
  return undefined;
}

function periodName(period: string): string {
  const parsed = periodSchema.safeParse(period);
  return parsed.success ? periodInWords(parsed.data as Period) : period;
}

function notAForm(): Finding {
  return {
    rule: 'form-not-recognised',
    severity: 'error',
    expected: '本系统下载的月报模板',
    message:
      '文件中找不到本系统模板的标识，系统不能确定各个数字属于哪个指标；请下载本部门本月的模板，把数字填入后上传，不要另建表格，也不要删除隐藏的首行和首列。',
  };
}

function sheetRepeated(sheet: SheetReading): Finding {
  return {
    rule: 'sheet-repeated',
    severity: 'error',
    place: { sheet: sheet.name.slice(0, 64).toWellFormed() },
    found: excerpt(sheet.name),
    message: '同一张表在文件中有两份，系统无法判断以哪一份为准；请删除多余的工作表后上传。',
  };
}

function listMissing(sheet: string, indicator: string): Finding {
  return {
    rule: 'sheet-missing',
    severity: 'error',
    indicator,
    expected: sheet,
    message: `文件中找不到“${sheet}”这张清单表；请重新下载模板填写，不要删除工作表。`,
  };
}

function otherCatalogue(): Finding {
  return {
    rule: 'form-of-another-catalogue',
    severity: 'info',
    message: '模板下载之后指标目录有过修订，本次按现行目录读取；下次请下载新的模板。',
  };
}

/** The heading that a person sees must not say another department or month than the mark does. */
function headingFindings({ sheet, mark }: MarkedSheet, { headings }: FormLayout): Finding[] {
  const row = sheet.cells.find(
    (cell) =>
      cell.column === mark.column &&
      cell.value.kind === 'text' &&
      cell.value.text.trim() === rowMarks.heading,
  )?.row;
  const texts = sheet.cells
    .filter((cell) => cell.row === row)
    .map(({ value }) => (value.kind === 'text' ? value.text.replace(/\s/g, '') : ''));
  return [headings.department, headings.period].flatMap((expected): Finding[] => {
    const label = expected.slice(0, expected.indexOf('：') + 1);
    const found = texts.find((text) => text.startsWith(label));
    if (found === undefined || found === expected.replace(/\s/g, '')) return [];
    return [
      {
        rule: 'form-heading-differs',
        severity: 'error',
        place: { sheet: sheet.name.slice(0, 64).toWellFormed() },
        found: excerpt(found),
        expected,
        message: `表头写的是“${excerpt(found)}”，与模板不符；请用对应部门和月份的模板填写，不要改动表头。`,
      },
    ];
  });
}
