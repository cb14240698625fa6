import type { Workbook, Worksheet } from 'exceljs';
import { cellsOf } from '../core/catalogue/tables.ts';
import { shownText } from '../core/returns/content.ts';
import type { Finding, Severity } from '../core/returns/finding.ts';
import { foundInWords, remarkWord, severityWords } from '../core/words.ts';
import { type FormLayout, valueIn } from './layout.ts';
import { type FormPosition, positionOnForm, remarkBeside, type TypedWithPlaces } from './position.ts';
import { safeText } from './save.ts';
import { aligned, box, fills, fonts, rowHeight } from './styles.ts';

const columns = [
  { title: '序号', width: 6 },
  { title: '类别', width: 11 },
  { title: '指标', width: 30 },
  { title: '位置', width: 20 },
  { title: '填写的内容', width: 24 },
  { title: '应为（提示、核对的为参考）', width: 26 },
  { title: '怎样处理', width: 62 },
  { title: remarkWord, width: 30 },
];

/** The list of findings at the front of a marked workbook, each with a link to its cell. */
export function writeFindingsSheet(
  workbook: Workbook,
  layout: FormLayout,
  findings: readonly Finding[],
  typed: TypedWithPlaces,
): void {
  const sheet = workbook.addWorksheet(layout.findingsSheet, {
    views: [{ state: 'frozen', ySplit: 3, showGridLines: false }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '3:3',
    },
  });
  columns.forEach(({ width }, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  sheet.mergeCells(1, 1, 1, columns.length);
  Object.assign(sheet.getCell('A1'), {
    value: `${layout.findingsSheet}（${valueIn(layout.headings.department)}${valueIn(layout.headings.period)}）`,
    font: fonts.title,
    alignment: aligned.centre,
  });
  sheet.getRow(1).height = 32;
  sheet.mergeCells(2, 1, 2, columns.length);
  Object.assign(sheet.getCell('A2'), {
    value: summary(findings, layout),
    font: fonts.text,
    alignment: aligned.left,
  });
  sheet.getRow(2).height = 40;
  columns.forEach(({ title }, index) => {
    Object.assign(sheet.getCell(3, index + 1), {
      value: title,
      font: fonts.label,
      fill: fills.header,
      border: box,
      alignment: aligned.centre,
    });
  });
  findings.forEach((finding, index) => {
    writeFinding(sheet, layout, {
      finding,
      row: 4 + index,
      position: positionOnForm(layout, typed, finding),
      remark: remarkBeside(layout, typed.remarks ?? [], finding.indicator),
    });
  });
  sheet.autoFilter = {
    from: { row: 3, column: 1 },
    to: { row: 3 + findings.length, column: columns.length },
  };
}

function summary(findings: readonly Finding[], { formSheet, report }: FormLayout): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const counts = (['error', 'warning', 'info'] as const)
    .filter((severity) => count(severity) > 0)
    .map((severity) => `${severityWords[severity]} ${count(severity)} 项`);
  const verdict =
    count('error') > 0
      ? `本${report}没有被接收。请在“${formSheet}”等表中改正标红的单元格，保存后用本文件重新上传；改正前，以前接收过的数不变。`
      : `本${report}已经接收。`;
  return `${verdict}${counts.length > 0 ? `共${counts.join('，')}。` : ''}点击“位置”可跳到对应单元格。`;
}

interface FindingRow {
  finding: Finding;
  row: number;
  position: FormPosition | undefined;
  /** What was written beside the figure. */
  remark: ReturnType<typeof remarkBeside>;
}

function writeFinding(
  sheet: Worksheet,
  layout: FormLayout,
  { finding, row, position, remark }: FindingRow,
): void {
  const name = nameOnForm(layout, finding.indicator);
  const place = position === undefined ? '整个文件' : `${position.sheet}!${position.cell}`;
  const said = remark === undefined ? '' : shownText(remark.content);
  const message = [finding.message, ...(finding.breakdown ?? [])].join('\n');
  const values = [
    row - 3,
    severityWords[finding.severity],
    name,
    place,
    excerptCell(finding.found === undefined ? '' : foundInWords(finding).words),
    excerptCell(finding.expected ?? ''),
    safeText(message),
    said === '' ? null : safeText(said),
  ];
  values.forEach((value, column) => {
    Object.assign(sheet.getCell(row, column + 1), {
      value,
      font: fonts.text,
      border: box,
      alignment: column < 2 ? aligned.centre : aligned.left,
    });
  });
  sheet.getCell(row, 2).fill = fills[finding.severity];
  if (position !== undefined) {
    Object.assign(sheet.getCell(row, 4), {
      value: { text: place, hyperlink: `#'${position.sheet}'!${position.cell}` },
      font: fonts.link,
    });
  }
  sheet.getRow(row).height = rowHeight(
    [name, place, finding.found ?? '', finding.expected ?? '', message, said].map((text, column) => ({
      text,
      width: columns[column + 2]!.width,
    })),
  );
}

function nameOnForm({ rows, tables, narratives }: FormLayout, id: string | undefined): string {
  const asked = [
    ...rows.map(({ indicator }) => indicator),
    ...tables.flatMap(({ grid }) => cellsOf(grid).map(({ indicator }) => indicator)),
    ...(narratives?.rows ?? []).map(({ narrative }) => narrative),
  ];
  return asked.find((each) => each.id === id)?.name ?? '';
}

/** A plain number as a number, which needs no guard; anything else as inert text. */
function excerptCell(text: string): string | number {
  return /^-?[0-9]{1,15}(\.[0-9]{1,6})?$/.test(text) ? Number(text) : safeText(text);
}
