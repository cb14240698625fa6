import pMap from 'p-map';
import { type AdoptedCatalogues, adoptedWith } from '../../../shared/core/catalogue/adoption.ts';
import { isReported } from '../../../shared/core/catalogue/indicator.ts';
import { unitIn } from '../../../shared/core/catalogue/measures.ts';
import { cellOf, indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import type { LedgerEvent } from '../../../shared/core/ledger/event.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { readFigure } from '../../../shared/core/returns/figure.ts';
import { saidIn } from '../../../shared/core/returns/grid.ts';
import type { Lineage } from '../../../shared/core/totals/total.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { identityOf } from '../../../shared/workbook/form-identity.ts';
import { readForm } from '../../../shared/workbook/form-reader.ts';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { type Fault, fetching } from './verify.ts';

/** Checks that each published observation is the one in the ledger event that it cites. */
export function verifyCitations(publication: Publication, events: readonly LedgerEvent[]): Fault[] {
  const byPosition = new Map(events.map((event) => [`${event.chain}#${event.sequence}`, event]));
  return publication.observations.flatMap((row) => {
    const position = `${row.ledger.chain}#${row.ledger.sequence}`;
    const event = byPosition.get(position);
    const fault = (explanation: string) => [{ where: describe(row), explanation }];
    if (event === undefined || event.hash !== row.ledger.hash)
      return fault(`cites ${position}, which is another event`);
    const { happening } = event;
    if (happening.kind !== 'return-accepted') return fault(`cites ${position}, which accepts no return`);
    const { observations, measures } = saidIn(happening);
    const observation = observations.find(({ indicator }) => indicator === row.indicator);
    const same =
      observation?.status === row.status &&
      (observation.status !== 'reported' || observation.value === row.value) &&
      unitIn(measures, row.indicator) === row.unit &&
      happening.upload.sha256 === row.file.sha256 &&
      happening.department === row.department &&
      happening.period === row.period;
    return same ? [] : fault(`is not what ${position} recorded`);
  });
}

function describe({
  indicator,
  department,
  period,
}: Pick<Lineage, 'indicator' | 'department' | 'period'>): string {
  return `observation ${indicator} ${department} ${period}`;
}

/** The file that an observation cites, if it is here. */
export type OriginalFile = (row: Lineage) => Promise<Uint8Array | undefined>;

/**
 * Opens the original files that observations cite and reads the cells again. Files that are not there are
 * counted, not faults: a publication can be verified without them.
 */
export async function verifyCells(
  publication: Publication,
  adopted: AdoptedCatalogues,
  original: OriginalFile,
): Promise<{ faults: Fault[]; files: number; absent: number }> {
  const uploads = [...Map.groupBy(publication.observations, ({ upload }) => upload).values()];
  const found = await pMap(uploads, (rows) => fileFaults(rows, adopted, original), fetching);
  const absent = found.filter((faults) => faults === 'absent').length;
  return {
    faults: found.flatMap((faults) => (faults === 'absent' ? [] : faults)),
    files: uploads.length - absent,
    absent,
  };
}

async function fileFaults(
  rows: readonly Lineage[],
  adopted: AdoptedCatalogues,
  original: OriginalFile,
): Promise<Fault[] | 'absent'> {
  const [first] = rows as [Lineage];
  const bytes = await original(first);
  if (bytes === undefined) return 'absent';
  if (sha256(bytes) === first.file.sha256) return cellFaults(bytes, rows, adopted);
  return [{ where: first.file.name, explanation: 'is another file than the one that was recorded' }];
}

/** Reads the form again; what it says of each indicator must be what was published, in the cell that was cited. */
async function cellFaults(
  bytes: Uint8Array,
  rows: readonly Lineage[],
  adopted: AdoptedCatalogues,
): Promise<Fault[]> {
  const [{ department, period }] = rows as [Lineage];
  const reading = await readWorkbook(bytes);
  const { catalogue } = adoptedWith(identityOf(reading).catalogue, adopted) ?? adopted.inForce;
  const { figures } = readForm(reading, catalogue, { department, period });
  return rows.flatMap((row) => {
    const indicator = indicatorOf(catalogue, row.indicator);
    if (indicator === undefined || !isReported(indicator) || indicator.kind === 'list') return [];
    const entry = figures.get(row.indicator);
    const isCited = entry?.place.sheet === row.cell.sheet && entry?.place.cell === row.cell.cell;
    const reading = entry !== undefined && isCited ? readFigure(indicator, entry).reading : undefined;
    const isZero = reading?.status === 'blank' && cellOf(catalogue, row.indicator) !== undefined;
    const value = reading?.status === 'reported' ? reading.value : isZero ? '0' : null;
    if (value === row.value) return [];
    return [
      { where: describe(row), explanation: `says ${row.value}, its cell in ${row.file.name} says ${value}` },
    ];
  });
}
