import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { Logger } from '@aws-lambda-powertools/logger';
import { type AwsCall, awsCalls } from '../../shared/adapters/aws-calls.ts';

/** Where traces go, and in whose name. */
export interface Tracing {
  /** As `OTEL_EXPORTER_OTLP_ENDPOINT` names it; undefined switches tracing off. */
  endpoint: string | undefined;
  service: string;
  logger: Pick<Logger, 'warn'>;
}

/** What took how long, as OTLP writes it in JSON. */
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status: { code: number };
}

const kinds = { server: 2, client: 3 };
const failed = { code: 2 };
const unset = { code: 0 };
/** Nobody waits longer than this for a collector that does not answer (milliseconds). */
const patience = 2000;

interface Trace {
  traceId: string;
  root: string;
  spans: Span[];
}

const current = new AsyncLocalStorage<Trace>();
const begun = new WeakMap<AwsCall, { trace: Trace; start: string; failed: boolean }>();

awsCalls.subscribe({
  start(call) {
    const trace = current.getStore();
    if (trace !== undefined) begun.set(call, { trace, start: now(), failed: false });
  },
  end() {},
  error(call) {
    const entry = begun.get(call);
    if (entry !== undefined) entry.failed = true;
  },
  asyncStart() {},
  asyncEnd(call) {
    const entry = begun.get(call);
    if (entry === undefined) return;
    const { trace, start } = entry;
    trace.spans.push({
      ...{ traceId: trace.traceId, spanId: id(8), parentSpanId: trace.root, kind: kinds.client },
      ...{ name: `${call.client}.${call.command}`, startTimeUnixNano: start, endTimeUnixNano: now() },
      status: entry.failed ? failed : unset,
    });
  },
});

/**
 * A handler whose runs are told to an OpenTelemetry collector (OTLP over HTTP, in JSON), each with the requests to AWS in it:
 * names of operations and times, and nothing of what was asked. That nobody takes a trace fails no run.
 */
export function traced<Event, Context, Answer>(
  handler: (event: Event, context: Context) => Promise<Answer>,
  { endpoint, service, logger }: Tracing,
): (event: Event, context: Context) => Promise<Answer> {
  if (endpoint === undefined) return handler;
  const address = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  return async (event, context) => {
    const { traceId = id(16), parentSpanId } = parentIn(event);
    const trace: Trace = { traceId, root: id(8), spans: [] };
    const start = now();
    let status = failed;
    try {
      const answer = await current.run(trace, () => handler(event, context));
      status = unset;
      return answer;
    } finally {
      trace.spans.push({
        ...{ traceId, spanId: trace.root, ...(parentSpanId !== undefined && { parentSpanId }) },
        ...{ name: service, kind: kinds.server, startTimeUnixNano: start, endTimeUnixNano: now(), status },
      });
      await send(address, { service, spans: trace.spans }).catch((error: unknown) => {
        logger.warn('a trace was not taken', { error: error instanceof Error ? error : String(error) });
      });
    }
  };
}

/** Whose trace a request goes on with: the header `traceparent` of W3C Trace Context. */
function parentIn(event: unknown): { traceId?: string; parentSpanId?: string } {
  const { headers = {} } = Object(event) as { headers?: Record<string, string> };
  const [, traceId, parentSpanId] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(headers.traceparent ?? '') ?? [];
  return traceId === undefined || parentSpanId === undefined ? {} : { traceId, parentSpanId };
}

async function send(address: string, { service, spans }: { service: string; spans: Span[] }): Promise<void> {
  const attributes = [{ key: 'service.name', value: { stringValue: service } }];
  const scopeSpans = [{ scope: { name: 'indicators' }, spans }];
  const { ok, status, body } = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans }] }),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  await body?.cancel();
  if (!ok) throw new Error(`the collector answered ${status}`);
}

function id(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** Nanoseconds since 1970; the clock has microseconds. */
function now(): string {
  return `${Math.round((performance.timeOrigin + performance.now()) * 1000)}000`;
}
