import { escapeXml } from '../core/values/text.ts';

/** How a paragraph looks; what is not given is as its style has it. */
export interface Look {
  style?: string;
  bold?: boolean;
  align?: 'left' | 'center' | 'right' | 'both';
  /** For the eyes of whoever writes: it is not printed. */
  hidden?: boolean;
  highlighted?: boolean;
  /** Font for Chinese text. */
  font?: string;
  /** In half points: 32 is 三号. */
  size?: number;
  /** Indent of the first line, in hundredths of a character. */
  firstLine?: number;
  onNewPage?: boolean;
  /** Lines as high as their text, instead of 22 a page. */
  isTight?: boolean;
}

/** A paragraph of one look. */
export function paragraphXml(text: string, look: Look = {}): string {
  return `<w:p>${paragraphProperties(look)}${text === '' ? '' : runXml(text, look)}</w:p>`;
}

export function runXml(text: string, look: Look = {}): string {
  return `<w:r>${runProperties(look)}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}

function paragraphProperties({ style, align, firstLine, onNewPage, isTight }: Look): string {
  const properties = [
    style === undefined ? '' : `<w:pStyle w:val="${style}"/>`,
    onNewPage ? '<w:pageBreakBefore/>' : '',
    isTight
      ? '<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="300" w:lineRule="auto"/>'
      : '',
    firstLine === undefined
      ? ''
      : `<w:ind w:firstLineChars="${firstLine}" w:firstLine="${firstLine === 0 ? 0 : firstLine * 3}"/>`,
    align === undefined ? '' : `<w:jc w:val="${align}"/>`,
  ].join('');
  return properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`;
}

/** In the order of the schema. */
export function runProperties({ font, bold, hidden, size, highlighted }: Look): string {
  const properties = [
    font === undefined
      ? ''
      : `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${font}"/>`,
    bold ? '<w:b/>' : '',
    hidden ? '<w:vanish/>' : '',
    size === undefined ? '' : `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`,
    highlighted ? '<w:highlight w:val="yellow"/>' : '',
  ].join('');
  return properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`;
}

/** A cell of a table: text of one look, or runs that are written already. */
export type TableCell =
  | { text: string; align?: Look['align']; bold?: boolean }
  | { runs: string; align?: Look['align'] };

/** Twips between the margins of GB/T 9704: 156 mm. */
export const textWidth = 8845;

/** A table over the width of the text, its first rows repeated on each page; `shares` of the width, in any unit. */
export function tableXml(
  rows: readonly (readonly TableCell[])[],
  { shares, headers, look }: { shares: readonly number[]; headers: number; look: Look },
): string {
  const all = shares.reduce((sum, each) => sum + each, 0);
  const widths = shares.map((share) => Math.floor((textWidth * share) / all));
  const border = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`;
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(border).join('');
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  const rowXml = (row: readonly TableCell[], index: number) =>
    `<w:tr><w:trPr><w:cantSplit/>${index < headers ? '<w:tblHeader/>' : ''}</w:trPr>${row.map((cell, column) => cellXml(cell, widths[column]!, look)).join('')}</w:tr>`;
  return `<w:tbl><w:tblPr><w:tblW w:w="${textWidth}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows.map(rowXml).join('')}</w:tbl>`;
}

function cellXml(cell: TableCell, width: number, look: Look): string {
  const own = { ...look, firstLine: 0, ...(cell.align === undefined ? {} : { align: cell.align }) };
  const content =
    'runs' in cell
      ? `<w:p>${paragraphProperties(own)}${cell.runs}</w:p>`
      : paragraphXml(cell.text, { ...own, ...(cell.bold === undefined ? {} : { bold: cell.bold }) });
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${content}</w:tc>`;
}
