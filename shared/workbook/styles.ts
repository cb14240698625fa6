import type { Alignment, Border, Borders, Fill, Font, Style } from 'exceljs';

/** Fonts that office computers here have; Excel, WPS and LibreOffice substitute them well where they are missing. */
const face = '宋体';

export const fonts = {
  title: { name: '黑体', size: 16, bold: true },
  label: { name: face, size: 11, bold: true },
  text: { name: face, size: 11 },
  small: { name: face, size: 10, color: { argb: 'FF595959' } },
  input: { name: face, size: 12 },
  fault: { name: face, size: 11, color: { argb: 'FFC00000' } },
  link: { name: face, size: 11, underline: true, color: { argb: 'FF1F4E79' } },
} satisfies Record<string, Partial<Font>>;

function solid(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

export const fills = {
  header: solid('FFDCE6F1'),
  input: solid('FFFFF9E5'),
  error: solid('FFFFC7CE'),
  warning: solid('FFFFE08A'),
  info: solid('FFE2EFDA'),
};

const line: Partial<Border> = { style: 'thin', color: { argb: 'FF8C8C8C' } };
export const box: Partial<Borders> = { top: line, bottom: line, left: line, right: line };

export const aligned = {
  centre: { horizontal: 'center', vertical: 'middle', wrapText: true },
  left: { horizontal: 'left', vertical: 'middle', wrapText: true, indent: 1 },
  right: { horizontal: 'right', vertical: 'middle', indent: 1 },
} satisfies Record<string, Partial<Alignment>>;

/** A cell in which people write words. */
export const writing = {
  font: fonts.text,
  fill: fills.input,
  border: box,
  alignment: aligned.left,
  protection: { locked: false },
} satisfies Partial<Style>;

/** How wide text is in a proportional Chinese font: a Chinese character takes two places. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += character.codePointAt(0)! > 0xff ? 2 : 1;
  return width;
}

/** The height in points of a row whose cells wrap, from each text and the width of its column. */
export function rowHeight(
  cells: readonly { text: string; width: number }[],
  { least = 22, line: each = 15 } = {},
) {
  const lines = cells.map(({ text, width }) =>
    text
      .split('\n')
      .reduce((total, part) => total + Math.max(1, Math.ceil(textWidth(part) / (width - 3))), 0),
  );
  return Math.min(400, Math.max(least, Math.max(...lines, 1) * each + 6));
}
