import { randomUUID } from 'node:crypto';
import { link, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { privateModes } from './private-modes.ts';
import { hasCode } from './system-error.ts';

/** The name of a file that a process is still writing; it says which. */
const partName = /^\.([0-9]+)\.[0-9a-f-]{36}\.part$/;

/**
 * Writes to a temporary file beside the target, flushed, and then gives it its name in one step, so that nobody
 * ever sees half a file; a hard link does that without replacing what is there.
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array,
  { ifAbsent }: { ifAbsent: boolean },
): Promise<'stored' | 'exists'> {
  const temporary = join(dirname(path), `.${process.pid}.${randomUUID()}.part`);
  try {
    const file = await open(temporary, 'wx', privateModes.file);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (!ifAbsent) {
      await rename(temporary, path);
      return 'stored';
    }
    await link(temporary, path);
    return 'stored';
  } catch (error) {
    if (ifAbsent && hasCode(error, 'EEXIST')) return 'exists';
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Removes the temporary files of processes that were stopped while they wrote; how many there were. To be called before
 * this process writes anything: a file that bears its number is of an earlier one.
 */
export async function removePartFiles(root: string): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const left = entries.filter((entry) => entry.isFile() && isLeft(entry.name));
  await Promise.all(left.map(({ parentPath, name }) => rm(join(parentPath, name), { force: true })));
  return left.length;
}

function isLeft(name: string): boolean {
  const writer = Number(partName.exec(name)?.[1]);
  return writer > 0 && (writer === process.pid || !isRunning(writer));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
