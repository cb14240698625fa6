import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Runbook, runbookLink, runbooks } from '../../../infra/runbooks.ts';
import { resourceNamed, resourcesOf, templateOf } from './synthesized.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const template = templateOf('production');
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => ({
  id: id.replace('Alarms', ''),
  ...(Properties as {
    AlarmDescription: string;
    AlarmActions: unknown[];
    OKActions: unknown[];
    MetricName: string;
    Statistic: string;
    Metrics?: { Expression?: string; MetricStat?: { Metric: unknown } }[];
    Namespace: string;
    Dimensions: { Name: string; Value: unknown }[];
    Period: number;
    EvaluationPeriods: number;
    Threshold: number;
    ComparisonOperator: string;
    TreatMissingData: string;
  }),
}));
const alarm = (id: string) => alarms.find((each) => each.id === id);

const files: string[] = Object.values(runbooks).map(({ file }) => file);

describe('alarms', () => {
  it('watch what must not go unseen', () => {
    expect(alarms.map(({ id }) => id)).toEqual([
      'OldestUpload',
      'DeadUploads',
      'DeadRuns',
      'DeadAnnouncements',
      'LedgerThrottled',
      'IngestErrors',
      'IngestThrottles',
      'IngestSlow',
      'PublishErrors',
      'PublishThrottles',
      'PublishSlow',
      'PortalErrors',
      'PortalThrottles',
      'PortalSlow',
      'PortalServerErrors',
      'ScheduleDidNotRun',
      'NoCatalogueInForce',
      'PublicationFailedVerification',
      'UploadGone',
      'UnusableRecord',
    ]);
  });

  it.each(alarms)('$id links to the runbook that says what to do, and reaches somebody', (each) => {
    const [, file] = /\. What to do: infra\/runbooks\/(\S+)$/.exec(each.AlarmDescription) ?? [];
    expect(files).toContain(file);
    expect(each.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^AlarmsTopic/) }]);
    expect(each.OKActions).toEqual(each.AlarmActions);
  });

  it('a queue with an old message, and every dead-letter queue with any', () => {
    expect(alarm('OldestUpload')).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 900,
      TreatMissingData: 'notBreaching',
    });
    const watched = alarms
      .filter(({ MetricName }) => MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(({ Dimensions, Threshold }) => [JSON.stringify(Dimensions[0]?.Value), Threshold]);
    expect(watched).toEqual(
      resourcesOf(template, 'AWS::SQS::Queue')
        .filter(([id]) => id.endsWith('DeadLetters'))
        .map(([id]) => [expect.stringContaining(id), 1])
        .toSorted((a, b) => order(a) - order(b)),
    );
  });

  it('a single error or throttle of a function within a quarter of an hour', () => {
    const ofFunctions = alarms.filter(({ MetricName }) => ['Errors', 'Throttles'].includes(MetricName));
    expect(ofFunctions).toHaveLength(6);
    for (const each of ofFunctions) {
      expect(each).toMatchObject({ Period: 900, Threshold: 1, EvaluationPeriods: 1 });
    }
  });

  it('a function that took four fifths of the time after which it would be stopped', () => {
    const slow = alarms.filter(({ MetricName }) => MetricName === 'Duration');
    expect(slow.map(({ id, Threshold, Statistic }) => [id, Threshold, Statistic])).toEqual([
      ['IngestSlow', 48_000, 'Maximum'],
      ['PublishSlow', 240_000, 'Maximum'],
      ['PortalSlow', 23_200, 'Maximum'],
    ]);
  });

  it('a table that lets itself be read or written more slowly than was asked', () => {
    const { Metrics = [], Threshold } = alarm('LedgerThrottled') ?? {};
    expect(Threshold).toBe(1);
    const asked = Metrics.flatMap(({ MetricStat, Expression }) => MetricStat?.Metric ?? [Expression]);
    const Dimensions = [{ Name: 'TableName', Value: { Ref: expect.stringMatching(/^StoresLedger/) } }];
    expect(asked).toEqual([
      expect.stringMatching(/^FILL\(reads_\w+, 0\) \+ FILL\(writes_\w+, 0\)$/),
      { Namespace: 'AWS/DynamoDB', MetricName: 'ReadThrottleEvents', Dimensions },
      { Namespace: 'AWS/DynamoDB', MetricName: 'WriteThrottleEvents', Dimensions },
    ]);
  });

  it('a schedule that did not run: nothing for 26 hours is an alarm, and so is silence', () => {
    expect(alarm('ScheduleDidNotRun')).toMatchObject({
      Namespace: 'Indicators',
      MetricName: 'ScheduleRan',
      Dimensions: [{ Name: 'service', Value: 'production-publish' }],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3600,
      EvaluationPeriods: 26,
      TreatMissingData: 'breaching',
    });
  });

  it('an answer of the portal that says it failed, which is no error to Lambda', () => {
    expect(alarm('PortalServerErrors')).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: '5xx',
      Dimensions: [{ Name: 'ApiId', Value: { Ref: expect.stringMatching(/^PortalApi/) } }],
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
  });

  it('measures of our own are ones that the functions take', () => {
    const sources = ['ingest', 'publish'].flatMap((name) =>
      readdirSync(join(root, 'functions', 'lambda', name)).map((file) =>
        readFileSync(join(root, 'functions', 'lambda', name, file), 'utf8'),
      ),
    );
    const taken = sources.flatMap((source) =>
      [...source.matchAll(/addMetric\(\s*'(\w+)'/g)].map(([, name]) => name),
    );
    const board = JSON.stringify(resourceNamed(template, 'OverviewDashboard').Properties);
    const shown = [...board.matchAll(/\\"Indicators\\",\\"(\w+)\\"/g)].map(([, name]) => name);
    const alarmed = alarms
      .filter(({ Namespace }) => Namespace === 'Indicators')
      .map(({ MetricName }) => MetricName);
    expect(shown.length).toBeGreaterThan(6);
    expect(alarmed).toHaveLength(5);
    expect([...shown, ...alarmed].filter((name) => !taken.includes(name))).toEqual([]);
  });
});

describe('runbooks', () => {
  const folder = join(root, 'infra', 'runbooks');

  it.each(Object.entries(runbooks))('%s is a file that begins with its title', (_, { file, title }) => {
    const [heading] = readFileSync(join(folder, file), 'utf8').split('\n');
    expect(heading).toBe(`# ${title}`);
  });

  it('are all that the folder has', () => {
    expect(readdirSync(folder).toSorted()).toEqual(files.toSorted());
  });

  it.each(['https://example.org/runbooks', 'https://example.org/runbooks/'])(
    'are found below %s',
    (handbook) => {
      const links = Object.keys(runbooks).map((id) => runbookLink(handbook, id as Runbook));
      expect(links).toContain('https://example.org/runbooks/redrive-dead-letters.md');
      for (const link of links) expect(URL.parse(link)?.href).toBe(link);
    },
  );

  it('are linked by the dashboard, each under its title', () => {
    const board = JSON.stringify(resourceNamed(template, 'OverviewDashboard').Properties);
    for (const { file, title } of Object.values(runbooks)) {
      expect(board).toContain(`[${title}](infra/runbooks/${file})`);
    }
  });
});

function order([id]: readonly unknown[]): number {
  return ['IngestionDeadLetters', 'PublicationDeadLetters', 'AnnouncementsDeadLetters'].findIndex((name) =>
    JSON.stringify(id).includes(name),
  );
}
