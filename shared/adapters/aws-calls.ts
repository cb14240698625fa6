import { tracingChannel } from 'node:diagnostics_channel';

/** A request to AWS under way: of what is asked for what, and nothing of what. */
export interface AwsCall {
  client: string;
  command: string;
}

/** Tells of every request to AWS as it begins and ends, to whoever listens; without a listener it costs nothing. */
export const awsCalls = tracingChannel<AwsCall>('indicators.aws-calls');

type Send = (given: unknown) => Promise<unknown>;
type Middleware = (next: Send, context: { clientName?: string; commandName?: string }) => Send;

const tellOfCalls: Middleware =
  (next, { clientName = '', commandName = '' }) =>
  (given) =>
    awsCalls.tracePromise(() => next(given), { client: clientName, command: commandName });

/** Has a client tell of its requests. */
export function toldOf<Client extends { middlewareStack: { add(...given: never[]): void } }>(
  client: Client,
): Client {
  const { middlewareStack } = client as {
    middlewareStack: { add(middleware: Middleware, options: { step: 'initialize'; name: string }): void };
  };
  middlewareStack.add(tellOfCalls, { step: 'initialize', name: 'tellOfCalls' });
  return client;
}
