import { describe, expect, it } from 'vitest';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import { readAfter } from '../../../fixtures/catalogue-workbooks.ts';
import { at, type Change, catalogue, heading, inOneLine, setting, without } from './catalogue-cases.ts';

async function linesAfter(change: Change): Promise<string[]> {
  const reading = await readAfter(catalogue, change);
  for (const finding of reading.findings) expect(findingSchema.safeParse(finding).success).toBe(true);
  return reading.findings.map(inOneLine);
}

describe('a catalogue workbook', () => {
  it.each<[what: string, line: string, change: Change]>([
    [
      'a blank unit',
      'catalogue-problem 指标!D5 指标“收到”：没有填写“单位”；请填写。',
      at('指标', '收到', '单位', null),
    ],
    [
      'a form whose number is too long',
      'catalogue-problem 说明!B8 目录：“表号”有 31 个字，最多 30 个字',
      setting('表号', '表'.repeat(31)),
    ],
    [
      'a scan that is asked for perhaps',
      'catalogue-cell-unclear 说明!B12 这里应填“是”或“否”',
      setting('盖章扫描件', '也许'),
    ],
    [
      'an unclear kind',
      'catalogue-cell-unclear 指标!F5 这一格只能填：流量（当期发生数）',
      at('指标', '收到', '性质', '总数'),
    ],
    [
      'a stock that is summed',
      'catalogue-cell-unclear 指标!G7 存量（期末数）的这一格只能填：取最后一期',
      at('指标', '正在办理', '跨月汇总', '各月相加'),
    ],
    [
      'an unknown reporter',
      'catalogue-cell-unclear 指标!I5 “市司法”不在“部门”表中（是不是“市司法局”？）',
      at('指标', '收到', '报送部门', '市司法'),
    ],
    [
      'nobody who reports',
      'catalogue-problem 指标!I5 指标“收到”：没有部门报送它',
      at('指标', '收到', '报送部门', null),
    ],
    [
      'reporters of a ratio',
      'catalogue-problem 指标!I8 指标“受理率”：比率没有“报送部门”',
      at('指标', '受理率', '报送部门', '全部'),
    ],
    [
      'items of a flow',
      'catalogue-problem 指标!W5 指标“收到”：流量（当期发生数）没有“清单的设置”',
      at('指标', '收到', '最多项数', 5),
    ],
    [
      'a list without its settings',
      'catalogue-problem 指标!W9 指标“类别”：没有填写“最多项数”',
      at('指标', '类别', '最多项数', null),
    ],
    [
      'a ratio without a denominator',
      'catalogue-problem 指标!AB8 指标“受理率”：比率要填写“分母”',
      at('指标', '受理率', '分母', null),
    ],
    [
      'an empty range',
      'catalogue-problem 指标!Q5 指标“收到”：最大值 -1 小于最小值 0',
      at('指标', '收到', '最大值', -1),
    ],
    [
      'prose without a step',
      'catalogue-problem 指标!AD5 指标“收到”：报告写法是“…余”',
      at('指标', '收到', '报告写法', '…余'),
    ],
    [
      'output without a factor',
      'catalogue-problem 指标!T5 指标“收到”：没有填写“发布换算”',
      at('指标', '收到', '发布单位', '万件'),
    ],
    [
      'a name twice',
      'catalogue-problem 指标!B6 指标“收到”：名称“收到”与指标“收到”（a）的名称或曾用名相同',
      at('指标', '受理', '名称', '收到'),
    ],
    [
      'a code twice',
      'catalogue-problem 指标!A6 指标“受理”：代码“a”已经用于指标“收到”',
      at('指标', '受理', '代码', 'a'),
    ],
    [
      'a code in Chinese',
      'catalogue-cell-unclear 部门!A5 代码“司法”不能用',
      at('部门', '市司法局', '代码', '司法'),
    ],
    [
      'a successor without an end',
      'catalogue-problem 部门!F6 部门“市信访局”：填了并入部门，却没有填结束期',
      at('部门', '市信访局', '并入部门', '市司法局'),
    ],
    [
      'a department that ends first',
      'catalogue-problem 部门!F5 部门“市司法局”：结束期 2023-01 早于起始期 2023-03',
      (workbook) => {
        at('部门', '市司法局', '起始期', '2023年3月')(workbook);
        at('部门', '市司法局', '结束期', '2023-01')(workbook);
      },
    ],
    [
      'a rule with a number and its unit',
      'catalogue-cell-unclear 规则!C5 规则中的数“10件”写法不对；请只写数',
      at('规则', 'r-1', '规则', '【收到】 >= 10件'),
    ],
    [
      'a rule of another name',
      'catalogue-cell-unclear 规则!C5 规则中的“收到数”不是“指标”表中的名称',
      at('规则', 'r-1', '规则', '【受理】 <= 【收到数】'),
    ],
    [
      'a rule that adds what is counted in another unit',
      'catalogue-problem 规则!C5 规则“r-1”：“收到”的单位是件，与人不能换算，不能相加减',
      (workbook) => {
        at('指标', '受理', '单位', '人')(workbook);
        at('规则', 'r-1', '规则', '【受理】 - 【收到】 <= 5')(workbook);
      },
    ],
    [
      'a rule over totals that there are none of',
      'catalogue-problem 规则!C5 规则“r-1”：“受理”各部门分别计，没有全市的数，全市汇总的规则不能用它',
      (workbook) => {
        at('指标', '受理', '跨部门汇总', '不合计')(workbook);
        at('规则', 'r-1', '范围', '全市汇总')(workbook);
      },
    ],
    [
      'a rule with the end of last year of what has none',
      'catalogue-problem 规则!C5 规则“r-1”：“收到”是流量（当期发生数），没有上年末的数',
      at('规则', 'r-1', '规则', '【受理】 <= 上年末【收到】'),
    ],
    [
      'a rule without words',
      'catalogue-problem 规则!D5 规则“r-1”：没有填写“说明文字”',
      at('规则', 'r-1', '说明文字', null),
    ],
    [
      'a day that is none',
      'catalogue-cell-unclear 报送期!D5 “2023-02-30”不是日历上的日子',
      at('报送期', '2023-01', '截止日', '2023-02-30'),
    ],
    [
      'a cut-off before the due day',
      'catalogue-problem 报送期!E5 报送期 2023年1月：最迟日 2023-02-01 早于截止日',
      at('报送期', '2023-01', '最迟日', '2023-02-01'),
    ],
    [
      'a month of another year',
      'catalogue-problem 报送期!A5 报送期 2022年1月：报告期不在 2023 年',
      at('报送期', '2023-01', '报告期', '2022-01'),
    ],
    [
      'a month twice',
      'catalogue-problem 报送期!A6 报送期 2023年1月：这个报告期写了两次',
      at('报送期', '2023-02', '报告期', '2023-01'),
    ],
    ['no year', 'catalogue-problem 说明!B3 目录：没有填写“年份”', setting('年份', null)],
    [
      'a year of a long time ago',
      'catalogue-problem 说明!B3 目录：“年份”是 1998，至少 2000',
      setting('年份', '1998年'),
    ],
    [
      'a long title',
      'catalogue-problem 说明!B4 目录：“标题”有 90 个字，最多 80 个字',
      setting('标题', '标'.repeat(90)),
    ],
    [
      'an unclear time zone',
      'catalogue-cell-unclear 说明!B7 时区应写成 UTC+08:00 的样子',
      setting('时区', '夏令时'),
    ],
    [
      'a formula without a result',
      'catalogue-formula-without-result 指标!J5 单元格里是公式',
      at('指标', '收到', '小数位', { formula: 'A1' }),
    ],
    [
      'an error value',
      'catalogue-cell-error 指标!D5 单元格里是公式出错的结果',
      at('指标', '收到', '单位', { error: '#REF!' }),
    ],
    [
      'no sheet of indicators',
      'catalogue-sheet-missing undefined!undefined 文件中找不到“指标”表',
      without('指标'),
    ],
    ['no first sheet', 'catalogue-sheet-missing undefined!undefined 文件中找不到“说明”表', without('说明')],
    [
      'no headings',
      'catalogue-header-missing 部门!undefined “部门”表中找不到表头（名称）',
      (workbook) => {
        workbook.getWorksheet('部门')!.spliceRows(1, 4);
      },
    ],
    [
      'a missing column',
      'catalogue-column-missing 指标!undefined 表中找不到“口径”列',
      heading('指标', '口径', '备注'),
    ],
    [
      'a column twice',
      'catalogue-column-repeated 指标!M4 “单位”列有两个，另一个在 D4',
      heading('指标', '可填不适用', '单位'),
    ],
    [
      'a missing label',
      'catalogue-label-missing 说明!undefined “说明”表中找不到“机关”',
      heading('说明', '机关', '单位'),
    ],
    [
      'a label twice',
      'catalogue-label-repeated 说明!A6 “说明”表中有两个“标题”',
      heading('说明', '样例说明', '标题'),
    ],
    [
      'two sheets that may be one table',
      'catalogue-sheet-repeated 部门（二）!undefined “部门（二）”表和“部门（一）”表的表头相同',
      (workbook) => {
        const sheet = workbook.getWorksheet('部门')!;
        const second = workbook.addWorksheet('部门（二）');
        sheet.eachRow((row, number) => {
          second.getRow(number).values = row.values;
        });
        sheet.name = '部门（一）';
      },
    ],
    [
      'no department',
      'catalogue-problem 部门!undefined 目录：“部门”有 0 项，至少 1 项',
      (workbook) => {
        workbook.getWorksheet('部门')!.spliceRows(5, 2);
      },
    ],
    [
      'too many periods',
      'catalogue-too-many-rows 报送期!undefined 表中的行过多，最多 19 行',
      (workbook) => {
        const sheet = workbook.getWorksheet('报送期')!;
        for (let row = 8; row < 27; row++) sheet.getCell(row, 1).value = '2023-03';
      },
    ],
  ])('with %s says so: %s', async (_, line, change) => {
    const lines = await linesAfter(change);
    expect(
      lines.filter((each) => each.startsWith(line)),
      lines.join('\n'),
    ).toHaveLength(1);
  });

  it('says all at once, each at its cell, and of one cell no two things', async () => {
    const lines = await linesAfter((workbook) => {
      at('部门', '市信访局', '名称', '局'.repeat(31))(workbook);
      at('指标', '受理', '报送部门', '市司法局')(workbook);
      at('指标', '收到', '单位', null)(workbook);
      at('指标', '受理', '起始期', '上月')(workbook);
      at('指标', '受理率', '分子', '受理数')(workbook);
      at('规则', 'r-1', '范围', '每天')(workbook);
      at('报送期', '2023-02', '最迟日', '待定')(workbook);
    });
    expect(lines.map((each) => each.split(' ')[1])).toEqual([
      '部门!B6',
      '指标!D5',
      '指标!AI6',
      '指标!AA8',
      '规则!B5',
      '报送期!E6',
    ]);
  });
});
