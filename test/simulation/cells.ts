import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';

/** The table of the city (received, done, open; of people, of firms, of all), cell by cell, said a second time. */
const flow = { kind: 'flow', overTime: 'sum', overDepartments: 'sum' } as const;
const typed = ['grid-gr-pa', 'grid-gr-pb', 'grid-gd-pa', 'grid-gd-pb'].map((id) => ({ ...flow, id }));

const sum = (id: string, ...parts: [sign: '+' | '-', indicator: string][]) => ({
  ...({ id, kind: 'sum', overTime: 'add-up', overDepartments: 'add-up' } as const),
  parts: parts.map(([sign, indicator]) => ({ sign, indicator })),
});
const sums = [
  sum('grid-gr-all', ['+', 'grid-gr-pa'], ['+', 'grid-gr-pb']),
  sum('grid-gd-all', ['+', 'grid-gd-pa'], ['+', 'grid-gd-pb']),
  sum('grid-go-pa', ['+', 'grid-gr-pa'], ['-', 'grid-gd-pa']),
  sum('grid-go-pb', ['+', 'grid-gr-pb'], ['-', 'grid-gd-pb']),
  sum('grid-go-all', ['+', 'grid-go-pa'], ['+', 'grid-go-pb']),
];

/** What a catalogue of the simulation counts: its indicators, and the cells of its table if it has one. */
export function countedBy({ indicators, tables }: Catalogue) {
  return tables.length === 0 ? indicators : [...indicators, ...typed, ...sums];
}
export type CountedThing = ReturnType<typeof countedBy>[number];

/** What is typed into the table, made of two numbers. */
export function cellsTyped(one: string, other: string): Record<string, string> {
  return { 'grid-gr-pa': one, 'grid-gr-pb': other, 'grid-gd-pa': other, 'grid-gd-pb': '0' };
}
