import { describe, expect, it } from 'vitest';
import { ProvinceWatch } from '../../../infra/constructs/province-watch.ts';
import type { CloudTemplate } from '../../fixtures/policies/resolve.ts';
import { unvalidated } from '../../fixtures/unvalidated.ts';
import { provinceWith, resourcesOf } from './synthesized.ts';

const { app, watch } = provinceWith(12, { like: 'production' }, { context: unvalidated });
const assembly = app.synth();
const templateOfStack = (name: string) => assembly.getStackByName(name).template as CloudTemplate;
const shared = templateOfStack(watch.stackName);
const county = templateOfStack('indicators-county-0');

describe('twelve counties in one account', () => {
  it('have one topic, one dashboard and one set of alarms together, and none of their own', () => {
    expect(resourcesOf(shared, 'AWS::SNS::Topic')).toHaveLength(1);
    expect(resourcesOf(shared, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    for (const type of ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard']) {
      expect(resourcesOf(county, type)).toEqual([]);
    }
    expect(JSON.stringify(county.Outputs?.AlarmsTopic)).toContain(':indicators-watch-hubei');
  });

  it('are watched for all that a stack of its own is, as many at a time as one alarm can compute with', () => {
    const alarms = resourcesOf(shared, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    // Ten at a time, but five where the measure of each has two parts.
    expect(alarms).toHaveLength(19 * 2 + 3);
    for (const each of alarms) {
      const metrics = each.Metrics as { Expression?: string; MetricStat?: object }[];
      expect(metrics[0]?.Expression).toMatch(/^M(?:AX|IN)\(\[FILL\(m0, 0\)/);
      const [measures, expressions] = [
        metrics.filter(({ MetricStat }) => MetricStat !== undefined),
        metrics.filter(({ Expression }) => Expression !== undefined),
      ];
      expect(measures.length).toBeGreaterThanOrEqual(2);
      expect(measures.length).toBeLessThanOrEqual(10);
      expect(expressions.length).toBeLessThanOrEqual(10);
      expect(each.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Topic/) }]);
    }
  });

  it('are all in alarms that the dashboard shows, at most a hundred in one widget', () => {
    const { app, counties } = provinceWith(1, { like: 'production' }, { context: unvalidated });
    const many = new ProvinceWatch(app, { name: 'many', counties: Array(51).fill(counties[0]) });
    const template = app.synth().getStackByName(many.stackName).template as CloudTemplate;
    const [dashboard] = resourcesOf(template, 'AWS::CloudWatch::Dashboard');
    const [, parts] = (dashboard![1].Properties.DashboardBody as { 'Fn::Join': [string, unknown[]] })[
      'Fn::Join'
    ];
    const body = parts.map((part) =>
      typeof part === 'string' ? part : Object.values(part as object).join(),
    );
    const { widgets } = JSON.parse(body.join('')) as { widgets: { properties: { alarms?: string[] } }[] };
    const shown = widgets.flatMap(({ properties: { alarms } }) => alarms ?? []);
    expect(new Set(shown).size).toBe(resourcesOf(template, 'AWS::CloudWatch::Alarm').length);
    expect(widgets.map(({ properties: { alarms } }) => alarms?.length ?? 0).slice(0, 3)).toEqual([
      100, 25, 0,
    ]);
  });

  it('rise if one is silent that should have run', () => {
    const [, alarm] = resourcesOf(shared, 'AWS::CloudWatch::Alarm').find(
      ([id]) => id === 'ScheduleDidNotRun0',
    )!;
    expect(alarm.Properties).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 26,
      TreatMissingData: 'breaching',
      Metrics: expect.arrayContaining([
        expect.objectContaining({ Expression: expect.stringMatching(/^MIN/) }),
      ]),
    });
  });
});
