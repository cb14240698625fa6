import { describe, expect, test } from 'vitest';
import { sendTheOriginal } from '../../../shared/workbook/reading/advice.ts';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { headersOf, tampered } from '../../fixtures/hostile-zip.ts';
import { workbookBytes, workbookParts, zipped } from '../../fixtures/spreadsheetml.ts';
import { good } from './one-number.ts';

const sheet = 'xl/worksheets/sheet1.xml';
const said = async (bytes: Uint8Array) => (await readWorkbook(bytes)).findings.map(({ message }) => message);
const withSheet = (xml: string | Uint8Array) => workbookBytes({ parts: { [sheet]: xml } });

describe('to save a file again', () => {
  test.each<[what: string, bytes: Uint8Array]>([
    ['that is random bytes', Buffer.from([1, 2, 3, 0, 255, 254, 7])],
    ['that was cut off', good.slice(0, good.length / 2)],
    ['that is a text', Buffer.from('hello')],
    ['that is a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['that is an archive of something else', zipped({ 'a.bin': 'x' })],
    ['of zeros', Buffer.alloc(5000)],
  ])('%s is no advice: neither Excel nor WPS opens it', async (_, bytes) => {
    const messages = await said(bytes);
    expect(messages).toHaveLength(1);
    expect(messages.join()).not.toMatch(/另存|打开后/);
  });

  test.each<[what: string, bytes: Uint8Array]>([
    [
      'whose CRC is wrong',
      tampered(good, (bytes) => {
        const at = headersOf(good, sheet);
        bytes.writeUInt32LE(1, at.central + 16);
        bytes.writeUInt32LE(1, at.local + 14);
      }),
    ],
    ['whose directory is wrong', tampered(good, (bytes) => void bytes.writeUInt32LE(0, bytes.length - 6))],
    ['whose XML ends too early', withSheet('<worksheet')],
    ['with an entity', withSheet('<worksheet><sheetData><row r="&nbsp;"/></sheetData></worksheet>')],
    ['that is not in UTF-8', withSheet(Buffer.from('<worksheet>\xff</worksheet>', 'latin1'))],
    ['without its workbook', workbookBytes({ parts: { 'xl/workbook.xml': undefined } })],
    ['of two files', Buffer.concat([good, good])],
  ])('%s is advice only where it opens; the first is to send the original', async (_, bytes) => {
    expect((await said(bytes)).map((message) => message.endsWith(sendTheOriginal))).toEqual([true]);
  });

  test.each<[what: string, bytes: Uint8Array]>([
    ['that is an old workbook', Buffer.from('\x09\x08\x08\0\0\x05', 'latin1')],
    ['that is a page', Buffer.from('<html><table><tr><td>1</td></tr></table></html>')],
    [
      'with a tag that is too long',
      zipped({ ...workbookParts(), [sheet]: `<worksheet a="${'x'.repeat(1_100_000)}` }, 0),
    ],
  ])('%s is what mends it', async (_, bytes) => {
    expect((await said(bytes)).join()).toMatch(/另存/);
  });
});
