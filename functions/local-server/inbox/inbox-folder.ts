import type { Dirent } from 'node:fs';
import { lstat, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { privateModes } from '../../../shared/adapters/private-modes.ts';
import { hasCode } from '../../../shared/adapters/system-error.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { isOfTheSystem } from '../../use-cases/returned-files.ts';

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
    if (hasCode(error, 'ENOENT')) {
      return path.includes('\ufffd') ? [{ path, size: 0, changedAt: 0, nameIsLost: true }] : [];
    }
    throw error;
  }
}

/**
 * Makes the inbox if there is none, with a file that says how it is used. Then it is private, as all else that the
 * program makes; one that others should reach is made by whoever lets them, who says whom.
 */
export async function prepareInbox(inbox: string, catalogue: Catalogue): Promise<void> {
  if (await isThere(inbox)) return;
  await mkdir(inbox, { recursive: true, mode: privateModes.folder });
  const text = noteFile(instructions(catalogue));
  await writeFile(join(inbox, instructionsName), text, { mode: privateModes.file });
}

/** How folders and files are made in the inbox: for those who may read the inbox itself. */
export async function modesIn(inbox: string): Promise<typeof privateModes> {
  const { mode } = await stat(inbox);
  return { folder: mode & 0o777, file: mode & 0o666 };
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function instructions({ authority, departments, periods, year }: Catalogue): string[] {
  const [first] = departments;
  const period = periods[0]?.period ?? `${year}-01`;
  const example = first === undefined ? '' : `（例如 ${first.id}\\${period}）`;
  return [
    `${authority}月报收件箱`,
    '',
    '把填好的月报工作簿放进本文件夹，几秒钟后系统就会收走。',
    '',
    '用本系统下载的填报模板填写的工作簿，文件名可以任意，放在哪个文件夹都可以：表内标识说明是谁的、哪个月的。',
    `文件夹或文件名也写了部门、月份的${example}，要与表内标识一致；不一致的不接收，会请您核对。`,
    '',
    `收走的文件移到“${processedFolder}”文件夹，按日期存放，不会删除，也不会覆盖同名文件。`,
    '没有接收的，或者有需要核对的，旁边会多出一个以“校验结果”结尾的文件，标出每一处问题和改正的办法；',
    '改好后可以直接把它放回本文件夹。',
    '',
    '部门代码：',
    ...departments.map(({ id, name }) => `  ${id}  ${name}`),
  ];
}

/** A text file that every Windows editor shows as it is meant: with a mark of its encoding and Windows line ends. */
export function noteFile(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);
}
