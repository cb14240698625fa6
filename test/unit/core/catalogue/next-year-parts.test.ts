import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../../shared/core/catalogue/catalogue.ts';
import { nextYear } from '../../../../shared/core/catalogue/next-year.ts';
import { catalogueOf, indicator, smallTable } from '../small-year.ts';

function later(parts: Parameters<typeof catalogueOf>[0]): Catalogue {
  const reading = nextYear(catalogueOf(parts));
  if (reading.kind === 'problems') throw new Error(reading.problems.map(({ message }) => message).join('\n'));
  return reading.catalogue;
}

const named = (id: string, more: object = {}) => ({ id, name: `单位${id}`, ...more });
const ended = { to: '2023-12' };
const a = indicator('a');

describe('what goes on in the next year', () => {
  it('is what ends with its first month, and begins with it without saying so', () => {
    const former = [
      { name: '旧名', to: '2023-12' },
      { name: '曾用', to: '2024-01' },
    ];
    const { indicators } = later({
      indicators: [
        indicator('ending', 'flow', { to: '2024-01' }),
        indicator('beginning', 'flow', { from: '2024-01' }),
        indicator('renamed', 'flow', { formerNames: former }),
        indicator('ended', 'flow', ended),
      ],
    });
    expect(indicators.map(({ id }) => id)).toEqual(['ending', 'beginning', 'renamed']);
    expect(indicators[0]).toMatchObject({ to: '2024-01' });
    expect(indicators[1]).not.toHaveProperty('from');
    expect(indicators[2]?.formerNames).toEqual(former.slice(1));
  });

  it.each<[what: string, before: object[], after: object[] | undefined]>([
    [
      'who reports from a later month on',
      [{ department: 'jia', from: '2024-02' }],
      [{ department: 'jia', from: '2024-02' }],
    ],
    [
      'who reports until some month',
      [{ department: 'jia', to: '2024-02' }],
      [{ department: 'jia', to: '2024-02' }],
    ],
    [
      'who began twice, once',
      [
        { department: 'jia', from: '2023-02' },
        { department: 'jia', from: '2023-08' },
      ],
      ['jia'] as never,
    ],
    ['who stopped, no more', [{ department: 'jia', ...ended }, 'yi'] as never, ['yi'] as never],
    ['nobody, so that it is gone', [{ department: 'jia', ...ended }], undefined],
  ])('has the reporters of an indicator: %s', (_, reporters, expected) => {
    const { indicators } = later({ indicators: [a, indicator('x', 'flow', { reporters })] });
    const x = indicators.find(({ id }) => id === 'x');
    expect(x && 'reporters' in x ? x.reporters : undefined).toEqual(expected);
  });

  it('is a department without the one that it was merged into, where that is gone', () => {
    const departments = [named('jia', { to: '2024-02', successor: 'yi' }), named('yi', ended), named('bing')];
    const kept = [named('jia', { to: '2024-02', successor: 'bing' }), named('bing')];
    expect(later({ indicators: [a], departments }).departments[0]).not.toHaveProperty('successor');
    expect(later({ indicators: [a], departments: kept }).departments[0]?.successor).toBe('bing');
  });

  it('is a sum of what is left, and none of nothing, also where it adds up sums', () => {
    const sum = (id: string, ...parts: string[]) =>
      indicator(id, 'sum', { parts: parts.map((each) => ({ indicator: each })) });
    const { indicators } = later({
      indicators: [
        ...[a, indicator('gone', 'flow', ended)],
        ...[
          sum('some', 'a', 'gone'),
          sum('none', 'gone'),
          sum('of-none', 'none'),
          sum('of-both', 'some', 'of-none'),
        ],
      ],
    });
    expect(
      indicators.map((each) => [
        each.id,
        each.kind === 'sum' ? each.parts.map(({ indicator: id }) => id) : [],
      ]),
    ).toEqual([
      ['a', []],
      ['some', ['a']],
      ['of-both', ['some']],
    ]);
  });
});

describe('a table', () => {
  it.each<[what: string, more: object, isKept: boolean]>([
    ['goes on', {}, true],
    ['goes on where it ends later', { to: '2024-02' }, true],
    ['is gone where it ended', ended, false],
    ['is gone where nobody is left to fill it in', { reporters: [{ department: 'jia', ...ended }] }, false],
  ])('%s, with its lines', (_, more, isKept) => {
    const [kept, other] = [smallTable(), smallTable({ id: 'other', name: '另一表', ...more })];
    const lines = [...kept.lines, ...other.lines.map((each) => ({ ...each, table: 'other' }))];
    const next = later({ indicators: [a], tables: [...kept.tables, ...other.tables], lines });
    expect(next.tables.map(({ id }) => id)).toEqual(isKept ? ['grid', 'other'] : ['grid']);
    expect(next.lines).toHaveLength(isKept ? lines.length : kept.lines.length);
    expect(next.lines.every(({ table }) => next.tables.some(({ id }) => id === table))).toBe(true);
  });

  it('forgets that it began', () => {
    expect(later({ indicators: [a], ...smallTable({ from: '2023-02' }) }).tables[0]).not.toHaveProperty(
      'from',
    );
  });
});
