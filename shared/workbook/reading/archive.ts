import { sendTheOriginal } from './advice.ts';
import { fault, type ReadingFault } from './fault.ts';
import type { ReadingLimits } from './limits.ts';
import { findDirectory } from './zip-directory.ts';
import { bomb, damaged, inflatesFar, isWorksheet } from './zip-fault.ts';

/** One file inside the zip, as its headers describe it. */
export interface Entry {
  /** With `/` as separator and none at the start. */
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its compressed bytes start. */
  readonly start: number;
  /** Why it must not be inflated: of a worksheet this is said only if somebody wants to read it. */
  readonly excess?: ReadingFault | undefined;
}

export interface Archive {
  readonly bytes: Buffer;
  /** By `entryKey`. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** How many bytes follow the zip that belong to none. */
  readonly bytesBehind: number;
}

/** Part names are alike whatever their case, and some writers use backslashes. */
export function entryKey(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

/** Reads the directory of a zip and applies every guard that needs no inflating, to all entries. */
export function openArchive(bytes: Buffer, limits: ReadingLimits): Archive {
  const directory = findDirectory(bytes);
  if (directory.count > limits.entries) throw bomb(`内含 ${directory.count} 个部件`);
  const entries = new Map<string, Entry>();
  const spans: [number, number][] = [];
  let inflated = 0;
  let at = directory.start;
  for (let index = 0; index < directory.count; index++) {
    const header = readHeader(bytes, at, directory.end);
    const entry = readEntry(bytes, header, directory.start, limits);
    const key = entryKey(entry.name);
    if (entries.has(key)) throw duplicate(entry.name);
    entries.set(key, entry);
    spans.push([header.offset, entry.start + entry.compressedSize]);
    if (!entry.excess) inflated += entry.size;
    at = header.end;
  }
  if (at !== directory.end) throw damaged('目录大小不符');
  if (inflated > limits.inflatedBytes) throw inflatesFarTogether(entries, inflated);
  checkOverlaps(spans);
  return { bytes, entries, bytesBehind: directory.behind };
}

/** The largest entry is what it comes from, if it is most of all. */
function inflatesFarTogether(entries: ReadonlyMap<string, Entry>, inflated: number): ReadingFault {
  const [largest] = [...entries.values()].sort((a, b) => b.size - a.size);
  if (largest && largest.size > inflated / 2) {
    return inflatesFar(largest.name, largest.size, largest.compressedSize);
  }
  return bomb(`解压后共 ${Math.ceil(inflated / 1024 / 1024)} MB`);
}

interface Header {
  readonly name: string;
  readonly nameBytes: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
  readonly end: number;
}

function readHeader(bytes: Buffer, at: number, limit: number): Header {
  if (at + 46 > limit || bytes.readUInt32LE(at) !== 0x02014b50) throw damaged('目录有误');
  const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const end = extraEnd + bytes.readUInt16LE(at + 32);
  if (end > limit) throw damaged('目录有误');
  const flags = bytes.readUInt16LE(at + 8);
  const nameBytes = bytes.subarray(at + 46, nameEnd);
  const long = longFields(bytes.subarray(nameEnd, extraEnd), [
    bytes.readUInt32LE(at + 24),
    bytes.readUInt32LE(at + 20),
    bytes.readUInt32LE(at + 42),
  ]);
  const [size = 0, compressedSize = 0, offset = 0] = long;
  return {
    name: nameOf(nameBytes, flags),
    nameBytes,
    flags,
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    compressedSize,
    size,
    offset,
    end,
  };
}

/** Replaces each field that is full of ones by its 64-bit form from the extra field. */
function longFields(extra: Buffer, fields: number[]): number[] {
  if (!fields.includes(0xffffffff)) return fields;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let from = at + 4;
    return fields.map((field) => {
      if (field !== 0xffffffff) return field;
      if (from + 8 > extra.length) throw damaged('目录有误');
      from += 8;
      return Number(extra.readBigUInt64LE(from - 8));
    });
  }
  throw damaged('目录有误');
}

function nameOf(bytes: Buffer, flags: number): string {
  const name = (flags & 0x800 ? bytes.toString('utf8') : bytes.toString('latin1')).replaceAll('\\', '/');
  const bad = name === '' || name.length > 1024 || /[\u0000-\u001f]|^[a-z]:|(^|\/)\.\.(\/|$)/i.test(name);
  if (!bad) return name.replace(/^\/+/, '');
  throw fault(
    'file-entry-name',
    '文件内部含有不合规的部件名称，系统不予读取；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。',
    { found: name },
  );
}

function readEntry(bytes: Buffer, header: Header, directoryStart: number, limits: ReadingLimits): Entry {
  const { name, flags, method, crc, compressedSize, size, offset } = header;
  if (flags & 0x2041) {
    throw fault('file-is-encrypted', '文件设有压缩密码，系统不能读取；请去掉密码后重新上传。');
  }
  if (offset + 30 > directoryStart || bytes.readUInt32LE(offset) !== 0x04034b50)
    throw damaged('部件位置有误');
  const nameEnd = offset + 30 + bytes.readUInt16LE(offset + 26);
  const start = nameEnd + bytes.readUInt16LE(offset + 28);
  if (start + compressedSize > directoryStart) throw damaged('部件位置有误');
  checkLocalHeader(bytes, header, nameEnd);
  const tooDense = size > 1024 * 1024 && size > compressedSize * limits.ratioAboveOneMiB;
  const tooFar = tooDense || size > limits.inflatedBytesPerEntry;
  const excess = tooFar ? inflatesFar(name, size, compressedSize) : undefined;
  if (excess && !isWorksheet(name)) throw excess;
  return { name, method, crc, compressedSize, size, start, excess };
}

/** Two descriptions of one entry that differ let two programs see two different files. */
function checkLocalHeader(bytes: Buffer, header: Header, nameEnd: number): void {
  const { offset, flags, method, crc, compressedSize, size } = header;
  const sameName = bytes.subarray(offset + 30, nameEnd).equals(header.nameBytes);
  const localFlags = bytes.readUInt16LE(offset + 6);
  // Bits 1 and 2 tell how hard it was compressed, bit 11 how the name is encoded: writers differ there.
  const sameFlags = ((localFlags ^ flags) & 0x2079) === 0;
  const sameMethod = bytes.readUInt16LE(offset + 8) === method;
  const same = (at: number, value: number) => {
    const local = bytes.readUInt32LE(offset + at);
    return local === value || local === 0xffffffff || (local === 0 && (localFlags & 8) !== 0);
  };
  if (sameName && sameFlags && sameMethod && same(14, crc) && same(18, compressedSize) && same(22, size))
    return;
  throw damaged('部件的两处说明不一致');
}

function checkOverlaps(spans: [number, number][]): void {
  spans.sort((a, b) => a[0] - b[0]);
  for (let index = 1; index < spans.length; index++) {
    if ((spans[index]?.[0] ?? 0) >= (spans[index - 1]?.[1] ?? 0)) continue;
    throw fault(
      'file-overlapping-entries',
      `文件内部的部件互相重叠，是不正常的压缩文件，系统不予读取；${sendTheOriginal}`,
    );
  }
}

function duplicate(name: string): ReadingFault {
  return fault('file-duplicate-entry', `文件内部有同名的部件，无法确定以哪个为准；${sendTheOriginal}`, {
    found: name,
  });
}
