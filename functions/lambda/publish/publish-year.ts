import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Announce, Announcement } from '../../../shared/adapters/eventbridge-announcer.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import type { Documents, Ledger } from '../../../shared/core/ledger/ports.ts';
import type { WitnessSigner } from '../../../shared/core/ledger/witness.ts';
import { overdueIn } from '../../../shared/core/year/standing.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { type DueYear, isFinal } from '../../use-cases/publish/due-years.ts';
import { type PublishResult, publish } from '../../use-cases/publish/publish.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { openFolder } from '../../use-cases/stores/publication-store.ts';
import { verifyPublication } from '../../use-cases/verify/verify.ts';

/** All that the function uses, made outside the handler. */
export interface PublishDependencies {
  ledger: Ledger;
  documents: Documents;
  announce: Announce;
  /** The key that signs statements of the ledger. */
  signer: () => Promise<WitnessSigner>;
  now: () => Instant;
  software: string;
  logger: Logger;
  metrics: Metrics;
}

/** A year to publish, and in whose name. */
export interface YearToPublish extends DueYear {
  publishedBy: string;
  /** Whether the returns that are overdue are announced too. */
  remind: boolean;
}

/** What came of a year: its newest publication and the folder it lies in; `final` where it is no longer published. */
export type YearOutcome =
  | { year: number; outcome: 'final' }
  | ({ year: number; outcome: PublishResult['outcome']; folder: string } & Pick<
      PublishResult['publication'],
      'number' | 'status' | 'digest'
    >);

/** No more overdue returns than this are announced by one run for a year; the log says how many were left out. */
const maxOverdue = 200;
/** A run that is repeated within this time announces again what the one before may not have come to announce. */
const retryMilliseconds = 3_600_000;

/** Publishes one year, checks what was published, and announces it, and the returns that are overdue. */
export async function publishYear(
  due: YearToPublish,
  dependencies: PublishDependencies,
): Promise<YearOutcome> {
  const { year, publishedBy } = due;
  const { ledger, documents, logger, software, now } = dependencies;
  if (due.untilFinal && (await isFinal(year, dependencies))) {
    logger.info('already final: not published again', { year });
    return { year, outcome: 'final' };
  }
  const publishedAt = now();
  const result = await publish({ year, publishedAt, publishedBy, software }, { ledger, documents });
  const { number, status, digest } = result.publication;
  logger.info(result.outcome, { year, number, status, digest });
  const { state } = await readYear({ ledger, documents }, year);
  const sound = await isSound(result, state.publications, dependencies);
  await dependencies.announce([
    ...publishedAnnouncement(result, sound, publishedAt),
    ...(due.remind ? overdueAnnouncements(state, publishedAt, logger) : []),
  ]);
  return { year, outcome: result.outcome, number, status, digest, folder: result.folder };
}

async function isSound(
  { folder, publication }: PublishResult,
  published: YearState['publications'],
  { documents, logger, metrics }: PublishDependencies,
): Promise<boolean> {
  const { faults } = await verifyPublication(await openFolder(folder, documents), published);
  metrics.addMetric('PublicationFailedVerification', MetricUnit.Count, faults.length === 0 ? 0 : 1);
  const { year, number } = publication;
  for (const fault of faults) logger.error('the publication failed verification', { year, number, ...fault });
  return faults.length === 0;
}

function publishedAnnouncement(
  { outcome, publication, folder }: PublishResult,
  sound: boolean,
  now: Instant,
): Announcement[] {
  const age = Date.parse(now) - Date.parse(publication.publishedAt);
  if (outcome === 'unchanged' && age > retryMilliseconds) return [];
  const { year, number, status, digest } = publication;
  return [{ type: 'published', detail: { year, number, status, digest, folder, sound } }];
}

function overdueAnnouncements(state: YearState, now: Instant, logger: Logger): Announcement[] {
  const overdue = overdueReturns(state, now);
  if (overdue.length > maxOverdue) {
    const leftOut = overdue.length - maxOverdue;
    logger.warn('more overdue returns than are announced', { year: state.catalogue.year, leftOut });
  }
  return overdue.slice(0, maxOverdue).map((each) => ({ type: 'return overdue', detail: { ...each } }));
}

/** A return that has not come although it was due. */
export interface Overdue {
  department: string;
  departmentName: string;
  period: string;
  due: string;
  refused: boolean;
}

/** The returns that are overdue now, the oldest first, as they are announced. */
export function overdueReturns(state: YearState, now: Instant): Overdue[] {
  return overdueIn(state, now).map(({ department, period, deadline, refusals }) => ({
    department: department.id,
    departmentName: department.name,
    period,
    due: deadline.due,
    refused: refusals.length > 0,
  }));
}
