import { crc32, deflateSync, inflateSync } from 'node:zlib';

interface Pixels {
  width: number;
  height: number;
  /** Three bytes a pixel, line after line. */
  rgb: Uint8Array;
}

/** The picture as a PNG of at most 256 colours: about a third of the size, and pages have few more. */
export function withPalette(png: Uint8Array): Uint8Array {
  const { width, height, rgb } = decode(png);
  const { palette, indices } = paletteFor(coloursOf(rgb));
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      lines[y * (width + 1) + 1 + x] = indices.get(colourAt(rgb, y * width + x)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function colourAt(rgb: Uint8Array, pixel: number): number {
  return (rgb[3 * pixel]! << 16) | (rgb[3 * pixel + 1]! << 8) | rgb[3 * pixel + 2]!;
}

/** Every colour, with how often it comes. */
function coloursOf(rgb: Uint8Array): Map<number, number> {
  const colours = new Map<number, number>();
  for (let pixel = 0; 3 * pixel < rgb.length; pixel++) {
    const colour = colourAt(rgb, pixel);
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  return colours;
}

/** The commonest colours, and of the rest those that are farthest from all taken so far; and which stands for which. */
function paletteFor(colours: Map<number, number>): { palette: number[]; indices: Map<number, number> } {
  const byCount = [...colours.keys()].toSorted((a, b) => (colours.get(b) ?? 0) - (colours.get(a) ?? 0));
  const palette: number[] = [];
  const indices = new Map<number, number>();
  const distances = new Map(byCount.map((colour) => [colour, Number.POSITIVE_INFINITY]));
  const take = (taken: number) => {
    for (const [colour, before] of distances) {
      const now = distance(colour, taken);
      if (now >= before) continue;
      distances.set(colour, now);
      indices.set(colour, palette.length);
    }
    palette.push(taken);
  };
  for (const colour of byCount.slice(0, 128)) take(colour);
  while (palette.length < 256) {
    const farthest = byCount.reduce((a, b) => ((distances.get(b) ?? 0) > (distances.get(a) ?? 0) ? b : a));
    if (distances.get(farthest) === 0) break;
    take(farthest);
  }
  return { palette, indices };
}

function distance(a: number, b: number): number {
  return [16, 8, 0].reduce((sum, bits) => sum + (((a >> bits) & 255) - ((b >> bits) & 255)) ** 2, 0);
}

/** Decodes a PNG as browsers write screenshots: eight bits, three or four channels, not interlaced. */
function decode(png: Uint8Array): Pixels {
  const view = Buffer.from(png);
  const [width, height, channels] = [
    view.readUInt32BE(16),
    view.readUInt32BE(20),
    view[25] === 6 ? 4 : 3,
  ] as const;
  const parts: Buffer[] = [];
  for (let at = 8; at < view.length; at += view.readUInt32BE(at) + 12) {
    const isData = view.toString('latin1', at + 4, at + 8) === 'IDAT';
    if (isData) parts.push(view.subarray(at + 8, at + 8 + view.readUInt32BE(at)));
  }
  const bytes = unfiltered(inflateSync(Buffer.concat(parts)), width * channels, channels);
  return { width, height, rgb: channels === 3 ? bytes : bytes.filter((_, index) => index % 4 !== 3) };
}

function unfiltered(data: Uint8Array, stride: number, channels: number): Uint8Array {
  const height = data.length / (stride + 1);
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : out[y * stride + x - channels]!;
      const above = y === 0 ? 0 : out[(y - 1) * stride + x]!;
      const corner = x < channels || y === 0 ? 0 : out[(y - 1) * stride + x - channels]!;
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]!;
      out[y * stride + x] = data[y * (stride + 1) + 1 + x]! + predicted;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
