import { describe, expect, it } from 'vitest';
import type { ListIndicator } from '../../../../shared/core/catalogue/indicator.ts';
import type { Content } from '../../../../shared/core/returns/content.ts';
import { findingSchema } from '../../../../shared/core/returns/finding.ts';
import { normalItem, readList } from '../../../../shared/core/returns/list.ts';
import { observationSchema } from '../../../../shared/core/returns/observation.ts';
import type { Entry } from '../../../../shared/core/returns/submission.ts';
import type { Decimal } from '../../../../shared/core/values/decimal.ts';
import { reported } from '../small-year.ts';

const of = (more: Record<string, unknown> = {}) => reported('list', more) as ListIndicator;
const works = of();
const optional = of({ required: false });
const kinds = of({ list: { itemName: '类别', maxItems: 3, options: ['寻衅滋事', '敲诈　勒索'] } });
const short = of({ list: { itemName: '名称', maxItems: 2, maxLength: 4 } });

const entry = (content: Content, cell = 'E6', computed = false): Entry => ({
  content,
  computed,
  place: { sheet: cell === 'E6' ? '月报' : '清单1', cell },
});
const item = (text: string, row: number) => entry({ kind: 'text', text }, `C${row}`);
type Reading = Parameters<typeof readList>[1]['reading'];
const blank: Reading = { status: 'blank' };
const count = (value: Decimal): Reading => ({ status: 'reported', value });

function read(about: ListIndicator, reading: Reading, typed: (string | Entry)[]) {
  const content: Content =
    reading.status === 'reported' ? { kind: 'number', text: reading.value } : { kind: 'blank' };
  const items = typed.map((each, index) => (typeof each === 'string' ? item(each, 5 + index) : each));
  const result = readList(about, { entry: entry(content), reading, items });
  for (const finding of result.findings) findingSchema.parse(finding);
  if (result.observation !== undefined) observationSchema.parse(result.observation);
  return result;
}

describe('a list', () => {
  it('counts different items once, and says which were repeated and where', () => {
    const { observation, findings } = read(works, count('2'), ['甲戏', '乙剧', ' 甲戏 ']);
    expect(observation).toMatchObject({ status: 'reported', value: '2', items: ['甲戏', '乙剧'] });
    expect(findings).toMatchObject([
      { rule: 'list-item-repeated', severity: 'info', place: { sheet: '清单1', cell: 'C7' } },
    ]);
  });

  it.each([
    ['Cafe\u0301', 'Caf\u00e9', 'composed and decomposed letters'],
    ['甲\u3000戏', '甲 戏', 'white space of another width'],
    ['甲  戏', '甲 戏', 'doubled white space'],
    ['甲\n戏', '甲 戏', 'a line break'],
    ['甲戏\u200b', '甲戏', 'characters that nobody sees'],
  ])('takes %j and %j for the same: %s', (one, other) => {
    expect(normalItem(one)).toBe(normalItem(other));
    expect(read(works, blank, [one, other]).observation).toMatchObject({ value: '1' });
  });

  it.each([
    [count('0'), [], { status: 'reported', value: '0', items: [] }, []],
    [blank, ['甲'], { status: 'reported', value: '1', items: ['甲'] }, ['list-count-taken']],
    [{ status: 'not-applicable' }, [], { status: 'not-applicable' }, []],
    [blank, [], undefined, ['figure-blank']],
    [count('2'), ['甲'], undefined, ['list-count-differs']],
    [count('1'), [], undefined, ['list-count-differs']],
    [count('0'), ['甲'], undefined, ['list-count-differs']],
    [{ status: 'not-applicable' }, ['甲'], undefined, ['list-count-differs']],
  ] as [Reading, string[], object | undefined, string[]][])(
    'with %j as its count and items %j is %j, finding %j',
    (reading, typed, expected, rules) => {
      const { observation, findings } = read(works, reading, typed);
      if (expected === undefined) expect(observation).toBeUndefined();
      else expect(observation).toMatchObject(expected);
      expect(findings.map(({ rule }) => rule)).toEqual(rules);
    },
  );

  it.each<[typed: string, count: Reading, value: string | undefined, rules: string[]]>([
    ['无', blank, undefined, ['list-item-no-name']],
    ['本月无', count('1'), undefined, ['list-item-no-name']],
    ['（无）。', blank, undefined, ['list-item-no-name']],
    ['／', blank, undefined, ['list-item-no-name']],
    ['—', blank, undefined, ['list-item-no-name']],
    ['0', count('1'), undefined, ['list-item-no-name']],
    ['合计', blank, undefined, ['list-item-no-name']],
    ['共计：2件', blank, undefined, ['list-item-no-name']],
    ['无', count('0'), '0', []],
    ['本月无', count('0'), '0', []],
    ['无名之辈', blank, '1', ['list-count-taken']],
    ['《合计》续集', blank, '1', ['list-count-taken']],
    ['012', blank, '1', ['list-count-taken']],
  ])('with %j alone and the count %j is %j, finding %j', (typed, reading, value, rules) => {
    const { observation, findings } = read(works, reading, [typed]);
    expect([observation?.status === 'reported' ? observation.value : undefined]).toEqual([value]);
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });

  it('asks for no choice where a word for nothing stands in place of one', () => {
    expect(read(kinds, count('0'), ['无']).observation).toMatchObject({ value: '0', items: [] });
    expect(read(kinds, count('1'), ['无']).findings).toMatchObject([{ rule: 'list-item-no-name' }]);
  });

  it('does not count a word for nothing, or a sum, among its items', () => {
    const { observation, findings } = read(works, count('2'), ['甲戏', '乙剧', '合计']);
    expect(observation).toBeUndefined();
    expect(findings).toMatchObject([{ rule: 'list-item-no-name', place: { cell: 'C7' } }]);
  });

  it.each(['struck', 'raised'] as const)('has an item that is %s told of where that is in doubt', (look) => {
    const { observation, findings } = read(works, blank, ['甲戏', { ...item('乙剧', 6), look }]);
    expect([observation?.status, findings.map(({ rule, place }) => [rule, place?.cell])]).toEqual(
      look === 'struck' ? [undefined, [['text-struck', 'C6']]] : ['reported', [['list-count-taken', 'E6']]],
    );
  });

  it('may have an option that is called like nothing', () => {
    const none = of({ list: { itemName: '类别', maxItems: 3, options: ['无', '有'] } });
    expect(read(none, count('1'), ['无']).observation).toMatchObject({ value: '1', items: ['无'] });
    expect(read(none, count('0'), ['无']).findings).toMatchObject([{ rule: 'list-count-differs' }]);
  });

  it('that is optional may stay empty, which is missing and not zero', () => {
    expect(read(optional, blank, [])).toMatchObject({ observation: { status: 'missing' }, findings: [] });
  });

  it('takes items that hold nothing visible for blanks', () => {
    expect(read(works, count('1'), ['甲戏', '\u200b', '\u00a0'])).toMatchObject({
      observation: { value: '1', items: ['甲戏'] },
      findings: [],
    });
    expect(read(works, blank, ['\u200b']).findings).toMatchObject([{ rule: 'figure-blank' }]);
  });

  it('accepts a choice however its spaces are typed, and refuses what is none', () => {
    expect(read(kinds, count('2'), ['寻衅滋事', '敲诈 勒索']).observation).toMatchObject({ value: '2' });
    expect(read(kinds, count('1'), ['其他']).findings).toMatchObject([
      { rule: 'list-item-unknown', severity: 'error', found: '其他', place: { cell: 'C5' } },
    ]);
  });

  it('refuses a name that is shown in another order than it is stored', () => {
    const { observation, findings } = read(works, blank, ['甲', '法\u202e规汇编']);
    expect(observation).toBeUndefined();
    expect(findings).toMatchObject([
      { rule: 'list-item-not-text', found: '法‹U+202E›规汇编', place: { cell: 'C6' } },
    ]);
  });

  it('tells every item that is wrong at once', () => {
    const odd = [
      entry({ kind: 'date', iso: '2023-03-01', text: '44986' }, 'C5'),
      entry({ kind: 'number', text: '3' }, 'C6', true),
      entry({ kind: 'boolean', value: true }, 'C7'),
      '一二三四五',
    ];
    expect(read(short, count('4'), odd).findings.map(({ rule, place }) => [rule, place?.cell])).toEqual([
      ['list-item-not-text', 'C5'],
      ['list-item-not-text', 'C6'],
      ['list-item-not-text', 'C7'],
      ['list-item-too-long', 'C8'],
    ]);
    expect(read(short, count('4'), odd).findings.map(({ found }) => found)).toEqual([
      '2023-03-01',
      '公式',
      'TRUE',
      '5 个字',
    ]);
    const broken = entry({ kind: 'error', code: '#REF!' }, 'C5');
    expect(read(short, count('1'), [broken]).findings).toMatchObject([{ found: '#REF!' }]);
  });

  it.each<[string, Content]>([
    ['whose cell does not show it', { kind: 'text', text: '甲戏', shown: ' ' }],
    ['of marks alone', { kind: 'text', text: '《》' }],
  ])('refuses a name %s', (_, content) => {
    expect(read(works, count('1'), [entry(content, 'C5')]).findings).toMatchObject([
      { rule: 'list-item-not-text', place: { cell: 'C5' } },
    ]);
  });

  it('takes a number for a name, and refuses more items than there is room for', () => {
    expect(
      read(works, count('1'), [entry({ kind: 'number', text: '2023' }, 'C5')]).observation,
    ).toMatchObject({
      items: ['2023'],
    });
    expect(read(short, count('3'), ['甲', '乙', '丙']).findings).toMatchObject([
      { rule: 'list-too-long', found: '3 项', expected: '不超过 2 项' },
    ]);
  });

  it.each([
    [2, ['甲', '乙'], [], 'as many items as there is room for'],
    [2, ['甲', '乙', '甲'], ['list-item-repeated'], 'a repeated item that takes no room'],
    [1, ['一二三四'], [], 'a name of the greatest length'],
  ])('takes, in a list of 2 items of 4 characters, %i of %j, finding %j: %s', (different, typed, rules) => {
    const { observation, findings } = read(short, count(`${different}`), typed);
    expect(observation).toMatchObject({ value: String(different) });
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });

  it('names the choices in a finding as far as they fit', () => {
    const options = Array.from({ length: 60 }, (_, index) => `选项${index}`);
    const [finding] = read(of({ list: { itemName: '类别', maxItems: 3, options } }), count('1'), [
      '其他',
    ]).findings;
    expect(finding?.expected).toHaveLength(200);
    expect(finding?.expected).toMatch(/^选项0、选项1、/);
  });

  it('that is too long is a fault of no cell', () => {
    const [finding] = read(short, count('3'), ['甲', '乙', '丙']).findings;
    expect(finding).not.toHaveProperty('place');
  });

  it('quotes a name without cutting a character in two, so that the finding can be hashed', () => {
    const name = `${'字'.repeat(79)}\u{20000}尾`;
    const long = of({ list: { itemName: '名称', maxItems: 5, maxLength: 200, options: ['甲'] } });
    const repeats = of({ list: { itemName: '名称', maxItems: 5, maxLength: 200 } });
    const found = [read(long, count('1'), [name]), read(repeats, count('1'), [name, name])].flatMap(
      ({ findings }) => findings.map((finding) => finding.found ?? ''),
    );
    expect(found).toHaveLength(2);
    for (const text of found) expect(text.isWellFormed()).toBe(true);
  });
});
