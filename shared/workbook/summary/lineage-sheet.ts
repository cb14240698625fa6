import { localTime } from '../../core/catalogue/period.ts';
import { type Names, namesOf } from '../../core/publication/names.ts';
import type { Publication } from '../../core/publication/publication.ts';
import type { Lineage } from '../../core/totals/total.ts';
import { observationWords } from '../../core/words.ts';
import { type Cell, countCell, figureCell } from './cells.ts';
import { observationColumns, sourceColumns, sourceNote } from './observation-columns.ts';
import { sheetNames } from './sheet-names.ts';
import { styles } from './styles.ts';
import type { Table } from './table.ts';

/** One row an observation that counts: from the figure to the cell, the file, the person and the ledger. */
export function lineageTable(publication: Publication): Table {
  const names = namesOf(publication);
  return {
    sheet: sheetNames.lineage,
    title: `${publication.year}年观测值溯源`,
    notes: [`一行一个计入的观测值。${sourceNote}`],
    columns: [
      { heading: '指标', look: styles.text, most: 30 },
      { heading: '部门', look: styles.text, most: 24 },
      { heading: '报告期', look: styles.centred, least: 10 },
      ...observationColumns,
      { heading: '版次' },
      ...sourceColumns,
    ],
    rows: publication.observations.map((row) => lineageRow(row, names, publication.utcOffset)),
    frozenColumns: 3,
    isHeadPrintedAlone: true,
    empty: '还没有计入的报表。',
  };
}

function lineageRow(row: Lineage, names: Names, utcOffset: string): Cell[] {
  const { file, ledger, cell } = row;
  const decimals = names.total(row.indicator)?.decimals ?? 0;
  return [
    names.indicator(row.indicator),
    names.department(row.department),
    row.period,
    observationWords[row.status],
    row.value === null ? null : figureCell(row.value, { unit: row.unit, decimals }),
    row.unit,
    row.items?.join('、') ?? null,
    row.remark ?? null,
    cell.sheet ?? null,
    cell.cell ?? null,
    file.name,
    localTime(row.uploadedAt, utcOffset),
    row.uploader,
    countCell(row.revision),
    ledger.chain,
    countCell(ledger.sequence),
    file.sha256,
  ];
}
