import type { Workbook, Worksheet } from 'exceljs';
import type { Finding, Severity } from '../../core/returns/finding.ts';
import { severityWords } from '../../core/words.ts';
import { a4 } from '../form-cells.ts';
import { safeText } from '../save.ts';
import { aligned, box, fills, fonts, rowHeight } from '../styles.ts';
import { findingsSheet } from './columns.ts';
import type { WrittenPlace } from './typed.ts';

const columns = [
  { title: '序号', width: 6 },
  { title: '类别', width: 11 },
  { title: '位置', width: 16 },
  { title: '填写的内容', width: 30 },
  { title: '应为', width: 30 },
  { title: '怎样处理', width: 72 },
];
const rows = { title: 1, summary: 2, header: 3, first: 4 } as const;

/** What a marked workbook is called, and what is said of it. */
export interface MarkedWords {
  name: string;
  /** While something must be mended. */
  unusable: string;
  usable: string;
}

const catalogueWords: MarkedWords = {
  name: '指标目录',
  unusable: '目录还不能使用',
  usable: '目录没有错误。',
};

/** The list of findings at the front of a marked workbook, each with a link to its cell. */
export function writeCatalogueFindings(
  workbook: Workbook,
  findings: readonly Finding[],
  { placeOf, words = catalogueWords }: { placeOf: PlaceOf; words?: MarkedWords },
): void {
  const sheet = workbook.addWorksheet(findingsSheet, {
    views: [{ state: 'frozen', ySplit: rows.header, showGridLines: false }],
    pageSetup: { ...a4, orientation: 'landscape', printTitlesRow: `${rows.header}:${rows.header}` },
  });
  columns.forEach(({ width }, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  const top = [
    [rows.title, `${findingsSheet}（${words.name}）`, fonts.title, 32],
    [rows.summary, summaryOf(findings, words), fonts.text, 24],
  ] as const;
  for (const [row, value, font, height] of top) {
    Object.assign(sheet.getCell(row, 1), { value, font, alignment: { vertical: 'middle' } });
    sheet.getRow(row).height = height;
  }
  columns.forEach(({ title }, index) => {
    const style = { font: fonts.label, fill: fills.header, border: box, alignment: aligned.centre };
    Object.assign(sheet.getCell(rows.header, index + 1), { value: title, ...style });
  });
  sheet.getRow(rows.header).height = 24;
  findings.forEach((finding, index) => {
    writeFinding(sheet, rows.first + index, finding, placeOf(finding));
  });
  sheet.autoFilter = {
    from: { row: rows.header, column: 1 },
    to: { row: rows.header + findings.length, column: columns.length },
  };
}

/** Where a finding stands in the workbook that is written. */
export type PlaceOf = (finding: Finding) => WrittenPlace | undefined;

function summaryOf(findings: readonly Finding[], { unusable, usable }: MarkedWords): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const verdict =
    count('error') > 0
      ? `${unusable}：必须改正 ${count('error')} 项。请改正标红的单元格，保存后用本文件重新提交。`
      : usable;
  const others = count('warning') + count('info');
  return `${verdict}${others > 0 ? `另有提示 ${others} 项，请核对。` : ''}点击“位置”可跳到对应单元格。`;
}

function writeFinding(
  sheet: Worksheet,
  row: number,
  { severity, place, found = '', expected = '', message }: Finding,
  written: WrittenPlace | undefined,
): void {
  const inFile = [place?.sheet, place?.cell].filter((each) => each !== undefined).join('!');
  const where = written === undefined ? inFile || '整个文件' : `${written.sheet}!${written.cell}`;
  const texts = [String(row - rows.first + 1), severityWords[severity], where, found, expected, message];
  texts.forEach((text, index) => {
    const style = { font: fonts.text, border: box, alignment: index < 2 ? aligned.centre : aligned.left };
    const value = index === 0 ? Number(text) : safeText(text);
    Object.assign(sheet.getCell(row, index + 1), { value, ...style });
  });
  sheet.getCell(row, 2).fill = fills[severity];
  if (written !== undefined) {
    const hyperlink = `#'${written.sheet}'!${written.cell}`;
    Object.assign(sheet.getCell(row, 3), { value: { text: where, hyperlink }, font: fonts.link });
  }
  sheet.getRow(row).height = rowHeight(texts.map((text, index) => ({ text, width: columns[index]!.width })));
}
