import type { Alignment, Border, Borders, Fill, Font, Style } from 'exceljs';
import type { TotalStatus } from '../../core/totals/total.ts';
import { fills } from '../styles.ts';

export type Look = Partial<Style>;

const size = 10;
const body: Partial<Font> = { name: '宋体', size };
const heading: Partial<Font> = { name: '黑体', size };
const dark = { argb: 'FF1F3864' };
const grey = { argb: 'FF666666' };

const hair: Partial<Border> = { style: 'thin', color: { argb: 'FFBFBFBF' } };
const strong: Partial<Border> = { style: 'medium', color: dark };
const box: Partial<Borders> = { top: hair, bottom: hair, left: hair, right: hair };
const framed: Partial<Borders> = { top: strong, bottom: strong, left: strong, right: strong };

const left: Partial<Alignment> = { horizontal: 'left', vertical: 'middle', wrapText: true };
const centre: Partial<Alignment> = { horizontal: 'center', vertical: 'middle', wrapText: true };
const right: Partial<Alignment> = { horizontal: 'right', vertical: 'middle' };

function solid(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}
const attention = solid('FFFFF2CC');
const settled = solid('FFE7F1E4');
const alarm = solid('FFF8D7D3');

/** Style objects that cells share: exceljs keeps one style for one object, so that large sheets stay quick. */
export const styles = {
  title: {
    font: { ...heading, size: 15, bold: true, color: dark },
    alignment: { vertical: 'middle' },
  },
  note: { font: { ...body, color: grey }, alignment: { vertical: 'middle' } },
  header: {
    font: { ...heading, bold: true, color: dark },
    fill: fills.header,
    border: box,
    alignment: centre,
  },
  text: { font: body, border: box, alignment: left },
  strong: { font: { ...body, bold: true }, border: box, alignment: left },
  faint: { font: { ...body, color: grey }, border: box, alignment: left },
  centred: { font: body, border: box, alignment: centre },
  fingerprint: { font: { ...body, size: 7, color: grey }, border: box, alignment: left },
  right: { font: body, border: box, alignment: right },
  quiet: { font: { ...body, color: grey }, border: box, alignment: centre },
  settled: { font: body, border: box, fill: settled, alignment: centre },
  attention: { font: { ...body, bold: true }, border: box, fill: attention, alignment: centre },
  alarm: { font: { ...body, bold: true }, border: box, fill: alarm, alignment: centre },
} satisfies Record<string, Look>;

/** The looks of the cover, which is set larger than the tables. */
export const coverLooks = {
  authority: { font: { name: '黑体', size: 14, color: grey }, alignment: centre },
  title: { font: { name: '黑体', size: 24, bold: true, color: dark }, alignment: centre },
  subtitle: { font: { name: '宋体', size: 13 }, alignment: centre },
  final: {
    font: { name: '黑体', size: 20, bold: true, color: { argb: 'FF1E5C37' } },
    border: framed,
    fill: settled,
    alignment: centre,
  },
  provisional: {
    font: { name: '黑体', size: 20, bold: true, color: { argb: 'FF7F3F00' } },
    border: framed,
    fill: attention,
    alignment: centre,
  },
  notice: { font: { ...body, bold: true, size: 11 }, border: box, fill: attention, alignment: left },
  heading: {
    font: { name: '黑体', size: 12, bold: true, color: dark },
    border: { bottom: strong },
    alignment: { vertical: 'middle' },
  },
  headingRule: { border: { bottom: strong } },
  label: { font: { ...heading, size: 11 }, border: box, fill: solid('FFF3F6FA'), alignment: left },
  value: { font: { ...body, size: 11 }, border: box, alignment: left },
  link: {
    font: { ...body, size: 11, underline: true, color: { argb: 'FF1F4E79' } },
    border: box,
    alignment: left,
  },
} satisfies Record<string, Look>;

export const statusLooks: Record<TotalStatus, Look> = {
  final: styles.settled,
  provisional: styles.attention,
  'per-department': styles.centred,
};

const numbers = new Map<string, Look>();

/** A number's look for a number format, one object a format; `marked` where somebody should look twice. */
export function numberLook(format: string, { bold = false, marked = false } = {}): Look {
  const key = `${bold} ${marked} ${format}`;
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const look: Look = {
    font: bold ? { ...body, bold } : body,
    border: box,
    alignment: right,
    numFmt: format,
    ...(marked ? { fill: attention } : {}),
  };
  numbers.set(key, look);
  return look;
}
