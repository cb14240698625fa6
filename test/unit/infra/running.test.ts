import { describe, expect, it } from 'vitest';
import {
  ingestEnvironmentSchema as ingestEnvironment,
  portalEnvironmentSchema as portalEnvironment,
  portalSecretSchema,
  publishEnvironmentSchema as publishEnvironment,
} from '../../../functions/lambda/environment.ts';
import { publishInputSchema } from '../../../functions/lambda/publish/handler.ts';
import { announcementSource, announcementTypes } from '../../../infra/constructs/announcements.ts';
import { stages } from '../../../infra/stages.ts';
import * as announcer from '../../../shared/adapters/eventbridge-announcer.ts';
import { Deployed } from '../../fixtures/policies/deployed.ts';
import { resolver } from '../../fixtures/policies/resolve.ts';
import { resourceNamed, resourcesOf, stageNamed, templateOf } from './synthesized.ts';

const template = templateOf('production');
const deployment = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };
const resolve = resolver(template, deployment);
const properties = (id: string) => resolve(resourceNamed(template, id).Properties) as Record<string, unknown>;
const deployed = new Deployed(template, deployment);
const uploadsBucket = 'indicators-production-uploads-123456789012-eu-west-1';
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
    const own = (names: string[]) => names.filter((name) => !/^(?:POWERTOOLS_|LOG_|AWS_)/.test(name)).sort();
    expect(own(Object.keys(Variables))).toEqual(own(Object.keys(schema.shape)));
    expect(Object.keys(schema.shape)).toEqual(expect.arrayContaining(Object.keys(Variables)));
    const byLambda = { AWS_REGION: 'eu-west-1' };
    expect({ ...schema.parse({ ...Variables, ...byLambda }), ...byLambda }).toEqual({
      ...Variables,
      ...byLambda,
    });
  });

  it('are given what their variables are named after', () => {
    const Variables = {
      LEDGER_TABLE: 'StoresLedger',
      UPLOADS_BUCKET: uploadsBucket,
      DOCUMENTS_BUCKET: 'StoresDocuments',
      PUBLICATIONS_BUCKET: 'StoresPublications',
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
        'StoresDocuments/catalogues/*',
        `StoresDocuments/feedback/\${aws:PrincipalTag/department}/*`,
        ...['StoresDocuments/feedback/*', 'StoresDocuments/reminders/*'],
        ...['StoresPublications/publications/*', 'StoresPublications/witness/*'],
        `${uploadsBucket}/uploads/\${aws:PrincipalTag/department}/*`,
        ...['uploads', 'incoming', 'scans'].map((each) => `${uploadsBucket}/${each}/*`),
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
    expect((resolve(bucket.Properties) as Record<string, unknown>).NotificationConfiguration).toEqual({
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

  it('hides a message six times as long as the function may take', () => {
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * timeout);
  });

  it('keeps what failed five times for fourteen days, longer than the queue itself', () => {
    expect(queue.RedrivePolicy).toEqual({
      deadLetterTargetArn: deployed.arn('IngestionDeadLetters'),
      maxReceiveCount: 5,
    });
    expect(properties('IngestionDeadLetters').MessageRetentionPeriod).toBe(14 * 86_400);
    expect(queue.MessageRetentionPeriod).toBeLessThan(14 * 86_400);
  });

  it('gives back single records, and takes no more at once than the stage says', () => {
    expect(properties('IngestionSource')).toMatchObject({
      BatchSize: 5,
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

describe('the portal', () => {
  const variables = (of: string, changes: Parameters<typeof templateOf>[1] = {}) => {
    const changed = templateOf(of, changes);
    const { Environment } = resourceNamed(changed, 'PortalFunction').Properties;
    const { Variables } = resolver(changed, deployment)(Environment) as { Variables: Record<string, string> };
    return Variables;
  };

  it('is one HTTP API whose every request goes to the function, at a rate that a flood cannot exceed', () => {
    expect(properties('PortalApi')).toMatchObject({ ProtocolType: 'HTTP' });
    expect(properties('PortalApi')).not.toHaveProperty('CorsConfiguration');
    expect(
      resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, route]) => route.Properties),
    ).toMatchObject([{ RouteKey: '$default', AuthorizationType: 'NONE' }]);
    const [[, integration] = []] = resourcesOf(template, 'AWS::ApiGatewayV2::Integration');
    expect(resolve(integration?.Properties)).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: deployed.arn('PortalFunction'),
      PayloadFormatVersion: '2.0',
    });
    expect(properties('PortalStage')).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 },
    });
  });

  it('may be started by this API of this account only', () => {
    const [[, permission] = [], ...others] = resourcesOf(template, 'AWS::Lambda::Permission');
    expect(others).toEqual([]);
    expect(resolve(permission?.Properties)).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: deployed.arn('PortalFunction'),
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:PortalApi/*/*',
    });
  });

  it('logs each request with an end, without what was searched for', () => {
    const { DestinationArn, Format } = properties('PortalStage').AccessLogSettings as Record<string, string>;
    expect(DestinationArn).toContain(':PortalAccessLog');
    expect(properties('PortalAccessLog')).toMatchObject({ RetentionInDays: 365 });
    const logged = Object.values(JSON.parse(Format ?? '')).sort();
    expect(logged).toEqual(
      [
        ...[
          'requestId',
          'requestTime',
          'identity.sourceIp',
          'httpMethod',
          'path',
          'status',
          'responseLatency',
        ],
        ...['responseLength', 'integrationErrorMessage'],
      ]
        .map((name) => `$context.${name}`)
        .sort(),
    );
  });

  it('has a secret with a random key of sessions, and an empty place for the provider’s', () => {
    const { SecretStringTemplate, GenerateStringKey, PasswordLength } = properties('PortalSecret')
      .GenerateSecretString as {
      SecretStringTemplate: string;
      GenerateStringKey: string;
      PasswordLength: number;
    };
    const made = { ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: 'x'.repeat(PasswordLength) };
    expect(portalSecretSchema.parse(made)).toEqual({ clientSecret: '', sessionKey: 'x'.repeat(64) });
  });

  it('is found at the API’s address, or at a name of its own, for which tokens are issued too', () => {
    const { portal } = stageNamed('production');
    const plain = 'https://PortalApi.execute-api.eu-west-1.amazonaws.com';
    const origin = 'https://indicators.example.gov.cn';
    expect(variables('production')).toMatchObject({ PORTAL_ORIGIN: plain, OIDC_AUDIENCE: plain });
    expect(variables('production', { portal: { ...portal, origin } })).toMatchObject({
      PORTAL_ORIGIN: origin,
      OIDC_AUDIENCE: origin,
    });
    expect(variables('production', { portal: { ...portal, audience: 'urn:api' } })).toMatchObject({
      PORTAL_ORIGIN: plain,
      OIDC_AUDIENCE: 'urn:api',
    });
  });

  it.each(stages.map((stage) => [stage.name, stage.portal.issuer] as const))(
    '%s: lets nobody sign in before it is told of an issuer that exists',
    (_, issuer) => {
      expect(new URL(issuer).hostname).toMatch(/\.example\.gov\.cn$/);
    },
  );
});

describe('announcements', () => {
  it('go from the bus to the topic: accepted, refused, overdue, published, as the functions name them', () => {
    expect(announcementSource).toBe(announcer.announcementSource);
    const named: Record<announcer.Announcement['type'], true> = {
      'return accepted': true,
      'return refused': true,
      'return overdue': true,
      published: true,
    };
    expect(announcementTypes).toEqual(Object.keys(named));
    expect(properties('AnnouncementsToTopic')).toMatchObject({
      EventBusName: 'indicators-production',
      EventPattern: { source: ['indicators'], 'detail-type': announcementTypes },
      Targets: [
        {
          Arn: deployed.arn('AnnouncementsTopic'),
          DeadLetterConfig: { Arn: deployed.arn('AnnouncementsDeadLetters') },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ],
    });
  });
});
