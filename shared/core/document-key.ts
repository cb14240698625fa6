/**
 * Throws unless the key names a document in every store: relative, `/` between names, none of them empty, `.` or
 * `..`, nothing in it that a file system or S3 takes for something else. Keys are made by the program, so a bad
 * one is a fault of the program.
 */
export function assertDocumentKey(key: string): void {
  if (key.split('/').some((name) => name === '' || name === '.' || name === '..' || /[\\\0]/.test(name))) {
    throw new RangeError(`not a document key: ${JSON.stringify(key)}`);
  }
}
