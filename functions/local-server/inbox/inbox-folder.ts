import type { Dirent } from 'node:fs';
import { lstat, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { privateModes } from '../../../shared/adapters/private-modes.ts';
import { hasCode } from '../../../shared/adapters/system-error.ts';
import { isOfTheSystem, journalName } from '../../use-cases/returned-files.ts';

/** A file that somebody put into the inbox, as it was when it was last looked at. */
export interface InboxFile {
  path: string;
  /** Another file by the same name has another. */
  inode: number;
  size: number;
  /** When its contents were last changed (milliseconds). */
  changedAt: number;
}

/** Something in the inbox that is not read, and why, in words for the office. */
export interface SkippedFile {
  path: string;
  reason: string;
}

export interface InboxContents {
  files: InboxFile[];
  skipped: SkippedFile[];
}

/** Where files go when they have been taken in. */
export const processedFolder = '已处理';
/** What tells people how to use the inbox. */
export const instructionsName = '说明.txt';

/** Folders deeper than this are nobody's way of sorting returns. */
const deepest = 8;

/** The files in the inbox and its folders that people put there, and what is left alone; links are not followed. */
export async function contentsOf(inbox: string): Promise<InboxContents> {
  const contents: InboxContents = { files: [], skipped: [] };
  await addEntries(await readdir(inbox, { withFileTypes: true }), { folder: inbox, depth: 0 }, contents);
  contents.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return contents;
}

interface Level {
  folder: string;
  depth: number;
}

async function addEntries(
  entries: readonly Dirent[],
  { folder, depth }: Level,
  to: InboxContents,
): Promise<void> {
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (isOurs(entry, depth) || isLeftThere(entry)) continue;
    const reason = reasonToSkip(entry, depth);
    if (reason !== undefined) to.skipped.push({ path, reason });
    else if (entry.isDirectory()) await addFolder({ folder: path, depth: depth + 1 }, to);
    else to.files.push(...(await asFound(path)));
  }
}

/** One folder that cannot be read keeps nobody from the others. */
async function addFolder(level: Level, to: InboxContents): Promise<void> {
  try {
    await addEntries(await readdir(level.folder, { withFileTypes: true }), level, to);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    to.skipped.push({ path: level.folder, reason: '文件夹打不开；请检查它的访问权限。' });
  }
}

function isOurs({ name }: Dirent, depth: number): boolean {
  return depth === 0 && (name === processedFolder || name === instructionsName);
}

/** What storage devices, systems and spreadsheet programs leave in every shared folder. */
function isLeftThere(entry: Dirent): boolean {
  if (entry.name === journalName) return false;
  return (
    isOfTheSystem(entry.name) ||
    (entry.isDirectory() && /^(?:\.|@eaDir$|#recycle$|\$RECYCLE\.BIN$)/i.test(entry.name))
  );
}

function reasonToSkip(entry: Dirent, depth: number): string | undefined {
  if (entry.name.includes('\ufffd')) return '名称不是 UTF-8 编码，按显示的名称打不开；请改名。';
  if (entry.isDirectory()) {
    if (/^[@#$]/.test(entry.name)) return '名称以 @、# 或 $ 开头的文件夹不读取；请改名。';
    return depth < deepest ? undefined : `文件夹超过 ${deepest} 层；请把文件移到上层。`;
  }
  if (entry.isSymbolicLink()) return '这是链接，不是文件；请放入文件本身。';
  if (entry.name === journalName) return journalReason;
  if (!entry.isFile()) return '这不是文件，而是管道或设备；请移走。';
  return isUnfinished(entry.name) ? '名称像是没有下载或保存完的临时文件；确已完整的，请改名。' : undefined;
}

/** Who may put files in here is not known to be the office, which alone says when something was handed in. */
const journalReason =
  '收件箱里的时间说明不采用，文件按收到的时间登记；代收的材料请由法制机构用 indicators submit 报送。';

/** What browsers, copying programs and Excel call a file that they are still writing. */
function isUnfinished(name: string): boolean {
  return /\.(?:tmp|part|partial|crdownload|filepart)$/i.test(name) || /^[0-9A-F]{8}$/.test(name);
}

/** Nothing if the file has gone, or has become something else, since its folder was read. */
async function asFound(path: string): Promise<InboxFile[]> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) return [];
    return [{ path, inode: found.ino, size: found.size, changedAt: found.mtimeMs }];
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Whether a file is still the one that was found, unchanged. */
export function isSameFile(
  { inode, size, changedAt }: InboxFile,
  now: { ino: number; size: number; mtimeMs: number },
): boolean {
  return now.ino === inode && now.size === size && now.mtimeMs === changedAt;
}

/**
 * Makes the inbox if there is none, with a file that says how it is used. Then it is private, as all else that the
 * program makes; one that others should reach is made by whoever lets them, who says whom.
 */
export async function prepareInbox(inbox: string): Promise<void> {
  if (await isThere(inbox)) return;
  await mkdir(inbox, { recursive: true, mode: privateModes.folder });
  const text = noteFile(instructions);
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

const instructions: readonly string[] = [
  '月报收件箱',
  '',
  '把填好的工作簿放进本文件夹，几秒钟后系统就会收走。由程序放入的，最好先以 .part 结尾的名称写完，再改名。',
  '',
  '用本系统下载的填报模板填写的工作簿，文件名可以任意，放在哪个文件夹都可以：表内标识说明是谁的、哪一期的。',
  '文件夹或文件名也写了部门、报告期的（例如 sfj\\2024-03），要与表内标识一致；不一致的不接收，会请您核对。',
  '',
  `收走的文件移到“${processedFolder}”文件夹，按日期存放，不会删除，也不会覆盖同名文件。`,
  '没有接收的，或者有需要核对的，旁边会多出一个以“校验结果”结尾的文件，标出每一处问题和改正的办法；',
  '改好后可以直接把它放回本文件夹。',
];

/** A text file that every Windows editor shows as it is meant: with a mark of its encoding and Windows line ends. */
export function noteFile(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);
}
