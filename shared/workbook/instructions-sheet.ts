import type { Workbook } from 'exceljs';
import { maxRemarkLength } from '../core/catalogue/narratives.ts';
import { remarkWord } from '../core/words.ts';
import { type FormLayout, valueIn } from './layout.ts';
import { aligned, fonts, rowHeight } from './styles.ts';

/** The sheet that tells a clerk how to fill in the form, in the words that the findings use too. */
export function writeInstructions(workbook: Workbook, layout: FormLayout): void {
  const sheet = workbook.addWorksheet(layout.instructionsSheet, {
    views: [{ showGridLines: false }],
    pageSetup: {
      paperSize: 9,
      orientation: 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.6, right: 0.6, top: 0.7, bottom: 0.7, header: 0.3, footer: 0.3 },
    },
  });
  sheet.getColumn(1).width = 4;
  sheet.getColumn(2).width = 88;
  sheet.mergeCells('A1:B1');
  Object.assign(sheet.getCell('A1'), {
    value: '填报说明',
    font: fonts.title,
    alignment: aligned.centre,
  });
  sheet.getRow(1).height = 34;
  instructions(layout).forEach((text, index) => {
    const row = index + 2;
    Object.assign(sheet.getCell(row, 1), {
      value: index + 1,
      font: fonts.text,
      alignment: { ...aligned.centre, vertical: 'top' },
    });
    Object.assign(sheet.getCell(row, 2), {
      value: text,
      font: fonts.text,
      alignment: { ...aligned.left, vertical: 'top' },
    });
    sheet.getRow(row).height = rowHeight([{ text, width: 88 }], { line: 17 });
  });
  void sheet.protect('', {});
}

function instructions(layout: FormLayout): string[] {
  const { headings, words, report, formSheet, lists, tables, narratives, notice } = layout;
  const { current, before } = words;
  const span = headings.span === undefined ? '' : `${headings.span}，`;
  return [
    `本表为${valueIn(headings.department)}${valueIn(headings.period)}专用，${span}${headings.deadline}。请勿用于其他部门或其他报告期，也不要沿用${before}的文件。`,
    `在“${formSheet}”表的浅黄色单元格中填写${current}数。“${before}数”和“本年累计”由系统填入，仅供核对，不会读取。`,
    '没有发生的，填 0；不能留空。只有口径中注明可填“不适用”的指标，才可以填“不适用”。0、空白、不适用三者含义不同。',
    '填准确的数字：不写“约”“余”“多”等约数，不写百分比，不写文字。数字后面带本指标的单位、用全角数字或千位分隔符的，系统能够识别，会在反馈中说明。',
    `“${remarkWord}”一栏选填：数字与往常相差很大，或者这一期没有发生的，在这里写明原因（不超过 ${maxRemarkLength} 字），就不用等系统问了再答。表格里写在行末，只写这一行的数。`,
    `负数和冲减：要更正以前各期的数，请重新报送那一期的${report}，并在“更正说明”中写明原因；不要在${current}冲减。`,
    ...(lists.length > 0
      ? [
          `清单类指标（${lists.map(({ sheet }) => `“${sheet}”`).join('、')}）：逐项填写名称，一行一项；在“${formSheet}”表的${current}数填写项目个数。全年按不同的项目计数，同一项目在几期中出现只计一次。${current}没有的，清单留空，不写“无”；合计也不用写。`,
        ]
      : []),
    ...(tables.length > 0
      ? [
          `表格（${tables.map(({ sheet }) => `“${sheet}”`).join('、')}）：按行、列填写；合计由系统计算，不用填写。空白格怎样算，见各表下面的说明。`,
        ]
      : []),
    ...(narratives === undefined
      ? []
      : [
          `“${narratives.sheet}”：在浅黄色单元格中写文字，格内换行用 Alt+Enter；不要把一段文字分写在几个格里。原文发布，不汇总。`,
        ]),
    '可以排序、筛选、插入空行、给工作表改名；不要删除行、列，不要改动指标名称和列的标题，不要把单元格合并。改数字时删去旧的，不要用删除线划掉。',
    '可以用 Excel、WPS 表格或 LibreOffice 填写，保存为“Excel 工作簿（*.xlsx）”后上传。不要设置打开密码。',
    '上传后会收到反馈：接收，或者列出全部问题（在哪个单元格、填了什么、应填什么、怎样改）。退回的，改好后重新上传即可；以最后一次上传并被接收的为准，以前各次都会保留。',
    '已公布的数字、文字需要更正时，必须在“更正说明”中写明原因，否则暂存待说明，不计入汇总。',
    ...(notice === '' ? [] : [notice]),
  ];
}
