import { gzip } from 'node:zlib';
import { type AsyncZippable, zip } from 'fflate';
import { packTar } from 'modern-tar';

/** A file of a package: where it lies in its folder, with slashes on every system. */
export interface PackedFile {
  path: string;
  bytes: Uint8Array;
  /** Whether it is run by its name, which Linux has to be told. */
  executable?: boolean;
}

/** The kinds of archives, by their ending: what the system unpacks that they are for. */
export const archivers = { zip: zipArchive, 'tar.gz': tarArchive } as const;

/** The first moment that a zip can tell, so that the same files make the same archive whenever it is made. */
const zipStart = new Date(1980, 0, 1);
const tarStart = new Date('1980-01-01T00:00:00Z');

/** As an archive from Unix says of each file: a plain one, that all may read and its owner change. */
const plainFile = { os: 3, attrs: 0o100644 << 16 };

/**
 * Names that are not ASCII are written, and flagged, as UTF-8; where an archive is not from Unix, Info-ZIP takes them
 * for something else all the same. fflate takes the time as clocks here show it.
 */
function zipArchive(folder: string, files: readonly PackedFile[]): Promise<Uint8Array> {
  const entries: AsyncZippable = {};
  for (const { path, bytes } of inOrder(files)) entries[`${folder}/${path}`] = bytes;
  return new Promise((resolve, reject) => {
    const written = (error: Error | null, archive: Uint8Array) => (error ? reject(error) : resolve(archive));
    zip(entries, { mtime: zipStart, ...plainFile }, written);
  });
}

/** Everything belongs to nobody in particular; gzip of Node writes no time. */
async function tarArchive(folder: string, files: readonly PackedFile[]): Promise<Uint8Array> {
  const entries = inOrder(files).map(({ path, bytes, executable }) => ({
    header: {
      name: `${folder}/${path}`,
      type: 'file' as const,
      size: bytes.length,
      mode: executable ? 0o755 : 0o644,
      mtime: tarStart,
      uid: 0,
      gid: 0,
    },
    body: bytes,
  }));
  const archive = await packTar(entries);
  return new Promise((resolve, reject) => {
    gzip(archive, (error, packed) => (error ? reject(error) : resolve(packed)));
  });
}

function inOrder(files: readonly PackedFile[]): PackedFile[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
