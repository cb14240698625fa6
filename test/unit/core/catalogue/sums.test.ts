import { describe, expect, it } from 'vitest';
import {
  type Indicator,
  indicatorSchema,
  type SumIndicator,
} from '../../../../shared/core/catalogue/indicator.ts';
import {
  addendsOf,
  addUp,
  containsItself,
  formIndicators,
  isEverKnownOf,
  type Known,
  knownOf,
  sourcesOf,
  sumsInOrder,
  sumsOnForm,
  tablesOnForm,
} from '../../../../shared/core/catalogue/sums.ts';
import { indicatorOf } from '../../../../shared/core/catalogue/tables.ts';
import { catalogueOf, indicator, smallTable } from '../small-year.ts';

/** A sum of these; `-a` is taken away. */
const sum = (id: string, ...parts: string[]) =>
  indicator(id, 'sum', {
    parts: parts.map((part) => ({
      indicator: part.replace('-', ''),
      sign: part.startsWith('-') ? '-' : '+',
    })),
  });

const of = () =>
  catalogueOf({
    indicators: [
      sum('outer', 'inner', '-c', 'a'),
      sum('inner', 'a', '-b'),
      ...['a', 'b'].map((id) => indicator(id)),
      indicator('c', 'flow', { reporters: ['yi'] }),
      indicator('rate', 'ratio', { numerator: 'outer', denominator: 'b' }),
      sum('back', '-inner', 'b'),
    ],
  });
const one = (id: string): Indicator => indicatorOf(of(), id)!;

describe('what a sum comes from', () => {
  it.each([
    ['a', '+a', 'a reported indicator comes from itself'],
    ['inner', '+a -b', 'a sum from its parts'],
    ['outer', '+a -b -c +a', 'sums among the parts are taken apart'],
    ['back', '-a +b +b', 'what is taken away twice is added'],
    ['rate', '', 'a ratio is no sum'],
  ])('%s: %s, as %s', (id, addends) => {
    const said = addendsOf(one(id), of()).map((each) => `${each.sign === 1 ? '+' : '-'}${each.indicator.id}`);
    expect(said.join(' ')).toBe(addends);
  });

  it.each([
    ['a', ['a']],
    ['outer', ['a', 'b', 'c']],
    ['rate', ['a', 'b', 'c']],
    ['none', []],
  ])('%s rests on the observations of %j, each once', (id, sources) => {
    expect(sourcesOf(id, of())).toEqual(sources);
  });

  it('is worked out once, so that it is the same each time', () => {
    const catalogue = of();
    const outer = indicatorOf(catalogue, 'outer')!;
    expect(addendsOf(outer, catalogue)).toBe(addendsOf(outer, catalogue));
  });
});

describe('sums of sums', () => {
  it('stand in order after those among their parts', () => {
    expect(sumsInOrder(of()).map(({ id }) => id)).toEqual(['inner', 'outer', 'back']);
    expect(sumsInOrder(catalogueOf({ indicators: [indicator('a')] }))).toEqual([]);
  });

  it('are told from those that contain themselves, and all come to an end', () => {
    const indicators = [
      ...[sum('own', 'own', 'a'), sum('x', 'y', 'a'), sum('y', 'x'), sum('above', 'x', 'y')],
      ...[sum('sound', 'a', 'twice', 'twice'), sum('twice', 'a'), indicator('a')],
    ].map((each) => indicatorSchema.parse(each));
    const circular = { indicators, tables: [], lines: [] };
    const sums = indicators.filter((each): each is SumIndicator => each.kind === 'sum');
    expect(sums.filter((each) => containsItself(each, circular)).map(({ id }) => id)).toEqual([
      'own',
      'x',
      'y',
    ]);
    expect(sumsInOrder(circular)).toHaveLength(sums.length);
    for (const each of sums.filter(({ id }) => id !== 'y'))
      expect(addendsOf(each, circular).map(({ indicator: { id } }) => id)).toContain('a');
  });
});

describe('what a department knows', () => {
  it.each([
    ['a', 'jia', true, 'it reports it'],
    ['c', 'jia', false, 'another reports it'],
    ['inner', 'jia', true, 'it reports all parts'],
    ['outer', 'jia', false, 'it does not report one of the parts'],
    ['outer', 'yi', true, 'it reports them all'],
    ['rate', 'yi', false, 'a ratio is known of nobody'],
  ])('of %s, %s: %s, as %s', (id, department, is) => {
    expect(isEverKnownOf(one(id), department, of())).toBe(is);
  });
});

describe('a form', () => {
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).join(' ');

  it('shows the sums of which it asks for every part, in catalogue order among the rest', () => {
    expect(ids(sumsOnForm(of(), 'jia', '2023-01'))).toBe('inner back');
    expect(ids(sumsOnForm(of(), 'yi', '2023-01'))).toBe('outer inner back');
    expect(ids(formIndicators(of(), 'jia', '2023-01'))).toBe('inner a b back');
    expect(ids(formIndicators(of(), 'yi', '2023-01'))).toBe('outer inner a b c back');
  });

  it('shows no sum before it is counted, nor while a part is not asked for', () => {
    const catalogue = catalogueOf({
      indicators: [
        ...[indicator('a'), indicator('b', 'flow', { months: [2] })],
        ...[{ ...sum('later', 'a'), from: '2023-02' }, sum('both', 'a', 'b')],
      ],
    });
    expect(ids(formIndicators(catalogue, 'jia', '2023-01'))).toBe('a');
    expect(ids(formIndicators(catalogue, 'jia', '2023-02'))).toBe('a b later both');
  });

  it('has the tables of which any cell is asked for', () => {
    const [grid, other] = [smallTable(), smallTable({ id: 'other', name: '另一表', reporters: ['yi'] })];
    const lines = [...grid.lines, ...other.lines.map((each) => ({ ...each, table: 'other' }))];
    const catalogue = catalogueOf({ indicators: [], tables: [...grid.tables, ...other.tables], lines });
    const tables = (department: string) =>
      tablesOnForm(catalogue, { department, period: '2023-01' }).map(({ table }) => table.id);
    expect([tables('jia'), tables('yi')]).toEqual([['grid'], ['grid', 'other']]);
  });
});

describe('numbers that are added up', () => {
  it.each<[terms: [sign: 1 | -1, value: Known][], total: Known, what: string]>([
    [
      [
        [1, '3'],
        [-1, '5'],
      ],
      '-2',
      'with their signs',
    ],
    [
      [
        [1, 'blank'],
        [-1, '5'],
      ],
      '-5',
      'a blank counts as nothing among others',
    ],
    [[[1, 'blank']], 'blank', 'where all are blank, so is the sum'],
    [
      [
        [1, '3'],
        [1, undefined],
      ],
      undefined,
      'where one is not known, nor is the sum',
    ],
  ])('%j are %s: %s', (terms, total) => {
    expect(addUp(terms.map(([sign, value]) => ({ sign, value })))).toBe(total);
  });

  it('are those that an indicator comes from; of a ratio nothing is known', () => {
    const numbers: Record<string, Known> = { a: '7', b: '2', c: '1' };
    const known = (id: string) => knownOf(one(id), of(), (each) => numbers[each]);
    expect(['a', 'inner', 'outer', 'rate'].map(known)).toEqual(['7', '5', '11', undefined]);
  });
});
