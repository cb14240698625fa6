import type { Workbook, Worksheet } from 'exceljs';
import { a4 } from '../form-cells.ts';
import { aligned, box, fills, fonts, rowHeight } from '../styles.ts';
import { explanationMark } from './columns.ts';
import { settings, settingsSheet } from './settings-columns.ts';
import { validationOf, writtenValue } from './table-sheet.ts';
import { type TypedSettings, typedText } from './typed.ts';

/** Where the catalogue's own fields stand, one a row. */
export const settingsRows = { title: 1, heading: 2, first: 3 } as const;
export const settingsColumns = { label: 1, value: 2, explanation: 3 } as const;

const widths = [14, 62, 58];

const instructions: readonly string[] = [
  '这本工作簿就是指标目录：有哪些部门、报送哪些指标、怎样汇总、数字之间应当符合什么规则、什么时候报。改好后提交，系统先检查，列出全部问题和所在的单元格，没有问题才能启用。',
  '各表的列都有表头，表头上面灰色的“※”是填写说明和例子，不是数据，可以不管。标 * 的列必须填写，其余的可以留空，留空的按说明中的通常办法处理。',
  '加一行：在“部门”“指标”“规则”表中复制相近的一行，插入，再改名称等内容，并把“代码”清空。代码留空的由系统编号。行的先后就是报告中的先后。',
  '代码：台账和以前的发布靠代码认部门和指标，所以编定以后不要再改；改名称时代码不变，旧名称写在“曾用名”中，例如“市法制办（至2024-05）”。',
  '部门：撤并的部门不要删除，填结束期和并入部门；年中新设的填起始期。',
  '指标的性质：流量是当期发生数，各期相加；存量是期末数，取最后一期；极值取最大或最小；清单逐项填名称，全年去重计数；比率由系统用分子、分母的全年合计相除，部门不填。',
  '报送部门：填“全部”，或部门名称，用“、”隔开。年中换了部门的，写明月份，例如“市司法局（2024-01至2024-05）、市信访局（2024-06起）”。',
  '单位：填报的数以“单位”计。部门也可能用别的单位填的，写在“可用单位”中，例如单位是万元的写“元=0.0001”。发布时要换单位的，填发布单位、发布换算和发布小数位。',
  '文字说明：要部门在数字以外写的话，例如简要情况说明、典型做法；写明要求、字数和多久写一次，随报表一起报送，原文发布，不汇总。',
  '规则：例如“【行政复议受理】 <= 【行政复议收到】”，或“【收集】 - 【办结】 = 【正在办理】”。【】里写“指标”表中的名称，可用 + - <= = >=（也可写 ≤ ≥）。规则只比较指标与指标；限定一个指标的大小用最小值、最大值。',
  '规则用到上年的数：“【年初在办】 = 上年末【在办】”，上年末只用于存量；“【受理】 <= 上年同期【受理】”。范围为“全市汇总”的，比较各部门合计的数，例如一个部门移送的等于另一个部门接收的。用到上年的和不是当期的规则，不符合的请核对，不退回。',
  '报送期：一行一个报告期：月、季、半年或年；每种报送频率的指标都要有自己的报告期。统计期间不是自然月、季、年的（例如 12 月 11 日至 6 月 10 日），填统计起日、止日。截止日以后报的算迟报，最迟日以后报的先暂存，由法制机构决定是否计入。',
  '可以移动列、排序、增加自己的备注列或备注表（不读取）；不要删除表头，尽量不要合并单元格。可以用 Excel、WPS 表格或 LibreOffice，保存为“Excel 工作簿（*.xlsx）”。',
];

/** The first sheet: what the workbook is, the catalogue's own fields, and how each of the other sheets is filled in. */
export function writeSettingsSheet(workbook: Workbook, { cells }: TypedSettings): Worksheet {
  const sheet = workbook.addWorksheet(settingsSheet, {
    views: [{ showGridLines: false }],
    pageSetup: { ...a4, orientation: 'landscape', fitToHeight: 1 },
  });
  widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  sheet.mergeCells(settingsRows.title, 1, settingsRows.title, widths.length);
  Object.assign(sheet.getCell(settingsRows.title, 1), {
    value: '指标目录',
    font: fonts.title,
    alignment: aligned.centre,
  });
  sheet.getRow(settingsRows.title).height = 36;
  writeHeading(sheet, settingsRows.heading, '目录信息');
  settings.forEach((column, index) => {
    const { key, heading, explanation, isNecessary } = column;
    const row = settingsRows.first + index;
    const entry = cells.get(key);
    const styles = [
      { value: isNecessary ? `${heading} *` : heading, font: fonts.label, fill: fills.header, border: box },
      { value: writtenValue(entry), font: fonts.text, fill: fills.input, border: box },
      { value: `${explanationMark} ${explanation}`, font: fonts.small },
    ];
    styles.forEach((style, at) => {
      Object.assign(sheet.getCell(row, at + 1), { ...style, alignment: aligned.left });
    });
    const validation = validationOf(column);
    if (validation !== undefined) sheet.getCell(row, settingsColumns.value).dataValidation = validation;
    const text = entry === undefined ? '' : typedText(entry);
    sheet.getRow(row).height = rowHeight([{ text, width: widths[1]! }], { least: 24 });
  });
  writeInstructions(sheet, settingsRows.first + settings.length + 1);
  return sheet;
}

function writeHeading(sheet: Worksheet, row: number, text: string): void {
  Object.assign(sheet.getCell(row, 1), {
    value: text,
    font: { ...fonts.label, size: 12 },
    alignment: { vertical: 'middle' },
  });
  sheet.getRow(row).height = 26;
}

function writeInstructions(sheet: Worksheet, first: number): void {
  writeHeading(sheet, first, '怎样填写');
  instructions.forEach((text, index) => {
    const row = first + 1 + index;
    sheet.mergeCells(row, 2, row, widths.length);
    const top = { vertical: 'top' } as const;
    Object.assign(sheet.getCell(row, 1), {
      value: index + 1,
      font: fonts.text,
      alignment: { ...aligned.centre, ...top },
    });
    Object.assign(sheet.getCell(row, 2), {
      value: text,
      font: fonts.text,
      alignment: { ...aligned.left, ...top },
    });
    sheet.getRow(row).height = rowHeight([{ text, width: (widths[1]! + widths[2]!) * 1.15 }], { line: 16 });
  });
}
