import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Runbook, runbookLink } from '../runbooks.ts';
import type { Stage } from '../stages.ts';
import type { Announcements } from './announcements.ts';
import type { Ingestion } from './ingestion.ts';
import { type LambdaFunction, metricsNamespace } from './lambda-function.ts';
import type { Portal } from './portal.ts';
import type { DailyPublication } from './publication.ts';
import type { Reminders } from './reminders.ts';
import { actingFor, allow } from './statements.ts';
import type { Stores } from './stores.ts';

/** What is watched. */
export interface Watched {
  stage: Stage;
  stores: Stores;
  ingestion: Ingestion;
  publication: DailyPublication;
  portal: Portal;
  announcements: Announcements;
  /** Undefined where nobody is reminded. */
  reminders: Reminders | undefined;
}

/** Something that somebody must look at: how it shows, and what to do then. */
export interface Watch {
  id: string;
  says: string;
  runbook: Runbook;
  metric: IMetric;
  /** Over how long it is measured; a quarter of an hour if nothing is said. */
  period?: Duration;
  threshold: number;
  below?: true;
  evaluationPeriods?: number;
}

/** Alarms that want somebody to act, each with the link to what to do, and the topic that they go to. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly names: string[];

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    this.topic.addToResourcePolicy(alarmsMayNotify(this.topic));
    const action = new SnsAction(this.topic);
    this.names = watches(watched).map((watch) => {
      const alarmName = `indicators-${watched.stage.name}-${watch.id}`;
      const alarm = new Alarm(this, watch.id, { ...alarmProps(watch, watched.stage), alarmName });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarmName;
    });
  }
}

export function alarmProps(watch: Watch, stage: Stage): AlarmProps {
  const { says, runbook, metric, threshold, below, evaluationPeriods = 1 } = watch;
  return {
    alarmDescription: `${says} What to do: ${runbookLink(stage.handbook, runbook)}`,
    metric,
    threshold,
    evaluationPeriods,
    comparisonOperator: below
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  };
}

export function alarmsMayNotify(topic: Topic) {
  const { partition, region, account } = Stack.of(topic);
  const statement = allow('AlarmsMayNotify', { actions: ['sns:Publish'], resources: [topic.topicArn] });
  statement.addPrincipals(new ServicePrincipal('cloudwatch.amazonaws.com'));
  statement.addConditions(actingFor(`arn:${partition}:cloudwatch:${region}:${account}:alarm:*`));
  return statement;
}

/** All that is watched of one stack. */
export function watches({
  stores,
  ingestion,
  publication,
  portal,
  announcements,
  reminders,
}: Watched): Watch[] {
  const { ingest } = ingestion;
  const { publish } = publication;
  return [
    {
      id: 'OldestUpload',
      says: 'An upload has waited for a quarter of an hour.',
      runbook: 'waiting',
      metric: ingestion.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      threshold: Duration.minutes(15).toSeconds(),
    },
    ...deadLetters('DeadUploads', 'An upload could not be taken in.', ingestion.deadLetters),
    ...deadLetters('DeadRuns', 'A daily run failed for good.', publication.deadLetters),
    ...deadLetters('DeadAnnouncements', 'An announcement reached nobody.', announcements.deadLetters),
    {
      id: 'LedgerThrottled',
      says: 'DynamoDB did not let the ledger be read or written as fast as was asked.',
      runbook: 'faults',
      metric: throttledRequests(stores.ledger),
      threshold: 1,
    },
    ...faults('Ingest', ingest),
    ...faults('Publish', publish),
    ...faults('Portal', portal.portal),
    {
      id: 'PortalServerErrors',
      says: 'The portal answered that it had failed.',
      runbook: 'portal',
      metric: portal.api.metricServerError({ period: Duration.minutes(15), statistic: Stats.SUM }),
      threshold: 1,
    },
    {
      id: 'ScheduleDidNotRun',
      says: 'No daily run has ended well for 26 hours.',
      runbook: 'schedule',
      metric: ownMetric(publish, 'ScheduleRan', Duration.hours(1)),
      period: Duration.hours(1),
      threshold: 1,
      below: true,
      evaluationPeriods: 26,
    },
    {
      id: 'NoCatalogueInForce',
      says: 'No catalogue is in force for the present year: nobody can report.',
      runbook: 'catalogue',
      metric: ownMetric(publish, 'NoCatalogueInForce', Duration.hours(1)),
      period: Duration.hours(1),
      threshold: 1,
    },
    {
      id: 'PublicationFailedVerification',
      says: 'The files of a publication are not what the ledger says.',
      runbook: 'verification',
      metric: ownMetric(publish, 'PublicationFailedVerification', Duration.hours(1)),
      period: Duration.hours(1),
      threshold: 1,
    },
    {
      id: 'UploadGone',
      says: 'An upload that S3 told of is not there.',
      runbook: 'lost',
      metric: ownMetric(ingest, 'UploadsGone', Duration.hours(1)),
      period: Duration.hours(1),
      threshold: 1,
    },
    {
      id: 'UnusableRecord',
      says: 'The queue held something that is no notice of an upload.',
      runbook: 'lost',
      metric: ownMetric(ingest, 'UnusableRecords', Duration.hours(1)),
      period: Duration.hours(1),
      threshold: 1,
    },
    ...(reminders === undefined ? [] : watchesOver(reminders)),
  ];
}

function watchesOver({ remind, deadLetters: dead }: Reminders): Watch[] {
  return [
    ...deadLetters('DeadReminders', 'Reminders failed for good.', dead),
    ...faults('Remind', remind),
    {
      id: 'RemindersFailed',
      says: 'Reminders have not gone out for three hours.',
      runbook: 'reminders',
      metric: ownMetric(remind, 'RemindersFailed', Duration.hours(1)),
      period: Duration.hours(1),
      threshold: 1,
      evaluationPeriods: 3,
    },
  ];
}

function deadLetters(id: string, says: string, queue: Queue): Watch[] {
  const metric = queue.metricApproximateNumberOfMessagesVisible({
    period: Duration.minutes(5),
    statistic: Stats.MAXIMUM,
  });
  return [{ id, says, runbook: 'redrive', metric, threshold: 1 }];
}

function faults(name: string, { function: fn, timeout }: LambdaFunction): Watch[] {
  const period = Duration.minutes(15);
  return [
    {
      id: `${name}Errors`,
      says: `The function ${name.toLowerCase()} failed.`,
      runbook: 'faults',
      metric: fn.metricErrors({ period }),
      threshold: 1,
    },
    {
      id: `${name}Throttles`,
      says: `The function ${name.toLowerCase()} was not let run.`,
      runbook: 'faults',
      metric: fn.metricThrottles({ period }),
      threshold: 1,
    },
    {
      id: `${name}Slow`,
      says: `The function ${name.toLowerCase()} took four fifths of the time that it has.`,
      runbook: 'faults',
      metric: fn.metricDuration({ period, statistic: Stats.MAXIMUM }),
      threshold: 0.8 * timeout.toMilliseconds(),
    },
  ];
}

/** Reads and writes together. Measures are named by table, since one alarm may look at several. */
function throttledRequests(table: Table): MathExpression {
  const [reads, writes] = ['reads', 'writes'].map((name) => `${name}_${table.node.addr.slice(-8)}`);
  const counted = (name: string) => table.metric(name, { statistic: Stats.SUM });
  return new MathExpression({
    expression: `FILL(${reads}, 0) + FILL(${writes}, 0)`,
    usingMetrics: {
      [`${reads}`]: counted('ReadThrottleEvents'),
      [`${writes}`]: counted('WriteThrottleEvents'),
    },
    period: Duration.minutes(15),
  });
}

/** What a function measures itself. */
export function ownMetric(
  { service }: LambdaFunction,
  metricName: string,
  period: Duration,
  statistic: string = Stats.SUM,
): Metric {
  return new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service },
    statistic,
    period,
  });
}
