import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeDocx } from '../../shared/report/docx.ts';
import { textOf } from '../fixtures/opened-page.ts';
import { openReport, pageOf, report, send, sentence } from '../fixtures/report-office.ts';
import { changed, templateOf } from '../fixtures/word-documents.ts';

const ole = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(504)]);
const parts = templateOf('共办案【案件】件。');
const bomb = zipSync({
  '[Content_Types].xml': strToU8('<Types/>'),
  'word/document.xml': new Uint8Array(40 * 1024 * 1024),
});

describe('a Word file that is none, or does more than be read', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['a .doc, or one that is encrypted', ole, /\.doc.*密码/],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47]), /不是能读取的 Word 文档/],
    ['a zip bomb', bomb, /不是能读取的 Word 文档/],
    [
      'a document with macros',
      writeDocx(new Map([...parts, ['word/vbaProject.bin', new Uint8Array(4)]])),
      /宏/,
    ],
    [
      'a document with an entity that expands',
      writeDocx(
        changed(parts, (xml) => xml.replace('<w:document', '<!DOCTYPE a [<!ENTITY b "c">]><w:document')),
      ),
      /不是能读取的 Word 文档/,
    ],
    ['a report without links', sentence, /没有与发布关联的数/],
  ])('%s is refused in Chinese, and nothing is kept', async (what, bytes, said) => {
    const { store, office } = await openReport();
    const before = store.files.size;
    const paths = what === 'a report without links' ? ['check', 'update'] : ['check', 'update', 'templates'];
    for (const path of paths) {
      const answer = await send(office, `${report}/${path}`, bytes);
      expect([path, answer.status]).toEqual([path, 400]);
      expect(textOf(await pageOf(answer))).toMatch(said);
    }
    expect(store.files.size).toBe(before);
  });

  it('that is larger than any report is not read', async () => {
    const { office } = await openReport();
    const answer = await send(office, `${report}/check`, new Uint8Array(11 * 1024 * 1024));
    expect(answer.status).toBe(413);
    expect(textOf(await pageOf(answer))).toContain('请压缩或删去图片后再试');
  });

  it('is asked for where none was chosen', async () => {
    const { office } = await openReport();
    expect((await office.post(`${report}/check`)).status).toBe(400);
  });
});
