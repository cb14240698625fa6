import { describe, expect, it } from 'vitest';
import { checkReport } from '../../../shared/report/check.ts';
import { type Parts, readDocx, writeDocx } from '../../../shared/report/docx.ts';
import { writeReport } from '../../../shared/report/write-report.ts';
import { finalPublication } from '../../fixtures/publication.ts';
import { publishedCatalogue } from '../../fixtures/published-catalogue.ts';
import { changed, partsOf, templateOf } from '../../fixtures/word-documents.ts';

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
    [
      'more characters than any report',
      manyOf(90_000, (text) => `<w:r><w:t>${text}</w:t></w:r>`),
      /文字.*太多/,
    ],
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

  it('of very many numbers that look like figures is checked, each of them told', () => {
    const source = { publication: finalPublication(), catalogue: publishedCatalogue };
    const known = { sourceOf: () => source, newestOf: () => source, newest: source };
    const template = `法治专题学习【法治专题学习次数】次，法治专题学习次数${'12次、'.repeat(4_000)}`;
    const report = partsOf(writeReport(templateOf(template), source));
    const loose = checkReport(report, known).filter(({ verdict }) => verdict === 'loose');
    expect(loose).toHaveLength(4_000);
    const lost = changed(report, (xml) => xml.replace(/<w:sdt>.*?<\/w:sdt>/s, ''));
    const list = (parts: Parts) => changed(parts, (xml) => xml.replace(/<figure .*\/>/s, figures), listName);
    const listName = 'customXml/item9501.xml';
    const figures = Array.from(
      { length: 3_000 },
      (_, at) => `<figure tag="fig.2023-1.exact.${'0'.repeat(12)}.c" text="${at + 100_000}"/>`,
    ).join('');
    expect(checkReport(list(lost), known).filter(({ verdict }) => verdict === 'gone')).toHaveLength(3_000);
  });

  it('with a thousand paragraphs and a hundred controls is', () => {
    expect(readDocx(manyOf(1_000, paragraph)).kind).toBe('docx');
    expect(readDocx(manyOf(100, control)).kind).toBe('docx');
  });
});
