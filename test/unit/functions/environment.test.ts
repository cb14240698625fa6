import { expect, it } from 'vitest';
import {
  ingestEnvironmentSchema as ingest,
  portalEnvironmentSchema as portal,
  publishEnvironmentSchema as publish,
  remindEnvironmentSchema as remind,
} from '../../../functions/lambda/environment.ts';

const complete = {
  LEDGER_TABLE: 'ledger',
  UPLOADS_BUCKET: 'uploads',
  DOCUMENTS_BUCKET: 'documents',
  PUBLICATIONS_BUCKET: 'publications',
  EVENT_BUS: 'indicators',
  WITNESS_KEY: 'arn:aws-cn:kms:cn-north-1:123456789012:key/witness',
  PUBLISH_FUNCTION: 'publish',
  PORTAL_ORIGIN: 'https://indicators.example.gov.cn',
  PORTAL_SECRET: 'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:portal',
  REMINDERS: 'off',
  REMINDERS_SECRET: 'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:reminders',
  OIDC_ISSUER: 'https://sso.example.gov.cn/realms/city',
  OIDC_CLIENT: 'indicators',
  OIDC_AUDIENCE: 'urn:indicators',
  OIDC_ROLE_CLAIM: 'role',
  OIDC_DEPARTMENT_CLAIM: 'department',
  AWS_REGION: 'cn-north-1',
};
const wanted = {
  ingest: ['LEDGER_TABLE', 'UPLOADS_BUCKET', 'DOCUMENTS_BUCKET', 'EVENT_BUS'],
  publish: ['LEDGER_TABLE', 'DOCUMENTS_BUCKET', 'PUBLICATIONS_BUCKET', 'EVENT_BUS', 'WITNESS_KEY'],
  portal: Object.keys(complete).filter(
    (name) => !['EVENT_BUS', 'WITNESS_KEY', 'REMINDERS_SECRET'].includes(name),
  ),
  remind: ['LEDGER_TABLE', 'DOCUMENTS_BUCKET', 'PORTAL_ORIGIN', 'REMINDERS_SECRET'],
};

it.each([
  ['ingest', ingest],
  ['publish', publish],
  ['portal', portal],
  ['remind', remind],
] as const)('%s reads its own variables, and wants each', (name, schema) => {
  const parsed = schema.parse({ ...complete, PATH: '/bin', LOG_LEVEL: 'DEBUG' });
  expect(Object.keys(parsed).sort()).toEqual([...wanted[name], 'LOG_LEVEL'].sort());
  for (const variable of wanted[name]) {
    expect(schema.safeParse({ ...complete, [variable]: undefined }).success).toBe(false);
    expect(schema.safeParse({ ...complete, [variable]: '' }).success).toBe(false);
  }
});

it.each([
  'http://indicators.example.gov.cn',
  'https://indicators.example.gov.cn/',
  'https://a.cn/portal',
  'a.cn',
])('the portal is not found at %s', (PORTAL_ORIGIN) => {
  expect(portal.safeParse({ ...complete, PORTAL_ORIGIN }).success).toBe(false);
});
