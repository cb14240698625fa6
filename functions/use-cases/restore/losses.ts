import type { Documents } from '../../../shared/core/ledger/ports.ts';
import type { Publication, Summary } from '../../../shared/core/publication/publication.ts';
import type { HeldBecause, Revision } from '../../../shared/core/year/revision.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { readSummary } from '../../../shared/publication/summary-json.ts';
import {
  publicationFolder,
  publicationFolders,
  readPublication,
  summaryName,
} from '../stores/publication-store.ts';

/** Something that the ledger held and the documents do not, and what tells of it. */
export interface Loss {
  what:
    | 'upload'
    | 'outcome'
    | 'receipts'
    | 'office'
    | 'publication'
    | 'acknowledgement'
    | 'reason'
    | 'admission'
    | 'hold'
    | 'observations'
    | 'scan';
  where: string;
  explanation: string;
}

const unreadable = 'its files cannot be read: what they tell of the ledger is not in this list';

/**
 * What the office's chain held, as far as publications tell of it: themselves, acknowledgements, reasons given
 * afterwards, returns that were let in, and returns that were held because they changed issued figures.
 */
export async function lossesToPublications(state: YearState, documents: Documents): Promise<Loss[]> {
  const { year } = state.catalogue;
  const { publications, unread } = await publicationsOf(year, documents);
  const newest = publications.at(-1);
  const whole = newest && (await readPublication(newest, documents));
  const revisions = new Map(
    state.returns.flatMap((each) => each.revisions.map((one) => [one.id, one] as const)),
  );
  const losses: Loss[] = [
    {
      what: 'office',
      where: `${year}/office`,
      explanation:
        'extensions, admissions, reasons, acknowledgements, questions with their answers, agreements of reviewers, of which versions scans were filed, which templates of the report were adopted and which publications were issued are kept in the ledger alone: those since the newest publication, all extensions, agreements, templates and all that was issued are known to nobody but the people who decided',
    },
    ...publications.map(publicationLoss),
    ...unread.map((where) => ({ what: 'publication' as const, where, explanation: unreadable })),
    ...(newest !== undefined && whole === undefined
      ? [{ what: 'observations' as const, where: publicationFolder(newest), explanation: unreadable }]
      : []),
    ...(newest?.warnings ?? []).flatMap(acknowledgementLoss),
    ...publications.flatMap((publication) => reasonLosses(publication, revisions)),
    ...(newest === undefined ? [] : standingLosses(newest, revisions)),
    ...(whole === undefined ? [] : observationLosses(whole, revisions)),
  ];
  return [
    ...new Map(losses.map((loss) => [`${loss.what} ${loss.where} ${loss.explanation}`, loss])).values(),
  ];
}

/** What publications say of themselves, in their order, and the folders of those that cannot be read. */
async function publicationsOf(
  year: number,
  documents: Documents,
): Promise<{ publications: Summary[]; unread: string[] }> {
  const publications: Summary[] = [];
  const unread: string[] = [];
  for (const folder of await publicationFolders(year, documents)) {
    const bytes = await documents.get(folder + summaryName);
    const summary = bytes && readSummary(bytes);
    if (summary === undefined) unread.push(folder);
    else publications.push(summary);
  }
  return { publications: publications.sort((a, b) => a.number - b.number), unread };
}

function publicationLoss({ number, publishedAt, publishedBy, year }: Summary): Loss {
  return {
    what: 'publication',
    where: publicationFolder({ year, number }),
    explanation: `published ${publishedAt} by ${publishedBy}: its files are there, the ledger no longer knows of it`,
  };
}

function acknowledgementLoss({
  id,
  department,
  period,
  acknowledged,
  explained,
}: Publication['warnings'][number]): Loss[] {
  // A remark stands in the workbook, and is read from it again.
  const given = [acknowledged, explained].filter((answer) => answer !== null && answer.as !== 'remark');
  return given.flatMap((answer) => {
    if (answer === null) return [];
    const { by, at, as, reason } = answer;
    const where = `${department ?? 'all departments'} ${period} ${id}`;
    const explanation = `answered ${at} by ${by} as ${as}: ${reason}`;
    return [{ what: 'acknowledgement', where, explanation }];
  });
}

function reasonLosses({ changes, number }: Summary, revisions: ReadonlyMap<string, Revision>): Loss[] {
  return changes.figures.flatMap(({ because }) =>
    because.flatMap(({ upload, department, period, reason }) =>
      upload === null || reason === '' || revisions.get(upload)?.reason === reason
        ? []
        : [
            {
              what: 'reason' as const,
              where: `${department} ${period} ${upload}`,
              explanation: `the reason for its change was, by publication ${number}: ${reason}`,
            },
          ],
    ),
  );
}

/** What lets a version count again whose act is lost. */
const remedy: Record<HeldBecause, string> = {
  'after-cut-off': 'admit it again',
  'changes-issued': 'give its reason again',
  'awaits-agreement': 'have its reviewer agree again',
  'sent-back': 'close the question about it',
};

function standingLosses(newest: Summary, revisions: ReadonlyMap<string, Revision>): Loss[] {
  const counted = new Set(newest.returns.flatMap((row) => row.counted?.upload ?? []));
  const losses: Loss[] = [];
  for (const { id, department, period, state } of revisions.values()) {
    if (!counted.has(id) || state.kind !== 'held') continue;
    const remedies = state.because.map((each) => remedy[each]).join(', ');
    const explanation = `counted in publication ${newest.number}, is held now (${state.because}): ${remedies}`;
    losses.push({
      what: 'admission',
      where: `${department ?? 'all departments'} ${period} ${id}`,
      explanation,
    });
  }
  for (const { upload, department, period, because } of newest.held) {
    const now = revisions.get(upload)?.state.kind;
    if (now === 'held' || now === undefined) continue;
    const explanation = `was held in publication ${newest.number} (${because}), is ${now} now`;
    losses.push({ what: 'hold', where: `${department} ${period} ${upload}`, explanation });
  }
  return losses;
}

/** Figures that were published and are not read the same, or not at all, from what was restored. */
function observationLosses(newest: Publication, revisions: ReadonlyMap<string, Revision>): Loss[] {
  const differing = new Map<string, number>();
  for (const { upload, indicator, value, status } of newest.observations) {
    const now = revisions.get(upload)?.observations.find((each) => each.indicator === indicator);
    const valueNow = now?.status === 'reported' ? now.value : null;
    if (now?.status !== status || valueNow !== value) differing.set(upload, (differing.get(upload) ?? 0) + 1);
  }
  return [...differing].map(([upload, count]) => ({
    what: 'observations',
    where: upload,
    explanation: `${count} figures of publication ${newest.number} are not what is read from it now`,
  }));
}
