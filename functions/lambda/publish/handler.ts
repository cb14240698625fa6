import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { yearSchema } from '../../../shared/core/catalogue/period.ts';
import { personSchema, recorders } from '../../../shared/core/ledger/people.ts';
import { cataloguesInForce, officeYear } from '../../use-cases/adopted.ts';
import { dueYears } from '../../use-cases/publish/due-years.ts';
import { makeStatement } from '../../use-cases/witness.ts';
import {
  type PublishDependencies,
  publishYear,
  type YearOutcome,
  type YearToPublish,
} from './publish-year.ts';

/** What came of each year: what whoever started the function by hand reads. */
export interface PublishAnswer {
  years: YearOutcome[];
}

export type PublishHandler = (input: unknown, context: Context) => Promise<PublishAnswer>;

/** Publishes the years that are due, or the one that is named, and signs a statement of the whole ledger. */
export function createPublishHandler(dependencies: PublishDependencies): PublishHandler {
  const { logger, metrics } = dependencies;
  const composed = middy()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .handler((input: unknown) => publishEach(publishInputSchema.parse(input), dependencies));
  return (input, context) => composed(input, context) as Promise<PublishAnswer>;
}

/** One year that fails does not keep the others from being published; the run still fails, to be seen and retried. */
async function publishEach(input: PublishInput, dependencies: PublishDependencies): Promise<PublishAnswer> {
  const { logger, metrics } = dependencies;
  const faults: unknown[] = [];
  const outcomes: YearOutcome[] = [];
  const years = await yearsFor(input, dependencies);
  // Last year goes on until it is final; the present one has a catalogue from its first day on, or nobody can report.
  if (!years.some(({ untilFinal }) => !untilFinal)) {
    logger.error('no catalogue is in force for the present year: nothing of it is taken in or published');
    metrics.addMetric('NoCatalogueInForce', MetricUnit.Count, 1);
  }
  for (const due of years) {
    try {
      outcomes.push(await publishYear(due, dependencies));
    } catch (error) {
      faults.push(error);
      logger.error('not published', {
        year: due.year,
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
  }
  const unsigned = await sign(dependencies);
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} years were not published`);
  // Whoever publishes by hand has what they asked for; that nothing was signed, the daily run fails by and is seen.
  if (unsigned !== undefined && 'kind' in input) throw unsigned;
  if ('kind' in input) metrics.addMetric('ScheduleRan', MetricUnit.Count, 1);
  return { years: outcomes };
}

/** Signs a statement of the ledger; why it could not be. */
async function sign({
  ledger,
  documents,
  signer,
  now,
  logger,
}: PublishDependencies): Promise<Error | undefined> {
  try {
    const statement = await makeStatement(now(), { ledger, documents, signer: await signer() });
    if (statement !== undefined) logger.info('signed', { statement: statement.number });
    return undefined;
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    logger.error('no statement of the ledger was signed', { error });
    return error;
  }
}

async function yearsFor(
  input: PublishInput,
  { ledger, documents, now }: PublishDependencies,
): Promise<YearToPublish[]> {
  if ('kind' in input) {
    const catalogues = await cataloguesInForce({ ledger, documents });
    return dueYears(catalogues, now()).map((due) => ({
      ...due,
      publishedBy: recorders.schedule,
      remind: true,
    }));
  }
  const { year, by } = input;
  await officeYear(year, { ledger, documents });
  // Who asks by name may do so often, and has the overdue returns before their eyes.
  return [{ year, untilFinal: false, publishedBy: by ?? recorders.schedule, remind: by === undefined }];
}

/** What the schedule, or a person, asks of the function; `by` is in whose name the year is published. */
export const publishInputSchema = z.union([
  z.object({ kind: z.literal('daily') }),
  z.object({ year: yearSchema, by: personSchema.optional() }),
]);
export type PublishInput = z.infer<typeof publishInputSchema>;
