import { describe, expect, it } from 'vitest';
import {
  ingestEnvironmentSchema as ingestEnvironment,
  portalEnvironmentSchema as portalEnvironment,
  publishEnvironmentSchema as publishEnvironment,
} from '../../../functions/lambda/environment.ts';
import { publishInputSchema } from '../../../functions/lambda/publish/handler.ts';
import { deployedStage, resourceNamed, resourcesOf, templateOf } from './synthesized.ts';

const { template, resolve, properties, deployed } = deployedStage('production');
const bucket = (name: string) => `indicators-production-stores${name}`;
const functions = ['IngestionIngestFunction', 'PublicationPublishFunction', 'PortalFunction'];

describe('functions', () => {
  it('are these three, and no function of CDK’s own', () => {
    expect(resourcesOf(template, 'AWS::Lambda::Function').map(([id]) => id)).toEqual(functions);
    expect(Object.values(template.Resources).filter(({ Type }) => Type.startsWith('Custom::'))).toEqual([]);
  });

  it.each(functions)('%s: Node 24 on arm64, a log of its own with an end', (id) => {
    expect(properties(id)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 1769,
      LoggingConfig: { LogGroup: id.replace('Function', 'Log') },
    });
    expect(properties(id.replace('Function', 'Log'))).toMatchObject({ RetentionInDays: 365 });
  });

  it.each([
    ['IngestionIngestFunction', ingestEnvironment],
    ['PublicationPublishFunction', publishEnvironment],
    ['PortalFunction', portalEnvironment],
  ] as const)('%s is given just the variables that it parses', (id, schema) => {
    const { Variables } = properties(id).Environment as { Variables: Record<string, string> };
    const own = (names: string[]) =>
      names.filter((name) => !/^(?:POWERTOOLS_|LOG_|AWS_|NODE_|OTEL_)/.test(name)).sort();
    expect(own(Object.keys(Variables))).toEqual(own(Object.keys(schema.shape)));
    expect(Object.keys(schema.shape)).toEqual(expect.arrayContaining(Object.keys(Variables)));
    const byLambda = { AWS_REGION: 'eu-west-1' };
    expect({ ...schema.parse({ ...Variables, ...byLambda }), ...byLambda }).toEqual({
      ...Variables,
      ...byLambda,
    });
  });

  it('send traces nowhere, unless the stage names a collector', () => {
    expect(JSON.stringify(template)).not.toContain('OTEL_EXPORTER_OTLP_ENDPOINT');
    const endpoint = 'https://traces.example.gov.cn';
    const told = templateOf('production', { tracing: { endpoint } });
    for (const id of functions) {
      expect(resourceNamed(told, id).Properties.Environment).toMatchObject({
        Variables: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
      });
    }
  });

  it('are given what their variables are named after', () => {
    const Variables = {
      LEDGER_TABLE: 'StoresLedger',
      UPLOADS_BUCKET: bucket('uploads'),
      DOCUMENTS_BUCKET: bucket('documents'),
      PUBLICATIONS_BUCKET: bucket('publications'),
      PUBLISH_FUNCTION: 'PublicationPublishFunction',
    };
    expect(properties('PortalFunction').Environment).toMatchObject({ Variables });
  });

  it('have a minute for a batch, five for a year, and for a page what the API waits', () => {
    expect(functions.map((id) => properties(id).Timeout)).toEqual([60, 300, 29]);
  });

  it('are told apart in logs and metrics', () => {
    const service = (id: string) =>
      (properties(id).Environment as { Variables: Record<string, string> }).Variables;
    expect(functions.map((id) => service(id).POWERTOOLS_SERVICE_NAME)).toEqual([
      'production-ingest',
      'production-publish',
      'production-portal',
    ]);
  });

  it('have no statement with a wildcard action, and no wildcard resource but what is explained', () => {
    const roles = resourcesOf(template, 'AWS::IAM::Role').map(([id]) => id);
    const statements = roles.flatMap((role) => deployed.statementsOfRole(role));
    expect(statements.length).toBeGreaterThan(15);
    expect(JSON.stringify(statements.map(({ Action }) => Action))).not.toContain('*');
    expect(statements.every(({ Effect, Sid }) => Effect === 'Allow' && Sid !== undefined)).toBe(true);
    const wild = statements.flatMap(({ Resource }) => Resource).filter((each) => each?.includes('*'));
    // Keys below a folder: department, period, upload, file. Streams of a log group: Lambda names them.
    expect([...new Set(wild.map((each) => each?.replace(/^(?:[^:]*:){5}/, '')))].sort()).toEqual(
      [
        `${bucket('documents')}/catalogues/*`,
        `${bucket('documents')}/feedback/\${aws:PrincipalTag/department}/*`,
        ...['feedback', 'announced', 'reminders', 'extracts'].map(
          (each) => `${bucket('documents')}/${each}/*`,
        ),
        ...['publications', 'witness'].map((each) => `${bucket('publications')}/${each}/*`),
        `${bucket('uploads')}/uploads/\${aws:PrincipalTag/department}/*`,
        ...['uploads', 'incoming', 'scans'].map((each) => `${bucket('uploads')}/${each}/*`),
        'log-group:IngestionIngestLog:*',
        'log-group:PublicationPublishLog:*',
        'log-group:PortalLog:*',
      ].sort(),
    );
    expect(resourcesOf(template, 'AWS::IAM::Policy')).toEqual([]);
    expect(resourcesOf(template, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  });
});

describe('ingestion', () => {
  const queue = properties('IngestionQueue');
  const timeout = properties('IngestionIngestFunction').Timeout as number;

  it('starts by a notification of the uploads bucket, for uploads only, which waits for the queue’s policy', () => {
    const bucket = resourceNamed(template, 'StoresUploads');
    expect((resolve(bucket.Properties) as Record<string, unknown>).NotificationConfiguration).toMatchObject({
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } },
          Queue: deployed.arn('IngestionQueue'),
        },
      ],
    });
    expect([bucket.DependsOn].flat()).toEqual([expect.stringMatching(/^IngestionQueuePolicy/)]);
  });

  it('hides a message six times as long as the function may take, from where it comes back half an hour long', () => {
    expect([timeout, queue.VisibilityTimeout]).toEqual([60, 360]);
  });

  it('keeps what failed five times for fourteen days, longer than the queue itself', () => {
    expect(queue.RedrivePolicy).toEqual({
      deadLetterTargetArn: deployed.arn('IngestionDeadLetters'),
      maxReceiveCount: 5,
    });
    expect(properties('IngestionDeadLetters').MessageRetentionPeriod).toBe(14 * 86_400);
    expect(queue.MessageRetentionPeriod).toBeLessThan(14 * 86_400);
  });

  it('takes a message a time, so that none waits behind another and loses a try, and no more at once than the stage says', () => {
    expect(properties('IngestionSource')).toMatchObject({
      BatchSize: 1,
      EventSourceArn: deployed.arn('IngestionQueue'),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('has encrypted queues', () => {
    for (const [, { Properties }] of resourcesOf(template, 'AWS::SQS::Queue')) {
      expect(Properties.SqsManagedSseEnabled).toBe(true);
    }
  });
});

describe('publication', () => {
  const schedule = properties('PublicationSchedule');
  const target = schedule.Target as Record<string, unknown>;

  it('runs daily in the city’s time, with an input that the function parses', () => {
    expect(schedule).toMatchObject({
      ScheduleExpression: 'cron(30 2 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      FlexibleTimeWindow: { Mode: 'OFF' },
      GroupName: properties('PublicationSchedules').Name,
    });
    expect(publishInputSchema.parse(JSON.parse(String(target.Input)))).toEqual({ kind: 'daily' });
    expect(target.Arn).toBe(deployed.arn('PublicationPublishFunction'));
    expect(target.RoleArn).toBe(deployed.arn('PublicationSchedulerRole'));
  });

  it('is tried for most of a day; what fails for good is kept for fourteen', () => {
    const deadLetters = deployed.arn('PublicationDeadLetters');
    expect(target.DeadLetterConfig).toEqual({ Arn: deadLetters });
    expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 82_800, MaximumRetryAttempts: 185 });
    expect(properties('PublicationFailedRuns')).toMatchObject({
      DestinationConfig: { OnFailure: { Destination: deadLetters } },
      ...{ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 6 * 3600 },
    });
    expect(properties('PublicationDeadLetters').MessageRetentionPeriod).toBe(14 * 86_400);
  });
});
