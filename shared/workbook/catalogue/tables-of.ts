import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import { lookupOf } from '../../core/catalogue/lookup.ts';
import type { CatalogueList } from '../../core/catalogue/problem.ts';
import { indicatorsOf } from '../../core/catalogue/tables.ts';
import type { Entry } from '../../core/returns/submission.ts';
import type { Column } from './column.ts';
import { ofEachTable, tables } from './columns.ts';
import type { Names } from './names.ts';
import { settings, settingsSheet } from './settings-columns.ts';
import type { TypedCatalogue, TypedRow } from './typed.ts';

/**
 * What need not be typed, and what a person writing the workbook would leave blank: such values are left out. They
 * are the defaults of the catalogue's schema, which reading fills in.
 */
const unsaid: ReadonlySet<string> = new Set([
  'formerNames []',
  'section ""',
  'rounding "half-up"',
  'required true',
  'notApplicable false',
  'frequency "month"',
  'range.min "0"',
  'alsoIn []',
  'blank "ask"',
  'prose.style "exact"',
  'prose.numerals "arabic"',
  'signing.scan false',
  'signing.agreement false',
]);

/** A catalogue as it would be typed. */
export function tablesOf(catalogue: Catalogue): TypedCatalogue {
  const named = namesIn(catalogue);
  const linesOn = (table: string, axis: 'row' | 'column') =>
    lookupOf(
      catalogue.lines.filter((line) => line.table === table && line.axis === axis).map(withoutFormerNames),
    );
  const tableOf = (list: CatalogueList) => ({
    sheet: tables[list].sheet,
    columns: new Map(tables[list].columns.map(({ key }, index) => [key, index + 1])),
    rows: catalogue[list].map(
      (entry, index): TypedRow => ({
        row: index + 1,
        cells: cellsOf(
          entry,
          tables[list].columns,
          'axis' in entry
            ? { ...named, lines: linesOn(entry.table, entry.axis === 'column' ? 'column' : 'row') }
            : named,
        ),
      }),
    ),
  });
  return {
    settings: { sheet: settingsSheet, cells: cellsOf(catalogue, settings, named), places: new Map() },
    tables: ofEachTable(tableOf),
  };
}

/** Cells of tables are called by row and column, as findings call them. */
function namesIn(catalogue: Catalogue): Names {
  return {
    departments: lookupOf(catalogue.departments),
    indicators: lookupOf(indicatorsOf(catalogue)),
    tables: lookupOf(catalogue.tables.map(withoutFormerNames)),
    lines: lookupOf([]),
  };
}

function withoutFormerNames({ id, name }: { id: string; name: string }) {
  return { id, name, formerNames: [] };
}

function cellsOf(entry: object, columns: readonly Column[], names: Names): Map<string, Entry> {
  return new Map(
    columns.flatMap(({ key, value }): [string, Entry][] => {
      const field = fieldOf(entry, key);
      if (field === undefined || unsaid.has(`${key} ${JSON.stringify(field)}`)) return [];
      return [[key, entryOf(value.write(field as never, names))]];
    }),
  );
}

function fieldOf(entry: object, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((value, each) => (value as Record<string, unknown> | undefined)?.[each], entry);
}

function entryOf(written: string | number): Entry {
  const content =
    typeof written === 'number'
      ? ({ kind: 'number', text: String(written) } as const)
      : ({ kind: 'text', text: written } as const);
  return { content, computed: false, place: {} };
}
