/** What is posted, and how much of an answer is taken and how long it is waited for (bytes, milliseconds). */
export interface PostOrder {
  headers: Record<string, string>;
  body: Uint8Array | string;
  largest: number;
  patience: number;
}

/** The answer is not what was to be; the message says nothing of the address or of what was answered. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

/**
 * What an address answers to a post with 200; it leads nowhere else, and is waited for and read within bounds. Throws
 * an `AnswerError` where that is not so, and what `fetch` throws where it came to no answer.
 */
export async function post(
  address: string,
  { headers, body, largest, patience }: PostOrder,
): Promise<Uint8Array> {
  const response = await fetch(address, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new AnswerError(`was answered with HTTP ${response.status}`);
  }
  return boundedBytes(response.body, largest);
}

/** Why a post came to nothing; what `fetch` has to say stands in the cause of its error. */
export function whyNotPosted(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

async function boundedBytes(body: ReadableStream<Uint8Array>, largest: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > largest) throw new AnswerError(`is larger than ${largest} bytes`);
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
