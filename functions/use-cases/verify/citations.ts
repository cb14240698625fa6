import pMap from 'p-map';
import { type AdoptedCatalogues, adoptedWith } from '../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { isReported } from '../../../shared/core/catalogue/indicator.ts';
import { unitIn } from '../../../shared/core/catalogue/measures.ts';
import { narrativesOnForm } from '../../../shared/core/catalogue/narratives.ts';
import { cellOf, indicatorOf } from '../../../shared/core/catalogue/tables.ts';
import type { LedgerEvent } from '../../../shared/core/ledger/event.ts';
import type { Publication, PublishedText } from '../../../shared/core/publication/publication.ts';
import { readFigure } from '../../../shared/core/returns/figure.ts';
import { saidIn } from '../../../shared/core/returns/grid.ts';
import { readNarratives } from '../../../shared/core/returns/narrative.ts';
import { readRemarks, remarksByIndicator } from '../../../shared/core/returns/remark.ts';
import type { Submission } from '../../../shared/core/returns/submission.ts';
import type { Lineage } from '../../../shared/core/totals/total.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { identityOf } from '../../../shared/workbook/form-identity.ts';
import { readForm } from '../../../shared/workbook/form-reader.ts';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { observationsName } from '../stores/publication-store.ts';
import { type Fault, fetching } from './verify.ts';

/** What is wrong with what a publication says, and in which file if it is not its summary. */
export interface ContentFault extends Fault {
  file?: string;
}

/** An observation stands once: of a list or an extreme a second one would change no total. */
export function verifyOnce({ observations }: Pick<Publication, 'observations'>): ContentFault[] {
  const seen = new Set<string>();
  return observations.flatMap((row) => {
    const place = placeOf(row);
    if (!seen.has(place.where)) {
      seen.add(place.where);
      return [];
    }
    return [{ ...place, explanation: 'stands there more than once' }];
  });
}

/** Checks that each published observation is the one in the ledger event that it cites. */
export function verifyCitations(publication: Publication, events: readonly LedgerEvent[]): ContentFault[] {
  const byPosition = new Map(events.map((event) => [`${event.chain}#${event.sequence}`, event]));
  return publication.observations.flatMap((row) => {
    const position = `${row.ledger.chain}#${row.ledger.sequence}`;
    const event = byPosition.get(position);
    const fault = (explanation: string) => [{ ...placeOf(row), explanation }];
    if (event === undefined || event.hash !== row.ledger.hash)
      return fault(`cites ${position}, which is another event`);
    const { happening } = event;
    if (happening.kind !== 'return-accepted') return fault(`cites ${position}, which accepts no return`);
    const { observations, measures } = saidIn(happening);
    const remark = remarksByIndicator(happening).get(row.indicator)?.text;
    const observation = observations.find(({ indicator }) => indicator === row.indicator);
    const same =
      observation?.status === row.status &&
      (observation.status !== 'reported' || observation.value === row.value) &&
      unitIn(measures, row.indicator) === row.unit &&
      remark === row.remark &&
      happening.upload.sha256 === row.file.sha256 &&
      happening.department === row.department &&
      happening.period === row.period;
    return same ? [] : fault(`is not what ${position} recorded`);
  });
}

function placeOf({
  indicator,
  department,
  period,
}: Pick<Lineage, 'indicator' | 'department' | 'period'>): Omit<ContentFault, 'explanation'> {
  return { file: observationsName, where: `observation ${indicator} ${department} ${period}` };
}

/** The file that something published cites, if it is here. */
export type OriginalFile = (row: Cited) => Promise<Uint8Array | undefined>;

/** What was published of one upload. */
interface Cited extends Pick<Lineage, 'department' | 'period' | 'file' | 'upload'> {
  observations: Lineage[];
  texts: PublishedText[];
}

/**
 * Opens the original files that observations and texts cite and reads the cells again. Files that are not there are
 * counted, not faults: a publication can be verified without them.
 */
export async function verifyCells(
  publication: Publication,
  adopted: AdoptedCatalogues,
  original: OriginalFile,
): Promise<{ faults: ContentFault[]; files: number; absent: number }> {
  const uploads = citedUploads(publication);
  const found = await pMap(uploads, (cited) => fileFaults(cited, adopted, original), fetching);
  const absent = found.filter((faults) => faults === 'absent').length;
  return {
    faults: found.flatMap((faults) => (faults === 'absent' ? [] : faults)),
    files: uploads.length - absent,
    absent,
  };
}

function citedUploads({ observations, texts }: Publication): Cited[] {
  const byUpload = new Map<string, Cited>();
  const of = ({ department, period, file, upload }: Lineage | PublishedText): Cited => {
    const cited = byUpload.get(upload) ?? { department, period, file, upload, observations: [], texts: [] };
    byUpload.set(upload, cited);
    return cited;
  };
  for (const row of observations) of(row).observations.push(row);
  for (const row of texts) of(row).texts.push(row);
  return [...byUpload.values()];
}

async function fileFaults(
  cited: Cited,
  adopted: AdoptedCatalogues,
  original: OriginalFile,
): Promise<ContentFault[] | 'absent'> {
  const bytes = await original(cited);
  if (bytes === undefined) return 'absent';
  if (sha256(bytes) === cited.file.sha256) return cellFaults(bytes, cited, adopted);
  return [{ where: cited.file.name, explanation: 'is another file than the one that was recorded' }];
}

/** Reads the form again; what it says must be what was published, in the cell that was cited. */
async function cellFaults(
  bytes: Uint8Array,
  cited: Cited,
  adopted: AdoptedCatalogues,
): Promise<ContentFault[]> {
  const reading = await readWorkbook(bytes);
  const { catalogue } = adoptedWith(identityOf(reading).catalogue, adopted) ?? adopted.inForce;
  const submission = readForm(reading, catalogue, cited);
  return [
    ...cited.observations.flatMap((row) => figureFaults(row, submission, catalogue)),
    ...textFaults(cited, submission, catalogue),
    ...remarkFaults(cited, submission, catalogue),
  ];
}

function figureFaults(row: Lineage, { figures }: Submission, catalogue: Catalogue): ContentFault[] {
  const indicator = indicatorOf(catalogue, row.indicator);
  if (indicator === undefined || !isReported(indicator) || indicator.kind === 'list') return [];
  const entry = figures.get(row.indicator);
  const isCited = entry?.place.sheet === row.cell.sheet && entry?.place.cell === row.cell.cell;
  const reading = entry !== undefined && isCited ? readFigure(indicator, entry).reading : undefined;
  const isZero = reading?.status === 'blank' && cellOf(catalogue, row.indicator) !== undefined;
  const value = reading?.status === 'reported' ? reading.value : isZero ? '0' : null;
  if (value === row.value) return [];
  return [{ ...placeOf(row), explanation: `says ${row.value}, its cell in ${row.file.name} says ${value}` }];
}

/** What the file says beside the figures that were published. */
function remarkFaults({ observations }: Cited, submission: Submission, catalogue: Catalogue): ContentFault[] {
  const texts = new Map(
    readRemarks(submission).said.map((each) => [
      each.kind === 'figure' ? each.indicator : `${each.table}-${each.row}`,
      each.text,
    ]),
  );
  return observations.flatMap((row) => {
    const cell = cellOf(catalogue, row.indicator);
    const said = texts.get(cell === undefined ? row.indicator : `${cell.table.id}-${cell.row.id}`);
    if (said === row.remark) return [];
    return [{ ...placeOf(row), explanation: `has another remark than ${row.file.name} has beside it` }];
  });
}

function textFaults(cited: Cited, submission: Submission, catalogue: Catalogue): ContentFault[] {
  if (cited.texts.length === 0) return [];
  const { said } = readNarratives(narrativesOnForm(catalogue, cited), submission);
  return cited.texts.flatMap(({ narrative, department, period, text, cell, file }) => {
    const found = said.find((each) => each.narrative === narrative);
    const isCited = found?.place?.sheet === cell.sheet && found?.place?.cell === cell.cell;
    if (isCited && found?.text === text) return [];
    const where = `text ${narrative} ${department} ${period}`;
    return [{ where, explanation: `is not what its cell in ${file.name} says` }];
  });
}
