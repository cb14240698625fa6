import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { traced } from '../../../functions/lambda/tracing.ts';
import { toldOf } from '../../../shared/adapters/aws-calls.ts';
import { dynamodbAt } from '../../fixtures/aws.ts';
import { instruments } from '../../fixtures/lambda.ts';

interface Received {
  path: string;
  spans: {
    name: string;
    kind: number;
    traceId: string;
    spanId: string;
    parentSpanId?: string;
    status: { code: number };
  }[];
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A collector, and DynamoDB at the same address, whose every answer has this status. */
async function collector(status: number) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.url?.endsWith('/v1/traces')) {
      const [{ scopeSpans }] = JSON.parse(body).resourceSpans;
      received.push({ path: request.url, spans: scopeSpans[0].spans });
    }
    response.writeHead(status).end('{"Items":[]}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close().closeAllConnections());
  return { received, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function work(origin: string) {
  const client = toldOf(dynamodbAt(origin));
  const { ListTablesCommand } = await import('@aws-sdk/client-dynamodb');
  await client.send(new ListTablesCommand({}));
  return 'done';
}

const tracingAt = (endpoint: string | undefined) => {
  const tools = instruments();
  return { endpoint, service: 'production-ingest', ...tools };
};

describe('tracing', () => {
  it('tells a collector of a run and the requests to AWS in it, in OTLP', async () => {
    const { received, origin } = await collector(200);
    const handler = traced(async () => work(origin), tracingAt(`${origin}/otlp/`));
    expect(await handler({}, {})).toBe('done');
    const [{ path, spans } = { path: '', spans: [] }] = received;
    expect([path, received.length]).toEqual(['/otlp/v1/traces', 1]);
    const [call, run] = spans;
    expect(spans).toMatchObject([
      { name: 'DynamoDBClient.ListTablesCommand', kind: 3, parentSpanId: run?.spanId, status: { code: 0 } },
      { name: 'production-ingest', kind: 2, status: { code: 0 } },
    ]);
    expect(call?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(run).not.toHaveProperty('parentSpanId');
  });

  it('goes on with the trace of whoever asks (W3C Trace Context)', async () => {
    const { received, origin } = await collector(200);
    const [trace, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const handler = traced(async (_: object) => 'done', tracingAt(origin));
    await handler({ headers: { traceparent: `00-${trace}-${parent}-01` } }, {});
    expect(received[0]?.spans).toMatchObject([{ traceId: trace, parentSpanId: parent }]);
  });

  it('tells of a run that failed, and lets it fail', async () => {
    const { received, origin } = await collector(200);
    const handler = traced(async () => Promise.reject(new Error('no table')), tracingAt(origin));
    await expect(handler({}, {})).rejects.toThrow('no table');
    expect(received[0]?.spans).toMatchObject([{ status: { code: 2 } }]);
  });

  it.each([
    ['that refuses', async () => (await collector(503)).origin],
    ['that is not there', async () => 'http://127.0.0.1:9'],
  ])('a collector %s fails no run, and stands in the log', async (_, originOf) => {
    const tracing = tracingAt(await originOf());
    expect(await traced(async () => 'done', tracing)({}, {})).toBe('done');
    expect(tracing.log()).toContain('a trace was not taken');
  });

  it('is off where no collector is named: the handler is as it was', () => {
    const handler = async () => 'done';
    expect(traced(handler, tracingAt(undefined))).toBe(handler);
  });
});
