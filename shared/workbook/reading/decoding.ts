import { wrongEncoding } from './text.ts';

/**
 * Turns the bytes of an XML part, in chunks cut anywhere, into text. Chunks of UTF-8 are cut at characters here
 * and decoded whole: TextDecoder's streaming mode is several times slower and widens plain ASCII.
 */
export class PartDecoder {
  #utf16: Decoder | undefined;
  #started = false;
  #rest: Uint8Array = nothing;
  /** Whether what was decoded last is known to be plain ASCII. */
  ascii = false;

  decode(chunk: Uint8Array, last: boolean): string {
    try {
      return this.#decode(chunk, last);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw wrongEncoding();
    }
  }

  #decode(chunk: Uint8Array, last: boolean): string {
    let bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk);
    this.#rest = nothing;
    if (!this.#started) {
      if (bytes.length < 4 && !last) {
        this.#rest = bytes;
        return '';
      }
      this.#started = true;
      this.#utf16 = utf16DecoderFor(bytes);
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    }
    if (this.#utf16) return this.#utf16.decode(bytes, { stream: !last });
    const end = last ? bytes.length : wholeCharacters(bytes);
    // A copy, because the chunk's memory may be used again.
    if (end < bytes.length) this.#rest = bytes.slice(end);
    const text = utf8.decode(bytes.subarray(0, end));
    this.ascii = text.length === end;
    return text;
  }
}

type Decoder = InstanceType<typeof TextDecoder>;

// Never used in streaming mode, so it keeps no state between parts.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const nothing = new Uint8Array(0);

function utf16DecoderFor(bytes: Uint8Array): Decoder | undefined {
  const start = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (start === 0xfffe || start === 0x3c00) return new TextDecoder('utf-16le', { fatal: true });
  if (start === 0xfeff || start === 0x003c) return new TextDecoder('utf-16be', { fatal: true });
  return undefined;
}

/** How many of the bytes make up whole characters; at most three at the end may not. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
