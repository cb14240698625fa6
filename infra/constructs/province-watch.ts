import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { provinceTopicName } from '../stages.ts';
import { alarmProps, alarmsMayNotify, ownMetric, type Watch, type Watched, watches } from './alarms.ts';

export interface ProvinceWatchProps {
  /** Part of the names of the stack, the topic and the alarms. */
  name: string;
  region?: string | undefined;
  /** What is watched of each stack, in the order in which it is shown. */
  counties: readonly Watched[];
}

/** As many measures as one alarm may compute with, which CloudWatch raises for nobody. */
const measuresOfAlarm = 10;

/** As many alarms as one widget of a dashboard may show. */
const alarmsOfWidget = 100;

/** One topic, one dashboard and a set of alarms over many stacks in one account; the dashboard tells which stack it is. */
export class ProvinceWatch extends Stack {
  readonly topic: Topic;

  constructor(scope: Construct, { name, region, counties }: ProvinceWatchProps) {
    super(scope, `indicators-watch-${name}`, {
      description: 'Departmental indicators: one set of alarms and one dashboard for many stacks',
      ...(region !== undefined && { env: { region } }),
    });
    this.topic = new Topic(this, 'Topic', { topicName: provinceTopicName(name), enforceSSL: true });
    this.topic.addToResourcePolicy(alarmsMayNotify(this.topic));
    const alarms = this.alarmsOver(name, counties);
    new Dashboard(this, 'Dashboard', {
      dashboardName: `indicators-watch-${name}`,
      defaultInterval: Duration.days(7),
      widgets: [
        ...inGroups(alarms, alarmsOfWidget).map((some) => [
          new AlarmStatusWidget({ title: 'Alarms', alarms: some, width: 24, height: 6 }),
        ]),
        ...rows(counties),
      ],
    });
  }

  /** Each alarm of a stack once for as many stacks as one can compute with; it rises if one of them is so. */
  private alarmsOver(name: string, counties: readonly Watched[]): Alarm[] {
    const action = new SnsAction(this.topic);
    const all = counties.flatMap((county) => watches(county).map((watch) => ({ county, watch })));
    const byId = Map.groupBy(all, ({ watch }) => watch.id);
    return [...byId].flatMap(([id, group]) => {
      const size = Math.floor(measuresOfAlarm / measuresIn(group[0]!.watch.metric));
      return inGroups(group, size).map((some, index) => {
        const { watch, county } = some[0]!;
        const metric = worstOf(some.map((each) => each.watch));
        const props = alarmProps({ ...watch, metric }, county.stage);
        const alarm = new Alarm(this, `${id}${index}`, {
          ...{ ...props, alarmName: `indicators-watch-${name}-${id}-${index}` },
        });
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
        return alarm;
      });
    });
  }
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

function measuresIn(metric: IMetric): number {
  return metric instanceof MathExpression ? Object.keys(metric.usingMetrics).length : 1;
}

/** The measure of the stack that is worst off; silence counts as nothing where nothing is bad. */
function worstOf(group: readonly Watch[]): IMetric {
  const names = group.map((_, index) => `m${index}`);
  const measures = names.map((name) => `FILL(${name}, 0)`).join(', ');
  return new MathExpression({
    expression: `${group[0]?.below ? 'MIN' : 'MAX'}([${measures}])`,
    usingMetrics: Object.fromEntries(group.map(({ metric }, index) => [names[index]!, metric])),
    period: group[0]?.period ?? Duration.minutes(15),
  });
}

function rows(counties: readonly Watched[]): GraphWidget[][] {
  const day = Duration.days(1);
  const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12, height: 8 });
  const named = (metric: IMetric & { with(props: { label: string }): IMetric }, { stage }: Watched) =>
    metric.with({ label: stage.name });
  return [
    [
      graph(
        'Uploads a day',
        counties.map((each) => named(ownMetric(each.ingestion.ingest, 'UploadsAccepted', day), each)),
      ),
      graph(
        'Dead letters of uploads',
        counties.map((each) =>
          named(each.ingestion.deadLetters.metricApproximateNumberOfMessagesVisible(), each),
        ),
      ),
    ],
    [
      graph(
        'Daily runs',
        counties.map((each) => named(ownMetric(each.publication.publish, 'ScheduleRan', day), each)),
      ),
      graph(
        'Days without a catalogue',
        counties.map((each) => named(ownMetric(each.publication.publish, 'NoCatalogueInForce', day), each)),
      ),
    ],
  ];
}
