import { describe, expect, it } from 'vitest';
import { sidesOfFormula, termsOfFormula } from '../../../../shared/core/catalogue/formula.ts';
import type { SumIndicator } from '../../../../shared/core/catalogue/indicator.ts';
import { cellOf, gridsOf, indicatorOf, indicatorsOf } from '../../../../shared/core/catalogue/tables.ts';
import { catalogueOf, indicator, smallTable } from '../small-year.ts';

const tabled = (more: object = {}) => catalogueOf({ indicators: [indicator('a')], ...smallTable(more) });
const cells = [
  ...['grid-ra-ca', 'grid-ra-cb', 'grid-ra-cc'],
  ...['grid-rb-ca', 'grid-rb-cb', 'grid-rb-cc'],
  ...['grid-rc-ca', 'grid-rc-cb', 'grid-rc-cc'],
];

describe('a table', () => {
  it('has its own lines, each kind in order', () => {
    const [one, other] = [smallTable(), smallTable({ id: 'second', name: '另一表' })];
    const ofOther = other.lines.slice(0, 5).map((each) => ({ ...each, table: 'second', id: `x${each.id}` }));
    const lines = [...ofOther, ...one.lines].map((each) =>
      'sum' in each && each.id[0] === 'x' ? { ...each, sum: 'xra - xrb' } : each,
    );
    const both = catalogueOf({ indicators: [], tables: [...one.tables, ...other.tables], lines });
    expect(
      gridsOf(both).map(({ table, rows, columns, balances }) => [
        table.id,
        ...[rows, columns, balances].map((each) => each.map(({ id }) => id).join(' ')),
      ]),
    ).toEqual([
      ['grid', 'ra rb rc', 'ca cb cc', 'most'],
      ['second', 'xra xrb xrc', 'xca xcb', ''],
    ]);
  });
});

describe('the cells of a table', () => {
  it('are indicators after those that are listed, row by row', () => {
    expect(indicatorsOf(tabled()).map(({ id }) => id)).toEqual(['a', ...cells]);
    expect(indicatorOf(tabled(), 'grid-rb-ca')?.name).toBe('办结·个人');
    expect(indicatorOf(tabled(), 'a')?.name).toBe('指标a');
    expect(indicatorOf(tabled(), 'grid-rd-ca')).toBeUndefined();
  });

  it('know their row and column; an indicator that is listed stands in no table', () => {
    const catalogue = tabled();
    const cell = cellOf(catalogue, 'grid-rb-ca');
    expect([cell?.table.id, cell?.row.id, cell?.column.id]).toEqual(['grid', 'rb', 'ca']);
    expect(cell?.indicator).toBe(indicatorOf(catalogue, 'grid-rb-ca'));
    expect(cellOf(catalogue, 'a')).toBeUndefined();
  });

  it('are asked for as the table says', () => {
    const own = { reporters: ['jia'], frequency: 'month', range: { min: '1', max: '9' } };
    const is = { section: '一', unit: '人', definition: '另定。', decimals: 2, rounding: 'truncate' };
    const when = { from: '2023-01', to: '2023-03', months: [3] };
    expect(indicatorOf(tabled({ ...own, ...is, ...when }), 'grid-ra-ca')).toEqual({
      ...{ id: 'grid-ra-ca', name: '收到·个人', formerNames: [], ...own, ...is, ...when },
      ...{ kind: 'flow', overTime: 'sum', overDepartments: 'sum' },
      ...{ required: true, notApplicable: false, alsoIn: [] },
      prose: { style: 'exact', numerals: 'arabic' },
    });
  });

  it('are asked for all year, every month, where the table does not say when', () => {
    const cell = indicatorOf(tabled(), 'grid-ra-ca');
    for (const key of ['from', 'to', 'months']) expect(cell).not.toHaveProperty(key);
    expect(indicatorOf(tabled({ kind: 'stock' }), 'grid-ra-ca')).toMatchObject({
      ...{ kind: 'stock', overTime: 'last', overDepartments: 'sum' },
    });
  });

  it.each<[id: string, parts: SumIndicator['parts'], what: string]>([
    [
      'grid-ra-cc',
      [
        { indicator: 'grid-ra-ca', sign: '+' },
        { indicator: 'grid-ra-cb', sign: '+' },
      ],
      'of a column that is a sum add up others of their row',
    ],
    [
      'grid-rc-ca',
      [
        { indicator: 'grid-ra-ca', sign: '+' },
        { indicator: 'grid-rb-ca', sign: '-' },
      ],
      'of a row that is a sum add up others of their column',
    ],
    [
      'grid-rc-cc',
      [
        { indicator: 'grid-rc-ca', sign: '+' },
        { indicator: 'grid-rc-cb', sign: '+' },
      ],
      'of both add up others of their row',
    ],
  ])('such as %s are sums of %j: they %s', (id, parts) => {
    expect(indicatorOf(tabled(), id)).toMatchObject({
      kind: 'sum',
      overTime: 'add-up',
      overDepartments: 'add-up',
    });
    expect((indicatorOf(tabled(), id) as SumIndicator).parts).toEqual(parts);
  });

  it('are the same, however often they are asked for', () => {
    const catalogue = tabled();
    expect(indicatorsOf(catalogue)).toBe(indicatorsOf(catalogue));
  });
});

describe('a formula over lines', () => {
  it.each([
    ['a', '+a'],
    ['- a + b', '-a +b'],
    ['a + b - c', '+a +b -c'],
  ])('%s has the terms %s', (formula, terms) => {
    expect(
      termsOfFormula(formula)
        .map(({ sign, line }) => sign + line)
        .join(' '),
    ).toBe(terms);
  });

  it('compares two sides, or is none', () => {
    expect(sidesOfFormula('a - b <= c')).toEqual({ left: 'a - b', comparison: '<=', right: 'c' });
    expect(() => sidesOfFormula('a < b')).toThrow('not a rule: a < b');
  });
});
