import { describe, expect, it } from 'vitest';
import { catalogueSchema, readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { indicator } from '../small-year.ts';
import {
  inOneLine,
  list,
  merged,
  only,
  period,
  ratio,
  rule,
  sound,
  stock,
  successor,
} from './catalogue-parts.ts';

describe('a catalogue', () => {
  it.each([
    [
      'department 0 successor',
      '部门“甲”：并入“乙”以后，存量指标“指标s”就没有部门报送了；请在这个指标的报送部门中加上“乙”。',
      sound({
        departments: [merged, successor],
        indicators: [indicator('a'), stock({ reporters: ['jia'] })],
      }),
    ],
    [
      'rule 0 expression',
      '规则“r1”：“指标rate”是比率，当期的规则不能用它；请换一个指标，或改范围。',
      sound({
        indicators: [indicator('a', 'flow', { unit: '%' }), indicator('b', 'flow', { unit: '%' }), ratio({})],
        rules: [rule('a <= rate')],
      }),
    ],
    [
      'department 1 id',
      '部门“乙”：代码“jia”已经用于部门“甲”；请换一个代码。',
      sound({
        departments: [
          { id: 'jia', name: '甲' },
          { id: 'jia', name: '乙' },
        ],
      }),
    ],
    [
      'department 1 name',
      '部门“甲”：名称“甲”与部门“甲”（jia）的名称或曾用名相同；请把其中一个的名称写得有所区别。',
      sound({
        departments: [
          { id: 'jia', name: '甲' },
          { id: 'yi', name: '甲' },
        ],
      }),
    ],
    [
      'department 0 id',
      '部门“甲”：代码“office”是系统保留的；请换一个代码。',
      sound({ departments: [{ id: 'office', name: '甲' }] }),
    ],
    [
      'department 0 id',
      '部门“甲”：代码“unaddressed”是系统保留的；请换一个代码。',
      sound({ departments: [{ id: 'unaddressed', name: '甲' }] }),
    ],
    [
      'department 0 to',
      '部门“甲”：结束期 2023-04 早于起始期 2023-05；请改正其中一个。',
      sound({ departments: [{ id: 'jia', name: '甲', from: '2023-05', to: '2023-04' }] }),
    ],
    [
      'department 0 to',
      '部门“甲”：填了并入部门，却没有填结束期；请填写本部门报送的最后一个月，没有并入的请删去并入部门。',
      sound({
        departments: [
          { id: 'jia', name: '甲', successor: 'yi' },
          { id: 'yi', name: '乙' },
        ],
      }),
    ],
    [
      'department 0 successor',
      '部门“甲”：并入部门是本部门自己；请填写并入的另一个部门。',
      sound({ departments: [{ id: 'jia', name: '甲', to: '2023-01', successor: 'jia' }] }),
    ],
    [
      'department 0 successor',
      '部门“甲”：并入部门“bing”不在目录的部门中；请填写目录中的另一个部门，或先把它列为部门。',
      sound({ departments: [{ id: 'jia', name: '甲', to: '2023-01', successor: 'bing' }] }),
    ],
    [
      'rule 1 id',
      '规则“r1”：代码“r1”已经用于第 1 条规则；请换一个代码。',
      sound({ rules: [rule('a <= b'), rule('b <= a')] }),
    ],
    [
      'period 1 period',
      '报送期 2023年1月：这个报告期写了两次；请删去其中一个。',
      sound({
        file: {
          periods: [
            period('2023-01', '2023-02-10', '2023-02-20'),
            period('2023-01', '2023-02-10', '2023-02-20'),
          ],
        },
      }),
    ],
    [
      'period 0 period',
      '报送期 2022年12月：报告期不在 2023 年；请改正报告期，或目录的年份。',
      sound({ file: { periods: [period('2022-12', '2023-01-10', '2023-01-20')] } }),
    ],
    [
      'period 0 due',
      '报送期 2023年3月：截止日 2023-02-28 在2023年3月开始之前；请改正。',
      sound({ file: { periods: [period('2023-03', '2023-02-28', '2023-04-20')] } }),
    ],
    [
      'period 0 cutOff',
      '报送期 2023年3月：最迟日 2023-04-09 早于截止日 2023-04-10；请填写截止日当天或以后的日子。',
      sound({ file: { periods: [period('2023-03', '2023-04-10', '2023-04-09')] } }),
    ],
    [
      'period 1 period',
      '报送期 2023年1月：没有按先后排列；请把各报告期从早到晚排列，同月结束的，先短后长。',
      sound({
        file: {
          periods: [
            period('2023-02', '2023-03-10', '2023-03-20'),
            period('2023-01', '2023-02-10', '2023-02-20'),
          ],
        },
      }),
    ],
    [
      'department 0',
      '部门“甲局”：2023年1月的报表过大，最多可能占 303020 字节，台账一次只能记 200000 字节；请减少它报送的指标，或减小清单的最多项数、清单和文字说明的最长字数。',
      only(list({ maxItems: 500, maxLength: 200 })),
    ],
  ])('is refused at %s: %s', (where, message, file) => {
    const reading = readCatalogue(file);
    const problems = reading.kind === 'problems' ? reading.problems : [];
    expect(problems.map(inOneLine)).toContain(`${where} ${message}`);
    expect(new Set(problems.map(inOneLine)).size).toBe(problems.length);
  });

  it.each([
    [100, []],
    [
      101,
      [
        'catalogue indicators 目录：各部门一年共要填 606000 个数，最多 600000 个，再多就不能汇总发布；请减少指标或报送部门，或改为按季、按年报送。',
      ],
    ],
  ])(
    'is refused where more is asked for than can be published: %i indicators of 500 departments',
    (count, said) => {
      const departments = Array.from({ length: 500 }, (_, index) => ({
        id: `d${index}`,
        name: `部门${index}`,
      }));
      const indicators = Array.from({ length: count }, (_, index) => indicator(`i${index}`));
      const months = Array.from({ length: 12 }, (_, index) => index + 1);
      const reading = readCatalogue(sound({ indicators, months, file: { departments } }));
      expect(reading.kind === 'problems' ? reading.problems.map(inOneLine) : []).toEqual(said);
    },
  );

  it('names a form that is too large once, and only where the department is there to fill it in', () => {
    const departments = [
      { id: 'jia', name: '甲', to: '2023-01' },
      { id: 'yi', name: '乙' },
    ];
    const large = list({ maxItems: 500, maxLength: 200 });
    const of = (months: number[]) =>
      sound({ departments, indicators: [{ ...large, months }, indicator('a')] });
    const named = (file: unknown) =>
      catalogueSchema
        .safeParse(file)
        .error?.issues.map(({ path, message }) => [path, /[0-9]+年[0-9]+月/.exec(message)?.[0]]);
    expect(named(of([1, 2, 3]))).toEqual([
      [['departments', 0], '2023年1月'],
      [['departments', 1], '2023年1月'],
    ]);
    expect(named(of([2, 3]))).toEqual([[['departments', 1], '2023年2月']]);
  });
});
