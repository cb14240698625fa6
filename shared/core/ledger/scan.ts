import { z } from 'zod';
import { sha256, sha256Schema } from '../values/digest.ts';
import { isVisible } from '../values/text.ts';

/** The largest scan that is taken (bytes). */
export const maxScanBytes = 10 * 1024 * 1024;

/** What a scan may be: how its files end, and as what browsers are told to take them. */
export const scanKinds = {
  pdf: { ending: 'pdf', mediaType: 'application/pdf' },
  jpeg: { ending: 'jpg', mediaType: 'image/jpeg' },
  png: { ending: 'png', mediaType: 'image/png' },
} as const;
export const scanKindSchema = z.enum(Object.keys(scanKinds) as (keyof typeof scanKinds)[]);
export type ScanKind = z.infer<typeof scanKindSchema>;

/** The scan of a sheet that was signed and stamped (盖章扫描件), as it is kept. */
export const scanSchema = z.strictObject({
  sha256: sha256Schema,
  size: z.int().min(1).max(maxScanBytes),
  kind: scanKindSchema,
  /** As whoever filed it called it; left out where the way by which it came does not say so. */
  fileName: z.string().min(1).max(255).refine(isVisible).optional(),
});
export type Scan = z.infer<typeof scanSchema>;

/** Why a file is not taken for a scan. */
export type ScanFault = 'empty' | 'too-large' | 'not-a-scan' | 'cut-off';

/** What is said of each, with how to mend it. */
export const scanFaultWords: Record<ScanFault, string> = {
  empty: '文件是空的；请重新扫描，再上传。',
  'too-large': `文件超过 ${maxScanBytes / 1024 / 1024} MB；请用较低的分辨率（例如 200 dpi）重新扫描，或者压缩以后再上传。`,
  'not-a-scan':
    '这个文件不是 PDF、JPEG 或 PNG（看的是文件的内容，不是名称）；请把签字盖章的审签表扫描成这三种之一，再上传。',
  'cut-off': '文件不完整，后面缺了一段，可能没有扫描完或者没有复制完；请重新扫描或重新复制，再上传。',
};

export type ScanReading = { kind: 'scan'; scan: Scan } | { kind: 'fault'; fault: ScanFault };

/** Looks at what somebody files as a scan: what it is its bytes tell, never its name. */
export function readScan(bytes: Uint8Array, fileName?: string): ScanReading {
  if (bytes.length === 0) return { kind: 'fault', fault: 'empty' };
  if (bytes.length > maxScanBytes) return { kind: 'fault', fault: 'too-large' };
  const found = forms.find(({ begins }) => begins(bytes));
  if (found === undefined) return { kind: 'fault', fault: 'not-a-scan' };
  if (!found.ends(bytes)) return { kind: 'fault', fault: 'cut-off' };
  const name = fileName?.slice(0, 255).toWellFormed() ?? '';
  const scan = { sha256: sha256(bytes), size: bytes.length, kind: found.kind };
  return { kind: 'scan', scan: isVisible(name) ? { ...scan, fileName: name } : scan };
}

/** Within so many bytes of the end of a file readers of PDF look for its own end (ISO 32000-1, annex H.3). */
const pdfTail = 1024;

const forms: {
  kind: ScanKind;
  begins: (bytes: Uint8Array) => boolean;
  ends: (bytes: Uint8Array) => boolean;
}[] = [
  {
    kind: 'pdf',
    begins: (bytes) => startsWith(bytes, '%PDF-'),
    ends: (bytes) => Buffer.from(bytes.subarray(-pdfTail)).includes('%%EOF'),
  },
  {
    kind: 'jpeg',
    begins: (bytes) => startsWith(bytes, '\xff\xd8\xff'),
    ends: jpegEnds,
  },
  {
    kind: 'png',
    begins: (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR'),
    ends: (bytes) => Buffer.from(bytes).includes('IEND\xaeB`\x82', 'latin1'),
  },
];

/**
 * Whether a JPEG has its end (EOI) behind the beginning of its picture (SOS): the small pictures that cameras put before that
 * have ends of their own, and behind the end telephones write as much as they like.
 */
function jpegEnds(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; view[at] === 0xff; ) {
    const marker = view[at + 1];
    if (marker === 0xd9) return true;
    if (marker === 0xda) return view.includes('\xff\xd9', at, 'latin1');
    const isFill = marker === 0xff;
    if (!isFill && at + 3 >= view.length) return false;
    at += isFill ? 1 : 2 + view.readUInt16BE(at + 2);
  }
  return false;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text;
}
