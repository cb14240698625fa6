import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import { readCatalogue } from '../../core/catalogue/checks.ts';
import { type CatalogueProblem, lists } from '../../core/catalogue/problem.ts';
import { bySeverity, type Finding, hasErrors, type Place } from '../../core/returns/finding.ts';
import { say } from '../../core/returns/findings/findings.ts';
import { withoutUncalculated } from '../entries.ts';
import { faultsThatCount } from '../needed.ts';
import { parseCellAddress } from '../reading/address.ts';
import { sheetPlace } from '../reading/fault.ts';
import type { WorkbookReading } from '../reading/model.ts';
import { sayOfCatalogue } from './catalogue-findings.ts';
import { ofEachTable, tableNames, tables } from './columns.ts';
import { findTables } from './find-tables.ts';
import { jsonOf } from './json-of.ts';
import { settings, settingsSheet } from './settings-columns.ts';
import { type Taken, typedSettings, typedTable } from './type-tables.ts';
import { foundIn, placeOfCell, type TypedCatalogue, type TypedSettings, type TypedTable } from './typed.ts';

/**
 * A catalogue as its workbook says it, with what was remarked; or all that is wrong with the workbook, with what was
 * typed into it, of which a marked copy is made.
 */
export type CatalogueWorkbookReading =
  | { kind: 'catalogue'; catalogue: Catalogue; findings: Finding[] }
  | { kind: 'problems'; findings: Finding[]; typed: TypedCatalogue };

/** More findings than this are counted, not listed. */
const mostFindings = 500;

/** Finds a catalogue in a workbook, wherever its sheets, columns and rows have gone. */
export function readCatalogueWorkbook(reading: WorkbookReading): CatalogueWorkbookReading {
  const isNoFile = reading.findings.some(
    ({ severity, place }) => severity === 'error' && place?.sheet === undefined,
  );
  if (isNoFile)
    return { kind: 'problems', findings: listed(reading.findings, nothingTyped()), typed: nothingTyped() };
  const { typed, findings } = typedIn(reading);
  if (hasErrors(findings)) return { kind: 'problems', findings: listed(findings, typed), typed };
  const { json, unsound, faults, notes } = jsonOf(typed);
  const result = readCatalogue(json, unsound);
  if (result.kind === 'catalogue' && faults.length === 0) {
    return {
      kind: 'catalogue',
      catalogue: result.catalogue,
      findings: listed([...findings, ...notes], typed),
    };
  }
  const problems = result.kind === 'catalogue' ? [] : result.problems.map((each) => findingOf(each, typed));
  const said = new Set(faults.map(({ place }) => placeKey(place)));
  const others = problems.filter(({ place }) => !said.has(placeKey(place)));
  return { kind: 'problems', findings: listed([...findings, ...faults, ...others, ...notes], typed), typed };
}

function placeKey(place: Place | undefined): string {
  return `${place?.sheet}!${place?.cell}`;
}

/** What was typed, with all that is wrong with the sheets themselves. */
function typedIn(reading: WorkbookReading): { typed: TypedCatalogue; findings: Finding[] } {
  const found = findTables(withoutUncalculated(reading));
  const typed = nothingTyped();
  const taken: Taken<unknown>[] = [];
  if (found.settings !== undefined) {
    const first = typedSettings(found.settings);
    typed.settings = first.typed;
    taken.push(first);
  }
  for (const list of tableNames) {
    const table = found.tables[list];
    if (table === undefined || table.header === 0) continue;
    const one = typedTable(tables[list], table);
    typed.tables[list] = one.typed;
    taken.push(one);
  }
  const needed = taken.map((each) => each.needed);
  const faults = faultsThatCount(reading.findings, needed, hasErrors(found.findings));
  return { typed, findings: [...faults, ...found.findings, ...taken.flatMap(({ findings }) => findings)] };
}

function nothingTyped(): TypedCatalogue {
  const table = (sheet: string): TypedTable => ({ sheet, columns: new Map(), rows: [] });
  const first: TypedSettings = { sheet: settingsSheet, cells: new Map(), places: new Map() };
  return { settings: first, tables: ofEachTable((list) => table(tables[list].sheet)) };
}

/** A problem of the catalogue at the cell that it comes from. */
function findingOf(problem: CatalogueProblem, typed: TypedCatalogue): Finding {
  const { place, found } = whereIs(problem, typed);
  return sayOfCatalogue('catalogue-problem', place, found, problem.message);
}

function whereIs(
  { entry, index, field = '' }: CatalogueProblem,
  { settings: first, tables: all }: TypedCatalogue,
): { place: Place; found: string } {
  const list = tableNames.find((each) => lists[each] === entry);
  const row = list === undefined || index === undefined ? undefined : all[list].rows[index];
  if (list !== undefined && row !== undefined) {
    const key = keyOf(
      field,
      tables[list].columns.map((each) => each.key),
      (each) => row.cells.has(each),
    );
    return { place: placeOfCell(all[list], row.row, key), found: foundIn(row.cells.get(key)) };
  }
  const about = tableNames.find((each) => each === field.split('.')[0]);
  if (about !== undefined) {
    return { place: sheetPlace(all[about].sheet), found: `${all[about].rows.length} 行` };
  }
  const key = keyOf(
    field,
    settings.map((each) => each.key),
    (each) => first.cells.has(each),
  );
  return { place: first.places.get(key) ?? sheetPlace(first.sheet), found: foundIn(first.cells.get(key)) };
}

/** The column that a field stands in: its own, that of what it is part of, or one of its parts, a filled one first. */
function keyOf(field: string, keys: readonly string[], isFilled: (key: string) => boolean): string {
  const whole = keys
    .filter((key) => field === key || field.startsWith(`${key}.`))
    .reduce((a, b) => (b.length > a.length ? b : a), '');
  if (whole !== '') return whole;
  const parts = keys.filter((key) => field !== '' && key.startsWith(`${field}.`));
  return parts.find(isFilled) ?? parts[0] ?? 'name';
}

/** Worst first, then in the order of the workbook. */
function listed(findings: readonly Finding[], { settings: first, tables: all }: TypedCatalogue): Finding[] {
  const sheets = [first.sheet, ...tableNames.map((list) => all[list].sheet)].map(
    (name) => sheetPlace(name).sheet,
  );
  const keys = new Map(
    findings.map((finding) => {
      const { row = 0, column = 0 } = parseCellAddress(finding.place?.cell ?? '') ?? {};
      return [finding, [sheets.indexOf(finding.place?.sheet), row, column]] as const;
    }),
  );
  const byPlace = (a: Finding, b: Finding) => {
    const [left, right] = [keys.get(a)!, keys.get(b)!];
    const at = left.findIndex((each, index) => each !== right[index]);
    return at < 0 ? 0 : left[at]! - right[at]!;
  };
  const sorted = findings.toSorted((a, b) => bySeverity(a, b) || byPlace(a, b));
  if (sorted.length <= mostFindings) return sorted;
  return [...sorted.slice(0, mostFindings), say('more-findings', sorted.length - mostFindings)];
}
