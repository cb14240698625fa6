import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isOfTheSystem } from '../../../functions/cli/returned-files.ts';

/** A file that somebody put into the inbox, as it was when it was last looked at. */
export interface InboxFile {
  path: string;
  size: number;
  /** When its contents were last changed (milliseconds). */
  changedAt: number;
  /** Its name is not UTF-8, as after unpacking with an old program: nobody can open it by the name that is shown. */
  nameIsLost?: true;
}

/** Where files go when they have been taken in. */
export const processedFolder = '已处理';
/** What tells people how to use the inbox. */
export const instructionsName = '说明.txt';

/** Folders deeper than this are nobody's way of sorting returns. */
const deepest = 8;

/** The files in the inbox and its folders that people put there; links are not followed. */
export async function filesInInbox(inbox: string): Promise<InboxFile[]> {
  const files = await filesBelow(inbox, 0);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function filesBelow(folder: string, depth: number): Promise<InboxFile[]> {
  if (depth > deepest) return [];
  const found: InboxFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (isLeftAlone(entry, depth)) continue;
    if (entry.isDirectory()) found.push(...(await filesBelow(path, depth + 1)));
    else found.push(...(await asFound(path)));
  }
  return found;
}

/** Ours, the system's, or what a program has not finished yet. */
function isLeftAlone(entry: Dirent, depth: number): boolean {
  const { name } = entry;
  if (entry.isDirectory()) return (depth === 0 && name === processedFolder) || /^[.@#$]/.test(name);
  if (depth === 0 && name === instructionsName) return true;
  return !entry.isFile() || isOfTheSystem(name) || isUnfinished(name);
}

/** What browsers, copying programs and Excel call a file that they are still writing. */
function isUnfinished(name: string): boolean {
  return /\.(?:tmp|part|partial|crdownload|filepart)$/i.test(name) || /^[0-9A-F]{8}$/.test(name);
}

/** Nothing if the file has gone, or has become something else, since its folder was read. */
async function asFound(path: string): Promise<InboxFile[]> {
  try {
    const found = await lstat(path);
    return found.isFile() ? [{ path, size: found.size, changedAt: found.mtimeMs }] : [];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return path.includes('\ufffd') ? [{ path, size: 0, changedAt: 0, nameIsLost: true }] : [];
    }
    throw error;
  }
}
