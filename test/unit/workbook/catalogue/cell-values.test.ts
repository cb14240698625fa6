import { describe, expect, it } from 'vitest';
import { lookupOf } from '../../../../shared/core/catalogue/lookup.ts';
import type { Content } from '../../../../shared/core/returns/content.ts';
import type { Column } from '../../../../shared/workbook/catalogue/column.ts';
import { tables } from '../../../../shared/workbook/catalogue/columns.ts';

const named = (id: string, name: string, ...before: string[]) => ({
  id,
  name,
  formerNames: before.map((each) => ({ name: each })),
});
const names = {
  departments: lookupOf([
    named('sfj', '市司法局', '市法制办'),
    named('xfj', '市信访局'),
    named('nyj', '农业、农村局（含畜牧）'),
  ]),
  indicators: lookupOf([
    named('received', '行政复议收到'),
    named('accepted', '行政复议受理', '复议受理'),
    named('voice-2', '“民声直达”办结【含转办】'),
  ]),
  tables: lookupOf([named('xxgk', '信息公开')]),
  lines: lookupOf([named('r1', '（一）予以公开'), named('r2', '（二）部分公开')]),
};
const columnOf = (heading: string, columns: readonly Column[] = tables.indicators.columns) =>
  columns.find((each) => each.heading === heading)!;
const text = (typed: string): Content => ({ kind: 'text', text: typed });

function read(
  column: Column,
  content: Content,
  kind?: 'flow' | 'stock' | 'extreme' | 'list' | 'ratio',
): unknown {
  const reading = column.value.read({ content, computed: false, place: {} }, { names, kind, unit: '万元' });
  return 'value' in reading ? reading.value : reading.message;
}

describe('a cell of the catalogue', () => {
  it.each<[heading: string, typed: string, value: unknown]>([
    ['代码', 'ｓｆｊ－２', 'sfj-2'],
    ['名称', ' 行政\u200b复议 ', '行政复议'],
    ['性质', '流量', 'flow'],
    ['性质', '流量（当期发生数）', 'flow'],
    ['性质', 'ratio', 'ratio'],
    ['跨月汇总', '取最后一期', 'last'],
    ['跨月汇总', '相加', 'sum'],
    ['跨部门汇总', '不合计', 'none'],
    ['小数位', '２位', 2],
    ['舍入', '截尾', 'truncate'],
    ['必填', '√', true],
    ['必填', '选填', false],
    ['报送月份', '6、12', [6, 12]],
    ['报送月份', '1至3月，12月', [1, 2, 3, 12]],
    ['报送月份', '１－３', [1, 2, 3]],
    ['最大值', '1,000,000', '1000000'],
    ['最大值', '０.50', '0.5'],
    ['可用单位', '元=0.0001', [{ unit: '元', factor: '0.0001' }]],
    [
      '可用单位',
      '1元＝0.0001万元；亿元=10000',
      [
        { unit: '元', factor: '0.0001' },
        { unit: '亿元', factor: '10000' },
      ],
    ],
    ['可选项', '诈骗、盗窃；抢劫', ['诈骗', '盗窃', '抢劫']],
    ['可选项', '诈骗、盗窃\n抢劫', ['诈骗、盗窃', '抢劫']],
    ['可选项', '【诈骗、盗窃】、【抢劫】', ['诈骗、盗窃', '抢劫']],
    ['分子', '【行政复议受理】', 'accepted'],
    ['分子', 'accepted', 'accepted'],
    ['报告写法', '余', 'at-least'],
    ['报告写法', '超…', 'more-than'],
    ['数字写法', '中文', 'chinese'],
    ['曾用名', '市法制办(至2024年5月)', [{ name: '市法制办', to: '2024-05' }]],
    [
      '曾用名',
      '甲（乙）局（至2023-05）；丙局（至2024-01）',
      [
        { name: '甲（乙）局', to: '2023-05' },
        { name: '丙局', to: '2024-01' },
      ],
    ],
    ['起始期', '2024-03', '2024-03'],
    ['起始期', '2024年3月', '2024-03'],
    ['起始期', '２０２４．０３', '2024-03'],
    ['起始期', '202403', '2024-03'],
    ['起始期', '2024年3月份', '2024-03'],
    ['报送频率', '按季', 'quarter'],
    ['报送频率', '季报', 'quarter'],
    ['报送频率', '每半年', 'half-year'],
    ['报送频率', '按年', 'year'],
    ['报送频率', '每月', 'month'],
    ['报送部门', '全部', 'all'],
    ['报送部门', '所有部门', 'all'],
    ['报送部门', '市司法局、xfj', ['sfj', 'xfj']],
    ['报送部门', '市法制办', ['sfj']],
    ['报送部门', '农业、农村局（含畜牧），市信访局', ['nyj', 'xfj']],
    [
      '报送部门',
      '市司法局（2024-01至2024-05）、市信访局（2024-06起）',
      [
        { department: 'sfj', from: '2024-01', to: '2024-05' },
        { department: 'xfj', from: '2024-06' },
      ],
    ],
    [
      '报送部门',
      '市司法局(至2024年5月止)\n农业、农村局（含畜牧）（自2024-06起）',
      [
        { department: 'sfj', to: '2024-05' },
        { department: 'nyj', from: '2024-06' },
      ],
    ],
  ])('under %s that says %s is read', (heading, typed, value) => {
    expect(read(columnOf(heading), text(typed))).toEqual(value);
  });

  it.each<[heading: string, content: Content, value: unknown]>([
    ['起始期', { kind: 'date', iso: '2024-03-01', text: '45352' }, '2024-03'],
    ['小数位', { kind: 'number', text: '2' }, 2],
    ['最大值', { kind: 'number', text: '189.59000000000001' }, '189.59'],
    ['最大值', { kind: 'number', text: '1E-4' }, '0.0001'],
    ['必填', { kind: 'boolean', value: true }, true],
    ['报送月份', { kind: 'number', text: '11' }, [11]],
    ['名称', { kind: 'number', text: '12345' }, '12345'],
  ])('under %s that holds %o is read', (heading, content, value) => {
    expect(read(columnOf(heading), content)).toEqual(value);
  });

  it.each<[heading: string, typed: string, why: RegExp]>([
    ['代码', '行政复议', /只能用小写英文字母.*或者留空，由系统编号。$/],
    ['代码', 'Law Exam', /可以写成 law-exam，或者留空/],
    ['性质', '总量', /这一格只能填：流量（当期发生数）、存量/],
    ['小数位', '两位', /应填一个整数/],
    ['必填', '也许', /“是”或“否”/],
    ['报送月份', '13', /1 到 12 的数/],
    ['报送频率', '每周', /只能填：按月、按季、按半年、按年/],
    ['报送月份', '3至1', /1 到 12 的数/],
    ['最大值', '约100', /不带单位和其他文字/],
    ['最大值', '95%', /也不写百分数/],
    ['可用单位', '元', /应写成“元=0.0001”的样子，意思是 1 元合 0.0001 万元/],
    ['可用单位', '元=0.0001亿元', /应写成“元=0.0001”的样子/],
    ['分子', '复议收到数', /不在“指标”表中（是不是“行政复议收到”？）；请填写/],
    ['曾用名', '市法制办', /名称后面写明用到哪个月/],
    ['起始期', '2024-13', /看不出是哪个月；请写成 2024-03/],
    ['起始期', '去年', /看不出是哪个月/],
    ['报送部门', '市司法', /“市司法”不在“部门”表中（是不是“市司法局”？）；/],
    ['报送部门', '市司法局（上半年）', /括号里看不出是哪几个月；请写成（2024-01至2024-05）/],
    ['报送部门', '、', /应填报送的部门/],
    ['报告写法', '大约', /原数、…余、超…/],
  ])('under %s that says %s is refused', (heading, typed, why) => {
    expect(read(columnOf(heading), text(typed))).toMatch(why);
  });

  it('takes only the operators of its kind, and says which', () => {
    expect(read(columnOf('跨月汇总'), text('各月相加'), 'flow')).toBe('sum');
    expect(read(columnOf('跨月汇总'), text('各月相加'), 'stock')).toBe(
      '存量（期末数）的这一格只能填：取最后一期；请从下拉列表中选择。',
    );
    expect(read(columnOf('跨部门汇总'), text('去重'), 'extreme')).toBe(
      '极值的这一格只能填：取各部门最大、取各部门最小、不合计，各部门分别计；请从下拉列表中选择。',
    );
  });

  it.each([
    ['2024-03', '2024-03'],
    ['2024年3月', '2024-03'],
    ['2024-Q1', '2024-Q1'],
    ['2024q4', '2024-Q4'],
    ['2024年第一季度', '2024-Q1'],
    ['２０２４年２季度', '2024-Q2'],
    ['2024年上半年', '2024-H1'],
    ['2024-H2', '2024-H2'],
    ['2024年度', '2024'],
    ['2024', '2024'],
  ])('for a period that says %s is read', (typed, value) => {
    expect(read(columnOf('报告期', tables.periods.columns), text(typed))).toBe(value);
  });

  it('for a period that holds a number is the year', () => {
    const number: Content = { kind: 'number', text: '2024' };
    expect(read(columnOf('报告期', tables.periods.columns), number)).toBe('2024');
  });

  it.each(['2024-Q5', '第一季度', '2024-H3', '去年'])('for a period that says %s is refused', (typed) => {
    expect(read(columnOf('报告期', tables.periods.columns), text(typed))).toMatch(/看不出是哪一期/);
  });

  it.each([
    ['2024-04-10', '2024-04-10'],
    ['2024/4/1', '2024-04-01'],
    ['2024年4月10日', '2024-04-10'],
    ['20240410', '2024-04-10'],
  ])('for a day that says %s is read', (typed, value) => {
    expect(read(columnOf('截止日', tables.periods.columns), text(typed))).toBe(value);
  });

  it.each(['2024-02-30', '2024-04', '4月10日', '2023-02-29'])(
    'for a day that says %s is refused',
    (typed) => {
      expect(read(columnOf('截止日', tables.periods.columns), text(typed))).toMatch(/不是日历上的日子/);
    },
  );

  it('for a day that holds a date is read', () => {
    const date: Content = { kind: 'date', iso: '2024-04-10T08:00:00', text: '45392.3' };
    expect(read(columnOf('截止日', tables.periods.columns), date)).toBe('2024-04-10');
  });
});

describe('the cell of a rule', () => {
  const rule = columnOf('规则', tables.rules.columns);

  it.each([
    ['【行政复议受理】 <= 【行政复议收到】', 'accepted <= received'],
    ['【行政复议受理】≤【行政复议收到】', 'accepted <= received'],
    ['【行政复议收到】　＞＝　【行政复议受理】', 'received >= accepted'],
    ['【复议受理】－【行政复议收到】＝【“民声直达”办结【含转办】】', 'accepted - received = voice-2'],
    ['行政复议受理+voice-2<=received', 'accepted + voice-2 <= received'],
    ['【行政复议受理】不大于【行政复议收到】', 'accepted <= received'],
    ['accepted - received = voice-2', 'accepted - received = voice-2'],
    ['【行政复议收到】 + 0.50 >= 1,000', 'received + 0.5 >= 1000'],
    ['【行政复议收到】≥１２', 'received >= 12'],
    ['【行政复议收到】 = 上年同期【行政复议受理】', 'received = last-year(accepted)'],
    ['【行政复议收到】=上年末【行政复议受理】+5', 'received = last-year-end(accepted) + 5'],
    ['上年同期 【复议受理】 <= 去年同期的【行政复议收到】', 'last-year(accepted) <= last-year(received)'],
    ['【行政复议收到】 ≥ 上年年末【voice-2】', 'received >= last-year-end(voice-2)'],
    [
      '去年底【行政复议收到】 - 上年期末【行政复议受理】 = 0',
      'last-year-end(received) - last-year-end(accepted) = 0',
    ],
  ])('that says %s is read', (typed, expression) => {
    expect(read(rule, text(typed))).toBe(expression);
  });

  it.each<[typed: string, why: RegExp]>([
    ['【行政复议收到】 >= １０件', /数“１０件”写法不对；请只写数，不带单位/],
    [
      '【行政复议收到数】 >= 【行政复议受理】',
      /“行政复议收到数”不是“指标”表中的名称或代码（是不是“行政复议收到”？）；请照/,
    ],
    ['【行政复议收到】 【行政复议受理】', /没有 <=、= 或 >=/],
    ['【行政复议收到】 >= 【行政复议受理】 >= 【复议受理】', /有 2 个比较的符号/],
    ['【行政复议收到】 > 【行政复议受理】', /“>”不能用；请改为 >= 或 =/],
    ['【行政复议收到】 = 【行政复议受理】 * 2', /不能用“\*”/],
    ['【行政复议收到】 = (【行政复议受理】)', /不能用“\(”/],
    ['【行政复议收到】 + <= 【行政复议受理】', /没有一个隔一个/],
    ['【行政复议收到', /没有 <=/],
    [
      '【行政复议收到】 = 上年同期行政复议受理',
      /“上年同期行政复议受理”不是“指标”表中的名称或代码（是不是“行政复议受理”？）/,
    ],
    ['【行政复议收到】 = 上年【行政复议受理】', /看不出“上年”是上年同期还是上年末/],
    ['【行政复议收到】 = 上年末【行政复议】', /“行政复议”不是“指标”表中的名称或代码/],
    ['<=', /没有一个隔一个/],
  ])('that says %s is refused', (typed, why) => {
    expect(read(rule, text(typed))).toMatch(why);
  });

  it.each(['received = last-year(accepted)', 'last-year-end(accepted) - received >= 5 + last-year(voice-2)'])(
    'is read as the same again that says %s',
    (expression) => {
      const { write } = rule.value;
      const written = write(expression as never, names);
      expect(written).toMatch(/上年(?:同期|末)【行政复议受理】/);
      expect(read(rule, text(String(written)))).toBe(expression);
    },
  );

  it('that is long and senseless is refused at once', () => {
    for (const piece of ['【', '【】', '-', 'a-', '（', ' ', '1']) {
      expect(read(rule, text(piece.repeat(30_000 / piece.length)))).toEqual(expect.any(String));
    }
  });
});
