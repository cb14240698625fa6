import {
  isStampOf,
  largestTimeStamp,
  newNonce,
  readTimeStamp,
  TimeStampError,
  timeStampQuery,
} from './time-stamp.ts';

/** How long an authority is waited for (milliseconds). */
const patience = 15_000;

/**
 * Has an authority stamp a file (RFC 3161 over HTTP), of which it is told the hash alone; its answer as it came. Throws
 * where that is not a granted stamp of this file and for this question. Whether the signature is one to be believed is
 * for whoever verifies.
 */
export async function askForTimeStamp(authority: string, file: Uint8Array): Promise<Uint8Array> {
  const nonce = newNonce();
  try {
    const answer = await post(authority, timeStampQuery(file, nonce));
    const stamp = readTimeStamp(answer);
    if (!isStampOf(stamp, file)) throw new TimeStampError('is of another file than was asked of');
    if (stamp.nonce === undefined || Buffer.compare(stamp.nonce, nonce) !== 0)
      throw new TimeStampError('is the answer to another question');
    return answer;
  } catch (cause) {
    throw new Error(`no time stamp by ${URL.parse(authority)?.host}: ${inWords(cause)}`, { cause });
  }
}

/** What `fetch` has to say stands in the cause of its error. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

async function post(authority: string, query: Uint8Array): Promise<Uint8Array> {
  const response = await fetch(authority, {
    method: 'POST',
    headers: { 'Content-Type': 'application/timestamp-query', Accept: 'application/timestamp-reply' },
    body: new Uint8Array(query),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new TimeStampError(`was answered with HTTP ${response.status}`);
  }
  return boundedBytes(response.body);
}

async function boundedBytes(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > largestTimeStamp) throw new TimeStampError(`is larger than ${largestTimeStamp} bytes`);
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
