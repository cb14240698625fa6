import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import sqsPartialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { withDeadline } from '../../../shared/adapters/deadline.ts';
import { type IngestDependencies, processNotification } from './process-notification.ts';
import { readNotification } from './s3-notification.ts';

export type IngestHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** What is left for the answer when the time of the last record is over. */
const millisecondsToAnswer = 5000;

/** Takes in the uploads that a batch of S3 notifications tells of, one after the other. */
export function createIngestHandler(dependencies: IngestDependencies): IngestHandler {
  const { logger, metrics } = dependencies;
  const composed = middy<SQSEvent>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .after(partialBatch(logger))
    .handler((event: SQSEvent, context: Context) => takeEach(event, context, dependencies));
  return (event, context) => composed(event, context) as Promise<SQSBatchResponse>;
}

/** Each has an equal share of the time that is left, so that one for which a store hangs keeps none from being begun. */
async function takeEach(
  event: SQSEvent,
  context: Context,
  dependencies: IngestDependencies,
): Promise<PromiseSettledResult<void>[]> {
  const outcomes: PromiseSettledResult<void>[] = [];
  for (const record of event.Records) {
    const left = context.getRemainingTimeInMillis() - millisecondsToAnswer;
    const share = Math.floor(left / (event.Records.length - outcomes.length));
    const work = withDeadline(share, () => takeRecord(record, dependencies));
    const [outcome] = await Promise.allSettled([work]);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function takeRecord(record: SQSRecord, dependencies: IngestDependencies): Promise<void> {
  const sent = Number(record.attributes?.SentTimestamp);
  if (sent > 0) {
    const age = Math.max(0, Date.parse(dependencies.now()) - sent);
    dependencies.metrics.addMetric('QueueAge', MetricUnit.Milliseconds, age);
  }
  for (const notice of readNotification(record.body, dependencies.bucket)) {
    await processNotification(notice, record.body, dependencies);
  }
}

/**
 * The one place where faults of the machine or the program are mapped: a record whose processing threw goes back to
 * the queue, by itself; all others are acknowledged. Not the middleware's `onError`: it would let the invocation
 * succeed when the function itself is at fault, unseen by the alarm.
 */
function partialBatch(logger: Pick<Logger, 'error'>) {
  return sqsPartialBatchFailure({
    logger: (fault: unknown, { messageId }: SQSRecord) =>
      logger.error('a fault: the record goes back to the queue', {
        messageId,
        error: fault instanceof Error ? fault : new Error(String(fault)),
      }),
  }).after!;
}
