import { isDeepStrictEqual } from 'node:util';
import type { Catalogue } from '../core/catalogue/catalogue.ts';
import { type Indicator, outputOf } from '../core/catalogue/indicator.ts';
import { sectionKey } from '../core/catalogue/sections.ts';
import { isInPoints } from '../core/totals/period-comparison.ts';
import { writeDocx } from './docx.ts';
import { laidOut, styleIds } from './page-layout.ts';
import { type FigureForm, facts, figureForms, type Placeholder, placeholdersOf } from './placeholder.ts';
import { paragraphXml } from './wordprocessing.ts';

/**
 * A template to begin with (起始模板): the four parts that annual reports on rule-of-law government have, the
 * sections of the catalogue with a sentence for each figure, and headed places for what people
 * write, with guidance that is not printed.
 */
export function newTemplate(catalogue: Catalogue): Uint8Array {
  const write = placeholderWriter(catalogue);
  const authority = write({ kind: 'fact', fact: 'authority' }, facts.authority);
  const year = write({ kind: 'fact', fact: 'year' }, facts.year);
  const body = [
    paragraphXml(`${authority}${year}年度法治政府建设情况报告`, { style: styleIds.title }),
    guidance(howTo),
    ...partsOf(catalogue).flatMap((part) => [heading(part), ...contentOf(part, catalogue, write)]),
  ];
  return writeDocx(laidOut(body.join('')));
}

/** Writes a placeholder by the name that people know, or by the code where the name would be read as something else. */
type WritePlaceholder = (meant: Placeholder, name: string) => string;

function placeholderWriter(catalogue: Catalogue): WritePlaceholder {
  const read = placeholdersOf(catalogue);
  return (meant, name) => {
    const form = meant.kind === 'figure' && meant.form !== 'prose' ? `：${figureForms[meant.form]}` : '';
    const inside = [name, codeOf(meant)].map((each) => each + form);
    const isMeant = (each: string) => {
      const reading = read(each);
      return !/[【】]/.test(each) && reading.kind === 'read' && isDeepStrictEqual(reading.placeholder, meant);
    };
    return `【${inside.find(isMeant) ?? inside[1]}】`;
  };
}

function codeOf(meant: Placeholder): string {
  switch (meant.kind) {
    case 'figure':
      return meant.indicator;
    case 'text':
      return meant.narrative;
    case 'table':
      return meant.table;
    case 'fact':
      return meant.fact;
  }
}

/** A name as plain text, which must not be read as a placeholder. */
function asText(name: string): string {
  return name.replaceAll('【', '〔').replaceAll('】', '〕');
}

const howTo = `方头括号里的数由系统填写，可以移到任何地方、改前后的文字；冒号后面可写${Object.values(figureForms).join('、')}，或一个部门、分组的名称。本提示是隐藏文字，不打印。`;

/** A headed part of the report: `三`, or `一(二)` below it. */
interface Part {
  number: string;
  title: string;
}

/** The four parts that every such report has; a catalogue may title them otherwise. */
const statutory: readonly Part[] = [
  { number: '一', title: '推进法治政府建设的主要举措和成效' },
  { number: '二', title: '党政主要负责人履行推进法治政府建设第一责任人职责的有关情况' },
  { number: '三', title: '存在的问题和原因' },
  { number: '四', title: '下一年度推进法治政府建设的主要安排' },
];

/** What people write where no figure stands. */
const advice: Readonly<Record<string, string>> = {
  二: '写党政主要负责人怎样谋划和落实法治建设工作：会前学法、研究部署、述法、重大决策。',
  三: '写法治政府建设存在的不足和原因，实事求是，有针对性。',
  四: '写下一年度推进法治政府建设的主要安排：任务、措施、责任。',
};

/** The sections of the catalogue among the statutory parts, each after the one that it is below. */
function partsOf(catalogue: Catalogue): Part[] {
  const titled = new Map(catalogue.sections.map(({ id, name }) => [sectionKey(id), name]));
  const used = entriesOf(catalogue).map(({ section }) => sectionKey(section));
  const numbers = [...new Set([...titled.keys(), ...used])].filter((number) => number !== '');
  const own = statutory.map(({ number, title }) => ({ number, title: titled.get(number) ?? title }));
  const below = (number: string) =>
    numbers
      .filter((each) => each !== number && each.startsWith(number))
      .map((each) => ({ number: each, title: titled.get(each) ?? '' }));
  const known = new Set(own.flatMap((part) => [part, ...below(part.number)]).map(({ number }) => number));
  const others = numbers
    .filter((each) => !known.has(each))
    .map((number) => ({ number, title: titled.get(number) ?? '' }));
  return [...own.flatMap((part) => [part, ...below(part.number)]), ...others];
}

function heading({ number, title }: Part): string {
  const [, below] = /\((.+)\)$/.exec(number) ?? [];
  return below === undefined
    ? paragraphXml(`${number}、${asText(title)}`, { style: styleIds.part })
    : paragraphXml(`（${below}）${asText(title)}`, { style: styleIds.section });
}

function entriesOf({ indicators, tables, narratives }: Catalogue): { section: string }[] {
  return [...indicators, ...tables, ...narratives];
}

/** What belongs to no section goes into the first part. */
function contentOf({ number }: Part, catalogue: Catalogue, write: WritePlaceholder): string[] {
  const isHere = ({ section }: { section: string }) =>
    sectionKey(section) === number || (section === '' && number === statutory[0]!.number);
  const told = new Set(
    catalogue.indicators.flatMap((each) => (each.kind === 'ratio' ? [each.numerator, each.denominator] : [])),
  );
  const sentences = catalogue.indicators
    .filter(isHere)
    .filter(({ overDepartments }) => overDepartments !== 'none')
    .filter(({ id, section }) => section !== '' || !told.has(id))
    .map((indicator) => paragraphXml(sentenceOf(indicator, write)));
  const blocks = [
    ...catalogue.tables.filter(isHere).map(({ id, name }) => write({ kind: 'table', table: id }, name)),
    ...catalogue.narratives
      .filter(isHere)
      .map(({ id, name }) => write({ kind: 'text', narrative: id, department: undefined }, name)),
  ].map((placeholder) => paragraphXml(placeholder));
  const hint =
    sentences.length + blocks.length === 0
      ? (advice[number] ?? '（写这一部分的内容。）')
      : '把下面各句改写成通顺的段落；不用的句子删去。';
  const hasOwn = sentences.length + blocks.length > 0 || advice[number] !== undefined || number.includes('(');
  return [
    ...(hasOwn ? [guidance(hint)] : []),
    ...sentences,
    ...blocks,
    ...(sentences.length + blocks.length === 0 && hasOwn ? [paragraphXml('')] : []),
  ];
}

/** `法律援助案件办理447件，同比增长12.3%。` */
function sentenceOf(indicator: Indicator, write: WritePlaceholder): string {
  const { id, name, kind } = indicator;
  const placed = (form: FigureForm) =>
    write({ kind: 'figure', indicator: id, form, share: { kind: 'city' } }, name);
  const unit = isInPoints(outputOf(indicator).unit) ? '' : placed('unit');
  const items = kind === 'list' ? `（${placed('items')}）` : '';
  return `${asText(name)}${placed('prose')}${unit}${items}，${placed('change')}。`;
}

function guidance(text: string): string {
  return paragraphXml(text, { style: styleIds.guidance });
}
