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

const plain = templateOf('文');
const encoded = (xml: string) => new TextEncoder().encode(xml);
const relationTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (type: string, mode: string, target = 'http://x/y') =>
  `<Relationship Id="rIdX" Type="${relationTypes}/${type}" Target="${target}" TargetMode="${mode}"/>`;
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006/relationships';
const relations = (each: string) =>
  encoded(`<Relationships xmlns="${packageNamespace}">${each}</Relationships>`);
const withRelation = (each: string, prefix = 'xmlns:q') =>
  changed(
    plain,
    (xml) =>
      xml
        .replace('<Relationships', `<Relationships ${prefix}="${packageNamespace}"`)
        .replace('</Relationships>', `${each}</Relationships>`),
    'word/_rels/document.xml.rels',
  );
const character = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const [begin, end] = [character('begin'), character('end')];
const instruction = (text: string) =>
  `<w:r><w:instrText xml:space="preserve">${text.replaceAll('"', '&quot;')}</w:instrText></w:r>`;
const runsOf = (...pieces: string[]) =>
  `${begin}${pieces.map(instruction).join('')}${character('separate')}${end}`;
const field = (...pieces: string[]) => `<w:p>${runsOf(...pieces)}</w:p>`;

/** A header in a part that has another name than headers have. */
function withHeader(name: string): Parts {
  const header = `<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${field('DDE cmd')}</w:hdr>`;
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml';
  const declared = `<Override PartName="/${name}" ContentType="${type}"/></Types>`;
  return changed(
    new Map([...plain, [name, encoded(header)] as const]),
    (xml) => xml.replace('</Types>', declared),
    '[Content_Types].xml',
  );
}

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

  it.each<[string, Parts, RegExp]>([
    ['an external template', withRelation(relation('attachedTemplate', 'External')), /外部的模板或图片/],
    [
      'relations with a prefix',
      withRelation(relation('image', 'External').replace('<R', '<p:R'), 'xmlns:p'),
      /外部的模板或图片/,
    ],
    [
      'an external target in other letters',
      withRelation(relation('image', ' external ')),
      /外部的模板或图片/,
    ],
    [
      'an address that calls itself internal',
      withRelation(relation('image', 'Internal')),
      /外部的模板或图片/,
    ],
    [
      'relations in a part of capital letters',
      new Map([...plain, ['word/_rels/HEADER1.XML.RELS', relations(relation('image', 'External'))]]),
      /外部的模板或图片/,
    ],
    ['another document in it', withRelation(relation('aFChunk', 'Internal', 'chunk.htm')), /嵌有另一份文档/],
    ['a place for another document', templateOf('<w:altChunk/>'), /嵌有另一份文档/],
    ['a field that starts a program', templateOf(field(' DDEAUTO c:\\\\cmd "/k calc" ')), /域（DDEAUTO）/],
    ['a field in pieces', templateOf(field('D', 'D', 'E cmd')), /域（DDE）/],
    [
      'a field within another',
      templateOf(`<w:p>${begin}${instruction('IF 1 = 1 ')}${runsOf('INCLUDETEXT "http://x/y"')}${end}</w:p>`),
      /域（INCLUDETEXT）/,
    ],
    [
      'a field around another',
      templateOf(`<w:p>${begin}${instruction('LI')}${runsOf('PAGE')}${instruction('NK a b')}${end}</w:p>`),
      /域（LINK）/,
    ],
    [
      'a field that never ends',
      templateOf(`<w:p>${begin}${instruction('LINK Excel.Sheet')}</w:p>`),
      /域（LINK）/,
    ],
    [
      'a simple field',
      templateOf('<w:p><w:fldSimple w:instr=" includepicture &quot;http://x&quot; "/></w:p>'),
      /域（INCLUDEPICTURE）/,
    ],
    ['a field in a header of another name', withHeader('word/top.dat'), /域（DDE）/],
  ])('with %s is not read', (_, parts, said) => {
    expect(readDocx(writeDocx(parts))).toEqual({ kind: 'problem', message: expect.stringMatching(said) });
  });

  it.each<[string, Parts]>([
    ['links that a reader clicks on', withRelation(relation('hyperlink', 'External'))],
    ['fields of its own', templateOf(field(' PAGE '), field('HYPERLINK "http://x"'), field('REF LINK'))],
    ['words that are names of fields', templateOf('DDE LINK INCLUDETEXT')],
  ])('with %s is read', (_, parts) => {
    expect(readDocx(writeDocx(parts)).kind).toBe('docx');
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
