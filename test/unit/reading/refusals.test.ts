import { crc32 } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { findingSchema } from '../../../shared/core/returns/finding.ts';
import { type ReadingLimits, readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { deflated, headersOf, type RawEntry, rawZip, tampered } from '../../fixtures/hostile-zip.ts';
import { type Fixture, workbookBytes, workbookParts, zipped } from '../../fixtures/spreadsheetml.ts';

const one = '<row r="1"><c r="A1"><v>1</v></c></row>';
const good = workbookBytes({ sheets: [{ rows: one }] });
const sheet = 'xl/worksheets/sheet1.xml';

async function rulesOf(bytes: Uint8Array, limits: Partial<ReadingLimits> = {}): Promise<string[]> {
  const { findings } = await readWorkbook(bytes, limits);
  for (const finding of findings) {
    findingSchema.parse(finding);
    expect(finding.message).toMatch(/^[^,;:!?]*[。]$/);
    expect(finding.message).toMatch(/请|系统/);
  }
  return findings.map(({ rule }) => rule);
}

type Write = 'writeUInt16LE' | 'writeUInt32LE';
function both(bytes: Buffer, write: Write, value: number, central: number, local: number): void {
  bytes[write](value, central);
  bytes[write](value, local);
}

const latin = (text: string) => Buffer.from(text, 'latin1');
const gbk = Buffer.from('b2bfc3c52cbcfecafd0ac6c0b2bf2c31320a', 'hex');
const ole = (stream: string) => {
  const bytes = Buffer.alloc(4096);
  bytes.write('d0cf11e0a1b11ae1', 'hex');
  bytes.write(`${stream}\0`, 1024, 'utf16le');
  return bytes;
};
const odf = (mimetype: string) =>
  zipSync({ mimetype: [Buffer.from(mimetype), { level: 0 }], 'content.xml': Buffer.from('<x/>') });

describe('what is no workbook is named', () => {
  test.each<[what: string, bytes: Uint8Array, rule: string]>([
    ['an empty file', Buffer.alloc(0), 'file-is-empty'],
    ['a file of zeros', Buffer.alloc(5000), 'file-is-empty'],
    ['blank lines', latin('\r\n \r\n'), 'file-is-empty'],
    ['an old workbook', ole('Workbook'), 'file-is-old-xls'],
    ['a very old workbook', latin('\x09\x08\x08\0\0\x05'), 'file-is-old-xls'],
    ['a workbook with a password', ole('EncryptedPackage'), 'file-is-encrypted'],
    ['a file encrypted by office software', latin('b\x14#e\x02\x03E-SafeNet LOCK'), 'file-is-encrypted'],
    ['an old Word document', ole('WordDocument'), 'file-is-word'],
    ['an old presentation', ole('PowerPoint Document'), 'file-is-presentation'],
    ['a PDF', latin('%PDF-1.7\n'), 'file-is-pdf'],
    ['a PNG', latin('\x89PNG\r\n\x1a\n'), 'file-is-picture'],
    ['a JPEG', latin('\xff\xd8\xff\xe0\0\x10JFIF'), 'file-is-picture'],
    ['an SVG', latin('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'file-is-picture'],
    ['a RAR archive', latin('Rar!\x1a\x07'), 'file-is-archive'],
    ['an RTF document', latin('{\\rtf1\\ansi'), 'file-is-word'],
    ['a page', latin('<html><table><tr><td>1</td></tr></table></html>'), 'file-is-html'],
    [
      'a page in UTF-16',
      Buffer.from('\ufeff<table><tr><td>部门</td></tr></table>', 'utf16le'),
      'file-is-html',
    ],
    ['a web archive', latin('MIME-Version: 1.0\r\nContent-Type: multipart/related'), 'file-is-html'],
    [
      'a spreadsheet in XML',
      latin('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
      'file-is-xml',
    ],
    ['other XML', latin('<?xml version="1.0"?><data/>'), 'file-is-xml'],
    ['a CSV in UTF-8', Buffer.from('部门,件数\n甲,12\n'), 'file-is-csv'],
    ['a CSV in UTF-8 with a mark', Buffer.from('\ufeff部门,件数\n甲,12\n'), 'file-is-csv'],
    ['a CSV in UTF-16', Buffer.from('\ufeff部门\t件数\n甲\t12\n', 'utf16le'), 'file-is-csv'],
    ['a CSV in GBK', gbk, 'file-is-csv'],
    ['a long CSV cut in a character', Buffer.from(`部门,${'件'.repeat(70_000)}`), 'file-is-csv'],
    ['a text', Buffer.from('三月份没有数据'), 'file-is-text'],
    ['something else', Buffer.from([1, 2, 3, 0, 255, 254, 7]), 'file-is-not-a-workbook'],
    ['an OpenDocument sheet', odf('application/vnd.oasis.opendocument.spreadsheet'), 'file-is-ods'],
    ['a flat OpenDocument sheet', latin('<?xml version="1.0"?><office:document/>'), 'file-is-ods'],
    ['an OFD document', zipped({ 'OFD.xml': '<x/>' }), 'file-is-ofd'],
    ['a Numbers document', zipped({ 'Index/Document.iwa': 'x' }), 'file-is-numbers'],
    ['an archive of workbooks', zipped({ '三月.xlsx': good }), 'file-is-archive'],
    ['another archive', zipped({ 'a.txt': 'x' }), 'file-is-not-a-workbook'],
    ['an empty archive', zipSync({}), 'file-is-not-a-workbook'],
  ])('%s', async (_, bytes, rule) => {
    expect(await rulesOf(bytes)).toEqual([rule]);
  });

  const relation = (target: string) => ({
    parts: { '_rels/.rels': String(workbookParts()['_rels/.rels']).replace('xl/workbook.xml', target) },
  });
  test.each<[what: string, fixture: Fixture, rule: string]>([
    [
      'a Word document',
      {
        parts: {
          'xl/workbook.xml':
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
        },
      },
      'file-is-word',
    ],
    [
      'a presentation',
      {
        parts: {
          'xl/workbook.xml':
            '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>',
        },
      },
      'file-is-presentation',
    ],
    ['a binary workbook', relation('xl/workbook.bin'), 'file-is-xlsb'],
  ])('%s', async (_, fixture, rule) => {
    expect(await rulesOf(workbookBytes(fixture))).toEqual([rule]);
  });
});

describe('a zip is refused', () => {
  const changed = (name: string, change: (bytes: Buffer, at: { central: number; local: number }) => void) =>
    tampered(good, (bytes) => change(bytes, headersOf(good, name)));
  const entry = (name: string, content = '<x/>', more: Partial<RawEntry> = {}): RawEntry => ({
    name,
    data: deflated(Buffer.from(content)),
    size: Buffer.byteLength(content),
    crc: crc32(content),
    ...more,
  });
  const zeros = (size: number, more: Partial<RawEntry> = {}): RawEntry => ({
    name: sheet,
    data: deflated(Buffer.alloc(size, 32)),
    size,
    ...more,
  });

  test.each<[what: string, bytes: Uint8Array, rule: string]>([
    ['cut at half', good.slice(0, good.length / 2), 'file-truncated'],
    ['without its last byte', good.slice(0, -1), 'file-truncated'],
    ['followed by another file', Buffer.concat([good, good.slice(0, 100)]), 'file-truncated'],
    ['with bytes before it', Buffer.concat([Buffer.from('PK\x03\x04'), good]), 'file-damaged'],
    [
      'with a wrong CRC',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt32LE', 1, at.central + 16, at.local + 14)),
      'file-crc',
    ],
    [
      'with damaged data',
      changed(sheet, (bytes, at) =>
        bytes.fill(0xff, at.local + 30 + sheet.length, at.local + 40 + sheet.length),
      ),
      'file-damaged',
    ],
    [
      'with a CRC that differs in its two headers',
      changed(sheet, (bytes, at) => bytes.writeUInt32LE(1, at.local + 14)),
      'file-damaged',
    ],
    [
      'with a method that differs',
      changed(sheet, (bytes, at) => bytes.writeUInt16LE(0, at.local + 8)),
      'file-damaged',
    ],
    [
      'with flags that differ',
      changed(sheet, (bytes, at) => bytes.writeUInt16LE(1, at.local + 6)),
      'file-damaged',
    ],
    [
      'with a name that differs',
      changed(sheet, (bytes, at) => bytes.write('XL', at.local + 30)),
      'file-damaged',
    ],
    [
      'with an unknown method',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt16LE', 12, at.central + 10, at.local + 8)),
      'file-damaged',
    ],
    [
      'with a password',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt16LE', 1, at.central + 8, at.local + 6)),
      'file-is-encrypted',
    ],
    [
      'that says less than it inflates to',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt32LE', 9, at.central + 24, at.local + 22)),
      'file-inflates-too-far',
    ],
    [
      'that says more than it inflates to',
      changed(sheet, (bytes, at) => both(bytes, 'writeUInt32LE', 9999, at.central + 24, at.local + 22)),
      'file-damaged',
    ],
    [
      'whose large entry inflates to more than it says',
      rawZip([
        ...Object.entries(workbookParts())
          .filter(([name]) => name !== sheet)
          .map(([name, xml]) => entry(name, String(xml))),
        zeros(40_000_000, { size: 1_100_000 }),
      ]),
      'file-inflates-too-far',
    ],
    ['with an entry of 65 MiB', rawZip([zeros(65 * 1024 * 1024)]), 'file-bomb'],
    ['with a ratio above 200', rawZip([zeros(2 * 1024 * 1024)]), 'file-bomb'],
    [
      'with three entries of 50 MiB',
      rawZip(
        [0, 1, 2].map((index) =>
          entry(`${index}`, 'x', { size: 50 * 1024 * 1024, data: Buffer.alloc(300_000) }),
        ),
      ),
      'file-bomb',
    ],
    ['with 2001 entries', rawZip(Array.from({ length: 2001 }, (_, index) => entry(`${index}`))), 'file-bomb'],
    ['with an entry twice', rawZip([entry('a.xml'), entry('a.xml')]), 'file-duplicate-entry'],
    [
      'with two entries that differ by case',
      rawZip([entry('a/b.xml'), entry('A\\B.xml')]),
      'file-duplicate-entry',
    ],
    [
      'with entries that share their data',
      rawZip([
        entry('a.xml'),
        entry('b.xml', '<x/>', { localName: 'b.xml' }),
        entry('b.xml2', '<x/>', { sameDataAs: 1, localName: 'b.xml' }),
      ]),
      'file-damaged',
    ],
    [
      'with two entries at one place',
      rawZip([entry('a.xml'), { ...entry('b.xml'), sameDataAs: 0 }]),
      'file-damaged',
    ],
    ['with a name that climbs', rawZip([entry('../a.xml')]), 'file-entry-name'],
    ['with a name with a zero', rawZip([entry('a\0.xml')]), 'file-entry-name'],
    ['with an absolute name', rawZip([entry('C:\\a.xml')]), 'file-entry-name'],
    ['without a name', rawZip([entry('')]), 'file-entry-name'],
  ])('%s', async (_, bytes, rule) => {
    expect(await rulesOf(bytes)).toEqual([rule]);
  });

  test('whose entries overlap', async () => {
    const inner = entry('b.xml');
    const outer = rawZip([
      {
        ...entry('a.xml'),
        method: 0,
        data: Buffer.concat([rawZip([inner]).slice(0, 35 + inner.data.length)]),
      },
      inner,
    ]);
    const overlapping = tampered(outer, (bytes) => {
      const { central } = headersOf(outer, 'b.xml');
      bytes.writeUInt32LE(30 + 'a.xml'.length, central + 42);
    });
    expect(await rulesOf(overlapping)).toEqual(['file-overlapping-entries']);
  });
});

describe('bounds', () => {
  const rows = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => `<row r="${index + 1}"><c r="A${index + 1}" t="inlineStr"><is><t>文字</t></is></c></row>`,
    ).join('');
  const many = workbookBytes({
    sheets: [{ rows: rows(10) }, { rows: rows(10) }],
    strings: '<si><t>a</t></si>'.repeat(9),
    styles: [0, 0, 0],
  });

  test.each<[limit: Partial<ReadingLimits>, rule: string]>([
    [{ bytes: 100 }, 'file-too-large'],
    [{ entries: 5 }, 'file-bomb'],
    [{ inflatedBytesPerEntry: 500 }, 'file-bomb'],
    [{ inflatedBytes: 2000 }, 'file-bomb'],
    [{ sheets: 1 }, 'file-too-many-sheets'],
    [{ cells: 19 }, 'file-too-many-cells'],
    [{ sharedStrings: 8 }, 'file-too-many-strings'],
    [{ styles: 2 }, 'file-too-many-styles'],
    [{ textInAll: 40 }, 'file-too-much-text'],
    [{ tokenLength: 5 }, 'file-token-too-long'],
    [{ steps: 100 }, 'file-too-much-work'],
  ])('%o', async (limit, rule) => {
    const [name, value] = Object.entries(limit)[0] ?? [];
    const bytes = name === 'tokenLength' ? workbookBytes({ sheets: [{ xml: '<worksheet' }] }) : many;
    expect(await rulesOf(bytes, limit)).toEqual([rule]);
    expect(await rulesOf(many, { [name ?? '']: Number(value) + 1_000_000 })).toEqual([]);
  });

  test('merges, hidden rows and array formulas are bounded', async () => {
    const merges = `<mergeCells>${'<mergeCell ref="A1:B2"/>'.repeat(11)}</mergeCells>`;
    expect(await rulesOf(workbookBytes({ sheets: [{ after: merges }] }), { ranges: 10 })).toEqual([
      'file-too-many-ranges',
    ]);
    const hidden = Array.from({ length: 11 }, (_, index) => `<row r="${index * 2 + 1}" hidden="1"/>`).join(
      '',
    );
    expect(await rulesOf(workbookBytes({ sheets: [{ rows: hidden }] }), { ranges: 10 })).toEqual([
      'file-too-many-ranges',
    ]);
  });

  test('reading stops after many findings', async () => {
    const bad = '<row r="1"><c r="A1"><v>x</v></c></row>'.repeat(200);
    const found = await rulesOf(workbookBytes({ sheets: [{ rows: bad }] }), { findings: 5 });
    expect(found).toEqual([...Array(5).fill('file-cell-number'), 'file-too-many-findings']);
  });
});
