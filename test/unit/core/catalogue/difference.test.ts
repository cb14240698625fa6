import { describe, expect, it } from 'vitest';
import { differences } from '../../../../shared/core/catalogue/difference.ts';
import { catalogueOf, indicator, narrative, smallTable } from '../small-year.ts';
import { list, ratio } from './catalogue-parts.ts';
import { differing, plain, type Said, said } from './differing.ts';

describe('a department that is changed', () => {
  const others = [
    { id: 'yi', name: '乙局' },
    { id: 'bing', name: '丙局' },
  ];
  it.each<[what: string, before: object, after: object, said: Said]>([
    ['by its name', {}, { name: '甲委' }, ['renamed', '甲局', '甲委']],
    ['by its group', {}, { group: '县区' }, ['group', '', '县区']],
    [
      'by being merged into another, which is named',
      {},
      { to: '2023-02', successor: 'yi' },
      ['validity', '全年', '至2023年2月止，并入乙局'],
    ],
  ])('%s', (_, before, after, expected) => {
    const of = (more: object) => ({ departments: [{ id: 'jia', name: '甲局', ...more }, ...others] });
    expect(said(of(before), of(after))).toEqual([expected]);
    expect(differing(of(before), of(after))).toMatchObject([{ entry: 'department', indicators: [] }]);
  });
});

describe('a table that is changed', () => {
  it.each<[what: string, before: object, after: object, said: Said]>([
    ['by its name', {}, { name: '新表' }, ['renamed', '表', '新表']],
    ['by when it is in force', {}, { from: '2023-02' }, ['validity', '全年', '2023年2月起']],
    ['by who fills it in', {}, { reporters: ['jia'] }, ['moved', '全部部门', '甲局']],
    ['by its unit', {}, { unit: '人' }, ['unit', '件', '人']],
    ['by its kind', {}, { kind: 'stock' }, ['kind', '流量（当期发生数）', '存量（期末数）']],
    ['by its meaning', {}, { section: '一', definition: '另定。' }, ['definition', '口径。', '一 另定。']],
    [
      'by what is entered',
      {},
      { decimals: 2, blank: 'zero', months: [3], range: { max: '9' } },
      ['entry', '0 位小数，空白要问，不小于 0', '2 位小数，空白算 0，3月报送，不小于 0，不大于 9'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(said(smallTable(before), smallTable(after))).toEqual([expected]);
  });

  it('is about the first cell that is typed, so that one of its figures leads to it', () => {
    expect(differing(smallTable(), smallTable({ name: '新表' }))).toMatchObject([
      { entry: 'table', id: 'grid', name: '新表', indicators: ['grid-ra-ca'] },
    ]);
  });

  it.each<[axis: string, id: string, more: object, said: Said, cells: string[]]>([
    ['row', 'rb', { name: '已办' }, ['renamed', '办结', '已办'], ['grid-rb-ca']],
    ['column', 'cb', { name: '机构' }, ['renamed', '单位', '机构'], ['grid-ra-cb']],
    ['row', 'rc', { sum: 'ra + rb' }, ['rule', 'ra - rb', 'ra + rb'], []],
    ['column', 'cc', { sum: 'cb + ca' }, ['rule', 'ca + cb', 'cb + ca'], []],
    ['balance', 'most', { rule: 'rb = ra' }, ['rule', 'rb <= ra', 'rb = ra'], ['grid-ra-ca']],
  ])(
    'in its %s %s by %j: with the first typed cell that it is about',
    (axis, id, more, expected, indicators) => {
      const { tables, lines } = smallTable();
      const renewed = lines.map((each) => (each.id === id ? { ...each, ...more } : each));
      const found = differing({ tables, lines }, { tables, lines: renewed });
      expect(found.map(({ change, before, after }) => [change, before, after])).toEqual([expected]);
      expect(found).toMatchObject([{ entry: 'line', id: `grid ${axis} ${id}`, indicators }]);
    },
  );

  it('is about no cell of another table', () => {
    const two = (name: string) => {
      const [one, other] = [smallTable(), smallTable({ id: 'second', name })];
      const lines = other.lines.map((each) => ({ ...each, table: 'second' }));
      return { tables: [...one.tables, ...other.tables], lines: [...one.lines, ...lines] };
    };
    expect(differing(two('另一表'), two('新表'))).toMatchObject([
      { id: 'second', indicators: ['second-ra-ca'] },
    ]);
  });

  it('in a line is about no cell of another table', () => {
    const [one, other] = [smallTable(), smallTable({ id: 'second', name: '另一表' })];
    const tables = [...one.tables, ...other.tables];
    const lines = [...one.lines, ...other.lines.map((each) => ({ ...each, table: 'second' }))];
    const renewed = lines.map((each) =>
      each.table === 'second' && each.id === 'ra' ? { ...each, name: '收件' } : each,
    );
    expect(differing({ tables, lines }, { tables, lines: renewed })).toMatchObject([
      { id: 'second row ra', indicators: ['second-ra-ca'] },
    ]);
  });
});

describe('a narrative that is changed', () => {
  it.each<[what: string, after: Record<string, unknown>, said: Said]>([
    ['by when it is asked for', { to: '2023-02' }, ['validity', '全年', '至2023年2月止']],
    ['by who writes it', { reporters: ['yi'] }, ['moved', '全部部门', '乙局']],
    ['by its section', { section: '一' }, ['definition', '写明情况。', '一 写明情况。']],
    ['by its length', { maxLength: 30 }, ['entry', '必填，最长 20 字', '必填，最长 30 字']],
  ])('%s', (_, after, expected) => {
    expect(said({ narratives: [narrative('how')] }, { narratives: [narrative('how', after)] })).toEqual([
      expected,
    ]);
  });
});

describe('a period that is changed', () => {
  it('is said by its days, and by those that it counts where they are not the calendar’s', () => {
    const before = catalogueOf({ indicators: plain, months: [1] });
    const [first] = before.periods;
    const said = (more: object) =>
      differences(before, { ...before, periods: [{ ...first!, ...more }] }).map(({ after }) => after);
    expect(said({ due: '2023-02-15' })).toEqual(['2023-02-15前报送，最迟 2023-02-20']);
    expect(said({ ends: '2023-01-25' })).toEqual([
      '统计期间2023年1月1日至2023年1月25日，2023-02-10前报送，最迟 2023-02-20',
    ]);
  });
});

describe('a rule that is changed', () => {
  const rule = { id: 'r', over: 'period', expression: 'a <= b', message: '甲不大于乙。' };
  it.each<[what: string, after: object, is: string]>([
    ['by what it says', { message: '甲要小些。' }, '当期：a <= b（甲要小些。）'],
    ['by what it is over', { over: 'year-to-date' }, '本年累计：a <= b（甲不大于乙。）'],
    ['by what must hold', { expression: 'a = b' }, '当期：a = b（甲不大于乙。）'],
  ])('%s, is about the indicators in it', (_, after, is) => {
    expect(differing({ rules: [rule] }, { rules: [{ ...rule, ...after }] })).toMatchObject([
      { change: 'rule', before: '当期：a <= b（甲不大于乙。）', after: is, indicators: ['a', 'b'] },
    ]);
  });
});

describe('the catalogue itself', () => {
  it('differs by its title, authority, notice and time zone, said in one', () => {
    const before = catalogueOf({ indicators: plain });
    const renamed = { ...before, title: '新目录', notice: '试行', utcOffset: '+09:00' };
    expect(differences(before, renamed)).toEqual([
      {
        ...{ entry: 'catalogue', id: '', name: '新目录', indicators: [] },
        ...{ change: 'title', before: '测试目录，测试市，+08:00', after: '新目录，测试市，试行，+09:00' },
      },
    ]);
  });

  it('does not differ from itself', () => {
    const parts = {
      ...smallTable(),
      narratives: [narrative('how')],
      indicators: [...plain, list({}), ratio({})],
    };
    expect(differing(parts, parts)).toEqual([]);
  });
});

describe('what is added or removed', () => {
  it('is said in the order of the entries: what there is now, then what is gone, each with what it is about', () => {
    const found = differing(
      { indicators: [indicator('gone'), ...plain], months: [1, 2] },
      { indicators: [...plain, indicator('new')], months: [2, 3] },
    );
    expect(
      found.map(({ entry, id, change, before, after, indicators }) => [
        ...[entry, id, change],
        ...[before, after, indicators.join()],
      ]),
    ).toEqual([
      ['indicator', 'new', 'added', '', '指标new', 'new'],
      ['indicator', 'gone', 'removed', '指标gone', '', 'gone'],
      ['period', '2023-03', 'added', '', '2023年3月', ''],
      ['period', '2023-01', 'removed', '2023年1月', '', ''],
    ]);
  });

  it('has nothing to compare its aspects with', () => {
    const departments = [{ id: 'jia', name: '甲局' }];
    const more = [...departments, { id: 'yi', name: '乙局', group: '县区' }];
    expect(said({ departments }, { departments: more })).toEqual([['added', '', '乙局']]);
  });
});
