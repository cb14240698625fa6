import { textWidth } from './wordprocessing.ts';
import { wordNamespace } from './xml.ts';

/**
 * The parts of a document that is laid out as GB/T 9704 wants official documents to be: A4, 版心 156 x 225 mm, 天头 37 mm,
 * 订口 28 mm, 22 lines of 28 characters; title 小标宋 二号, text 仿宋 三号, headings 黑体 and 楷体, page numbers in 四号
 * with a dash on both sides, at the outer edge. Without the red head, which the system that issues documents adds.
 */

/** Twips. */
const page = { width: 11906, height: 16838, top: 2098, bottom: 1984, left: 1587, footer: 1587 };
const lines = 22;
const textHeight = 12756;
const linePitch = Math.floor(textHeight / lines);
/**
 * By how much a character of the text is narrower than its 16 points, in twips, that 28 fit into a line. A grid of characters
 * would say the same, but LibreOffice gives each character that is wider than its cell two of them.
 */
const narrower = Math.floor(textWidth / 28 - 16 * 20);

export const styleIds = {
  title: 'ReportTitle',
  part: 'Heading1',
  section: 'Heading2',
  guidance: 'Guidance',
} as const;

const relationTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const namespaces = `xmlns:w="${wordNamespace}" xmlns:r="${relationTypes}"`;
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** A document with this body, as its parts. */
export function laidOut(body: string): Map<string, Uint8Array> {
  const files: Record<string, string> = {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relations([['officeDocument', 'word/document.xml']]),
    'word/document.xml': `<w:document ${namespaces}><w:body>${body}${section}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relations([
      ['styles', 'styles.xml'],
      ['settings', 'settings.xml'],
      ['footer', 'footer1.xml'],
      ['footer', 'footer2.xml'],
    ]),
    'word/styles.xml': styles,
    'word/settings.xml': `<w:settings ${namespaces}><w:evenAndOddHeaders/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`,
    'word/footer1.xml': footer('right'),
    'word/footer2.xml': footer('left'),
  };
  const encoder = new TextEncoder();
  return new Map(Object.entries(files).map(([name, xml]) => [name, encoder.encode(declaration + xml)]));
}

const mainType = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
  ['document', 'document.main'],
  ['styles', 'styles'],
  ['settings', 'settings'],
  ['footer1', 'footer'],
  ['footer2', 'footer'],
]
  .map(([part, type]) => `<Override PartName="/word/${part}.xml" ContentType="${mainType}.${type}+xml"/>`)
  .join('')}</Types>`;

function relations(targets: readonly [type: string, target: string][]): string {
  const each = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${relationTypes}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}

const section = `<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/><w:pgSz w:w="${page.width}" w:h="${page.height}"/><w:pgMar w:top="${page.top}" w:right="${page.width - page.left - textWidth}" w:bottom="${page.bottom}" w:left="${page.left}" w:header="851" w:footer="${page.footer}" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="${linePitch}"/></w:sectPr>`;

/** `— 1 —`, one character from the edge. */
function footer(align: 'left' | 'right'): string {
  const font = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>';
  const edge = align === 'right' ? 'w:rightChars="100"' : 'w:leftChars="100"';
  const text = (words: string) => `<w:r>${font}<w:t xml:space="preserve">${words}</w:t></w:r>`;
  return `<w:ftr ${namespaces}><w:p><w:pPr><w:ind ${edge} w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="${align}"/></w:pPr>${text('— ')}<w:fldSimple w:instr=" PAGE "><w:r>${font}<w:t>1</w:t></w:r></w:fldSimple>${text(' —')}</w:p></w:ftr>`;
}

interface StyleLook {
  name: string;
  font: string;
  /** Half points. */
  size: number;
  paragraph?: string;
  run?: string;
}

function style(id: string, { name, font, size, paragraph = '', run = '' }: StyleLook): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"${id === 'Normal' ? ' w:default="1"' : ''}><w:name w:val="${name}"/>${id === 'Normal' ? '' : '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'}<w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${font}" w:cs="Times New Roman"/>${run}<w:sz w:val="${size}"/><w:szCs w:val="${size}"/></w:rPr></w:style>`;
}

const evenly = `<w:spacing w:line="${linePitch}" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>`;
const styles = `<w:styles ${namespaces}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>${[
  style('Normal', {
    name: 'Normal',
    font: '仿宋_GB2312',
    size: 32,
    paragraph: evenly,
    run: `<w:spacing w:val="${narrower}"/>`,
  }),
  style(styleIds.title, {
    name: '报告标题',
    font: '方正小标宋简体',
    size: 44,
    paragraph: `<w:spacing w:after="${linePitch}" w:line="700" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>`,
  }),
  style(styleIds.part, {
    name: 'heading 1',
    font: '黑体',
    size: 32,
    paragraph: '<w:keepNext/><w:outlineLvl w:val="0"/>',
  }),
  style(styleIds.section, {
    name: 'heading 2',
    font: '楷体_GB2312',
    size: 32,
    paragraph: '<w:keepNext/><w:outlineLvl w:val="1"/>',
  }),
  style(styleIds.guidance, {
    name: '填写提示（不打印）',
    font: '楷体_GB2312',
    size: 28,
    run: '<w:vanish/><w:color w:val="7F7F7F"/>',
  }),
].join('')}</w:styles>`;
