import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { indicator } from '../small-year.ts';
import { inOneLine, list, only, period, ratio, rule, sound } from './catalogue-parts.ts';

const named = (more: object) => only({ ...indicator('a'), name: '受理', ...more });
const without = (key: string, entry: object) =>
  Object.fromEntries(Object.entries(entry).filter(([each]) => each !== key));

function linesOf(file: unknown): string[] {
  const reading = readCatalogue(file);
  return (reading.kind === 'problems' ? reading.problems : []).map(inOneLine);
}

describe('the shape of a catalogue', () => {
  it.each<[where: string, message: string, file: unknown]>([
    ['catalogue', '目录：这一条应是一组字段，现在是文字；请改正。', 'no catalogue'],
    ['catalogue format', '目录：没有填写“格式”；请填写。', without('format', sound() as object)],
    [
      'catalogue format',
      '目录：“格式”只能是 indicators-catalogue/1，现在是“indicators-catalogue/9”；请改正。',
      sound({ file: { format: 'indicators-catalogue/9' } }),
    ],
    [
      'catalogue format',
      '目录：“格式”只能是 indicators-catalogue/1，现在是“{"toString":null}”；请改正。',
      sound({ file: { format: { toString: null } } }),
    ],
    ['catalogue year', '目录：“年份”是 1999，至少 2000；请改正。', sound({ file: { year: 1999 } })],
    ['catalogue title', '目录：“标题”是空的；请填写。', sound({ file: { title: '　' } })],
    [
      'catalogue utcOffset',
      '目录：“时区”“8”应是与世界时的时差，例如 +08:00；请改正。',
      sound({ file: { utcOffset: '8' } }),
    ],
    [
      'catalogue oddity',
      '目录：不认识“oddity”这一项；请删去它，或改正拼写。',
      sound({ file: { oddity: 1 } }),
    ],
    ['catalogue departments', '目录：“部门”有 0 项，至少 1 项；请改正。', sound({ departments: [] })],
    [
      'catalogue departments',
      '目录：“部门”应是列表，现在是整数；请改正。',
      sound({ file: { departments: 5 as never } }),
    ],
    [
      'department 0',
      '第 1 个部门：这一条应是一组字段，现在是文字；请改正。',
      sound({ departments: ['司法局' as never] }),
    ],
    ['department 0 name', '部门“sfj”：没有填写“名称”；请填写。', sound({ departments: [{ id: 'sfj' }] })],
    [
      'department 0 id',
      '部门“市司法局”：“代码”“SFJ”应是代码，只用小写英文字母、数字和单个的连字符，以字母开头，例如 sfj、mediation-cases；请改正。',
      sound({ departments: [{ id: 'SFJ', name: '市司法局' }] }),
    ],
    [
      'department 0 formerNames.0.to',
      '部门“市司法局”：“结束期”“2023年3月”应是年份和月份，例如 2024-03；请改正。',
      sound({
        departments: [{ id: 'sfj', name: '市司法局', formerNames: [{ name: '司法局', to: '2023年3月' }] }],
      }),
    ],
    [
      'indicator 0 unit',
      '指标“受理”：“单位”有 13 个字，最多 12 个字；请改正。',
      named({ unit: '一二三四五六七八九十一二三' }),
    ],
    ['indicator 0 unit', '指标“受理”：“单位”应是文字，现在是整数；请改正。', named({ unit: 3 })],
    ['indicator 0 decimals', '指标“受理”：“小数位”是 9，最多 6；请改正。', named({ decimals: 9 })],
    [
      'indicator 0 decimals',
      '指标“受理”：“小数位”应是整数，现在是有小数的数；请改正。',
      named({ decimals: 1.5 }),
    ],
    [
      'indicator 0 required',
      '指标“受理”：“必填”应是是或否（true 或 false），现在是文字；请改正。',
      named({ required: '是' }),
    ],
    ['indicator 0 months.1', '指标“受理”：“报送月份”是 13，最多 12；请改正。', named({ months: [1, 13] })],
    [
      'indicator 0 kind',
      '指标“受理”：“性质”只能是 flow、stock、extreme、list、sum、ratio，现在是“total”；请改正。',
      named({ kind: 'total' }),
    ],
    ['indicator 0 kind', '指标“受理”：没有填写“性质”；请填写。', named({ kind: undefined })],
    [
      'indicator 0 range.min',
      '指标“受理”：“最小值”“1e3”应是普通的数，不带逗号和多余的 0，例如 100、0.0001；请改正。',
      named({ range: { min: '1e3' } }),
    ],
    [
      'indicator 0 alsoIn.0.factor',
      '指标“受理”：没有填写“可用单位的换算”；请填写。',
      named({ alsoIn: [{ unit: '千件' }] }),
    ],
    [
      'indicator 0 output.factor',
      '指标“受理”：换算为发布单位“万件”的数是 -1，应当大于 0；请填写 1 个填报单位合多少发布单位。',
      named({ output: { unit: '万件', factor: '-1', decimals: 2 } }),
    ],
    [
      'indicator 0 output.factor',
      '指标“受理”：换算为发布单位“万件”的小数位过多，连同填报的小数位共 12 位，最多 10 位；请减少小数位，或换一个发布单位。',
      named({ output: { unit: '万件', factor: '0.000000000001', decimals: 2 } }),
    ],
    [
      'indicator 0 reporters',
      '指标“受理”：“报送部门”应是 "all"（全部部门），或部门代码的列表；请改正。',
      named({ reporters: '全部' }),
    ],
    [
      'indicator 0 reporters.0',
      '指标“受理”：“报送部门”“市司法局”应是代码，只用小写英文字母、数字和单个的连字符，以字母开头，例如 sfj、mediation-cases；请改正。',
      named({ reporters: ['市司法局'] }),
    ],
    [
      'indicator 0 reporters.0',
      '指标“受理”：“报送部门”的写法不对，应是部门代码，或部门代码与起止期；请改正。',
      named({ reporters: [7] }),
    ],
    [
      'indicator 0 reporters.0',
      '指标“受理”：一直报送的部门，只写部门代码；请写上起始期或结束期，或只写代码。',
      named({ reporters: [{ department: 'jia' }] }),
    ],
    [
      'indicator 0 reporters.0',
      '指标“受理”：报送部门“甲局”的结束期 2023-01 早于起始期 2023-02；请改正其中一个。',
      named({ reporters: [{ department: 'jia', from: '2023-02', to: '2023-01' }] }),
    ],
    [
      'indicator 0 list.maxItems',
      '指标“指标works”：“最多项数”是 0，至少 1；请改正。',
      only(list({ maxItems: 0 })),
    ],
    [
      'indicator 0 list.options.1',
      '指标“指标works”：可选项“《甲》”与前面的一项相同；请删去其中一个。',
      only(list({ options: ['甲', '《甲》'] })),
    ],
    [
      'indicator 2 oddity',
      '指标“指标rate”：不认识“oddity”这一项；请删去它，或改正拼写。',
      only(indicator('a'), indicator('b'), ratio({ oddity: '1' })),
    ],
  ])('is refused at %s: %s', (where, message, file) => {
    expect(linesOf(file)).toContain(`${where} ${message}`);
  });

  it.each<[expression: string, why: string]>([
    ['a - 1,000 <= b', '规则中的数“1,000”写法不对；请写成 12 或 0.5 的样子'],
    ['10 >= 12', '规则中没有指标，只有数'],
    ['a + b', '规则中没有 <=、= 或 >=，看不出要比较什么'],
    ['a <= b <= c', '规则中有 2 个比较的符号，只能有一个；请拆成几条规则。'],
    ['a < b', '规则中的“<”不能用；请改为 <=，或 =。'],
    ['a = b * c', '规则中只能相加、相减，不能乘除，也不能用括号'],
    ['a - <= b', '规则中有一处缺了指标代码'],
    ['<= b', '规则中有一处缺了指标代码'],
    ['收到 <= a', '规则中的“收到”不是指标代码'],
    [
      'a<=b',
      '规则的写法不对；请写成 a - b <= c 的样子：指标代码之间用 +、- 相连，两边之间用 <=、= 或 >=，符号两边各空一格。',
    ],
    ['', '“规则”是空的；请填写。'],
  ])('is refused where a rule reads “%s”: %s', (expression, why) => {
    const lines = linesOf(sound({ rules: [rule(expression)] }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`rule 0 expression 规则“r1”：${why}`);
  });

  it('says at once what is wrong with shapes, and with the entries whose shapes are right', () => {
    const file = sound({
      departments: [
        { id: 'jia', name: '' },
        { id: 'yi', name: '乙局', to: '2023-01', successor: 'jia' },
        { id: 'yi', name: '丙局' },
      ],
      indicators: [
        indicator('a', 'flow', { unit: '', reporters: ['jia'] }),
        indicator('b', 'flow', { reporters: ['jia', 'bing'] }),
        ratio({ numerator: 'b', denominator: 'c' }),
      ],
      rules: [rule('a <= b'), { ...rule('b <= d'), id: 'r2' }],
      file: {
        year: '今年',
        periods: [
          period('2023-01', '2023-02-30', '2023-03-01'),
          period('2022-03', '2022-04-10', '2022-04-01'),
        ],
      },
    });
    const where = linesOf(file).map((line) => /^[ -~]*(?= )/.exec(line)?.[0]);
    expect(where).toEqual([
      'catalogue year',
      'department 0 name',
      'indicator 0 unit',
      'period 0 due',
      'department 2 id',
      'indicator 1 reporters.1',
      'indicator 2 denominator',
      'rule 1 expression',
      'period 1 cutOff',
    ]);
  });
});
