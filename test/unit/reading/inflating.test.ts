import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../../shared/workbook/reading/archive.ts';
import { Reading, ReadingFault } from '../../../shared/workbook/reading/fault.ts';
import { readText } from '../../../shared/workbook/reading/inflating.ts';
import { defaultLimits, type ReadingLimits } from '../../../shared/workbook/reading/limits.ts';
import { deflated, type RawEntry, rawZip } from '../../fixtures/hostile-zip.ts';

const mebi = 1024 * 1024;
/** Text that does not pack too well, so that no bound on ratios is met. */
const textOf = (length: number) => {
  let text = '';
  for (let at = 0; text.length < length; at++) text += `${at * 7919},`;
  return text.slice(0, length);
};
const entry = (text: string, more: Partial<RawEntry> = {}): RawEntry => ({
  name: 'a.xml',
  data: deflated(Buffer.from(text)),
  size: Buffer.byteLength(text),
  crc: crc32(text),
  ...more,
});
const stored = (text: string, more: Partial<RawEntry> = {}): RawEntry =>
  entry(text, { method: 0, data: Buffer.from(text), ...more });

function readingOf(raw: RawEntry, limits: Partial<ReadingLimits> = {}) {
  const archive = openArchive(Buffer.from(rawZip([raw])), defaultLimits);
  const reading = new Reading({ ...defaultLimits, ...limits });
  const chunks: string[] = [];
  const read = () =>
    readText(archive, archive.entries.get('a.xml')!, reading, (text) => {
      chunks.push(text);
    });
  return { reading, chunks, read };
}

/** The rule that stops the reading of an entry; `read` if nothing does. */
async function outcome(raw: RawEntry, limits: Partial<ReadingLimits> = {}, times = 1): Promise<string> {
  const { read } = readingOf(raw, limits);
  try {
    for (let time = 0; time < times; time++) await read();
    return 'read';
  } catch (error) {
    if (error instanceof ReadingFault) return error.finding.rule;
    throw error;
  }
}

describe('an entry', () => {
  it.each([
    ['empty', ''],
    ['small', '<a>文字</a>'],
    ['of 1 MiB, inflated at once', textOf(mebi)],
    ['of a byte more, inflated in pieces', textOf(mebi + 1)],
    ['of several pieces', `${textOf(2 * mebi)}文字`],
  ])('%s gives its text, packed or not', async (_, text) => {
    for (const raw of [entry(text), stored(text)]) {
      const { reading, chunks, read } = readingOf(raw);
      await read();
      expect(chunks.join('') === text).toBe(true);
      expect(reading.inflatedBytes).toBe(Buffer.byteLength(text));
    }
  });

  it('that is not packed comes in pieces', async () => {
    const { chunks, read } = readingOf(stored(textOf(mebi)));
    await read();
    expect(Math.max(...chunks.map(({ length }) => length))).toBe(mebi / 4);
  });

  const [small, large] = [textOf(1000), textOf(2 * mebi)];
  const damaged = (text: string) => {
    const data = Buffer.from(deflated(Buffer.from(text)));
    return data.fill(0xff, 0, 40);
  };

  it.each<[what: string, raw: RawEntry, limits: Partial<ReadingLimits>, expected: string]>([
    ['a small one that says too little', entry(small, { size: 999 }), {}, 'file-inflates-too-far'],
    ['a large one that says too little', entry(large, { size: 2 * mebi - 1 }), {}, 'file-inflates-too-far'],
    ['one not packed that says too little', stored(small, { size: 999 }), {}, 'file-inflates-too-far'],
    ['a small one that says too much', entry(small, { size: 1001 }), {}, 'file-damaged'],
    ['a large one that says too much', entry(large, { size: 2 * mebi + 1 }), {}, 'file-damaged'],
    ['one that says a few bytes too much', entry('x', { size: 2 }), {}, 'file-damaged'],
    ['a small one with another sum', entry(small, { crc: 1 }), {}, 'file-crc'],
    ['a large one with another sum', entry(large, { crc: 1 }), {}, 'file-crc'],
    ['a small one that is damaged', entry(small, { data: damaged(small) }), {}, 'file-damaged'],
    ['a large one that is damaged', entry(large, { data: damaged(large) }), {}, 'file-damaged'],
    ['one packed in another way', entry(small, { method: 12 }), {}, 'file-damaged'],
    ['one as large as may be', entry(small), { inflatedBytesPerEntry: 1000 }, 'read'],
    ['one that is larger', entry(small), { inflatedBytesPerEntry: 999 }, 'file-inflates-too-far'],
    ['one with all that may be', entry(small), { inflatedBytes: 1000 }, 'read'],
    ['one with more', entry(small), { inflatedBytes: 999 }, 'file-inflates-too-far'],
    ['a large one with more', entry(large), { inflatedBytes: mebi }, 'file-inflates-too-far'],
  ])('%s', async (_, raw, limits, expected) => {
    expect(await outcome(raw, limits)).toBe(expected);
  });

  it('that is read again counts again', async () => {
    expect(await outcome(entry(small), { inflatedBytes: 3000 }, 3)).toBe('read');
    expect(await outcome(entry(small), { inflatedBytes: 2999 }, 3)).toBe('file-inflates-too-far');
  });

  it('that is inflated again and again counts each time, however little comes out of it', async () => {
    const { length } = entry(small).data;
    expect(await outcome(entry(small), { bytes: 3 * length }, 3)).toBe('read');
    expect(await outcome(entry(small), { bytes: 3 * length - 1 }, 3)).toBe('file-inflates-too-far');
  });

  it('is cut at the same places each time, however long is waited between them', async () => {
    for (const wait of [0, 3]) {
      const lengths: number[] = [];
      const archive = openArchive(Buffer.from(rawZip([entry(large)])), defaultLimits);
      await readText(archive, archive.entries.get('a.xml')!, new Reading(defaultLimits), (text) => {
        lengths.push(text.length);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
      });
      expect(lengths).toEqual([...Array(8).fill(mebi / 4), 0]);
    }
  });

  it('gives what stands before a damage, each time', async () => {
    const whole = deflated(Buffer.from(large));
    const data = whole.subarray(0, whole.length / 2);
    const counts = new Set<number>();
    for (let time = 0; time < 5; time++) {
      const { chunks, read } = readingOf(entry(large, { data }));
      await expect(read()).rejects.toThrow('file-damaged');
      counts.add(chunks.length);
    }
    expect(counts.size).toBe(1);
    expect(counts).not.toContain(0);
  });

  it('hands on a fault of the program as it is', async () => {
    const archive = openArchive(Buffer.from(rawZip([entry(large)])), defaultLimits);
    const fault = () => {
      throw new TypeError('a fault');
    };
    const reading = readText(archive, archive.entries.get('a.xml')!, new Reading(defaultLimits), fault);
    await expect(reading).rejects.toThrow(TypeError);
  });
});
