import { describe, expect, it } from 'vitest';
import { maxScanBytes, readScan, scanFaultWords } from '../../../../shared/core/ledger/scan.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { madeScan } from '../../../fixtures/scans.ts';

const text = (words: string) => new TextEncoder().encode(words);
const zeros = (length: number) => new Uint8Array(length);

describe('a scan', () => {
  it.each(['pdf', 'jpeg', 'png'] as const)('is a %s by its bytes, whatever it is called', (kind) => {
    const bytes = madeScan(kind);
    const scan = { sha256: sha256(bytes), size: bytes.length, kind };
    expect(readScan(bytes, '报表.exe')).toEqual({ kind: 'scan', scan: { ...scan, fileName: '报表.exe' } });
    expect(readScan(bytes)).toEqual({ kind: 'scan', scan });
    expect(readScan(bytes, ' \u200b')).toEqual({ kind: 'scan', scan });
  });

  it.each([
    ['pdf', 1000],
    ['jpeg', 50_000],
    ['png', 50_000],
  ] as const)('may have bytes behind the end of a %s (%i), and not be cut off', (kind, most) => {
    const bytes = madeScan(kind);
    expect(readScan(Buffer.concat([bytes, zeros(most)])).kind).toBe('scan');
    expect(readScan(bytes.subarray(0, -6))).toEqual({ kind: 'fault', fault: 'cut-off' });
  });

  it('is a JPEG that was cut off, whatever ends in the small picture before it or in its lengths', () => {
    const whole = Buffer.from('ffd8ffe00010ffd9ffd9ffd9ffd9ffd9ffd9ffd9ffda00021234ff00ffd9', 'hex');
    expect(readScan(whole).kind).toBe('scan');
    const cut: [string, number][] = [
      ['in its picture', -2],
      ['before its picture', 20],
      ['in a length', 5],
    ];
    for (const [where, end] of cut)
      expect([where, readScan(whole.subarray(0, end))]).toEqual([where, { kind: 'fault', fault: 'cut-off' }]);
  });

  it.each([
    ['whole, where bytes that say nothing stand before a mark', 'ffd8ffe00004abcdffffffd9', 'scan'],
    ['cut off, where something else stands in place of a mark', 'ffd8ffe00004abcd00d9', 'fault'],
    ['cut off, where it ends within a mark', 'ffd8ffe00004abcdff', 'fault'],
  ])('is a JPEG that is %s', (_, hex, kind) => {
    expect(readScan(Buffer.from(hex, 'hex')).kind).toBe(kind);
  });

  it('keeps of a name what fits, and no half character', () => {
    const reading = readScan(madeScan('png'), `${'长'.repeat(254)}\u{20000}.png`);
    expect(reading.kind === 'scan' && reading.scan.fileName).toBe(`${'长'.repeat(254)}\ufffd`);
  });

  it.each([
    ['nothing', zeros(0), 'empty'],
    ['zeros', zeros(100), 'not-a-scan'],
    ['a workbook', text('PK\u0003\u0004'), 'not-a-scan'],
    ['a page', text('<!doctype html><script>alert(1)</script>%%EOF'), 'not-a-scan'],
    ['a page that names a PDF', text('<html>%PDF-1.7 %%EOF'), 'not-a-scan'],
    ['a drawing', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not-a-scan'],
    ['a TIFF', text('II*\0'), 'not-a-scan'],
    ['the beginning of a PNG', madeScan('png').subarray(0, 12), 'not-a-scan'],
    ['more than may be', zeros(maxScanBytes + 1), 'too-large'],
  ] as const)('is not %s', (_, bytes, fault) => {
    expect(readScan(bytes)).toEqual({ kind: 'fault', fault });
    expect(scanFaultWords[fault]).toMatch(/；请.*。$/);
  });

  it('is taken up to its largest size', () => {
    const pdf = madeScan('pdf');
    const largest = Buffer.concat([pdf.subarray(0, 10), zeros(maxScanBytes - pdf.length), pdf.subarray(10)]);
    expect(readScan(largest)).toMatchObject({ kind: 'scan', scan: { size: maxScanBytes } });
  });
});
