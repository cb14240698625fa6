import type { Catalogue } from '../../core/catalogue/catalogue.ts';
import { bySeverity, type Finding, hasErrors } from '../../core/returns/finding.ts';
import { say } from '../../core/returns/findings/findings.ts';
import { nameKey } from '../../core/values/text.ts';
import { type BaselineRow, maxBaselineRows } from '../../core/year/baseline.ts';
import { headerIn } from '../catalogue/find-tables.ts';
import { typedTable } from '../catalogue/type-tables.ts';
import type { TypedTable } from '../catalogue/typed.ts';
import { withoutUncalculated } from '../entries.ts';
import { faultsThatCount } from '../needed.ts';
import type { SheetReading, WorkbookReading } from '../reading/model.ts';
import { baselineColumns, baselineSheet } from './baseline-columns.ts';
import { contradictions, remarks } from './baseline-contradictions.ts';
import { sayOfBaseline } from './baseline-findings.ts';
import { type FigurePlaces, figuresIn } from './baseline-rows.ts';

/**
 * Last year's figures as a workbook says them, with what was remarked; or all that is wrong with it, with what was typed
 * into it, of which a marked copy is made.
 */
export type BaselineReading =
  | { kind: 'figures'; rows: BaselineRow[]; findings: Finding[] }
  | { kind: 'problems'; findings: Finding[]; typed: TypedTable };

/** More findings than this are counted, not listed. */
const mostFindings = 500;

/** Finds last year's figures in a workbook that is made for a catalogue, wherever its sheet, columns and rows have gone. */
export function readBaselineWorkbook(reading: WorkbookReading, catalogue: Catalogue): BaselineReading {
  const isNoFile = reading.findings.some(
    ({ severity, place }) => severity === 'error' && place?.sheet === undefined,
  );
  const nothing: TypedTable = { sheet: baselineSheet, columns: new Map(), rows: [] };
  if (isNoFile) return { kind: 'problems', findings: listed(reading.findings), typed: nothing };
  const columns = baselineColumns(catalogue.year - 1);
  const sheet = sheetIn(withoutUncalculated(reading), columns);
  if (sheet === undefined) {
    const faults = faultsThatCount(reading.findings, [], true);
    const missing = sayOfBaseline('baseline-sheet-missing', undefined);
    return { kind: 'problems', findings: listed([...faults, missing]), typed: nothing };
  }
  const { row: header } = headerIn(sheet, columns);
  const { typed, findings, needed } = typedTable({ columns, most: maxBaselineRows }, { sheet, header });
  const about = [
    ...faultsThatCount(reading.findings, [needed], false),
    ...findings.map((finding) =>
      finding.rule === 'catalogue-column-unknown'
        ? sayOfBaseline('baseline-column-unknown', finding.place, finding.found ?? '')
        : finding,
    ),
  ];
  const places: FigurePlaces = new Map();
  const taken = hasErrors(about) ? { rows: [], findings: [] } : figuresIn(typed, catalogue, places);
  const all = [...about, ...taken.findings];
  if (!hasErrors(all)) all.push(...ofTheWhole(taken.rows, catalogue, places));
  if (hasErrors(all)) return { kind: 'problems', findings: listed(all), typed };
  return { kind: 'figures', rows: taken.rows, findings: listed(all) };
}

/** What can only be said of all figures together. */
function ofTheWhole(rows: readonly BaselineRow[], catalogue: Catalogue, places: FigurePlaces): Finding[] {
  if (rows.length === 0) return [sayOfBaseline('baseline-empty', { sheet: baselineSheet })];
  return [...contradictions(rows, catalogue, places), ...remarks(rows, catalogue)];
}

/** The sheet that has its headings; of several the one of that name, else the first. */
function sheetIn(
  { sheets }: WorkbookReading,
  columns: ReturnType<typeof baselineColumns>,
): SheetReading | undefined {
  const isNamed = ({ name }: SheetReading) => nameKey(name) === nameKey(baselineSheet);
  const alike = sheets.filter((sheet) => headerIn(sheet, columns.slice(0, 2)).row > 0);
  return alike.find(isNamed) ?? alike[0];
}

function listed(findings: readonly Finding[]): Finding[] {
  const ordered = findings.toSorted(bySeverity);
  if (ordered.length <= mostFindings) return ordered;
  return [...ordered.slice(0, mostFindings), say('more-findings', ordered.length - mostFindings)];
}
