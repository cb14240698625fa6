/**
 * How long the clients of AWS wait for one answer: three attempts of at most six seconds each, and the pauses between them.
 * Work that asks several things one after the other waits for each of them: what must end in time has a deadline of its own.
 * Connections are kept alive, so a client is made once, outside the handler.
 */
export const clientConfig = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 6000,
    throwOnRequestTimeout: true,
    socketTimeout: 6000,
  },
} as const;
