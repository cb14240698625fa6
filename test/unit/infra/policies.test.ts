import { describe, expect, it } from 'vitest';
import type { Context } from '../../fixtures/policies/conditions.ts';
import { Deployed } from '../../fixtures/policies/deployed.ts';
import { templateOf } from './synthesized.ts';

const account = '123456789012';
const places = [
  { stage: 'production', partition: 'aws', region: 'eu-west-1', account },
  { stage: 'production-cn', partition: 'aws-cn', region: 'cn-north-1', account },
] as const;

const sfj = { 'aws:PrincipalTag/department': 'sfj' };
const roles: Record<string, { id: string; context: Context }> = {
  ingest: { id: 'IngestionIngestRole', context: {} },
  publish: { id: 'PublicationPublishRole', context: { 'kms:SigningAlgorithm': 'ED25519_SHA_512' } },
  portal: { id: 'PortalRole', context: {} },
  scheduler: { id: 'PublicationSchedulerRole', context: {} },
  department: { id: 'AccessDepartment', context: sfj },
  'nobody’s department': { id: 'AccessDepartment', context: {} },
  'legal office': { id: 'AccessLegalOffice', context: { 'aws:PrincipalTag/role': 'legal-office' } },
  auditor: { id: 'AccessAuditor', context: { 'aws:PrincipalTag/role': 'auditor' } },
};

/** Actions by service: what is needed, what its neighbours are, and what must never be. */
const actions = {
  object: [
    ...['GetObject', 'GetObjectVersion', 'PutObject', 'DeleteObject', 'DeleteObjectVersion', 'RestoreObject'],
    ...['PutObjectAcl', 'PutObjectTagging', 'PutObjectRetention', 'PutObjectLegalHold', 'GetObjectAcl'],
    ...['BypassGovernanceRetention', 'PutObjectVersionAcl', 'AbortMultipartUpload', 'ReplicateObject'],
  ].map((name) => `s3:${name}`),
  bucket: [
    ...['ListBucket', 'ListBucketVersions', 'DeleteBucket', 'PutBucketPolicy', 'PutLifecycleConfiguration'],
    ...['PutBucketVersioning', 'PutBucketObjectLockConfiguration', 'PutBucketNotification', 'PutBucketAcl'],
  ].map((name) => `s3:${name}`),
  table: [
    ...['Query', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Scan', 'BatchWriteItem', 'BatchGetItem'],
    ...['DeleteTable', 'UpdateTable', 'PartiQLInsert', 'ExportTableToPointInTime', 'UpdateContinuousBackups'],
  ].map((name) => `dynamodb:${name}`),
  queue: [
    ...['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'],
    ...['PurgeQueue', 'DeleteQueue', 'SetQueueAttributes', 'StartMessageMoveTask'],
  ].map((name) => `sqs:${name}`),
  topic: ['sns:Publish', 'sns:Subscribe', 'sns:DeleteTopic', 'sns:SetTopicAttributes'],
  bus: ['events:PutEvents', 'events:PutRule', 'events:DeleteEventBus', 'events:PutPermission'],
  function: ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode', 'lambda:GetFunction'],
  secret: [
    ...['GetSecretValue', 'PutSecretValue', 'UpdateSecret', 'DeleteSecret', 'DescribeSecret', 'ListSecrets'],
  ].map((name) => `secretsmanager:${name}`),
  key: [
    ...['Sign', 'GetPublicKey', 'Verify', 'ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy', 'CreateGrant'],
  ].map((name) => `kms:${name}`),
  log: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:GetLogEvents', 'logs:DeleteLogGroup'],
  role: ['sts:AssumeRole', 'iam:PassRole', 'iam:PutRolePolicy'],
};

/** Resources by service: the stack's own, and ones whose names begin alike. Short name to ARN. */
function resources(deployed: Deployed): Record<keyof typeof actions, Record<string, string>> {
  const { partition, region, account } = deployed.deployment;
  const uploads = deployed.arn('StoresUploads');
  const documents = deployed.arn('StoresDocuments');
  const publications = deployed.arn('StoresPublications');
  const named = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, deployed.arn(id)]));
  return {
    object: {
      'uploads:uploads/sfj': `${uploads}/uploads/sfj/2023-03/a.xlsx`,
      'uploads:uploads/sfj2': `${uploads}/uploads/sfj2/2023-03/a.xlsx`,
      'uploads:uploads/sfj.xlsx': `${uploads}/uploads/sfj.xlsx`,
      'uploads:scans': `${uploads}/scans/sfj/2023-03/a.pdf`,
      'uploads:incoming': `${uploads}/incoming/sfj/2023-03/a`,
      'uploads:uploads2': `${uploads}/uploads2/sfj/2023-03/a.xlsx`,
      'uploads:elsewhere': `${uploads}/sfj/2023-03/a.xlsx`,
      'uploads:feedback/sfj': `${uploads}/feedback/sfj/2023-03/a/feedback.json`,
      'uploads2:uploads/sfj': `${uploads}2/uploads/sfj/2023-03/a.xlsx`,
      'documents:feedback/sfj': `${documents}/feedback/sfj/2023-03/a/feedback.json`,
      'documents:feedback/sfj2': `${documents}/feedback/sfj2/2023-03/a/feedback.json`,
      'documents:feedback2': `${documents}/feedback2/sfj/a.json`,
      'documents:catalogues': `${documents}/catalogues/a.json`,
      'documents:extracts': `${documents}/extracts/a`,
      'documents:announced': `${documents}/announced/0123456789abcdef`,
      'documents:uploads/sfj': `${documents}/uploads/sfj/2023-03/a.xlsx`,
      'publications:publications': `${publications}/publications/2023/0001/summary.json`,
      'publications:witness': `${publications}/witness/000001.json`,
      'publications:elsewhere': `${publications}/publications2/2023/0001/summary.json`,
      'publications:uploads/sfj': `${publications}/uploads/sfj/2023-03/a.xlsx`,
      'access-logs': `${deployed.arn('StoresAccessLogs')}/uploads/2023-01-01`,
    },
    bucket: named(['StoresUploads', 'StoresDocuments', 'StoresPublications', 'StoresAccessLogs']),
    table: {
      ledger: deployed.arn('StoresLedger'),
      ledger2: `${deployed.arn('StoresLedger')}2`,
      index: `${deployed.arn('StoresLedger')}/index/a`,
    },
    queue: named([
      'IngestionQueue',
      'IngestionDeadLetters',
      'PublicationDeadLetters',
      'AnnouncementsDeadLetters',
    ]),
    topic: named(['AnnouncementsTopic', 'AlarmsTopic']),
    bus: {
      bus: deployed.arn('AnnouncementsBus'),
      'default bus': `arn:${partition}:events:${region}:${account}:event-bus/default`,
    },
    function: named(['IngestionIngestFunction', 'PublicationPublishFunction', 'PortalFunction']),
    secret: { secret: deployed.arn('PortalSecret'), secret2: `${deployed.arn('PortalSecret')}2` },
    key: { key: deployed.arn('WitnessKey'), key2: `${deployed.arn('WitnessKey')}2` },
    log: {
      'ingest log': `${deployed.arn('IngestionIngestLog')}:log-stream:a`,
      'publish log': `${deployed.arn('PublicationPublishLog')}:log-stream:a`,
      'portal log': `${deployed.arn('PortalLog')}:log-stream:a`,
      'access log': `${deployed.arn('PortalAccessLog')}:log-stream:a`,
      'other log': `arn:${partition}:logs:${region}:${account}:log-group:other:log-stream:a`,
    },
    role: named(['AccessDepartment', 'AccessLegalOffice', 'IngestionIngestRole', 'PortalRole']),
  };
}

/** All that a role may do of everything above, each as `service:Action short name`. */
function allThatMay(deployed: Deployed, { id, context }: { id: string; context: Context }): string[] {
  const kinds = Object.entries(resources(deployed)) as [keyof typeof actions, Record<string, string>][];
  return kinds.flatMap(([kind, named]) =>
    actions[kind].flatMap((action) =>
      Object.entries(named)
        .filter(([, arn]) => deployed.roleMay(id, action, arn, context))
        .map(([name]) => `${action} ${name}`),
    ),
  );
}

const readEverything = [
  ...['s3:GetObject', 's3:GetObjectVersion'].flatMap((action) => [
    ...['sfj', 'sfj2', 'sfj.xlsx'].map((name) => `${action} uploads:uploads/${name}`),
    `${action} uploads:scans`,
    ...['feedback/sfj', 'feedback/sfj2', 'catalogues'].map((name) => `${action} documents:${name}`),
    ...['publications', 'witness'].map((name) => `${action} publications:${name}`),
  ]),
  's3:ListBucket StoresUploads',
  's3:ListBucket StoresDocuments',
  's3:ListBucket StoresPublications',
  's3:ListBucketVersions StoresUploads',
  's3:ListBucketVersions StoresDocuments',
  's3:ListBucketVersions StoresPublications',
  'dynamodb:Query ledger',
];

/** What each role needs; of all else that is tried, it may do nothing. */
const needed: Record<keyof typeof roles, string[]> = {
  ingest: [
    's3:GetObject uploads:uploads/sfj',
    's3:GetObject uploads:uploads/sfj2',
    's3:GetObject uploads:uploads/sfj.xlsx',
    's3:GetObjectVersion uploads:uploads/sfj',
    's3:GetObjectVersion uploads:uploads/sfj2',
    's3:GetObjectVersion uploads:uploads/sfj.xlsx',
    's3:GetObject documents:feedback/sfj',
    's3:GetObject documents:feedback/sfj2',
    's3:PutObject documents:feedback/sfj',
    's3:PutObject documents:feedback/sfj2',
    ...['GetObject', 'PutObject'].map((name) => `s3:${name} documents:announced`),
    's3:GetObject documents:catalogues',
    's3:ListBucket StoresDocuments',
    'dynamodb:Query ledger',
    'dynamodb:PutItem ledger',
    'sqs:ReceiveMessage IngestionQueue',
    'sqs:DeleteMessage IngestionQueue',
    'sqs:ChangeMessageVisibility IngestionQueue',
    'sqs:GetQueueAttributes IngestionQueue',
    'events:PutEvents bus',
    'logs:CreateLogStream ingest log',
    'logs:PutLogEvents ingest log',
  ],
  publish: [
    's3:GetObject publications:publications',
    's3:GetObject documents:catalogues',
    's3:PutObject publications:publications',
    's3:GetObject publications:witness',
    's3:PutObject publications:witness',
    ...['Sign', 'GetPublicKey'].map((name) => `kms:${name} key`),
    's3:ListBucket StoresDocuments',
    's3:ListBucket StoresPublications',
    'dynamodb:Query ledger',
    'dynamodb:PutItem ledger',
    'sqs:SendMessage PublicationDeadLetters',
    'events:PutEvents bus',
    'logs:CreateLogStream publish log',
    'logs:PutLogEvents publish log',
  ],
  portal: [
    ...['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'].flatMap((action) =>
      ['uploads/sfj', 'uploads/sfj2', 'uploads/sfj.xlsx', 'incoming', 'scans'].map(
        (name) => `${action} uploads:${name}`,
      ),
    ),
    ...['s3:GetObject', 's3:GetObjectVersion'].flatMap((action) => [
      `${action} documents:feedback/sfj`,
      `${action} documents:feedback/sfj2`,
      `${action} documents:catalogues`,
      `${action} documents:extracts`,
      `${action} publications:publications`,
      `${action} publications:witness`,
    ]),
    ...['catalogues', 'extracts'].map((name) => `s3:PutObject documents:${name}`),
    's3:ListBucket StoresUploads',
    's3:ListBucket StoresDocuments',
    's3:ListBucket StoresPublications',
    'dynamodb:Query ledger',
    'dynamodb:PutItem ledger',
    'lambda:InvokeFunction PublicationPublishFunction',
    'secretsmanager:GetSecretValue secret',
    'logs:CreateLogStream portal log',
    'logs:PutLogEvents portal log',
  ],
  scheduler: ['sqs:SendMessage PublicationDeadLetters', 'lambda:InvokeFunction PublicationPublishFunction'],
  department: ['s3:GetObject documents:feedback/sfj', 's3:PutObject uploads:uploads/sfj'],
  'nobody’s department': [],
  'legal office': [...readEverything, 'lambda:InvokeFunction PublicationPublishFunction'],
  auditor: readEverything,
};

describe.each(places)('in $partition', ({ stage, ...deployment }) => {
  const deployed = new Deployed(templateOf(stage), { stack: `indicators-${stage}`, ...deployment });
  const documents = deployed.arn('StoresDocuments');
  const publications = deployed.arn('StoresPublications');

  it.each(Object.keys(needed))('%s may do what it needs, and nothing else', (role) => {
    expect(allThatMay(deployed, roles[role]!).sort()).toEqual(needed[role]!.toSorted());
  });

  it('nobody may do anything without TLS, or with an old one', () => {
    const may = (context: Context) =>
      Object.values(roles).flatMap(({ id, context: known }) =>
        allThatMay(deployed, { id, context: { ...known, ...context } }),
      );
    const plain = may({ 'aws:SecureTransport': 'false' });
    expect(plain.filter((each) => /^(?:s3|sqs|sns):/.test(each))).toEqual([]);
    expect(may({ 's3:TlsVersion': '1.1' }).filter((each) => each.startsWith('s3:'))).toEqual([]);
  });

  it.each([
    ['feedback/sfj/', true],
    ['feedback/sfj/2023-03/', true],
    ['feedback/sfj', false],
    ['feedback/sfj2/', false],
    ['feedback/', false],
    ['uploads/sfj/', false],
    ['', false],
    [undefined, false],
  ])('a department lists its own feedback only: %s %s', (prefix, allowed) => {
    const context = { ...sfj, ...(prefix !== undefined && { 's3:prefix': prefix }) };
    expect(deployed.roleMay('AccessDepartment', 's3:ListBucket', documents, context)).toBe(allowed);
  });

  it.each([
    ['publications/2023/0001/', true],
    ['witness/', true],
    [undefined, true],
    ['uploads/', false],
  ])(
    'publish lists publications and statements only, and is told of files that are not there: %s %s',
    (prefix, allowed) => {
      const context: Context = prefix === undefined ? {} : { 's3:prefix': prefix };
      expect(deployed.roleMay('PublicationPublishRole', 's3:ListBucket', publications, context)).toBe(
        allowed,
      );
    },
  );

  it.each([
    ['IngestionIngestRole', 'catalogues/2023/', true],
    ['IngestionIngestRole', 'announced/', true],
    ['IngestionIngestRole', 'feedback/', false],
    ['PublicationPublishRole', 'catalogues/', true],
    ['PublicationPublishRole', 'feedback/', false],
    ['PublicationPublishRole', '', false],
  ])('%s lists of the documents the catalogues only: %s %s', (role, prefix, allowed) => {
    const context = { 's3:prefix': prefix };
    expect(deployed.roleMay(role, 's3:ListBucket', documents, context)).toBe(allowed);
  });

  it.each([
    ['StoresUploads', 'uploads/', true],
    ['StoresDocuments', 'feedback/sfj/', true],
    ['StoresDocuments', 'catalogues/', true],
    ['StoresDocuments', '', false],
    ['StoresPublications', 'publications/2023/', true],
    ['StoresPublications', '', false],
    ['StoresPublications', undefined, true],
  ])(
    'the portal lists in %s what it verifies, and is told of files that are not there: %s %s',
    (bucket, prefix, allowed) => {
      const context: Context = prefix === undefined ? {} : { 's3:prefix': prefix };
      expect(deployed.roleMay('PortalRole', 's3:ListBucket', deployed.arn(bucket), context)).toBe(allowed);
    },
  );

  it.each(['*', 's?j', '/', `\${aws:PrincipalTag/department}`])('a tag %s widens nothing', (tag) => {
    const context = { 'aws:PrincipalTag/department': tag };
    expect(allThatMay(deployed, { id: 'AccessDepartment', context })).toEqual([]);
  });
});
