import { hash } from 'node:crypto';

/** A value as JSON, as it goes out, with the tag by which whoever asks again tells that nothing has changed. */
export interface WrittenJson {
  bytes: Uint8Array<ArrayBuffer>;
  tag: string;
}

/** The tag is made here: Hono would read the answer back in pieces, and wait for another thread to digest it. */
export function writtenJson(value: unknown): WrittenJson {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { bytes, tag: `"${hash('sha1', bytes)}"` };
}
