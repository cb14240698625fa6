import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { indicator, smallTable } from '../small-year.ts';
import { inOneLine, list, only, ratio, sound } from './catalogue-parts.ts';

const sumOf = (...parts: object[]) => indicator('both', 'sum', { parts });

describe('an indicator of a catalogue', () => {
  it.each([
    [
      'indicator 0 alsoIn.1.unit',
      '指标“指标a”：单位“千件”写了两次；请删去其中一个。',
      only(
        indicator('a', 'flow', {
          alsoIn: [
            { unit: '千件', factor: '1000' },
            { unit: '千件', factor: '100' },
          ],
        }),
      ),
    ],
    [
      'indicator 0 denominator',
      '指标“指标a”：流量（当期发生数）没有“分母”这一项；请删去它，或改性质。',
      only(indicator('a', 'flow', { denominator: 'b' }), indicator('b')),
    ],
    [
      'indicator 1 id',
      '指标“别的”：代码“a”已经用于指标“指标a”；请换一个代码。',
      only(indicator('a'), indicator('a', 'flow', { name: '别的' })),
    ],
    [
      'indicator 1 name',
      '指标“同名”：名称“同名”与指标“同名”（a）的名称或曾用名相同；请把其中一个的名称写得有所区别。',
      only(indicator('a', 'flow', { name: '同名' }), indicator('b', 'flow', { name: '同名' })),
    ],
    [
      'indicator 0 overTime',
      '指标“指标a”：存量（期末数）的“跨月汇总”只能是 last，现在是“sum”；请改正。',
      only(indicator('a', 'stock', { overTime: 'sum' })),
    ],
    [
      'indicator 0 overTime',
      '指标“指标a”：流量（当期发生数）的“跨月汇总”只能是 sum 或 cumulative，现在是“last”；请改正。',
      only(indicator('a', 'flow', { overTime: 'last' })),
    ],
    [
      'indicator 0 overTime',
      '指标“指标a”：清单（不重复的项）的“跨月汇总”只能是 distinct，现在是“max”；请改正。',
      only(indicator('a', 'list', { overTime: 'max' })),
    ],
    [
      'indicator 0 overDepartments',
      '指标“指标a”：极值的“跨部门汇总”只能是 max 或 min 或 none，现在是“sum”；请改正。',
      only(indicator('a', 'extreme', { overDepartments: 'sum' })),
    ],
    [
      'indicator 0 overDepartments',
      '指标“指标a”：流量（当期发生数）的“跨部门汇总”只能是 sum 或 none，现在是“max”；请改正。',
      only(indicator('a', 'flow', { overDepartments: 'max' })),
    ],
    [
      'indicator 2 overDepartments',
      '指标“指标rate”：比率的“跨部门汇总”只能是 recompute，现在是“sum”；请改正。',
      only(indicator('a'), indicator('b'), ratio({ overDepartments: 'sum' })),
    ],
    [
      'indicator 2 parts.0.indicator',
      '指标“指标both”：组成项“none”不是本目录的指标；请填写目录中的指标。',
      only(indicator('a'), indicator('b'), sumOf({ indicator: 'none' })),
    ],
    [
      'indicator 2 parts.1.indicator',
      '指标“指标both”：组成项“指标a”写了两次；请删去其中一个。',
      only(indicator('a'), indicator('b'), sumOf({ indicator: 'a' }, { indicator: 'a' })),
    ],
    [
      'indicator 2 parts.0.indicator',
      '指标“指标both”：组成项“指标a”是极值，不能相加；请只用流量、存量或它们的合计。',
      only(indicator('a', 'extreme'), indicator('b'), sumOf({ indicator: 'a' })),
    ],
    [
      'indicator 2 parts.0.indicator',
      '指标“指标both”：组成项“指标a”以人计，本指标以件计；请换用单位相同的指标，或改写单位。',
      only(indicator('a', 'flow', { unit: '人' }), indicator('b'), sumOf({ indicator: 'a' })),
    ],
    [
      'indicator 2 parts.0.indicator',
      '指标“指标both”：组成项“指标a”不是各部门相加的；请换一个指标，或改它的跨部门汇总。',
      only(indicator('a', 'flow', { overDepartments: 'none' }), indicator('b'), sumOf({ indicator: 'a' })),
    ],
    [
      'indicator 2 parts',
      '指标“指标both”：组成项有流量也有存量，全年的数不能相加；请只用同一种性质的指标。',
      only(indicator('a'), indicator('b', 'stock'), sumOf({ indicator: 'a' }, { indicator: 'b' })),
    ],
    [
      'indicator 2 parts',
      '指标“指标both”：组成项有的填当期数，有的填本年累计数，不能相加；请只用填法相同的指标。',
      only(
        indicator('a'),
        indicator('b', 'flow', { overTime: 'cumulative' }),
        sumOf({ indicator: 'a' }, { indicator: 'b' }),
      ),
    ],
    [
      'indicator 0 parts',
      '指标“指标both”：组成项中（直接或间接）有这个合计自己；请去掉它。',
      only(sumOf({ indicator: 'other' }), indicator('other', 'sum', { parts: [{ indicator: 'both' }] })),
    ],
    [
      'indicator 0 range.max',
      '指标“指标a”：最大值 9 小于最小值 10，什么数都填不进去；请改正其中一个。',
      only(indicator('a', 'flow', { range: { min: '10', max: '9' } })),
    ],
    [
      'indicator 0 was',
      '指标“指标a”：与现在的代码相同；没有改代码的，请留空。',
      only(indicator('a', 'flow', { was: 'a' })),
    ],
    [
      'indicator 1 was',
      '指标“指标b”：“指标a”已经与上年的“a”相比；请改为另一个代码，或留空。',
      only(indicator('a'), indicator('b', 'flow', { was: 'a' })),
    ],
    [
      'indicator 0 was',
      '指标“指标a”：“收到·个人”已经与上年的“grid-ra-ca”相比；请改为另一个代码，或留空。',
      sound({ indicators: [indicator('a', 'flow', { was: 'grid-ra-ca' })], ...smallTable() }),
    ],
    [
      'indicator 0 prose.step',
      '指标“指标a”：报告写法是“…余”，却没有填步长；请填写步长（如 10），或改为原数。',
      only(indicator('a', 'flow', { prose: { style: 'at-least' } })),
    ],
    [
      'indicator 0 prose.step',
      '指标“指标a”：步长是 0，应当大于 0；请填写 10、100 这样的数。',
      only(indicator('a', 'flow', { prose: { style: 'at-least', step: '0' } })),
    ],
    [
      'indicator 0 prose.step',
      '指标“指标a”：步长是 -10，应当大于 0；请填写 10、100 这样的数。',
      only(indicator('a', 'flow', { prose: { style: 'at-least', step: '-10' } })),
    ],
    [
      'indicator 0 prose.step',
      '指标“指标a”：报告写法是“超…”，却没有填步长；请填写步长（如 10），或改为原数。',
      only(indicator('a', 'flow', { prose: { style: 'more-than' } })),
    ],
    [
      'indicator 0 output.factor',
      '指标“指标a”：换算为发布单位“万件”的数是 0，应当大于 0；请填写 1 个填报单位合多少发布单位。',
      only(indicator('a', 'flow', { output: { unit: '万件', factor: '0', decimals: 2 } })),
    ],
    [
      'indicator 1 parts.1.indicator',
      '指标“指标both”：组成项“none”写了两次；请删去其中一个。',
      only(indicator('a'), sumOf({ indicator: 'none' }, { indicator: 'none' })),
    ],
    [
      'indicator 0 reporters.0',
      '指标“指标a”：报送部门“bing”的结束期 2023-01 早于起始期 2023-02；请改正其中一个。',
      only(indicator('a', 'flow', { reporters: [{ department: 'bing', from: '2023-02', to: '2023-01' }] })),
    ],
    [
      'indicator 0 reporters.0.department',
      '指标“指标a”：“报送部门”应是文字，现在是整数；请改正。',
      only(indicator('a', 'flow', { reporters: [{ department: 5, from: '2023-02' }] })),
    ],
    [
      'indicator 0 reporters.0',
      '指标“指标a”：一直报送的部门，只写部门代码；请写上起始期或结束期，或只写代码。',
      only(indicator('a', 'flow', { reporters: [{ department: 'jia' }] })),
    ],
    [
      'indicator 0 list.maxItems',
      '指标“指标works”：没有填写“最多项数”；请填写。',
      only(indicator('works', 'list', { list: { itemName: '名称' } })),
    ],
    [
      'indicator 0 list.unit',
      '指标“指标works”：不认识“unit”这一项；请删去它，或改正拼写。',
      only(list({ unit: '件' })),
    ],
    [
      'indicator 0 unit',
      '指标“指标a”：没有填写“单位”；请填写。',
      only(indicator('a', 'flow', { unit: null })),
    ],
    [
      'indicator 0 months.10',
      '指标“指标a”：“报送月份”是 13，最多 12；请改正。',
      only(indicator('a', 'flow', { months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13] })),
    ],
    [
      'indicator 0 reporters.10',
      '指标“指标a”：“报送部门”“SFJ”应是代码，只用小写英文字母、数字和单个的连字符，以字母开头，例如 sfj、mediation-cases；请改正。',
      only(indicator('a', 'flow', { reporters: [...'abcdefghij', 'SFJ'] })),
    ],
    [
      'indicator 0 alsoIn.0.factor',
      '指标“指标a”：可用单位“千件”的换算是 0，应当大于 0；请写明 1千件合多少件。',
      only(indicator('a', 'flow', { alsoIn: [{ unit: '千件', factor: '0' }] })),
    ],
    [
      'indicator 0 alsoIn.0.unit',
      '指标“指标a”：单位“件”写了两次；请删去其中一个。',
      only(indicator('a', 'flow', { alsoIn: [{ unit: '件', factor: '2' }] })),
    ],
    [
      'indicator 0 numerator',
      '指标“指标a”：流量（当期发生数）没有“分子”这一项；请删去它，或改性质。',
      only(indicator('a', 'flow', { numerator: 'b' }), indicator('b')),
    ],
    [
      'indicator 1 denominator',
      '指标“指标rate”：比率要填写“分母”，这里没有填；请填写。',
      only(indicator('a'), ratio({ denominator: undefined })),
    ],
    [
      'indicator 2 numerator',
      '指标“指标rate”：分子“c”不是本目录的指标；请填写目录中的指标。',
      only(indicator('a'), indicator('b'), ratio({ numerator: 'c' })),
    ],
    [
      'indicator 2 numerator',
      '指标“指标rate”：分子“指标a”是极值；分子只能是流量、存量或它们的合计，请换一个指标。',
      only(indicator('a', 'extreme'), indicator('b'), ratio({})),
    ],
    [
      'indicator 2 denominator',
      '指标“指标rate”：分母“指标b”不是各部门相加的，没有全市合计可以相除；请换一个指标，或改它的跨部门汇总。',
      only(indicator('a'), indicator('b', 'flow', { overDepartments: 'none' }), ratio({})),
    ],
    [
      'indicator 2 unit',
      '指标“指标rate”：百分比的分子“指标a”以人计，分母“指标b”以件计，单位不同；请换用单位相同的两个指标，或改写本指标的单位。',
      only(indicator('a', 'flow', { unit: '人' }), indicator('b'), ratio({})),
    ],
    [
      'indicator 2 reporters',
      '指标“指标rate”：比率没有“报送部门”这一项；请删去它，或改性质。',
      only(indicator('a'), indicator('b'), ratio({ reporters: 'all' })),
    ],
    [
      'indicator 0 reporters',
      '指标“指标a”：没有部门报送它：没有填写“报送部门”；请填写，全部部门都报送的填“全部”（all）。',
      only(indicator('a', 'flow', { reporters: undefined })),
    ],
    [
      'indicator 0 reporters.1',
      '指标“指标a”：报送部门“bing”不在目录的部门中；请先把它列为部门，或改正这里。',
      only(indicator('a', 'flow', { reporters: ['jia', 'bing'] })),
    ],
    [
      'indicator 0 list',
      '指标“指标works”：清单（不重复的项）要填写“清单的设置”，这里没有填；请填写。',
      only(indicator('works', 'list', { list: undefined })),
    ],
    [
      'indicator 0 list.options.0',
      '指标“指标works”：可选项“三个字”有 3 个字，超过最长字数 2；请缩短它，或加大最长字数。',
      only(list({ maxLength: 2, options: ['三个字'] })),
    ],
    [
      'indicator 0 list',
      '指标“指标a”：流量（当期发生数）没有“清单的设置”这一项；请删去它，或改性质。',
      only(indicator('a', 'flow', { list: { itemName: '名称', maxItems: 5 } })),
    ],
    [
      'indicator 0 list.options',
      '指标“指标works”：可选项共有 30399 个字，最多 30000 个字；请减少或缩短可选项。',
      only(
        list({
          maxLength: 200,
          options: Array.from({ length: 200 }, (_, index) => `${index}`.padStart(151, '选')),
        }),
      ),
    ],
  ])('is refused at %s: %s', (where, message, file) => {
    const reading = readCatalogue(file);
    const problems = reading.kind === 'problems' ? reading.problems : [];
    expect(problems.map(inOneLine)).toContain(`${where} ${message}`);
    expect(new Set(problems.map(inOneLine)).size).toBe(problems.length);
  });
});
