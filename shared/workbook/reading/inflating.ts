import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { sendTheOriginal } from './advice.ts';
import type { Archive, Entry } from './archive.ts';
import { PartDecoder } from './decoding.ts';
import { fault, type Reading, type ReadingFault } from './fault.ts';
import { damaged } from './zip-fault.ts';

const chunkSize = 256 * 1024;
const smallSize = 1024 * 1024;

/**
 * Inflates one entry and hands its text on in chunks, the same ones each time. Small entries are inflated at once,
 * larger ones piece by piece, in zlib's thread. The entry's header bounds what may come out of it, and the header
 * itself was held against the limits before.
 */
export async function readText(
  archive: Archive,
  entry: Entry,
  reading: Reading,
  take: (text: string, ascii: boolean) => void,
): Promise<void> {
  if (entry.excess) throw entry.excess;
  reading.packedBytes += entry.compressedSize;
  if (reading.packedBytes > reading.limits.bytes) throw inflatesTooFar();
  const check = new EntryCheck(entry, reading);
  const decoder = new PartDecoder();
  const takeBytes = (bytes: Buffer) => {
    check.count(bytes);
    take(decoder.decode(bytes, false), decoder.ascii);
  };
  const data = archive.bytes.subarray(entry.start, entry.start + entry.compressedSize);
  if (entry.method !== 0 && entry.method !== 8) throw damaged('压缩方法不受支持');
  if (entry.method === 0) {
    inPieces(data, takeBytes);
  } else if (entry.size <= smallSize) {
    takeBytes(inflateAtOnce(data, entry));
  } else {
    await inflateInPieces(data, takeBytes);
  }
  check.end();
  take(decoder.decode(new Uint8Array(0), true), false);
}

/** All bytes of an entry that is no part of a workbook, at once, within the same bounds. */
export function readBytes(archive: Archive, entry: Entry, reading: Reading): Uint8Array {
  if (entry.excess) throw entry.excess;
  if (entry.method !== 0 && entry.method !== 8) throw damaged('压缩方法不受支持');
  const data = archive.bytes.subarray(entry.start, entry.start + entry.compressedSize);
  const bytes = entry.method === 0 ? data : inflateAtOnce(data, entry);
  const check = new EntryCheck(entry, reading);
  check.count(bytes);
  check.end();
  return new Uint8Array(bytes);
}

function inPieces(data: Buffer, take: (chunk: Buffer) => void): void {
  for (let at = 0; at < data.length; at += chunkSize) take(data.subarray(at, at + chunkSize));
}

function inflateAtOnce(data: Buffer, entry: Entry): Buffer {
  try {
    const room = Math.max(64, entry.size + 1);
    return inflateRawSync(data, { maxOutputLength: room, chunkSize: room });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw inflatesTooFar();
    throw damaged('无法解压');
  }
}

/**
 * Each piece is taken before the next is inflated. Of pieces that were read ahead, a busy machine would have more or
 * fewer when a damage is met, and where they are cut is where tokens are.
 */
function inflateInPieces(data: Buffer, take: (piece: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = createInflateRaw({ chunkSize });
    stream.on('data', (piece: Buffer) => {
      try {
        take(piece);
      } catch (error) {
        stream.destroy();
        reject(error);
      }
    });
    stream.on('end', resolve);
    stream.on('error', () => reject(damaged('无法解压')));
    stream.end(data);
  });
}

/** Counts and sums the bytes that come out of an entry while they come. */
class EntryCheck {
  readonly #entry: Entry;
  readonly #reading: Reading;
  #size = 0;
  #crc = 0;

  constructor(entry: Entry, reading: Reading) {
    this.#entry = entry;
    this.#reading = reading;
  }

  count(chunk: Buffer): void {
    const { limits } = this.#reading;
    this.#size += chunk.length;
    this.#reading.inflatedBytes += chunk.length;
    const tooMuch = this.#reading.inflatedBytes > limits.inflatedBytes;
    if (this.#size > this.#entry.size || this.#size > limits.inflatedBytesPerEntry || tooMuch) {
      throw inflatesTooFar();
    }
    this.#crc = crc32(chunk, this.#crc);
  }

  end(): void {
    if (this.#size !== this.#entry.size) throw damaged('部件大小不符');
    if (this.#crc === this.#entry.crc) return;
    throw fault('file-crc', `文件内容与其校验码不符，已在保存之后损坏；${sendTheOriginal}`);
  }
}

function inflatesTooFar(): ReadingFault {
  return fault(
    'file-inflates-too-far',
    `文件解压后的大小超出其自身的说明或系统的限度，系统不予读取；${sendTheOriginal}`,
  );
}
