import { type AdoptedCatalogues, adoptedAlone } from '../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../shared/core/catalogue/checks.ts';
import type { LedgerEvent } from '../../../shared/core/ledger/event.ts';
import { type Publication, publicationSchema } from '../../../shared/core/publication/publication.ts';
import { digestOf } from '../../../shared/core/values/digest.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import type { Folder } from '../stores/publication-store.ts';
import { verifyAdoptionsSaid } from './adoptions.ts';
import type { Baselines } from './baselines.ts';
import { type OriginalFile, verifyCells, verifyCitations } from './citations.ts';
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
    parsed(folder, 'summary.json', publicationSchema),
    parsed(folder, 'catalogue.json', catalogueSchema),
  ]);
  if (publication === undefined || catalogue === undefined) {
    const explanation = 'has no summary.json and catalogue.json that can be read';
    return { checked: [], faults: [{ where: folder.name, explanation }] };
  }
  const faults = [
    ...catalogueFaults(publication, catalogue),
    ...recomputeTotals(publication, catalogue),
    ...recomputeGroups(publication, catalogue),
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
  const named = faults.map(({ where, explanation }) => ({
    where: `${folder.name}summary.json, ${where}`,
    explanation,
  }));
  return { checked: faults.length === 0 ? checked : [], faults: named };
}

function catalogueFaults({ catalogue: hash }: Publication, catalogue: Catalogue): Fault[] {
  return digestOf(catalogue) === hash
    ? []
    : [{ where: 'catalogue.json', explanation: 'is not the catalogue that the publication was made with' }];
}

async function parsed<T>(
  folder: Folder,
  name: string,
  schema: { safeParse(value: unknown): { data?: T | undefined } },
): Promise<T | undefined> {
  const bytes = await folder.get(name);
  return bytes === undefined ? undefined : schema.safeParse(parseJson(bytes)).data;
}
