import { inflateRawSync } from 'node:zlib';

/**
 * The limit L that readers are measured against: inflates the sheet and its strings at once and loops over the
 * bytes by hand. It knows the one shape of file it is given, and checks nothing.
 */
export function readAtTheLimit(file: Uint8Array): unknown[] {
  const [strings, sheet] = inflatedParts(file);
  return cells(sheet, sharedStrings(strings), (start, end, whole, number) =>
    whole ? number : Number(sheet.toString('latin1', start, end)),
  );
}

/** The same, but with what our reader gives for a number: its text, under its kind. */
export function readCellsAtTheLimit(file: Uint8Array): unknown[] {
  const [strings, sheet] = inflatedParts(file);
  const texts = sharedStrings(strings).map((text) => ({ kind: 'text', text }));
  return cells(sheet, texts, (start, end) => ({
    kind: 'number',
    text: sheet.toString('latin1', start, end),
  }));
}

/** The shared strings and the first sheet. */
export function inflatedParts(file: Uint8Array): [Buffer, Buffer] {
  const parts = entries(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  return [inflate(parts.get('xl/sharedStrings.xml')), inflate(parts.get('xl/worksheets/sheet1.xml'))];
}

function entries(file: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const end = file.length - 22;
  let at = file.readUInt32LE(end + 16);
  for (let count = file.readUInt16LE(end + 10); count > 0; count--) {
    const nameLength = file.readUInt16LE(at + 28);
    const offset = file.readUInt32LE(at + 42);
    const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
    const name = file.toString('latin1', at + 46, at + 46 + nameLength);
    found.set(name, file.subarray(start, start + file.readUInt32LE(at + 20)));
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return found;
}

function inflate(data: Buffer | undefined): Buffer {
  return data ? inflateRawSync(data, { chunkSize: 1024 * 1024 }) : Buffer.alloc(0);
}

function sharedStrings(xml: Buffer): string[] {
  const strings: string[] = [];
  for (let at = 0; at < xml.length; at++) {
    // <t>
    if (xml[at] !== 0x3c || xml[at + 1] !== 0x74 || xml[at + 2] !== 0x3e) continue;
    const start = at + 3;
    at = start;
    while (xml[at] !== 0x3c) at++;
    strings.push(xml.toString('utf8', start, at));
  }
  return strings;
}

type MakeNumber = (start: number, end: number, whole: boolean, number: number) => unknown;

function cells(xml: Buffer, strings: unknown[], make: MakeNumber): unknown[] {
  const values: unknown[] = [];
  for (let at = 0; at < xml.length; at++) {
    // <c and a space
    if (xml[at] !== 0x3c || xml[at + 1] !== 0x63 || xml[at + 2] !== 0x20) continue;
    at += 6;
    let column = 0;
    for (; (xml[at] ?? 0) >= 65; at++) column = column * 26 + (xml[at] ?? 0) - 64;
    let row = 0;
    for (; xml[at] !== 34; at++) row = row * 10 + (xml[at] ?? 0) - 48;
    let shared = false;
    for (; xml[at] !== 0x3e; at++) if (xml[at] === 0x74 && xml[at + 3] === 0x73) shared = true;
    // <v>
    while (xml[at] !== 0x3c || xml[at + 1] !== 0x76) at++;
    const start = at + 3;
    at = start;
    let number = 0;
    let whole = true;
    for (; xml[at] !== 0x3c; at++) {
      const digit = (xml[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) whole = false;
      number = number * 10 + digit;
    }
    if (shared) values.push({ row, column, value: strings[number] });
    else values.push({ row, column, value: make(start, at, whole, number) });
  }
  return values;
}
