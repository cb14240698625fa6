import { z } from 'zod';
import { type Instant, instantSchema, periodSchema } from '../catalogue/period.ts';
import type { Address } from '../returns/address.ts';
import { digestOf, type Sha256, sha256Schema } from '../values/digest.ts';
import { invisibleCharacters } from '../values/text.ts';
import { personSchema } from './people.ts';

/** Nobody handed in yesterday what is received tomorrow. */
const claimInFuture = { path: ['claimedAt'], message: 'a file is not handed in after it was received' };

function isClaimInPast({
  uploadedAt,
  claimedAt,
}: {
  uploadedAt: Instant;
  claimedAt: Instant | null;
}): boolean {
  return claimedAt === null || claimedAt <= uploadedAt;
}

const uploadShape = z.strictObject({
  key: z.string().min(1).max(1024),
  version: z.string().max(1024).nullable(),
  fileName: z.string().min(1).max(255),
  sha256: sha256Schema.nullable(),
  size: z.int().min(0),
  uploadedAt: instantSchema,
  claimedAt: instantSchema.nullable(),
  uploader: personSchema,
});

/**
 * One uploaded file: where its bytes are kept, what they are, who sent them and when they were received. `sha256` is
 * null for a file that was refused by its size alone, unread. `claimedAt` is when it was handed in, as the legal office
 * says of one that came to it another way (on paper, by mail); null for all else.
 */
export const uploadSchema = uploadShape.refine(isClaimInPast, claimInFuture);
export type Upload = z.infer<typeof uploadSchema>;

/** An upload whose bytes were read. */
export const readUploadSchema = uploadShape
  .extend({ sha256: sha256Schema })
  .refine(isClaimInPast, claimInFuture);
export type ReadUpload = z.infer<typeof readUploadSchema>;

/** When a return was handed in, which decides whether that was in time; never which of two counts. */
export function handedInAt({ uploadedAt, claimedAt }: Pick<Upload, 'uploadedAt' | 'claimedAt'>): Instant {
  return claimedAt ?? uploadedAt;
}

/** Compares uploads by when they were received: time, then key and version, so that no two different uploads tie. */
export function byUploadOrder(a: Upload, b: Upload): number {
  const order = (upload: Upload) => `${upload.uploadedAt}\u0000${upload.key}\u0000${upload.version ?? ''}`;
  const [left, right] = [order(a), order(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A short name for an upload: 16 hexadecimal digits of the digest of its key and version. */
export const uploadIdSchema = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .brand<'UploadId'>();
export type UploadId = z.infer<typeof uploadIdSchema>;

export function uploadId({ key, version }: Pick<Upload, 'key' | 'version'>): UploadId {
  return digestOf({ key, version }).slice(0, 16) as UploadId;
}

/** The key under which an upload's bytes are kept: its content is part of it, so no upload overwrites another. */
export function uploadKey({ department, period }: Address, hash: Sha256, fileName: string): string {
  return `uploads/${folderOf(department)}/${folderOf(period)}/${hash.slice(0, 16)}/${safeFileName(fileName)}`;
}

/** What a folder of a period is called; a department's id begins with a letter. */
const periodFolder =
  /^(?:20[0-9]{2}(?:-?[0-9]{2}|-?[QqHh][1-4]|年(?:[0-9]{1,2}月份?|第?[一二三四1-4]季度?|[上下]半年|度)?)?|[0-9]{1,2}月份?|第?[一二三四1-4]季度?|[上下]半年)$/;

/** The folder of what is known of nobody; no department is called so. */
const nobodys = 'unaddressed';

/**
 * The address in an upload's key: `uploads/sfj/2023-03/...`, as far as it goes. A folder of a period may come first
 * (`uploads/2023-03/...`). What the key leaves open is undefined; a name that nobody has is a name all the same.
 */
export function addressOfKey(key: string): Address {
  const [top, ...folders] = key.split('/').slice(0, -1);
  if (top !== 'uploads') return { department: undefined, period: undefined };
  const [first, second] = folders.map((name) => (name === nobodys ? undefined : name));
  return periodFolder.test(first ?? '')
    ? { department: second, period: first }
    : { department: first, period: second };
}

/** Names that Windows takes for devices, whatever follows the point. */
const windowsDevice = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9]) *(?:\.|$)/i;

/** A period or plain name as a folder of keys; all else shares one folder. */
export function folderOf(name: string | undefined): string {
  if (name === undefined) return nobodys;
  const isPlain = /^[a-z0-9-]{1,24}$/.test(name) && !windowsDevice.test(name);
  return isPlain || periodSchema.safeParse(name).success ? name : nobodys;
}

/** A file name that is one path segment on every system, in NFC, with its ending kept. */
export function safeFileName(fileName: string): string {
  const name = fileName
    .normalize('NFC')
    .toWellFormed()
    .replace(invisibleCharacters, '_')
    .replace(/[<>:"/\\|?*\ufffd]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (name === '') return 'unnamed';
  if (windowsDevice.test(name)) return safeFileName(`_${name}`);
  const characters = [...name];
  return characters.length <= 60
    ? name
    : `${characters.slice(0, 50).join('')}${characters.slice(-10).join('')}`;
}
