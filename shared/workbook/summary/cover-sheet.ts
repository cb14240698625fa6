import type { Workbook, Worksheet } from 'exceljs';
import { comparePeriods, localTime, periodInYear } from '../../core/catalogue/period.ts';
import { namesOf } from '../../core/publication/names.ts';
import type { Publication } from '../../core/publication/publication.ts';
import type { Gap } from '../../core/totals/total.ts';
import { gapWords, sourceInWords, statusWords } from '../../core/words.ts';
import { tableSheetName } from '../layout.ts';
import { safeText } from '../save.ts';
import { rowHeight } from '../styles.ts';
import { contents, sheetNames } from './sheet-names.ts';
import { coverLooks, type Look } from './styles.ts';
import { pageSetup, type Running, runningHeads } from './table.ts';
import { textTables } from './texts-sheet.ts';

const labelWidth = 20;
const valueWidth = 70;

/** The first sheet: what this is, whether it is final, what is missing, where it comes from, what else there is. */
export function addCover(workbook: Workbook, publication: Publication, running: Running): void {
  const sheet = workbook.addWorksheet(sheetNames.cover, {
    views: [{ state: 'normal', showGridLines: false }],
    pageSetup: pageSetup('portrait'),
    headerFooter: runningHeads(running),
  });
  sheet.getColumn(1).width = labelWidth;
  sheet.getColumn(2).width = valueWidth;
  addSpace(sheet, 24);
  addWide(sheet, publication.authority, coverLooks.authority);
  addWide(sheet, coverTitle(publication), coverLooks.title, 20);
  addWide(sheet, `第 ${publication.number} 次发布`, coverLooks.subtitle);
  addSpace(sheet, 12);
  addStatus(sheet, publication);
  if (publication.notice !== '') {
    addSpace(sheet, 8);
    addWide(sheet, `注意：${publication.notice}`, coverLooks.notice, 12);
  }
  addMissing(sheet, publication);
  addPending(sheet, publication);
  addFacts(sheet, publication);
  addContents(sheet, publication);
}

function addStatus(sheet: Worksheet, { status, totals }: Publication): void {
  addSpace(sheet, 4);
  if (status === 'final') {
    addWide(sheet, `${statusWords.final}\n应报的报表都已计入`, coverLooks.final, 20);
    return;
  }
  const provisional = totals.filter((total) => total.status === 'provisional').length;
  addWide(
    sheet,
    `${statusWords.provisional}\n${totals.length} 项指标中 ${provisional} 项还不是最终数`,
    coverLooks.provisional,
    20,
  );
}

/** A catalogue's title names the catalogue; the workbook holds its totals. */
function coverTitle({ title }: Publication): string {
  return `${title.replace(/目录$/, '')}年度汇总`;
}

function addMissing(sheet: Worksheet, publication: Publication): void {
  const names = namesOf(publication);
  const lines = missingByDepartment(publication);
  const early = publication.returns.filter(({ standing }) => standing === 'not-due');
  if (lines.length === 0 && early.length === 0) return;
  addHeading(sheet, '缺少的报表');
  for (const { department, text } of lines) addPair(sheet, names.department(department), text);
  if (early.length > 0) {
    const periods = [...new Set(early.map(({ period }) => period))].sort(comparePeriods).map(periodInYear);
    addPair(sheet, gapWords['not-due'], `${publication.year}年${periods.join('、')}，共 ${early.length} 份`);
  }
}

function addPending(sheet: Worksheet, { warnings, held }: Publication): void {
  const open = warnings.filter(({ acknowledged }) => acknowledged === null).length;
  if (open === 0 && held.length === 0) return;
  addHeading(sheet, '待处理事项');
  if (open > 0) addPair(sheet, '未确认的预警', `${open} 条，见“${sheetNames.warnings}”`);
  if (held.length > 0) addPair(sheet, '暂存的报表', `${held.length} 份，见“${sheetNames.warnings}”`);
}

/** For each department, which periods are missing and why, but for what is not due; with when a held or refused return came. */
function missingByDepartment({ departments, totals, returns, year, utcOffset }: Publication) {
  const standings = new Map(returns.map((row) => [`${row.department} ${row.period}`, row]));
  const gaps = new Map<string, Gap>();
  for (const gap of totals.flatMap(({ coverage }) => coverage.missing)) {
    if (gap.because === 'not-due') continue;
    gaps.set(`${gap.department} ${gap.period} ${gap.because}`, gap);
  }
  const byDepartment = Map.groupBy(gaps.values(), ({ department }) => department);
  const order = [...new Set([...departments.map(({ id }) => id), ...byDepartment.keys()])];
  return order.flatMap((department) => {
    const own = Map.groupBy(byDepartment.get(department) ?? [], ({ because }) => because);
    const text = [...own].map(([because, missing]) => {
      const periods = missing
        .toSorted((a, b) => comparePeriods(a.period, b.period))
        .map(({ period }) => {
          const uploadedAt = standings.get(`${department} ${period}`)?.uploadedAt ?? null;
          const came =
            because === 'not-reported' || uploadedAt === null ? '' : localTime(uploadedAt, utcOffset);
          return `${periodInYear(period)}${came === '' ? '' : `（${came} 上传）`}`;
        });
      return `${year}年${periods.join('、')}：${gapWords[because]}`;
    });
    return text.length === 0 ? [] : [{ department, text: text.join('\n') }];
  });
}

/** Whoever hands the workbook on signs for it. */
const signing = ['制表', '审核', '日期'];

function addFacts(sheet: Worksheet, publication: Publication): void {
  const { utcOffset, comparedWith, publishedAt, publishedBy } = publication;
  addHeading(sheet, sheetNames.facts);
  const facts: [string, string][] = [
    ['年度', `${publication.year}年`],
    ['发布', `${publishedBy}，${localTime(publishedAt, utcOffset)}`],
    ['所比的上年数', comparedWith === null ? '没有' : sourceInWords(comparedWith, utcOffset)],
    ...signing.map((who): [string, string] => [who, '']),
  ];
  for (const [label, value] of facts) addPair(sheet, label, value);
}

function addContents(sheet: Worksheet, publication: Publication): void {
  const { tables } = publication;
  addHeading(sheet, '目录');
  const [first, ...others] = contents;
  const grids = tables.map((table, index) => ({
    sheet: tableSheetName(table, index + 1),
    says: `${table.name}：${table.rows.length} 行 ${table.columns.length} 列`,
  }));
  const texts = textTables(publication).map((table) => ({ sheet: table.sheet, says: table.title }));
  for (const { sheet: name, says } of [first!, ...grids, ...others, ...texts]) {
    const row = addPair(sheet, '', says);
    const cell = row.getCell(1);
    cell.value = { text: name, hyperlink: `#'${name}'!A1` };
    cell.style = coverLooks.link;
  }
}

function addSpace(sheet: Worksheet, height: number): void {
  sheet.addRow([]).height = height;
}

function addHeading(sheet: Worksheet, text: string): void {
  addSpace(sheet, 14);
  const row = sheet.addRow([text, null]);
  row.getCell(1).style = coverLooks.heading;
  row.getCell(2).style = coverLooks.headingRule;
  row.height = 22;
}

function addPair(sheet: Worksheet, label: string, value: string) {
  const row = sheet.addRow([safeText(label), safeText(value)]);
  row.getCell(1).style = coverLooks.label;
  row.getCell(2).style = coverLooks.value;
  row.height = rowHeight([
    { text: label, width: labelWidth },
    { text: value, width: valueWidth },
  ]);
  return row;
}

/** Text across both columns, in type of `size` points. */
function addWide(sheet: Worksheet, text: string, look: Look, size = 14): void {
  const row = sheet.addRow([safeText(text), null]);
  row.getCell(1).style = look;
  row.getCell(2).style = look;
  sheet.mergeCells(row.number, 1, row.number, 2);
  const width = ((labelWidth + valueWidth) * 11) / size;
  row.height = rowHeight([{ text, width }], { line: size * 1.5 });
}
