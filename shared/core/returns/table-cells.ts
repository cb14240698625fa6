import type { ReportedIndicator } from '../catalogue/indicator.ts';
import { type Cell, cellOf, type Indicators, type Table } from '../catalogue/tables.ts';
import { readFigure } from './figure.ts';
import type { Finding } from './finding.ts';
import { say, tableBlanks } from './findings/findings.ts';
import type { Observation } from './observation.ts';
import type { Submission } from './submission.ts';

/** A cell that is typed, with what was made of it. */
interface ReadCell {
  cell: Cell;
  observation: Observation | undefined;
  place: Finding['place'];
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
  const read = indicators.flatMap((indicator): ReadCell[] => {
    const [cell, entry] = [cellOf(catalogue, indicator.id), submission.figures.get(indicator.id)];
    // Where a sheet, row or column is not there, the reader has said so.
    if (cell === undefined || entry === undefined || spoiled.has(indicator.id)) return [];
    const figure = readFigure(indicator, entry);
    findings.push(...figure.findings);
    const about = { indicator: indicator.id, place: entry.place };
    const { reading } = figure;
    if (reading === undefined) return [];
    const observation = reading.status === 'reported' ? { ...about, ...reading } : undefined;
    return [{ cell, observation, place: entry.place }];
  });
  const observations = [...Map.groupBy(read, ({ cell }) => cell.table)].flatMap(([table, cells]) => {
    const blanks = cells.filter(({ observation }) => observation === undefined);
    const areZero = submission.tables.get(table.id)?.areBlanksZero === true;
    const isEmpty = blanks.length === cells.length;
    if (blanks.length > 0 && !areZero && (isEmpty || table.blank === 'ask')) {
      findings.push(blanksFinding(table, blanks, isEmpty));
      return cells.flatMap(({ observation }) => observation ?? []);
    }
    return cells.map(({ cell, observation, place }): Observation => {
      const zero = { indicator: cell.indicator.id, status: 'reported', value: '0' } as const;
      return observation ?? { ...zero, ...(place === undefined ? {} : { place }) };
    });
  });
  return { observations, findings };
}

function blanksFinding(table: Table, blanks: readonly ReadCell[], isEmpty: boolean): Finding {
  const [first] = blanks;
  const about = {
    ...(first?.place === undefined ? {} : { place: first.place }),
    ...(first === undefined ? {} : { indicator: first.cell.indicator.id }),
  };
  if (isEmpty) return { ...say('table-empty', table), ...about };
  const named = blanks.map(({ cell, place }) => `${place?.cell ?? ''} ${cell.indicator.name}`.trim());
  return { ...tableBlanks(table, named), ...about };
}
