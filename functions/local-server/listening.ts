import type { Server, ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

/** How long requests may take to arrive, and how often it is looked which have taken longer (milliseconds). */
export interface ArrivalLimits {
  request: number;
  headers: number;
  lookEvery: number;
}

const usualLimits: ArrivalLimits = { request: 120_000, headers: 20_000, lookEvery: 1_000 };

/** How long requests under way may take to be answered when the server stops (milliseconds). */
const patience = 5_000;

/** A port that is taken; nothing is answered before there is an application. */
export interface Listening {
  port: number;
  answerWith(app: Hono): void;
  /** Takes no more requests, and waits some seconds for answers under way. */
  close(): Promise<void>;
}

/** Takes the port before there is an application, which has to know under which address it is found. */
export async function listen(
  host: string,
  port: number,
  limits: ArrivalLimits = usualLimits,
): Promise<Listening> {
  let app: Hono | undefined;
  const server = createAdaptorServer({
    fetch: (request, bindings) => app?.fetch(request, bindings) ?? new Response(null, { status: 503 }),
    serverOptions: arrivingWithin(limits),
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    answerWith: (given) => {
      app = given;
    },
    close: () => close(server),
  };
}

/** Who is late is found out at the next look, which must not be later than the limit. */
function arrivingWithin({ request, headers, lookEvery }: ArrivalLimits): ServerOptions {
  return {
    requestTimeout: request - lookEvery,
    headersTimeout: headers - lookEvery,
    connectionsCheckingInterval: lookEvery,
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const enough = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearTimeout(enough);
      resolve();
    });
  });
}
