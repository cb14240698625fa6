import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { startFunction } from '../../../shared/adapters/start-function.ts';
import { standInAccount } from '../../fixtures/moto.ts';

/** What Lambda answers to whoever starts a function. */
interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

let server: Server | undefined;
afterEach(() => server?.close());

/** A Lambda that answers so, on this machine; what it was asked is kept. */
async function lambdaThat(answer: Answer) {
  const asked: { path: string; body: unknown }[] = [];
  server = createServer(async (request, response) => {
    asked.push({ path: request.url ?? '', body: JSON.parse(await text(request)) });
    response.writeHead(answer.status, { connection: 'close', ...answer.headers }).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new LambdaClient({
    ...standInAccount,
    endpoint: `http://127.0.0.1:${port}`,
    maxAttempts: 1,
  });
  return { asked, start: startFunction({ client, name: 'publish' }) };
}

describe('starting a function', () => {
  it('hands over the input, and waits for the end', async () => {
    const { asked, start } = await lambdaThat({ status: 200, body: 'null' });
    await start({ year: 2023, by: '王主任' });
    expect(asked).toEqual([
      { path: '/2015-03-31/functions/publish/invocations', body: { year: 2023, by: '王主任' } },
    ]);
  });

  it.each<[string, Answer, string]>([
    [
      'the function failed',
      {
        status: 200,
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: '{"errorType":"AggregateError","errorMessage":"1 years were not published"}',
      },
      'publish failed: AggregateError: 1 years were not published',
    ],
    [
      'the function said nothing and failed',
      { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: '' },
      'publish failed: Unhandled',
    ],
    ['Lambda does not let it run', { status: 429, body: '{"Message":"Rate Exceeded"}' }, ''],
  ])('throws when %s', async (_, answer, message) => {
    const { asked, start } = await lambdaThat(answer);
    await expect(start({ year: 2023 })).rejects.toThrow(message);
    expect(asked, 'once only').toHaveLength(1);
  });
});
