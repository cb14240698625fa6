import type { ReportedIndicator } from '../catalogue/indicator.ts';
import { type Cell, cellOf, type Indicators, type Table } from '../catalogue/tables.ts';
import { readFigure } from './figure.ts';
import type { Finding, Place } from './finding.ts';
import { type FindingWords, say, tableBlanks } from './findings/findings.ts';
import type { Observation } from './observation.ts';
import type { Submission } from './submission.ts';

/** A cell that is typed, with what was made of it. */
interface ReadCell {
  cell: Cell;
  observation: Observation | undefined;
  place: Place;
}

/**
 * What the cells of tables say. A blank is a zero where the table, or whoever filled it in, says so; otherwise it is
 * asked about, once for the whole table. A table in which nothing stands has to be said to be empty.
 */
export function observeTables(
  indicators: readonly ReportedIndicator[],
  catalogue: Indicators,
  submission: Submission,
  spoiled: ReadonlySet<string>,
): { observations: Observation[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const unread = new Set<Table>();
  const read = indicators.flatMap((indicator): ReadCell[] => {
    const [cell, entry] = [cellOf(catalogue, indicator.id), submission.figures.get(indicator.id)];
    // Where a sheet, row or column is not there, the reader has said so.
    if (cell === undefined || entry === undefined || spoiled.has(indicator.id)) return [];
    const figure = readFigure(indicator, entry);
    findings.push(...figure.findings);
    const about = { indicator: indicator.id, place: entry.place };
    const { reading } = figure;
    if (reading === undefined) {
      unread.add(cell.table);
      return [];
    }
    const observation = reading.status === 'reported' ? { ...about, ...reading } : undefined;
    return [{ cell, observation, place: entry.place }];
  });
  const observations = [...Map.groupBy(read, ({ cell }) => cell.table)].flatMap(([table, cells]) => {
    const blanks = cells.filter(({ observation }) => observation === undefined);
    const [first] = blanks;
    const areZero = submission.tables.get(table.id)?.areBlanksZero === true;
    const isEmpty = blanks.length === cells.length && !unread.has(table);
    if (first !== undefined && !areZero && (isEmpty || table.blank === 'ask')) {
      const about = { place: first.place, indicator: first.cell.indicator.id };
      findings.push({ ...(isEmpty ? say('table-empty', table) : blanksIn(table, blanks)), ...about });
      return cells.flatMap(({ observation }) => observation ?? []);
    }
    return cells.map(
      ({ cell, observation, place }): Observation =>
        observation ?? { indicator: cell.indicator.id, place, status: 'reported', value: '0' },
    );
  });
  return { observations, findings };
}

/** Each by where it stands, if the form says that, and what it is. */
function blanksIn(table: Table, blanks: readonly ReadCell[]): FindingWords {
  const named = blanks.map(({ cell, place }) => `${place.cell ?? ''} ${cell.indicator.name}`.trim());
  return tableBlanks(table, named);
}
