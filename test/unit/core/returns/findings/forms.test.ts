import { describe, expect, it } from 'vitest';
import { say } from '../../../../../shared/core/returns/findings/findings.ts';
import { addressRules, formRules, rowRules } from '../../../../../shared/core/returns/findings/forms.ts';
import { type Case, saysEach } from './said.ts';

const example = 'jia/2023-01/';
const name = '甲'.repeat(100);
const cut = `${'甲'.repeat(79)}…`;
const nobody = { place: undefined, mark: undefined, owner: undefined };
const known = { isPeriodKnown: true, example };

const cases: Case[] = [
  [
    () => say('address-unknown-department', { ...nobody, place: 'ding' }, known),
    'ding',
    '指标目录中的部门代码',
    '上传位置写的部门“ding”不在指标目录中；请从本部门',
  ],
  [
    () => say('address-unknown-department', { ...nobody, place: 'ding', owner: '甲局' }, known),
    'ding',
    '指标目录中的部门代码',
    '表内标识却是甲局：是放错了位置，还是写错了部门代码？请从',
  ],
  [
    () => say('address-unknown-department', { ...nobody, mark: 'wu' }, known),
    'wu',
    '指标目录中的部门代码',
    '表内标识的部门“wu”不在指标目录中，上传位置和文件名也没有指明部门；',
  ],
  [
    () => say('address-unknown-department', nobody, known),
    undefined,
    '指标目录中的部门代码',
    '没有指明是哪个部门的报表；',
  ],
  [
    () => say('address-unknown-department', nobody, { ...known, isPeriodKnown: false }),
    undefined,
    '指标目录中的部门代码',
    '没有指明是哪个部门、哪一期的报表；',
  ],
  [
    () => say('address-unknown-period', { place: '2022-01', mark: '2021-01' }, { year: 2023, example }),
    '2022-01',
    '2023年的报告期',
    '上传位置写的“2022-01”不是2023年的报告期；',
  ],
  [
    () => say('address-unknown-period', { place: undefined, mark: '2021-01' }, { year: 2023, example }),
    '2021-01',
    '2023年的报告期',
    '表内标识的报告期“2021-01”不属于2023年',
  ],
  [
    () => say('address-unknown-period', { place: undefined, mark: undefined }, { year: 2023, example }),
    undefined,
    '2023年的报告期',
    '都没有指明有效的报告期；',
  ],
  [
    () => say('address-not-expected', '乙局', '2023-02'),
    '乙局 2023-02',
    '应当报送的部门和报告期',
    '乙局2023年2月没有需要报送的指标',
  ],
  [() => say('address-malformed'), undefined, '能够识别的文件名', '文件名的编码有误'],
  [
    () => say('form-contradicts-address', '文件名', { said: '乙局', mark: '甲局', example }),
    '甲局',
    '乙局',
    '文件名写的是乙局，表内标识却是甲局：是文件名写错了，还是用错了模板？',
  ],
  [() => say('file-name-differs', '乙局', '甲局'), '乙局', '甲局', '已按甲局读取'],
  [() => say('form-not-recognised'), undefined, '本系统下载的填报模板', '找不到本系统模板的标识'],
  [
    () => say('form-marks-differ', '甲局、乙局'),
    '甲局、乙局',
    '一份报表的工作表',
    '分属不同的报表（甲局、乙局）',
  ],
  [
    () => say('form-of-another-year', '2022', { found: '2022年1月', expected: '2023年1月' }),
    '2022年1月',
    '2023年1月',
    '上传时指明的是2023年1月，表内标识却是2022年1月：是放错了位置，还是用错了模板？这是2022年的模板',
  ],
  [
    () => say('form-of-another-department', '乙局', '甲局'),
    '乙局',
    '甲局',
    '上传时指明的是甲局，表内标识却是乙局',
  ],
  [
    () => say('form-of-another-period', '2023年2月', '2023年1月'),
    '2023年2月',
    '2023年1月',
    '确是2023年2月的，请到2023年2月的页面上传',
  ],
  [() => say('form-of-another-catalogue'), undefined, undefined, '没有采用过的指标目录'],
  [() => say('form-heading-differs', name, '填报单位：甲局'), cut, '填报单位：甲局', `表头写的是“${cut}”`],
  [() => say('sheet-repeated', '月报'), '月报', undefined, '有两份'],
  [() => say('sheet-missing', '清单1'), undefined, '清单1', '找不到“清单1”这张表'],
  [() => say('column-repeated', '本期数'), undefined, '本期数', '两个“本期数”列'],
  [() => say('column-missing', '本期数'), undefined, '本期数', '找不到“本期数”列'],
  [() => say('column-name-differs', '乙', '甲'), '乙', '甲', '应为“甲”'],
  [() => say('list-column-missing', '名称'), undefined, '名称', '找不到“名称”列'],
  [() => say('row-missing', { name }), undefined, cut, `找不到“${name}”这一行`],
  [() => say('row-repeated', 6, 9), '第 6 行和第 9 行', '一个指标一行', '删除多余的一行'],
  [() => say('row-name-differs', 7, { found: '乙', expected: '甲' }), '乙', '甲', '第 7 行的指标名称'],
  [() => say('row-hidden', 7, '甲'), '甲', undefined, '第 7 行在文件中是隐藏的'],
  [() => say('column-hidden', 'E'), 'E 列', undefined, 'E 列在文件中是隐藏的'],
  [() => say('sheet-hidden', '清单1'), '清单1', undefined, '“清单1”表在文件中是隐藏的'],
  [
    () => say('fault-elsewhere', { found: 'B2', reason: '损坏', count: 2 }),
    'B2',
    undefined,
    '有 2 处系统不能读取（损坏）',
  ],
  [
    () => say('fault-elsewhere', { found: undefined, reason: '损坏', count: 1 }),
    undefined,
    undefined,
    '有 1 处',
  ],
  [() => say('row-unknown', '9', 'zz'), '9', '本表的指标，而不是“zz”', '不知道应计入哪一项'],
  [() => say('row-unknown', '9', ''), '9', undefined, '不知道应计入哪一项'],
  [() => say('cell-ignored', '以上', 'zz'), '以上', '本表的指标，而不是“zz”', '没有读取'],
  [() => say('figure-shown-conditionally', '12'), '12', undefined, '条件格式'],
  [() => say('figure-beside', '7', 'E6'), '7', 'E6', '填数的那一格（E6）是空的'],
  [() => say('input-cell-merged-sideways', 'E6:F6'), '合并单元格 E6:F6', undefined, '右边的单元格合并了'],
  [() => say('input-cell-merged-left', 'D6:E6', 'E6'), '合并单元格 D6:E6', 'E6', '把数字填到 E6'],
  [() => say('input-cell-merged', 'E6:E7'), '合并单元格 E6:E7', '每个指标一个单元格', '逐项填写'],
];

describe('what is said of a form', () => {
  saysEach(cases);

  it('is listed here for every rule', () => {
    const rules = Object.keys({ ...addressRules, ...formRules, ...rowRules });
    expect([...new Set(cases.map(([words]) => words().rule))].toSorted()).toEqual(rules.toSorted());
  });

  it('asks in the end to send it where it belongs, with an example', () => {
    const { message } = say(
      'address-unknown-period',
      { place: undefined, mark: undefined },
      { year: 2023, example },
    );
    expect(message).toMatch(
      /；请从本部门的上传页面上传，或放入以部门代码和报告期命名的文件夹（例如 jia\/2023-01\/）后重新提交。$/,
    );
  });
});
