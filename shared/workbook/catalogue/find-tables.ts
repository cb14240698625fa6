import type { CatalogueList } from '../../core/catalogue/problem.ts';
import type { Finding } from '../../core/returns/finding.ts';
import { nameKey } from '../../core/values/text.ts';
import { textOf } from '../entries.ts';
import { sheetPlace } from '../reading/fault.ts';
import type { SheetReading, WorkbookReading } from '../reading/model.ts';
import { sayOfCatalogue } from './catalogue-findings.ts';
import type { Column } from './column.ts';
import { findingsSheet, tableNames, tables } from './columns.ts';
import { settings, settingsSheet } from './settings-columns.ts';

/** Which sheet holds which table, and in which row its headings stand. */
export interface FoundTable {
  sheet: SheetReading;
  /** The row of the headings; entries stand below it. 0 where there is none. */
  header: number;
}

export interface FoundTables {
  tables: Partial<Record<CatalogueList, FoundTable>>;
  settings: SheetReading | undefined;
  findings: Finding[];
}

/** Headings are looked for in so many rows. */
const rowsLookedAt = 50;

/** How much a sheet's headings must be those of a table for it to be that table under another name. */
const leastLikeness = 0.5;

/** The keys of columns by what their headings may say. */
export function keysByHeading(columns: readonly Column[]): Map<string, string> {
  return new Map(
    columns.flatMap(({ key, heading, also }) =>
      [heading, ...also].map((each) => [headingKey(each), key] as const),
    ),
  );
}

/** Headings are compared as names are, without the star of what must be filled in. */
export function headingKey(heading: string): string {
  return nameKey(heading).replace(/[*:：]/g, '');
}

/** Finds the sheets of a catalogue by their names, or by their headings where they were renamed. */
export function findTables(reading: WorkbookReading): FoundTables {
  const found: FoundTables = { tables: {}, settings: undefined, findings: [] };
  const named = (name: string) => reading.sheets.find((sheet) => nameKey(sheet.name) === nameKey(name));
  const taken = new Set<SheetReading>();
  for (const list of tableNames) {
    const sheet = named(tables[list].sheet);
    if (sheet !== undefined) taken.add(sheet);
  }
  found.settings =
    named(settingsSheet) ?? reading.sheets.find((each) => !taken.has(each) && hasSettings(each));
  if (found.settings !== undefined) taken.add(found.settings);
  for (const list of tableNames) {
    const sheet = named(tables[list].sheet) ?? onlyAlike(list, reading.sheets, taken, found.findings);
    if (sheet === undefined) continue;
    taken.add(sheet);
    found.tables[list] = { sheet, header: headerIn(sheet, tables[list].columns).row };
  }
  const others = reading.sheets.filter((each) => !taken.has(each) && each.cells.length > 0);
  for (const { name } of others.filter((each) => nameKey(each.name) !== nameKey(findingsSheet))) {
    found.findings.push(sayOfCatalogue('catalogue-sheet-unknown', sheetPlace(name), name));
  }
  found.findings.push(...missingSheets(found));
  return found;
}

/** An office without tables, or titles of sections, may have deleted their sheets. */
const mayBeMissing = new Set<CatalogueList>(['sections', 'tables', 'lines', 'narratives']);

function missingSheets({ tables: there, settings: first }: FoundTables): Finding[] {
  const missing = tableNames.filter((list) => there[list] === undefined && !mayBeMissing.has(list));
  const headless = tableNames.filter((list) => there[list]?.header === 0);
  return [
    ...(first === undefined ? [sayOfCatalogue('catalogue-sheet-missing', undefined, settingsSheet)] : []),
    ...missing.map((list) =>
      list === 'rules'
        ? sayOfCatalogue('catalogue-rules-missing', undefined, tables.rules.sheet)
        : sayOfCatalogue('catalogue-sheet-missing', undefined, tables[list].sheet),
    ),
    ...headless.map((list) => {
      const { name } = there[list]!.sheet;
      const headings = tables[list].columns.filter(({ isNecessary }) => isNecessary);
      const words = headings.map(({ heading }) => heading).join('、');
      return sayOfCatalogue('catalogue-header-missing', sheetPlace(name), name, words);
    }),
  ];
}

/** The sheet that has a table's headings under another name; two of them are a question. */
function onlyAlike(
  list: CatalogueList,
  sheets: readonly SheetReading[],
  taken: ReadonlySet<SheetReading>,
  findings: Finding[],
): SheetReading | undefined {
  const alike = sheets.filter(
    (each) => !taken.has(each) && headerIn(each, tables[list].columns).likeness >= leastLikeness,
  );
  const [first, second] = alike;
  if (first !== undefined && second !== undefined) {
    findings.push(
      sayOfCatalogue('catalogue-sheet-repeated', sheetPlace(second.name), second.name, first.name),
    );
  }
  return first;
}

/** The row in which most headings of a table stand, and how like its headings are to the table's. */
export function headerIn(sheet: SheetReading, columns: readonly Column[]): { row: number; likeness: number } {
  const keys = keysByHeading(columns);
  const rows = Map.groupBy(firstRows(sheet), ({ row }) => row);
  let best = { row: 0, likeness: 0, count: 1 };
  for (const [row, cells] of rows) {
    const texts = cells.map((cell) => headingKey(textOf(sheet, cell))).filter((each) => each !== '');
    const known = new Set(texts.flatMap((each) => keys.get(each) ?? []));
    const all = columns.length + texts.length - known.size;
    if (known.size > best.count) best = { row, likeness: known.size / all, count: known.size };
  }
  return best;
}

function firstRows({ cells }: SheetReading) {
  return cells.filter(({ row }) => row <= rowsLookedAt);
}

function hasSettings(sheet: SheetReading): boolean {
  const keys = keysByHeading(settings);
  const labels = firstRows(sheet).flatMap((cell) => keys.get(headingKey(textOf(sheet, cell))) ?? []);
  return new Set(labels).size >= 3;
}
