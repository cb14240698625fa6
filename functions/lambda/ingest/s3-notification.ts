import { z } from 'zod';
import { type Instant, instantOf } from '../../../shared/core/catalogue/period.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import { isVisible } from '../../../shared/core/values/text.ts';

/** An upload that an S3 event tells of. `key` is the key as S3 has it; `fileName` is for people, in NFC. */
export interface UploadReference {
  kind: 'upload';
  key: string;
  version: string | null;
  fileName: string;
  size: number;
  uploadedAt: Instant;
  principal: string;
  /** Whether the key could be decoded; if not it stands as it came, and names no object. */
  decoded: boolean;
}

/** What one record of an event comes to. `unusable` wants somebody to look; `ignored` is as it should be. */
export type Notice =
  | UploadReference
  | { kind: 'ignored'; reason: string }
  | { kind: 'unusable'; reason: string };

/** More than is needed is let through: S3 adds fields, and one odd field must not lose an upload. */
const recordSchema = z.object({
  eventName: z.string(),
  eventTime: z.string(),
  userIdentity: z.object({ principalId: z.string() }).optional().catch(undefined),
  s3: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({
      key: z.string().min(1),
      size: z.int().min(0),
      versionId: z.string().min(1).nullish(),
    }),
  }),
});

/** Reads the body of one message: a notification of S3 about the bucket. Never throws. */
export function readNotification(body: string, bucket: string): Notice[] {
  const message = parseJson(body);
  if (typeof message !== 'object' || message === null) return [unusable('the message is no JSON object')];
  if ('Event' in message && message.Event === 's3:TestEvent') {
    return [{ kind: 'ignored', reason: 'S3 tests whether it may send' }];
  }
  if (!('Records' in message) || !Array.isArray(message.Records)) return [unusable('there are no records')];
  return message.Records.map((record) => readRecord(record, bucket));
}

function readRecord(candidate: unknown, bucket: string): Notice {
  const parsed = recordSchema.safeParse(candidate);
  if (!parsed.success) {
    return unusable(`wrong or missing: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  }
  const { eventName, eventTime, userIdentity, s3 } = parsed.data;
  if (!/^(?:s3:)?ObjectCreated:/.test(eventName)) {
    return { kind: 'ignored', reason: `nothing was uploaded: ${eventName}` };
  }
  if (s3.bucket.name !== bucket) return unusable('it is about another bucket');
  const time = new Date(eventTime);
  if (Number.isNaN(time.getTime())) return unusable('wrong or missing: eventTime');
  const { size, versionId } = s3.object;
  const key = decodedKey(s3.object.key);
  if (size === 0 && key?.endsWith('/')) return { kind: 'ignored', reason: 'an empty folder was made' };
  return {
    kind: 'upload',
    key: key ?? s3.object.key.toWellFormed().slice(0, 1024),
    version: versionId ?? null,
    fileName: fileNameOf(key ?? s3.object.key),
    size,
    uploadedAt: instantOf(time),
    principal: personIn(userIdentity?.principalId) ?? 'unknown',
    decoded: key !== undefined,
  };
}

function unusable(reason: string): Notice {
  return { kind: 'unusable', reason };
}

/** The key that S3 wrote for a URL, `+` for a space; undefined where it is not written so. */
function decodedKey(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** The last name in a key, as one writes it: the same file whether its name came in NFC or NFD. */
function fileNameOf(key: string): string {
  const names = key.split('/').filter((name) => name !== '');
  const name = (names.at(-1) ?? '').normalize('NFC').toWellFormed();
  return isVisible(name) ? cut(name, 255) : 'unnamed';
}

/** The uploader that an object's metadata names, URI-encoded because headers are ASCII; undefined if none. */
export function uploaderIn(metadata: Readonly<Record<string, string>> | undefined): string | undefined {
  const encoded = metadata?.uploader;
  if (encoded === undefined) return undefined;
  try {
    return personIn(decodeURIComponent(encoded));
  } catch {
    return undefined;
  }
}

function personIn(name: string | undefined): string | undefined {
  const cleaned = cut(name?.normalize('NFC').toWellFormed().trim() ?? '', 80).trim();
  return isVisible(cleaned) ? cleaned : undefined;
}

/** At most so many UTF-16 units, and no half of a character at the end. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
