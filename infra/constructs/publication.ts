import { Duration } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { Announcements } from './announcements.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { LambdaFunction } from './lambda-function.ts';
import { actingFor, allow, mayList, mayReadCatalogues, objectsIn, policy } from './statements.ts';
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
    this.keepFailedRuns();
    this.scheduleDaily(stage);
  }

  /** The schedule hands its event over and is done; when the function fails, Lambda tries twice more, then this. */
  private keepFailedRuns(): void {
    new CfnEventInvokeConfig(this, 'FailedRuns', {
      functionName: this.publish.function.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: Duration.hours(6).toSeconds(),
      destinationConfig: { onFailure: { destination: this.deadLetters.queueArn } },
    });
  }

  private scheduleDaily(stage: Stage): void {
    const { functionArn } = this.publish.function;
    const group = new CfnScheduleGroup(this, 'Schedules', { name: `indicators-${stage.name}` });
    const groupArn = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: `indicators-${stage.name}`,
    });
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com').withConditions(actingFor(groupArn)),
      inlinePolicies: {
        needs: policy([
          allow('StartPublish', { actions: ['lambda:InvokeFunction'], resources: [functionArn] }),
          maySendTo(this.deadLetters),
        ]),
      },
    });
    const schedule = new CfnSchedule(this, 'Daily', {
      groupName: `indicators-${stage.name}`,
      scheduleExpression: stage.daily.schedule,
      scheduleExpressionTimezone: stage.daily.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ kind: 'daily' }),
        deadLetterConfig: { arn: this.deadLetters.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: retriedFor.toSeconds(), maximumRetryAttempts: 185 },
      },
    });
    schedule.addResourceDependency(group);
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

function maySendTo(queue: Queue): PolicyStatement {
  return allow('KeepDeadLetters', { actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
}
