import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { lock } from '../../fixtures/hostile/other-kinds.ts';
import { type Fixture, workbookBytes, workbookParts, zipped } from '../../fixtures/spreadsheetml.ts';
import { good } from './one-number.ts';
import { rulesOf } from './refusals.ts';

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
    ['what Excel keeps beside an open workbook', lock, 'file-is-lock'],
    ['165 other bytes', Buffer.alloc(165, 7), 'file-is-not-a-workbook'],
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
