import { Duration } from 'aws-cdk-lib';
import { type PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { Announcements } from './announcements.ts';
import { deadLetterQueue, safeQueue } from './dead-letters.ts';
import { LambdaFunction } from './lambda-function.ts';
import { actingFor, allow, bucketsOfStack, mayList, mayReadCatalogues, objectsIn } from './statements.ts';
import type { Stores } from './stores.ts';

export interface IngestionProps {
  stage: Stage;
  stores: Stores;
  announcements: Announcements;
  bundle: string;
}

/** An ordinary upload takes a second; one for which a store hangs is given up five seconds before this, and comes back. */
const timeout = Duration.seconds(60);
/**
 * Taking a message from the queue counts as a try, whatever becomes of it, and nothing gives that try back. So none is
 * taken that would have to wait behind another: a message a time, and as many at once as the stage says.
 */
const recordsAtOnce = 1;
/** What is not taken in comes back when it has been hidden for so long, which Lambda wants to be six time-outs. */
const hidden = Duration.seconds(6 * timeout.toSeconds());
/** Tries before an upload is given up as a dead letter: half an hour, so that a short outage passes unseen. */
const tries = 5;

/** From an upload to the ledger: S3 tells a queue, the queue starts the function `ingest`. */
export class Ingestion extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly ingest: LambdaFunction;

  constructor(scope: Construct, id: string, props: IngestionProps) {
    super(scope, id);
    const { stage, stores, announcements, bundle } = props;
    this.deadLetters = deadLetterQueue(this);
    this.queue = new Queue(this, 'Queue', {
      ...safeQueue,
      visibilityTimeout: hidden,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    });
    notifyOfUploads(stores, this.queue);
    this.ingest = new LambdaFunction(this, 'Ingest', {
      stage,
      name: 'ingest',
      bundle,
      timeout,
      reserved: stage.reserveConcurrency ? stage.maximumConcurrency : undefined,
      environment: {
        LEDGER_TABLE: stores.ledger.tableName,
        UPLOADS_BUCKET: stores.uploads.bucketName,
        DOCUMENTS_BUCKET: stores.documents.bucketName,
        EVENT_BUS: announcements.busName,
      },
      needs: [...needsOf(stores), announcements.mayAnnounce(), mayTakeFrom(this.queue)],
      folders: [
        [stores.uploads, 'uploads/'],
        [stores.documents, 'feedback/'],
        [stores.documents, 'announced/'],
        [stores.documents, 'catalogues/'],
      ],
    });
    new EventSourceMapping(this, 'Source', {
      target: this.ingest.function,
      eventSourceArn: this.queue.queueArn,
      batchSize: recordsAtOnce,
      maxConcurrency: stage.maximumConcurrency,
      reportBatchItemFailures: true,
    });
  }
}

/** By properties of the bucket itself: CDK's own notifications go through a function of their own, with wide grants. */
function notifyOfUploads({ uploads }: Stores, queue: Queue): void {
  const mayTell = allow('UploadsBucketMayTell', {
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
  });
  mayTell.addPrincipals(new ServicePrincipal('s3.amazonaws.com'));
  mayTell.addConditions(actingFor(bucketsOfStack(uploads)));
  queue.addToResourcePolicy(mayTell);
  const bucket = uploads.node.defaultChild as CfnBucket;
  bucket.notificationConfiguration = {
    queueConfigurations: [
      {
        event: 's3:ObjectCreated:*',
        queue: queue.queueArn,
        filter: { s3Key: { rules: [{ name: 'prefix', value: 'uploads/' }] } },
      },
    ],
  };
  bucket.addResourceDependency(queue.node.findChild('Policy').node.defaultChild as CfnResource);
}

function needsOf({ uploads, documents, ledger }: Stores): PolicyStatement[] {
  return [
    allow('ReadUploads', {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: objectsIn([uploads, 'uploads/']),
    }),
    allow('ReadAndWriteFeedback', {
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: objectsIn([documents, 'feedback/']),
    }),
    allow('NoteWhatWasAnnounced', {
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: objectsIn([documents, 'announced/']),
    }),
    mayList([documents, 'announced/']),
    ...mayReadCatalogues(documents),
    allow('ReadAndAppendEvents', {
      actions: ['dynamodb:Query', 'dynamodb:PutItem'],
      resources: [ledger.tableArn],
    }),
  ];
}

function mayTakeFrom(queue: Queue): PolicyStatement {
  return allow('TakeFromQueue', {
    actions: [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
    ],
    resources: [queue.queueArn],
  });
}
