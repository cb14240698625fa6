import type { Unsound } from '../../core/catalogue/checks.ts';
import { type Kind, kinds } from '../../core/catalogue/kinds.ts';
import type { CatalogueList } from '../../core/catalogue/problem.ts';
import { quoted } from '../../core/returns/content.ts';
import type { Finding } from '../../core/returns/finding.ts';
import type { Entry } from '../../core/returns/submission.ts';
import { sayOfCatalogue } from './catalogue-findings.ts';
import type { CellContext } from './cell-values.ts';
import { type Column, settings, tableNames, tables } from './columns.ts';
import { lookupOf, type Names } from './names.ts';
import {
  noResult,
  placeOfCell,
  type TypedCatalogue,
  type TypedRow,
  type TypedTable,
  typedText,
} from './typed.ts';

/** A catalogue's JSON as far as the cells say it: entry by entry in the order of `typed`, whose periods get sorted. */
export interface JsonOfTables {
  json: Record<string, unknown>;
  /** Entries of which some cell could not be read; undefined if there are none. */
  unsound: Unsound | undefined;
  faults: Finding[];
  notes: Finding[];
}

type Json = Record<string, unknown>;

export function jsonOf(typed: TypedCatalogue): JsonOfTables {
  const faults: Finding[] = [];
  const notes: Finding[] = [];
  const ids = {
    departments: withCodes('departments', typed.tables.departments, notes),
    indicators: withCodes('indicators', typed.tables.indicators, notes),
    rules: withCodes('rules', typed.tables.rules, notes),
  };
  const names: Names = {
    departments: lookupOf(namedRows('departments', typed.tables.departments, ids.departments)),
    indicators: lookupOf(namedRows('indicators', typed.tables.indicators, ids.indicators)),
  };
  const json: Json = { format: 'indicators-catalogue/1' };
  const context: CellContext = { names, kind: undefined, unit: '' };
  for (const [key, value] of Object.entries(fieldsOf(typed.settings.cells, settings, context, faults)))
    json[key] = value;
  sortByMonth(typed.tables.periods, context);
  const unsound: Partial<Record<CatalogueList, Set<number>>> = {};
  for (const list of tableNames) {
    json[list] = typed.tables[list].rows.map((row, index) => {
      const before = faults.length;
      const entry = entryOf(list, row, names, faults);
      if (faults.length > before) unsound[list] = (unsound[list] ?? new Set()).add(index);
      return list === 'periods' ? entry : { ...entry, id: ids[list][index] };
    });
  }
  return { json, unsound: faults.length === 0 ? undefined : unsound, faults, notes };
}

const prefixes = { departments: ['d', 2], indicators: ['i', 3], rules: ['r', 2] } as const;
type Coded = keyof typeof prefixes;

/** The codes of a table's rows: what was typed, or the next number behind the largest that was ever given out here. */
function withCodes(list: Coded, table: TypedTable, notes: Finding[]): string[] {
  const [prefix, digits] = prefixes[list];
  const given = new RegExp(`^${prefix}([0-9]{1,6})$`);
  const typed = table.rows.map(({ cells }) => {
    const entry = cells.get('id');
    return entry === undefined ? undefined : codeIn(entry);
  });
  let last = Math.max(0, ...typed.map((id) => Number(given.exec(id ?? '')?.[1] ?? 0)));
  return table.rows.map(({ row, cells }, index) => {
    const id = typed[index];
    if (id !== undefined) return id;
    const next = `${prefix}${String(++last).padStart(digits, '0')}`;
    if (!cells.has('id'))
      notes.push(sayOfCatalogue('catalogue-code-given', placeOfCell(table, row, 'id'), next));
    return next;
  });
}

function codeIn(entry: Entry): string | undefined {
  const [column] = tables.departments.columns;
  const reading = column!.value.read(entry, noContext);
  return 'value' in reading ? (reading.value as string) : undefined;
}

const noNames = lookupOf([]);
const noContext: CellContext = {
  names: { departments: noNames, indicators: noNames },
  kind: undefined,
  unit: '',
};

function namedRows(list: 'departments' | 'indicators', { rows }: TypedTable, ids: readonly string[]) {
  const former = tables[list].columns.find(({ key }) => key === 'formerNames')!;
  return rows.map(({ cells }, index) => {
    const [name, before] = [cells.get('name'), cells.get('formerNames')];
    const reading = before === undefined ? undefined : former.value.read(before, noContext);
    return {
      id: ids[index]!,
      name: name === undefined ? '' : typedText(name),
      formerNames: reading !== undefined && 'value' in reading ? (reading.value as { name: string }[]) : [],
    };
  });
}

function entryOf(list: CatalogueList, { cells }: TypedRow, names: Names, faults: Finding[]): Json {
  const kind = list === 'indicators' ? kindIn(cells) : undefined;
  const unit = cells.get('unit');
  const context = { names, kind, unit: unit === undefined ? '' : typedText(unit) };
  const entry = fieldsOf(cells, tables[list].columns, context, faults);
  if (kind === undefined) return entry;
  const usual = { overTime: kinds[kind].overTime[0], overDepartments: kinds[kind].overDepartments[0] };
  const isBlank = (key: string) => !cells.has(key);
  return {
    ...entry,
    ...(isBlank('overTime') ? { overTime: usual.overTime } : {}),
    ...(isBlank('overDepartments') ? { overDepartments: usual.overDepartments } : {}),
  };
}

function kindIn(cells: TypedRow['cells']): Kind | undefined {
  const column = tables.indicators.columns.find(({ key }) => key === 'kind')!;
  const entry = cells.get('kind');
  const reading = entry === undefined ? undefined : column.value.read(entry, noContext);
  return reading !== undefined && 'value' in reading ? (reading.value as Kind) : undefined;
}

/** The fields that cells say, as nested as their keys are. */
function fieldsOf(
  cells: ReadonlyMap<string, Entry>,
  columns: readonly Column[],
  context: CellContext,
  faults: Finding[],
): Json {
  const json: Json = {};
  for (const { key, value } of columns) {
    const entry = cells.get(key);
    if (entry === undefined) continue;
    const fault = faultOfCell(entry);
    const reading = fault === undefined ? value.read(entry, context) : undefined;
    if (fault !== undefined) faults.push(fault);
    else if (reading !== undefined && 'value' in reading) put(json, key.split('.'), reading.value);
    else if (reading !== undefined) faults.push(unclear(entry, reading));
  }
  return json;
}

function put(json: Json, [key, ...more]: string[], value: unknown): void {
  if (more.length === 0) json[key!] = value;
  else {
    json[key!] ??= {};
    put(json[key!] as Json, more, value);
  }
}

function unclear(
  { content, place }: Entry,
  { expected, message }: { expected: string; message: string },
): Finding {
  const words = { found: quoted(content), expected: expected.slice(0, 200).toWellFormed(), message };
  return sayOfCatalogue('catalogue-cell-unclear', place, words);
}

const errorText = /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/;

/** What is said of a cell that says nothing at all, in the file or in the marked copy of one. */
function faultOfCell(entry: Entry): Finding | undefined {
  const { content, place } = entry;
  if (content.kind === 'blank' || typedText(entry) === noResult) {
    return sayOfCatalogue('catalogue-formula-without-result', place);
  }
  const isError = content.kind === 'error' || errorText.test(typedText(entry));
  return isError ? sayOfCatalogue('catalogue-cell-error', place, quoted(content)) : undefined;
}

/** A person may list months in any order; those that cannot be read keep their places. */
function sortByMonth(table: TypedTable, context: CellContext): void {
  const [column] = tables.periods.columns;
  const monthOf = ({ cells }: TypedRow) => {
    const entry = cells.get('period');
    const reading = entry === undefined ? undefined : column!.value.read(entry, context);
    return reading !== undefined && 'value' in reading ? (reading.value as string) : undefined;
  };
  const months = table.rows.map(monthOf);
  if (months.includes(undefined)) return;
  table.rows = table.rows.toSorted((a, b) =>
    monthOf(a)! < monthOf(b)! ? -1 : monthOf(a)! > monthOf(b)! ? 1 : 0,
  );
}
