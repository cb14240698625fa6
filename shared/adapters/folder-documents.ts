import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { assertDocumentKey, type Documents, type StoredDocument } from '../core/ledger/ports.ts';
import { privateModes } from './private-modes.ts';
import { hasCode } from './system-error.ts';
import { writeWhole } from './whole-file.ts';

/** Documents as files in folders that a person can open, but no other account. Keys are paths below `root`. */
export function folderDocuments(root: string): Documents {
  return {
    async get(key) {
      try {
        return new Uint8Array(await readFile(pathOf(root, key)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async put(key, bytes, { ifAbsent = false } = {}) {
      const path = pathOf(root, key);
      await mkdir(dirname(path), { recursive: true, mode: privateModes.folder });
      return writeWhole(path, bytes, { ifAbsent });
    },
    async list(prefix) {
      if (!prefix.endsWith('/')) throw new RangeError(`a prefix ends with "/": ${prefix}`);
      return (await filesBelow(root, prefix.slice(0, -1))).sort((a, b) => (a.key < b.key ? -1 : 1));
    },
  };
}

function pathOf(root: string, key: string): string {
  assertDocumentKey(key);
  return join(root, ...key.split('/'));
}

async function filesBelow(root: string, folder: string): Promise<StoredDocument[]> {
  const top = pathOf(root, folder);
  try {
    const entries = await readdir(top, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
    return await Promise.all(
      files.map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const key = relative(root, path).split(sep).join('/');
        return { key, size: (await stat(path)).size };
      }),
    );
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT', 'ENOTDIR');
}
