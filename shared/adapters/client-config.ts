/**
 * How long the clients of AWS wait: three attempts of at most six seconds each, and the pauses between them, stay
 * below the shortest time-out of a function that calls AWS (30 seconds). Connections are kept alive, so a client
 * is made once, outside the handler.
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
