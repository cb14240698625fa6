import { describe, expect, it } from 'vitest';
import { type GridSaid, gridSchema, keptOf, saidIn } from '../../../../shared/core/returns/grid.ts';
import { type Observation, observationSchema } from '../../../../shared/core/returns/observation.ts';
import type { Decimal } from '../../../../shared/core/values/decimal.ts';
import { catalogueOf, indicator, smallTable } from '../small-year.ts';

const catalogue = catalogueOf({ indicators: [indicator('a')], ...smallTable() });
const at = (
  id: string,
  cell: string | undefined,
  value?: string,
  sheet: string | undefined = '表',
): Observation => ({
  indicator: id,
  ...(cell === undefined ? {} : { place: { ...(sheet === '' ? {} : { sheet }), cell } }),
  ...(value === undefined ? { status: 'missing' } : { status: 'reported', value: value as Decimal }),
});

const outside = at('a', 'E6', '9', '月报');
const cells = [
  at('grid-ra-ca', 'C6', '1'),
  at('grid-ra-cb', 'D6', '2'),
  at('grid-rb-ca', 'C7'),
  at('grid-rb-cb', 'D7', '4'),
];
const grid: GridSaid = {
  ...{ table: 'grid', kind: 'flow', unit: '件', sheet: '表' },
  columns: [
    { column: 'ca', at: 'C' },
    { column: 'cb', at: 'D' },
  ],
  rows: [
    { row: 'ra', at: 6, values: ['1', '2'] },
    { row: 'rb', at: 7, values: [null, '4'] },
  ],
};
const measures = [{ kind: 'flow' as const, unit: '件', indicators: ['a'] }];

describe('the figures of a table', () => {
  it('are kept row by row, beside those that stand by themselves', () => {
    expect(keptOf([outside, ...cells], catalogue)).toEqual({ observations: [outside], grids: [grid] });
    expect(gridSchema.parse(grid)).toEqual(grid);
  });

  it('are the same again when they are read', () => {
    const said = saidIn({ observations: [outside], measures, grids: [grid] });
    expect(said.observations).toEqual([outside, ...cells]);
    for (const each of said.observations) observationSchema.parse(each);
    const indicators = ['grid-ra-ca', 'grid-ra-cb', 'grid-rb-ca', 'grid-rb-cb'];
    expect(said.measures).toEqual([...measures, { kind: 'flow', unit: '件', indicators }]);
  });

  it('stand in the columns in which they were, whichever came first', () => {
    const [kept] = keptOf([cells[1]!, cells[0]!, cells[3]!], catalogue).grids;
    expect(kept).toMatchObject({
      columns: [
        { column: 'cb', at: 'D' },
        { column: 'ca', at: 'C' },
      ],
      rows: [
        { row: 'ra', at: 6, values: ['2', '1'] },
        { row: 'rb', at: 7, values: ['4'] },
      ],
    });
    expect(saidIn({ observations: [], measures: [], grids: [kept!] }).observations).toEqual([
      ...[cells[1], cells[0], cells[3]],
      at('grid-rb-ca', 'C7'),
    ]);
  });

  it('stand in any cell of a sheet', () => {
    const far = at('grid-ra-ca', 'AB1234', '1');
    const { grids } = keptOf([far], catalogue);
    expect(grids[0]).toMatchObject({
      columns: [{ column: 'ca', at: 'AB' }],
      rows: [{ row: 'ra', at: 1234 }],
    });
    expect(saidIn({ observations: [], measures: [], grids }).observations).toEqual([far]);
  });

  it.each([
    ['no place', undefined],
    ['no cell', ''],
  ])('stand by themselves where the file says %s of them', (_, cell) => {
    const placeless =
      cell === undefined
        ? at('grid-ra-ca', undefined, '1')
        : { ...at('grid-ra-ca', undefined, '1'), place: { sheet: '表' } };
    expect(keptOf([placeless], catalogue)).toEqual({ observations: [placeless], grids: [] });
  });

  it('say no sheet where none was known', () => {
    const { grids } = keptOf([at('grid-ra-ca', 'C6', '1', '')], catalogue);
    const [read] = saidIn({ observations: [], measures: [], grids }).observations;
    expect(read?.place).toEqual({ cell: 'C6' });
    expect('sheet' in (read?.place ?? {})).toBe(false);
  });

  it('are taken apart once for each return', () => {
    const kept = { observations: [], measures, grids: [grid] };
    expect(saidIn(kept)).toBe(saidIn(kept));
    expect(saidIn({ ...kept })).not.toBe(saidIn(kept));
  });

  it('are those of a return without tables as they are', () => {
    const observations = [outside];
    expect(saidIn({ observations, measures }).observations).toBe(observations);
    expect(saidIn({ observations, measures, grids: [] })).toEqual({ observations, measures });
  });
});
