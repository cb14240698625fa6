import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { indicator, smallTable } from '../small-year.ts';
import { inOneLine, sound } from './catalogue-parts.ts';

type Parts = Parameters<typeof sound>[0];

function problemsOf(parts: Parts): string[] {
  const reading = readCatalogue(sound(parts));
  return reading.kind === 'problems' ? reading.problems.map(inOneLine) : [];
}

/** The small table, with these lines changed or more of them. */
function withLines(changes: Record<string, object>, ...more: object[]): Parts {
  const { tables, lines } = smallTable();
  return { tables, lines: [...lines.map((each) => ({ ...each, ...changes[each.id] })), ...more] };
}
const row = (id: string, more: object = {}) => ({ table: 'grid', axis: 'row', id, name: `行${id}`, ...more });
const column = (id: string, more: object = {}) => ({ ...row(id, more), axis: 'column', name: `列${id}` });
const own = '组成项中（直接或间接）有这一行自己；请去掉它。';

describe('a table of a catalogue', () => {
  it.each<[what: string, parts: Parts, said: string[]]>([
    ['as it is', smallTable(), []],
    [
      'with a cell that is an indicator already',
      { ...smallTable(), indicators: [indicator('a'), indicator('grid-ra-ca')] },
      ['table 0 id 表格“表”：其中一格的代码“grid-ra-ca”已经用于一个指标；请换一个代码。'],
    ],
    [
      'that ends before it begins',
      smallTable({ from: '2023-02', to: '2023-01' }),
      ['table 0 to 表格“表”：结束期 2023-01 早于起始期 2023-02；请改正其中一个。'],
    ],
    [
      'in which no number may be entered',
      smallTable({ range: { min: '5', max: '4' } }),
      ['table 0 range.max 表格“表”：最大值 4 小于最小值 5，什么数都填不进去；请改正其中一个。'],
    ],
    ['in which one number may', smallTable({ range: { min: '5', max: '5' } }), []],
    [
      'asked of somebody who is not there',
      smallTable({ reporters: ['bing'] }),
      ['table 0 reporters.0 表格“表”：报送部门“bing”不在目录的部门中；请先把它列为部门，或改正这里。'],
    ],
    [
      'asked for as often as no period is',
      smallTable({ frequency: 'year' }),
      [
        'table 0 frequency 表格“表”：报送频率是按年，而报送期中没有年报的报告期；请在报送期中加上，或改报送频率。',
      ],
    ],
    [
      'without rows',
      { tables: smallTable().tables, lines: [column('ca')] },
      ['table 0 表格“表”：这张表没有行；请在“表格行列”中列出它的行和列。'],
    ],
    [
      'without columns',
      { tables: smallTable().tables, lines: [row('ra')] },
      ['table 0 表格“表”：这张表没有列；请在“表格行列”中列出它的行和列。'],
    ],
  ])('%s', (_, parts, said) => {
    expect(problemsOf(parts)).toEqual(said);
  });

  it.each([
    [50, []],
    [51, ['table 0 表格“表”：这张表有 5100 格，最多 5000 格；请拆成几张表。']],
  ])('of a hundred rows may have fifty columns, not %i more', (count, said) => {
    const rows = Array.from({ length: 100 }, (_, at) => row(`r${at}`));
    const columns = Array.from({ length: count }, (_, at) => column(`c${at}`, at === 0 ? {} : { sum: 'c0' }));
    expect(problemsOf({ tables: smallTable().tables, lines: [...rows, ...columns] })).toEqual(said);
  });
});

describe('a line of a table', () => {
  it.each<[what: string, parts: Parts, said: string[]]>([
    [
      'of a table that is not there',
      withLines({}, { ...row('rd'), table: 'none' }),
      ['line 7 table 表格行列“行rd”：所属表格“none”不在目录的表格中；请填写目录中的表格。'],
    ],
    [
      'of a table whose code is none',
      withLines({}, { ...row('rd'), table: 'A-B' }),
      ['line 7 table 表格行列“行rd”：“所属表格”“A-B”的写法不对；请改正。'],
    ],
    [
      'that adds up a row that is not there',
      withLines({ rc: { sum: 'ra + rx' } }),
      ['line 2 sum 表格行列“未办结”：“rx”不是这张表的行；请改用表中的行。'],
    ],
    [
      'that adds up a row in place of a column',
      withLines({ cc: { sum: 'ca + ra' } }),
      ['line 5 sum 表格行列“合计”：“ra”不是这张表的列；请改用表中的列。'],
    ],
    [
      'that balances a row that is not there, on either side',
      withLines({ most: { rule: 'rx <= ra + ry' } }),
      ['rx', 'ry'].map(
        (id) => `line 6 rule 表格行列“办结不大于收到。”：“${id}”不是这张表的行；请改用表中的行。`,
      ),
    ],
    ['that adds up itself', withLines({ rc: { sum: 'ra + rc' } }), [`line 2 sum 表格行列“未办结”：${own}`]],
    [
      'that adds up itself by way of others',
      withLines({ rc: { sum: 'ra + rd' } }, row('rd', { sum: 're' }), row('re', { sum: 'rb - rc' })),
      [
        `line 2 sum 表格行列“未办结”：${own}`,
        `line 7 sum 表格行列“行rd”：${own}`,
        `line 8 sum 表格行列“行re”：${own}`,
      ],
    ],
    [
      'that adds up others, which add up each other',
      withLines({ rc: { sum: 'rd' } }, row('rd', { sum: 're' }), row('re', { sum: 'rd' })),
      [`line 7 sum 表格行列“行rd”：${own}`, `line 8 sum 表格行列“行re”：${own}`],
    ],
    ['that adds up sums', withLines({}, row('rd', { sum: 'rc + ra' })), []],
    [
      'with a code that another has',
      withLines({}, row('ra')),
      ['line 7 id 表格行列“行ra”：代码“ra”在这张表中已经用过；请换一个代码。'],
    ],
    [
      'with a name that another has, however it is written',
      withLines({}, row('rd', { name: ' 收 到 ' })),
      ['line 7 name 表格行列“收 到”：名称“收 到”在这张表中已经有了；请写得有所区别。'],
    ],
    ['with a code and name that a column has', withLines({}, row('ca', { name: '个人' })), []],
  ])('%s', (_, parts, said) => {
    expect(problemsOf(parts)).toEqual(said);
  });

  it('adds up and is told from lines of its own table alone', () => {
    const [one, other] = [smallTable(), smallTable({ id: 'second', name: '另一表' })];
    const tables = [...one.tables, ...other.tables];
    const ofOther = other.lines.map((each) => ({ ...each, table: 'second' }));
    expect(problemsOf({ tables, lines: [...one.lines, ...ofOther] })).toEqual([]);
    const more = { ...row('rd', { sum: 're' }) };
    const elsewhere = { ...row('re'), table: 'second' };
    expect(problemsOf({ tables, lines: [...one.lines, ...ofOther, more, elsewhere] })).toEqual([
      'line 14 sum 表格行列“行rd”：“re”不是这张表的行；请改用表中的行。',
    ]);
  });
});
