import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { personSchema } from '../core/ledger/people.ts';
import { readUploadSchema, uploadId } from '../core/ledger/upload.ts';
import { parseJson } from '../core/values/json.ts';
import { privateModes } from './private-modes.ts';
import { hasCode } from './system-error.ts';
import { writeWhole } from './whole-file.ts';

const pendingSchema = z.strictObject({ upload: readUploadSchema, recordedBy: personSchema });
type Pending = z.infer<typeof pendingSchema>;

/** Uploads that are being taken in, as a file each in a folder: it is there from before the original is kept until all is recorded. */
export function folderPendingUploads(root: string) {
  const folder = join(root, 'pending');
  const fileOf = (upload: Pending['upload']) => join(folder, `${uploadId(upload)}.json`);
  return {
    async begin(pending: Pending): Promise<void> {
      await mkdir(folder, { recursive: true, mode: privateModes.folder });
      const text = JSON.stringify(pendingSchema.parse(pending));
      await writeWhole(fileOf(pending.upload), new TextEncoder().encode(text), { ifAbsent: false });
    },
    async end(upload: Pending['upload']): Promise<void> {
      await rm(fileOf(upload), { force: true });
    },
    /** A file that cannot be read is left where it is: what it was about is kept among the uploads. */
    async all(): Promise<Pending[]> {
      const names = (await namesIn(folder)).filter((name) => name.endsWith('.json'));
      const read = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      return read.flatMap((text) => pendingSchema.safeParse(parseJson(text)).data ?? []);
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
