import type { Unsound } from '../../core/catalogue/checks.ts';
import { type Kind, kinds } from '../../core/catalogue/kinds.ts';
import { type Lookup, lookupOf } from '../../core/catalogue/lookup.ts';
import { comparePeriods, type Period } from '../../core/catalogue/period.ts';
import type { CatalogueList } from '../../core/catalogue/problem.ts';
import { sectionNumbered } from '../../core/catalogue/sections.ts';
import { cellId, cellName } from '../../core/catalogue/tables.ts';
import { quoted } from '../../core/returns/content.ts';
import type { Finding } from '../../core/returns/finding.ts';
import type { Entry } from '../../core/returns/submission.ts';
import { nameKey } from '../../core/values/text.ts';
import { sayOfCatalogue } from './catalogue-findings.ts';
import { formerNames } from './cell-lists.ts';
import { type CellContext, type CellValue, code, period } from './cell-values.ts';
import type { Column } from './column.ts';
import { tableNames, tables } from './columns.ts';
import type { Names } from './names.ts';
import { settings } from './settings-columns.ts';
import {
  noResult,
  placeOfCell,
  type TypedCatalogue,
  type TypedRow,
  type TypedTable,
  typedText,
} from './typed.ts';
import { axisValue, kindValue } from './word-values.ts';

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
    tables: withCodes('tables', typed.tables.tables, notes),
    lines: withCodes('lines', typed.tables.lines, notes),
    narratives: withCodes('narratives', typed.tables.narratives, notes),
    rules: withCodes('rules', typed.tables.rules, notes),
  };
  const tablesNamed = lookupOf(namedRows(typed.tables.tables, ids.tables));
  const linesRead = readLines(typed.tables.lines, ids.lines, tablesNamed);
  const names: Names = {
    departments: lookupOf(namedRows(typed.tables.departments, ids.departments)),
    indicators: lookupOf([...namedRows(typed.tables.indicators, ids.indicators), ...namedCells(linesRead)]),
    tables: tablesNamed,
    lines: noNames,
  };
  const context: CellContext = { names, kind: undefined, unit: '' };
  const fields = fieldsOf(typed.settings.cells, settings, context, faults);
  const json: Json = { format: 'indicators-catalogue/1', ...fields };
  sortByPeriod(typed.tables.periods);
  notes.push(...untitledSections(typed));
  const unsound: Partial<Record<CatalogueList, Set<number>>> = {};
  for (const list of tableNames) {
    json[list] = typed.tables[list].rows.map((row, index) => {
      const before = faults.length;
      const own = list === 'lines' ? { ...names, lines: linesBeside(linesRead, index) } : names;
      const entry = entryOf(list, row, own, faults);
      if (faults.length > before) unsound[list] = (unsound[list] ?? new Set()).add(index);
      return list === 'periods' || list === 'sections' ? entry : { ...entry, id: ids[list][index] };
    });
  }
  return { json, unsound: faults.length === 0 ? undefined : unsound, faults, notes };
}

/** Sections that something belongs to and that have no title, where others have one; each once. */
function untitledSections({ tables: typed }: TypedCatalogue): Finding[] {
  const numbers = typed.sections.rows.flatMap(({ cells }) => {
    const id = cells.get('id');
    return id === undefined ? [] : [{ id: typedText(id) }];
  });
  if (numbers.length === 0) return [];
  const named = [typed.indicators, typed.tables, typed.narratives]
    .flatMap(({ rows }) => rows)
    .flatMap(({ cells }) => cells.get('section') ?? [])
    .filter((entry) => typedText(entry) !== '' && sectionNumbered(typedText(entry), numbers) === undefined);
  const once = new Map(named.toReversed().map((entry) => [nameKey(typedText(entry)), entry]));
  return [...once.values()]
    .toReversed()
    .map((entry) => sayOfCatalogue('catalogue-section-untitled', entry.place, typedText(entry)));
}

const prefixes = {
  departments: ['d', 2],
  indicators: ['i', 3],
  tables: ['t', 2],
  lines: ['l', 3],
  narratives: ['w', 2],
  rules: ['r', 2],
} as const;
type Coded = keyof typeof prefixes;

/** The codes of a table's rows: what was typed, or the next number behind the largest that was ever given out here. */
function withCodes(list: Coded, table: TypedTable, notes: Finding[]): string[] {
  const [prefix, digits] = prefixes[list];
  const given = new RegExp(`^${prefix}([0-9]{1,6})$`);
  const typed = table.rows.map(({ cells }) => said(code, cells.get('id')) as string | undefined);
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

const noNames = lookupOf([]);
const noContext: CellContext = {
  names: { departments: noNames, indicators: noNames, tables: noNames, lines: noNames },
  kind: undefined,
  unit: '',
};

/** What a cell says by itself; undefined if it is blank or unclear, which is said where its row is read. */
function said(value: CellValue, entry: Entry | undefined): unknown {
  const reading = entry === undefined ? undefined : value.read(entry, noContext);
  return reading !== undefined && 'value' in reading ? reading.value : undefined;
}

function namedRows({ rows }: TypedTable, ids: readonly string[]) {
  return rows.map(({ cells }, index) => {
    const name = cells.get('name');
    const before = said(formerNames, cells.get('formerNames')) as { name: string }[] | undefined;
    return { id: ids[index]!, name: name === undefined ? '' : typedText(name), formerNames: before ?? [] };
  });
}

/** Of a line what others are read by: its table, whether it is a row or a column, its code and name. */
interface ReadLine {
  table: string | undefined;
  axis: string | undefined;
  id: string;
  name: string;
}

function readLines({ rows }: TypedTable, ids: readonly string[], tablesNamed: Lookup): ReadLine[] {
  return rows.map(({ cells }, index) => {
    const [table, name] = [cells.get('table'), cells.get('name')];
    return {
      table: table === undefined ? undefined : tablesNamed.idOf(typedText(table)),
      axis: said(axisValue, cells.get('axis')) as string | undefined,
      id: ids[index]!,
      name: name === undefined ? '' : typedText(name),
    };
  });
}

/** The rows of a line's table, or its columns if it is one. */
function linesBeside(lines: readonly ReadLine[], index: number): Lookup {
  const { table, axis } = lines[index]!;
  const wanted = axis === 'column' ? 'column' : 'row';
  const beside = lines.filter((each) => each.table === table && each.axis === wanted);
  return lookupOf(beside.map(({ id, name }) => ({ id, name, formerNames: [] })));
}

/** The cells of tables, which rules and sums may name as findings do. */
function namedCells(lines: readonly ReadLine[]) {
  return lines.flatMap((row) =>
    lines
      .filter((column) => row.axis === 'row' && column.axis === 'column' && column.table === row.table)
      .map((column) => ({
        id: cellId(row.table ?? '', row.id, column.id),
        name: cellName(row, column),
        formerNames: [],
      })),
  );
}

function entryOf(list: CatalogueList, { cells }: TypedRow, names: Names, faults: Finding[]): Json {
  const kind = list === 'indicators' ? (said(kindValue, cells.get('kind')) as Kind | undefined) : undefined;
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

/** A person may list periods in any order; where some cannot be read, all keep their places. */
function sortByPeriod(table: TypedTable): void {
  const periodOf = ({ cells }: TypedRow) => said(period, cells.get('period')) as Period | undefined;
  const periods = new Map(table.rows.map((row) => [row, periodOf(row)]));
  if ([...periods.values()].includes(undefined)) return;
  table.rows = table.rows.toSorted((a, b) => comparePeriods(periods.get(a)!, periods.get(b)!));
}
