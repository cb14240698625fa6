import type { Finding } from '../../core/returns/finding.ts';
import { sendTheOriginal } from './advice.ts';
import { fault, fileFinding, type ReadingFault } from './fault.ts';
import { damaged } from './zip-fault.ts';

interface Directory {
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

const endLength = 22;
const longestComment = 0xffff;
const endSignature = Buffer.from('PK\x05\x06', 'latin1');
/** As many end records are tried: one that is part of a stored entry is none of the file's own. */
const maximalEnds = 100;

/** The directory, and how many bytes behind the zip are none of it. */
export function findDirectory(bytes: Buffer): Directory & { behind: number } {
  // Some transports pad a file.
  let filled = bytes.length;
  while (filled > 0 && (bytes[filled - 1] ?? 0) <= 32) filled--;
  const lowest = Math.max(0, filled - endLength - longestComment);
  for (let at = Math.min(filled - 1, bytes.length - endLength); at >= lowest; at--) {
    if (bytes[at] !== 0x50 || bytes.readUInt32LE(at) !== 0x06054b50) continue;
    const end = endOf(bytes, at);
    if (end > bytes.length || end < filled) continue;
    const directory = directoryAt(bytes, at);
    if (directory) return { ...directory, behind: 0 };
    throw directoryBefore(bytes, at) ? twoArchives() : damaged('目录位置有误');
  }
  const found = directoryBefore(bytes, bytes.length);
  if (!found) {
    throw fault(
      'file-truncated',
      '文件不完整，可能在上传、拷贝或转发时中断；请改传最初保存的那一份，上传前先确认它能在 Excel 或 WPS 中打开。',
    );
  }
  const rest = bytes.subarray(found.recordEnd);
  if (mayBeZip(rest)) throw twoArchives();
  return { ...found, behind: rest.length };
}

/** Whether a header of a file, of the directory or of its end begins anywhere. `includes` is slow where all are a P. */
function mayBeZip(bytes: Buffer): boolean {
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (bytes[at] !== 0x50 || bytes[at + 1] !== 0x4b) continue;
    const kind = bytes.readUInt16LE(at + 2);
    if (kind === 0x0403 || kind === 0x0201 || kind === 0x0605) return true;
  }
  return false;
}

/** The last directory that is followed by its end record, all of it before `limit`. */
function directoryBefore(bytes: Buffer, limit: number): (Directory & { recordEnd: number }) | undefined {
  let at = limit;
  for (let tried = 0; tried < maximalEnds && at > 0; tried++) {
    at = bytes.lastIndexOf(endSignature, at - 1);
    if (at < 0) return undefined;
    const recordEnd = at + endLength > limit ? limit + 1 : endOf(bytes, at);
    const directory = recordEnd <= limit ? directoryAt(bytes, at) : undefined;
    if (directory) return { ...directory, recordEnd };
  }
  return undefined;
}

/** Where an end record ends, with its comment. */
function endOf(bytes: Buffer, at: number): number {
  return at + endLength + bytes.readUInt16LE(at + 20);
}

/** The directory that an end record belongs to; undefined if that does not stand where the record says. */
function directoryAt(bytes: Buffer, at: number): Directory | undefined {
  const disks = bytes.readUInt32LE(at + 4);
  const onThisDisk = bytes.readUInt16LE(at + 8);
  const count = bytes.readUInt16LE(at + 10);
  const size = bytes.readUInt32LE(at + 12);
  const start = bytes.readUInt32LE(at + 16);
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) return zip64Directory(bytes, at);
  if (disks !== 0 || onThisDisk !== count || !isFollowed(bytes, start + size, at)) return undefined;
  return { count, start, end: start + size };
}

/**
 * Whether the end record stands right behind the directory, or behind the 64-bit records that some writers always
 * write. Were there a gap, the record could be another zip's, and other programs would see that one.
 */
function isFollowed(bytes: Buffer, directoryEnd: number, end: number): boolean {
  if (directoryEnd === end) return true;
  return directoryEnd + 4 <= end && bytes.readUInt32LE(directoryEnd) === 0x06064b50;
}

function zip64Directory(bytes: Buffer, end: number): Directory | undefined {
  const locator = end - 20;
  if (locator < 0 || bytes.readUInt32LE(locator) !== 0x07064b50) return undefined;
  const at = Number(bytes.readBigUInt64LE(locator + 8));
  if (at + 56 > locator || bytes.readUInt32LE(at) !== 0x06064b50) return undefined;
  const count = Number(bytes.readBigUInt64LE(at + 32));
  const size = Number(bytes.readBigUInt64LE(at + 40));
  const start = Number(bytes.readBigUInt64LE(at + 48));
  return start + size === at ? { count, start, end: start + size } : undefined;
}

/** What is said of bytes behind the zip, which are not read. */
export function bytesBehind(count: number): Finding {
  return fileFinding(
    'file-bytes-behind',
    `文件末尾之后附有 ${count} 个字节，不属于工作簿，多为办公系统或传输系统所加；系统未读取这些字节。`,
  );
}

/** Whether a zip has no end record: part of it is missing, or has not come yet. */
export function isCutOff(bytes: Buffer): boolean {
  const start = startOfZip(bytes);
  return bytes.indexOf('PK\x03\x04', 0, 'latin1') === start && bytes.lastIndexOf(endSignature) < 0;
}

/** Where a zip begins behind nothing but blanks and a byte order mark, as scripts of web servers put before it. */
export function startOfZip(bytes: Buffer): number {
  const [before = ''] =
    /^(?:\xef\xbb\xbf|\s){0,64}(?=PK\x03\x04)/.exec(bytes.toString('latin1', 0, 256)) ?? [];
  return before.length;
}

export function bytesBefore(count: number): Finding {
  return fileFinding(
    'file-bytes-before',
    `文件开头多出 ${count} 个空白字节，多为下载这个文件的网站所加；系统未读取这些字节。`,
  );
}

function twoArchives(): ReadingFault {
  return fault(
    'file-two-archives',
    `文件末尾之后还有另一个压缩文件的内容，无法确定以哪个为准；${sendTheOriginal}`,
  );
}
