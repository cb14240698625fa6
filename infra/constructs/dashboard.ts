import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Runbook, runbookLink, runbooks } from '../runbooks.ts';
import { type Alarms, ownMetric, type Watched } from './alarms.ts';

const hour = Duration.hours(1);

/** One page that says whether all is well: the alarms, the uploads, the waiting, the faults, the publications, the portal. */
export class OverviewDashboard extends Construct {
  constructor(scope: Construct, id: string, watched: Watched & { alarms: Alarms }) {
    super(scope, id);
    new Dashboard(this, 'Dashboard', {
      dashboardName: `indicators-${watched.stage.name}-${Aws.REGION}`,
      defaultInterval: Duration.days(7),
      widgets: [
        [this.alarmStatus(watched.alarms)],
        uploadsRow(watched),
        faultsRow(watched),
        portalRow(watched),
        [
          new TextWidget({
            markdown: `**What to do:** ${links(watched.stage.handbook)}`,
            width: 24,
            height: 2,
          }),
        ],
      ],
    });
  }

  private alarmStatus({ names }: Alarms): IWidget {
    const alarms = names.map((name) => Alarm.fromAlarmName(this, name, name));
    return new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 4 });
  }
}

function uploadsRow({ ingestion: { ingest, queue } }: Watched): IWidget[] {
  const counted = ['UploadsAccepted', 'UploadsRefused', 'UploadsLate', 'UploadsRepeated'];
  return [
    graph(
      'Uploads an hour',
      counted.map((name) => ownMetric(ingest, name, hour)),
    ),
    graph('Milliseconds an upload', [
      ownMetric(ingest, 'UploadDuration', hour, Stats.p(50)),
      ownMetric(ingest, 'UploadDuration', hour, Stats.MAXIMUM),
      ownMetric(ingest, 'QueueAge', hour, Stats.MAXIMUM),
    ]),
    graph('Uploads that wait: how many, and for how many seconds', [
      queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM }),
    ]),
  ];
}

function faultsRow({ ingestion, publication, portal, announcements, reminders }: Watched): IWidget[] {
  const reminding = reminders === undefined ? [] : [reminders];
  const functions = [
    ...[ingestion.ingest, publication.publish, portal.portal],
    ...reminding.map(({ remind }) => remind),
  ].map((each) => each.function);
  const deadLetters = [
    ...[ingestion.deadLetters, publication.deadLetters, announcements.deadLetters],
    ...reminding.map((each) => each.deadLetters),
  ];
  return [
    graph(
      'Errors and throttles',
      functions.flatMap((each) => [each.metricErrors(), each.metricThrottles()]),
    ),
    graph(
      'Dead letters',
      deadLetters.map((each) => each.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM })),
    ),
    graph('Daily runs', [
      ownMetric(publication.publish, 'ScheduleRan', Duration.days(1)),
      ownMetric(publication.publish, 'PublicationFailedVerification', Duration.days(1)),
      publication.publish.function.metricDuration({ statistic: Stats.MAXIMUM }),
    ]),
  ];
}

function portalRow({ portal: { api, portal } }: Watched): IWidget[] {
  const sum = { statistic: Stats.SUM };
  return [
    graph('Requests to the portal an hour', [api.metricCount({ ...sum, period: hour })]),
    graph('Refused requests (4xx) and faults (5xx)', [
      api.metricClientError(sum),
      api.metricServerError(sum),
    ]),
    graph('Milliseconds a request to the portal', [
      api.metricLatency({ statistic: Stats.p(50), period: hour }),
      api.metricLatency({ statistic: Stats.p(99), period: hour }),
      portal.function.metricDuration({ statistic: Stats.MAXIMUM, period: hour }),
    ]),
  ];
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}

function links(handbook: string): string {
  return (Object.keys(runbooks) as Runbook[])
    .map((runbook) => `[${runbooks[runbook].title}](${runbookLink(handbook, runbook)})`)
    .join(' · ');
}
