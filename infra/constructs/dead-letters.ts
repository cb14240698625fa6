import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What every queue has. */
export const safeQueue = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;

/** A queue for what failed for good, kept as long as SQS can: fourteen days. */
export function deadLetterQueue(scope: Construct, id = 'DeadLetters'): Queue {
  const queue = new Queue(scope, id, { ...safeQueue, retentionPeriod: Duration.days(14) });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason:
      'It is the dead-letter queue itself: of a function, a schedule or a rule, which cdk-nag does not see.',
  });
  return queue;
}
