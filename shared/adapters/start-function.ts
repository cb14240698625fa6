import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Starts a function of Lambda and waits until it has ended; throws if it failed. */
export type StartFunction = (input: object) => Promise<void>;

/** Below the time that an HTTP API waits for an answer (30 seconds). */
const longestWait = 24_000;

/** One attempt: a function that is still at work when the wait is over is not started beside itself. */
export function lambdaClient(): LambdaClient {
  return new LambdaClient({
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 1000,
      requestTimeout: longestWait,
      throwOnRequestTimeout: true,
      socketTimeout: longestWait,
    },
  });
}

export function startFunction({ client, name }: { client: LambdaClient; name: string }): StartFunction {
  return async (input) => {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: name,
        InvocationType: 'RequestResponse',
        Payload: Buffer.from(JSON.stringify(input)),
      }),
    );
    if (FunctionError === undefined) return;
    const { errorType, errorMessage } = JSON.parse(Buffer.from(Payload ?? []).toString() || '{}');
    throw new Error(`the function ${name} failed: ${errorType ?? FunctionError}: ${errorMessage ?? ''}`);
  };
}
