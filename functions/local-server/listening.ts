import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

/** How long requests may take to arrive and, when the server stops, to be answered (milliseconds). */
const limits = { requestTimeout: 120_000, headersTimeout: 20_000 };
const patience = 5_000;

/** A port that is taken; nothing is answered before there is an application. */
export interface Listening {
  port: number;
  answerWith(app: Hono): void;
  /** Takes no more requests, and waits some seconds for answers under way. */
  close(): Promise<void>;
}

/** Takes the port before there is an application, which has to know under which address it is found. */
export async function listen(host: string, port: number): Promise<Listening> {
  let app: Hono | undefined;
  const server = createAdaptorServer({
    fetch: (request, bindings) => app?.fetch(request, bindings) ?? new Response(null, { status: 503 }),
    serverOptions: limits,
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

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const enough = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearTimeout(enough);
      resolve();
    });
  });
}
