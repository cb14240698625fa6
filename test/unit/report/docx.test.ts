import { describe, expect, it } from 'vitest';
import { readDocx, writeDocx } from '../../../shared/report/docx.ts';
import { changed, templateOf } from '../../fixtures/word-documents.ts';

/** Texts that do not compress, so that no bound of the archive is met first. */
function noise(): () => string {
  let seed = 1;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed.toString(36);
  };
}

/** A document with as many pieces as are asked for, each with something of its own. */
function manyOf(count: number, piece: (text: string) => string): Uint8Array {
  const next = noise();
  const all = Array.from({ length: count }, () => piece(next()));
  return writeDocx(templateOf(`<w:p>${all.join('')}</w:p>`));
}

const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const control = (text: string) => `<w:sdt><w:sdtContent><w:r><w:t>${text}</w:t></w:r></w:sdtContent></w:sdt>`;
const attributes = Array.from({ length: 300 }, (_, at) => `a${at}="${at}"`).join(' ');

describe('a Word document', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['more paragraphs than any report', manyOf(20_001, paragraph), /段落.*太多/],
    ['more content controls', manyOf(5_001, control), /内容控件.*太多/],
    ['more tags', manyOf(400_001, (text) => `<a${text}`), /格式标记太多/],
    ['tags that are never closed', manyOf(10_000, (text) => `<a${text}`), /不是能读取的 Word 文档/],
    ['an element of very many attributes', manyOf(1, () => `<w:r ${attributes}/>`), /不是能读取的 Word 文档/],
    [
      'no body',
      writeDocx(changed(templateOf('文'), (xml) => xml.replaceAll('w:body', 'w:bodies'))),
      /不是能读取的 Word 文档/,
    ],
    [
      'elements within elements, deeper than anybody writes',
      writeDocx(templateOf(`<w:p>${'<w:r>'.repeat(600)}${'</w:r>'.repeat(600)}</w:p>`)),
      /不是能读取的 Word 文档/,
    ],
  ])('with %s is not read', (_, bytes, said) => {
    expect(readDocx(bytes)).toEqual({ kind: 'problem', message: expect.stringMatching(said) });
  });

  it('with a thousand paragraphs and a hundred controls is', () => {
    expect(readDocx(manyOf(1_000, paragraph)).kind).toBe('docx');
    expect(readDocx(manyOf(100, control)).kind).toBe('docx');
  });
});
