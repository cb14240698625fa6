import { describe, expect, it } from 'vitest';
import { catalogueSchema, readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { indicator, narrative, smallTable } from '../small-year.ts';
import { inOneLine, period, ratio, rule, sound } from './catalogue-parts.ts';

function problemsOf(file: unknown): string[] {
  const reading = readCatalogue(file);
  return reading.kind === 'problems' ? reading.problems.map(inOneLine) : [];
}

const blank = { unit: '' };
const noUnit = (index: number, id: string) =>
  `indicator ${index} unit 指标“指标${id}”：“单位”是空的；请填写。`;
const due = (name: string) => period(name, '2024-01-10', '2024-01-31');

describe('an entry that is not sound by itself', () => {
  it.each<[what: string, file: unknown, said: string[]]>([
    [
      'an indicator that a ratio divides',
      sound({ indicators: [indicator('a', 'flow', blank), indicator('b'), ratio({})] }),
      [noUnit(0, 'a')],
    ],
    [
      'an indicator that a sum adds up',
      sound({
        indicators: [
          ...[indicator('a', 'flow', blank), indicator('b')],
          indicator('both', 'sum', { parts: [{ indicator: 'a' }, { indicator: 'b' }] }),
        ],
      }),
      [noUnit(0, 'a')],
    ],
    [
      'an indicator of a rule',
      sound({ indicators: [indicator('a', 'flow', blank), indicator('b')], rules: [rule('a <= b')] }),
      [noUnit(0, 'a')],
    ],
    [
      'the one indicator of a rule',
      sound({ indicators: [indicator('a', 'flow', blank), indicator('b')], rules: [rule('a <= 5')] }),
      [noUnit(0, 'a')],
    ],
    [
      'the one of two that its department alone would report',
      sound({
        indicators: [
          indicator('a', 'flow', { ...blank, reporters: ['jia'] }),
          indicator('b', 'flow', { reporters: ['yi'] }),
        ],
        rules: [rule('b <= a + b')],
      }),
      [noUnit(0, 'a')],
    ],
    [
      'the department that alone reports all of a rule',
      sound({
        departments: [
          { id: 'jia', name: '' },
          { id: 'yi', name: '乙' },
        ],
        indicators: ['a', 'b'].map((id) => indicator(id, 'flow', { reporters: ['jia'] })),
        rules: [rule('a <= b')],
      }),
      ['department 0 name 部门“jia”：“名称”是空的；请填写。'],
    ],
    [
      'all that is asked for in a period',
      sound({
        indicators: [indicator('a'), indicator('q', 'flow', { ...blank, frequency: 'quarter' })],
        file: { periods: [due('2023-03'), due('2023-Q1')] },
      }),
      [noUnit(1, 'q')],
    ],
    [
      'the same, with a table that is not sound either',
      sound({
        indicators: [indicator('a'), indicator('q', 'flow', { ...blank, frequency: 'quarter' })],
        ...smallTable(blank),
        file: { periods: [due('2023-03'), due('2023-Q1')] },
      }),
      [noUnit(1, 'q'), 'table 0 unit 表格“表”：“单位”是空的；请填写。'],
    ],
    ['all that there is', sound({ indicators: [indicator('a', 'flow', blank)] }), [noUnit(0, 'a')]],
    [
      'all that there is, of both kinds',
      sound({ indicators: [indicator('a', 'flow', blank)], ...smallTable(blank) }),
      [noUnit(0, 'a'), 'table 0 unit 表格“表”：“单位”是空的；请填写。'],
    ],
    [
      'a period as often as something is asked for',
      sound({
        indicators: [indicator('a'), indicator('q', 'flow', { frequency: 'quarter' })],
        file: { periods: [due('2023-03'), due('2023-Q5')] },
      }),
      [
        'period 1 period 第 2 个报送期：“报告期”“2023-Q5”应是月、季、半年或年，例如 2024-03、2024-Q1、2024-H1、2024；请改正。',
      ],
    ],
    [
      'none at all',
      sound({ departments: [{ id: 'jia', name: '甲' }, null as never] }),
      ['department 1 第 2 个部门：没有填写这一条；请填写。'],
    ],
    [
      'one that has what another kind of entry has',
      sound({ departments: [{ id: 'jia', name: '甲', unit: '件' } as never] }),
      ['department 0 unit 部门“甲”：不认识“unit”这一项；请删去它，或改正拼写。'],
    ],
  ])('is said, and nothing of what names it: %s', (_, file, said) => {
    expect(problemsOf(file)).toEqual(said);
  });

  it.each<[what: string, file: unknown, said: string[]]>([
    [
      'a period of another year',
      sound({
        indicators: [indicator('a', 'flow', blank), indicator('b')],
        file: { periods: [due('2022-03')] },
      }),
      [noUnit(0, 'a'), 'period 0 period 报送期 2022年3月：报告期不在 2023 年；请改正报告期，或目录的年份。'],
    ],
    [
      'an indicator as often as no period',
      sound({ indicators: [indicator('a', 'flow', blank), indicator('b', 'flow', { frequency: 'year' })] }),
      [
        noUnit(0, 'a'),
        'indicator 1 frequency 指标“指标b”：报送频率是按年，而报送期中没有年报的报告期；请在报送期中加上，或改报送频率。',
      ],
    ],
    [
      'nothing that is asked for',
      sound({ indicators: [], narratives: [narrative('how')], file: { format: 'other' } }),
      [
        'catalogue format 目录：“格式”只能是 indicators-catalogue/1，现在是“other”；请改正。',
        'catalogue indicators 目录：“指标”有 0 项，至少 1 项；请改正。',
      ],
    ],
  ])('leaves the others to be checked: %s', (_, file, said) => {
    expect(problemsOf(file)).toEqual(said);
  });

  it('makes no catalogue, though nothing may be left to say', () => {
    expect(readCatalogue(sound(), { indicators: new Set([1]) })).toEqual({ kind: 'problems', problems: [] });
    expect(readCatalogue(sound()).kind).toBe('catalogue');
  });
});

describe('a catalogue that asks for nothing', () => {
  it('is refused, at its indicators', () => {
    const { error } = catalogueSchema.safeParse(sound({ indicators: [] }));
    expect(error?.issues[0]).toMatchObject({
      ...{ path: ['indicators'], message: '目录：“指标”有 0 项，至少 1 项；请改正。' },
    });
  });
});
