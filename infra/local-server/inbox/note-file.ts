/** A text file that every Windows editor shows as it is meant: with a mark of its encoding and Windows line ends. */
export function noteFile(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);
}
