import type { Logger } from '@aws-lambda-powertools/logger';
import type { Request } from '@middy/core';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent } from 'aws-lambda';

/** How each record of a batch ended, in the order of the records. */
export type Outcomes = PromiseSettledResult<void>[];

/**
 * The one place where faults of the machine or the program are mapped: a record whose processing threw goes back
 * to the queue, by itself; all others are acknowledged.
 */
export function partialBatch(logger: Pick<Logger, 'error'>) {
  return {
    after(request: Request<SQSEvent, Outcomes | SQSBatchResponse>): void {
      const outcomes = request.response as Outcomes;
      const batchItemFailures: SQSBatchItemFailure[] = [];
      for (const [index, { messageId }] of request.event.Records.entries()) {
        const outcome = outcomes[index];
        if (outcome?.status === 'fulfilled') continue;
        const fault: unknown = outcome?.reason;
        logger.error('a fault: the record goes back to the queue', {
          messageId,
          error: fault instanceof Error ? fault : new Error(String(fault)),
        });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
      request.response = { batchItemFailures };
    },
  };
}
