import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from '../../../shared/adapters/system-error.ts';
import { isCutOff } from '../../../shared/workbook/reading/zip-directory.ts';
import { type InboxFile, isSameFile } from './inbox-folder.ts';

/**
 * Larger files are not even read (bytes). This is far more than a workbook may have: what is a workbook, if a bad one,
 * is kept and refused on record.
 */
export const mostBytes = 256 * 1024 * 1024;

/** What is in a file; `busy` if somebody is still writing it, `cut-off` if its end is not there, or not there yet. */
export type FileContents =
  | { kind: 'whole'; bytes: Uint8Array }
  | { kind: 'immense' }
  | { kind: 'busy' }
  | { kind: 'cut-off' };

/** Reads a file, unless it is open elsewhere or changes meanwhile. Links are not followed. */
export async function readStableFile(file: InboxFile): Promise<FileContents> {
  const handle = await openUnlessBusy(file.path);
  if (handle === undefined) return { kind: 'busy' };
  try {
    if (!(await isAsFound(handle, file))) return { kind: 'busy' };
    const contents = await readContents(handle, file.size);
    return (await isAsFound(handle, file)) ? contents : { kind: 'busy' };
  } finally {
    await handle.close();
  }
}

/** On Windows there is no such flag, and links that are not files of their own are left alone before this. */
const noFollow = constants.O_NOFOLLOW ?? 0;

/** Opened for writing too, since Windows refuses that while a program has the file open for writing. */
async function openUnlessBusy(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDWR | noFollow);
  } catch (error) {
    if (hasCode(error, 'EBUSY')) return undefined;
    if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
    return open(path, constants.O_RDONLY | noFollow);
  }
}

async function isAsFound(handle: FileHandle, file: InboxFile): Promise<boolean> {
  const now = await handle.stat();
  return now.isFile() && isSameFile(file, now);
}

async function readContents(handle: FileHandle, size: number): Promise<FileContents> {
  if (size > mostBytes) return { kind: 'immense' };
  const bytes = await handle.readFile();
  return isCutOff(bytes) ? { kind: 'cut-off' } : { kind: 'whole', bytes: new Uint8Array(bytes) };
}
