import { type AdoptedCatalogues, adoptedAlone } from '../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../shared/core/catalogue/checks.ts';
import { chainOf, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import { digestOf } from '../../../shared/core/values/digest.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import { digestOfPublication } from '../../../shared/publication/digest.ts';
import { observationsTable } from '../../../shared/publication/observations-table.ts';
import { publishedTables } from '../../../shared/publication/published-tables.ts';
import { fileOfTable, writeTable } from '../../../shared/publication/table.ts';
import { type Folder, observationsName, publicationIn, summaryName } from '../stores/publication-store.ts';
import { verifyAdoptionsSaid } from './adoptions.ts';
import type { Baselines } from './baselines.ts';
import { verifyBreakdowns } from './breakdowns.ts';
import {
  type ContentFault,
  type OriginalFile,
  verifyCells,
  verifyCitations,
  verifyOnce,
} from './citations.ts';
import { verifyComparisons } from './comparisons.ts';
import { verifyMissing } from './missing.ts';
import { recomputeGroups, recomputeTotals } from './recomputation.ts';
import { verifyTexts } from './texts.ts';
import type { Fault } from './verify.ts';
import { citedLastYear, verifyWarnings } from './warnings.ts';

/** What there is to check a publication's contents against, beside itself. */
export interface IndicatorObservations {
  events: readonly LedgerEvent[] | undefined;
  /** The catalogues that the year's ledger adopts; undefined where they are not here. */
  adopted: AdoptedCatalogues | undefined;
  /** The events of the year before; undefined where nobody brought them. */
  lastYear: readonly LedgerEvent[] | undefined;
  /** The catalogues that its ledger adopts. */
  adoptedBefore: AdoptedCatalogues | undefined;
  /** What the year's ledger records of the year before, where nothing of that was published. */
  baselines: Baselines;
  original: OriginalFile | undefined;
}

/**
 * Checks what a publication says: every total anew from its observations, every observation against the ledger
 * event it cites, every warning anew from the ledger, every cell against the original file, as far as ledger and files are given.
 */
export async function verifyContents(
  folder: Folder,
  { events, adopted, lastYear, adoptedBefore, baselines, original }: IndicatorObservations,
): Promise<{ checked: string[]; faults: Fault[] }> {
  const [publication, catalogue] = await Promise.all([
    publicationIn(folder),
    folder.get('catalogue.json').then((bytes) => bytes && catalogueSchema.safeParse(parseJson(bytes)).data),
  ]);
  if (publication === undefined || catalogue === undefined) {
    const explanation = `has no ${summaryName}, ${observationsName} and catalogue.json that can be read`;
    return { checked: [], faults: [{ where: folder.name, explanation }] };
  }
  const faults: ContentFault[] = [
    ...verifyOnce(publication),
    ...verifyDigest(publication, events),
    ...catalogueFaults(publication, catalogue),
    ...recomputeTotals(publication, catalogue),
    ...recomputeGroups(publication, catalogue),
    ...verifyBreakdowns(publication, catalogue),
    ...verifyMissing(publication, catalogue),
  ];
  const checked = [
    `${publication.totals.length} totals recomputed from ${publication.observations.length} observations`,
  ];
  if (events !== undefined) {
    faults.push(...verifyCitations(publication, events));
    faults.push(...verifyTexts(publication, catalogue, events));
    checked.push(
      publication.narratives.length === 0
        ? 'every observation is as its ledger event recorded it'
        : 'every observation and text is as its ledger event recorded it',
    );
    faults.push(...verifyAdoptionsSaid(publication, events));
    const cited = citedLastYear(publication, {
      lastYear,
      adoptedBefore,
      own: { events, adopted, baselines },
    });
    const warnings = verifyWarnings(publication, { events, adopted, cited });
    const comparisons = verifyComparisons(publication, catalogue, cited);
    faults.push(...warnings.faults, ...comparisons.faults);
    checked.push(...warnings.checked, ...comparisons.checked);
  }
  if (original !== undefined) {
    const cells = await verifyCells(publication, adopted ?? adoptedAlone(catalogue), original);
    faults.push(...cells.faults);
    checked.push(`cells of ${cells.files} original files read again, ${cells.absent} files not here`);
  }
  const tables = await verifyTables(publication, folder);
  const named = faults.map(({ file = summaryName, where, explanation }) => ({
    where: `${folder.name}${file}, ${where}`,
    explanation,
  }));
  const found = [...named, ...tables];
  return { checked: found.length === 0 ? checked : [], faults: found };
}

/**
 * The digest is that of what is said, and the ledger's. While something is not due, the summary says it in other words
 * than what the digest is of.
 */
function verifyDigest(publication: Publication, events: readonly LedgerEvent[] | undefined): Fault[] {
  const { digest, number, year, returns } = publication;
  const fault = (explanation: string): Fault[] => [{ where: 'digest', explanation }];
  const office = chainOf(year, 'office');
  const recorded = events
    ?.filter((event) => event.chain === office)
    .find(({ happening }) => happening.kind === 'published' && happening.number === number)?.happening;
  const isAsRecorded =
    recorded === undefined || (recorded.kind === 'published' && recorded.digest === digest);
  const isDated = returns.some(({ standing }) => standing === 'not-due');
  return [
    ...(isAsRecorded ? [] : fault('is not what the ledger recorded')),
    ...(isDated || digestOfPublication(publication) === digest
      ? []
      : fault('is not that of what the publication says')),
  ];
}

function catalogueFaults({ catalogue: hash }: Publication, catalogue: Catalogue): Fault[] {
  return digestOf(catalogue) === hash
    ? []
    : [{ where: 'catalogue.json', explanation: 'is not the catalogue that the publication was made with' }];
}

/** The tables beside that of the observations say what the summary says, in other words. */
async function verifyTables(publication: Publication, folder: Folder): Promise<Fault[]> {
  const others = publishedTables.filter((table) => table !== observationsTable);
  const faults = await Promise.all(
    others.map(async (table): Promise<Fault[]> => {
      const name = fileOfTable(table);
      const bytes = await folder.get(name);
      if (bytes !== undefined && Buffer.compare(bytes, writeTable(table, publication)) === 0) return [];
      return [{ where: folder.name + name, explanation: `does not say what ${summaryName} says` }];
    }),
  );
  return faults.flat();
}
