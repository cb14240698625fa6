import { expect, it } from 'vitest';
import { environmentSchema as ingest } from '../../../functions/ingest/environment.ts';
import { environmentSchema as publish } from '../../../functions/publish/environment.ts';

const complete = {
  LEDGER_TABLE: 'ledger',
  UPLOADS_BUCKET: 'uploads',
  DOCUMENTS_BUCKET: 'documents',
  PUBLICATIONS_BUCKET: 'publications',
  EVENT_BUS: 'indicators',
  CATALOGUES: 'catalogues',
};
const wanted = {
  ingest: ['LEDGER_TABLE', 'UPLOADS_BUCKET', 'DOCUMENTS_BUCKET', 'EVENT_BUS', 'CATALOGUES'],
  publish: ['LEDGER_TABLE', 'DOCUMENTS_BUCKET', 'PUBLICATIONS_BUCKET', 'EVENT_BUS', 'CATALOGUES'],
};

it.each([
  ['ingest', ingest],
  ['publish', publish],
] as const)('%s reads its own variables, and wants each', (name, schema) => {
  const parsed = schema.parse({ ...complete, PATH: '/bin', LOG_LEVEL: 'DEBUG' });
  expect(Object.keys(parsed).sort()).toEqual([...wanted[name], 'LOG_LEVEL'].sort());
  for (const variable of wanted[name]) {
    expect(schema.safeParse({ ...complete, [variable]: undefined }).success).toBe(false);
    expect(schema.safeParse({ ...complete, [variable]: '' }).success).toBe(false);
  }
});
