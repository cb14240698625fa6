import { localTime } from '../core/catalogue/period.ts';
import { type Names, namesOf } from '../core/publication/names.ts';
import type { Publication } from '../core/publication/publication.ts';
import type { Lineage } from '../core/totals/total.ts';
import { observationWords } from '../core/words.ts';
import { type Cell, countCell, figureCell } from './summary/cells.ts';
import { observationColumns, sourceColumns, sourceNote } from './summary/observation-columns.ts';
import { type LongTable, workbookOfRows } from './summary/streamed-table.ts';
import { styles } from './summary/styles.ts';
import { beginSummary, runningOf } from './summary/summary-workbook.ts';

/** Where all figures of a publication come from (溯源) as a workbook of one table, in pieces. Same publication, same bytes. */
export async function* lineageWorkbook(publication: Publication): AsyncGenerator<Uint8Array> {
  yield* workbookOfRows(await beginSummary(publication), lineageTable(publication), runningOf(publication));
}

/** One row an observation that counts: from the figure to the cell, the file, the person and the ledger. */
function lineageTable(publication: Publication): LongTable {
  const { year, number, observations, utcOffset } = publication;
  const names = namesOf(publication);
  return {
    sheet: '溯源',
    title: `${year}年第 ${number} 次发布的观测值溯源`,
    notes: [`一行一个计入的观测值。${sourceNote}`],
    columns: [
      { heading: '指标', look: styles.text, most: 30 },
      { heading: '部门', look: styles.text, most: 24 },
      { heading: '报告期', look: styles.centred, least: 10 },
      ...observationColumns,
      { heading: '版次' },
      ...sourceColumns,
    ],
    rows: function* () {
      for (const row of observations) yield lineageRow(row, names, utcOffset);
    },
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
