import { Duration } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { Announcements } from './announcements.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { LambdaFunction } from './lambda-function.ts';
import { maySendTo, runOnSchedule } from './schedule.ts';
import { allow, mayList, mayReadCatalogues, objectsIn } from './statements.ts';
import type { Stores } from './stores.ts';
import type { WitnessKey } from './witness-key.ts';

export interface PublicationProps {
  stage: Stage;
  stores: Stores;
  announcements: Announcements;
  witness: WitnessKey;
  bundle: string;
}

/** A day, less the time that the next run needs to be another one. */
const retriedFor = Duration.hours(23);

/** The daily publication: a schedule starts the function `publish`; whatever fails for good becomes a dead letter. */
export class DailyPublication extends Construct {
  readonly publish: LambdaFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: PublicationProps) {
    super(scope, id);
    const { stage, stores, announcements, witness, bundle } = props;
    this.deadLetters = deadLetterQueue(this);
    this.publish = new LambdaFunction(this, 'Publish', {
      stage,
      name: 'publish',
      bundle,
      timeout: Duration.minutes(5),
      // The daily run, and one that somebody asks for meanwhile.
      reserved: stage.reserveConcurrency ? 2 : undefined,
      environment: {
        LEDGER_TABLE: stores.ledger.tableName,
        DOCUMENTS_BUCKET: stores.documents.bucketName,
        PUBLICATIONS_BUCKET: stores.publications.bucketName,
        EVENT_BUS: announcements.busName,
        WITNESS_KEY: witness.keyArn,
      },
      needs: [
        ...needsOf(stores),
        ...witness.maySign(),
        announcements.mayAnnounce(),
        maySendTo(this.deadLetters),
      ],
      folders: [
        [stores.documents, 'catalogues/'],
        [stores.publications, 'publications/'],
        [stores.publications, 'witness/'],
      ],
    });
    runOnSchedule(this, {
      name: `indicators-${stage.name}`,
      expression: stage.daily.schedule,
      timeZone: stage.daily.timeZone,
      input: { kind: 'daily' },
      function: this.publish,
      deadLetters: this.deadLetters,
      retriedFor,
    });
  }
}

function needsOf({ documents, publications, ledger }: Stores): PolicyStatement[] {
  return [
    allow('ReadAndAppendEvents', {
      actions: ['dynamodb:Query', 'dynamodb:PutItem'],
      resources: [ledger.tableArn],
    }),
    ...mayReadCatalogues(documents),
    allow('ReadAndWritePublications', {
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: objectsIn([publications, 'publications/'], [publications, 'witness/']),
    }),
    mayList([publications, 'publications/']),
    mayList([publications, 'witness/']),
  ];
}
