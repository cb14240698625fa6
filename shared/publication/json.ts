const encoder = new TextEncoder();

/** A value as a JSON file for people and programs: indented, with a final newline, keys in the order given. */
export function jsonFile(value: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify(value, null, 2)}\n`);
}
