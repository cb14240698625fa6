import type { Element } from '@xmldom/xmldom';
import type { Catalogue } from '../core/catalogue/catalogue.ts';
import { isReported } from '../core/catalogue/indicator.ts';
import { excerpt } from '../core/values/text.ts';
import type { Parts } from './docx.ts';
import { tagIn } from './linked.ts';
import { type Placeholder, placeholdersOf, type ReadPlaceholder } from './placeholder.ts';
import { type OpenedParts, openParts, partInWords } from './written-parts.ts';
import { wordElements } from './xml.ts';

/** What is wrong with a template, or worth knowing of it: where, as people find it, and how to mend it. */
export interface TemplateFinding {
  severity: 'error' | 'info';
  /** `正文第 12 段：“依法受理【行政复议受里】件”`; empty for what is about the whole. */
  place: string;
  message: string;
}

/** A template by the names of a catalogue: what is placed in it, in the order of the document, and what is to be said of it. */
export interface TemplateReading {
  placeholders: Placeholder[];
  findings: TemplateFinding[];
}

export function readTemplate(parts: Parts, catalogue: Catalogue): TemplateReading {
  const read = placeholdersOf(catalogue);
  const paragraphs = paragraphsIn(openParts(parts));
  const readings = paragraphs.map((paragraph) => readParagraph(paragraph, read));
  const placeholders = readings.flatMap((each) => each.placeholders);
  const findings = readings.flatMap((each) => each.findings);
  return { placeholders, findings: [...findings, ...unplaced(placeholders, catalogue)] };
}

/** A paragraph of a part, counted from 1, with its text as people see it. */
export interface Paragraph {
  place: string;
  element: Element;
  text: string;
  /** The text without what stands in controls of figures. */
  loose: string;
}

export function paragraphsIn(opened: OpenedParts): Paragraph[] {
  const isInFigure = figuresAround();
  return [...opened.values()].flatMap((document) => {
    const word = partInWords(document);
    return wordElements(document, 'p').map((element, index) => {
      const texts = ownTexts(element);
      return {
        element,
        text: together(texts),
        loose: together(texts.filter((text) => !isInFigure(text))),
        place: `${word}第 ${index + 1} 段`,
      };
    });
  });
}

function together(texts: readonly Element[]): string {
  return texts.map((each) => each.textContent ?? '').join('');
}

/** Whether a text stands in a control of a figure, or in a section that is made; of each element that is found out once. */
function figuresAround(): (text: Element) => boolean {
  const known = new Map<Element, boolean>();
  const isInFigure = (element: Element): boolean => {
    const there = known.get(element);
    if (there !== undefined) return there;
    const isFigure = element.localName === 'sdt' && /^(?:fig|report)\./.test(tagIn(element) ?? '');
    const above = element.parentElement;
    const found = isFigure || (above !== null && isInFigure(above));
    known.set(element, found);
    return found;
  };
  return isInFigure;
}

/** The texts of a paragraph, without those of paragraphs in boxes that are anchored in it. */
export function ownTexts(paragraph: Element): Element[] {
  return wordElements(paragraph, 't').filter((text) => paragraphAround(text) === paragraph);
}

function paragraphAround(text: Element): Element | null {
  let above = text.parentElement;
  while (above !== null && above.localName !== 'p') above = above.parentElement;
  return above;
}

function readParagraph({ text, place }: Paragraph, read: ReadPlaceholder): TemplateReading {
  const at = `${place}：“${excerpt(text)}”`;
  const error = (message: string): TemplateFinding => ({ severity: 'error', place: at, message });
  const placeholders: Placeholder[] = [];
  const findings: TemplateFinding[] = [];
  for (const [whole, opening, inside, closing] of text.matchAll(/(【)([^【】]*)(】)?|】/g)) {
    if (opening === undefined) findings.push(error('多了一个“】”，前面没有与它成对的“【”；请补上或删去。'));
    else if (closing === undefined) findings.push(error('“【”没有在同一段里与“】”成对；请补上或删去。'));
    else {
      const reading = read(inside!);
      if (reading.kind === 'fault') findings.push(error(reading.message));
      else if (isBlock(reading.placeholder) && text.trim() !== whole) {
        findings.push(error(`“${excerpt(whole)}”写出来不止一行；请让它单独成为一段。`));
      } else placeholders.push(reading.placeholder);
    }
  }
  return { placeholders, findings };
}

/** Whether it becomes paragraphs, or a table, in place of its own. */
export function isBlock(placeholder: Placeholder): boolean {
  return (
    placeholder.kind === 'table' || (placeholder.kind === 'text' && placeholder.department === undefined)
  );
}

/** What the catalogue has and no placeholder names; the parts of a ratio are told by the ratio. */
function unplaced(placeholders: readonly Placeholder[], catalogue: Catalogue): TemplateFinding[] {
  const placed = new Set(
    placeholders.map((each) => {
      if (each.kind === 'figure') return `indicator ${each.indicator}`;
      return each.kind === 'table'
        ? `table ${each.table}`
        : each.kind === 'text'
          ? `text ${each.narrative}`
          : '';
    }),
  );
  const parts = new Set(
    catalogue.indicators.flatMap((each) => (each.kind === 'ratio' ? [each.numerator, each.denominator] : [])),
  );
  const entries = [
    ...catalogue.indicators
      .filter((each) => !(isReported(each) && parts.has(each.id)))
      .map(({ id, name }) => ({ key: `indicator ${id}`, name })),
    ...catalogue.tables.map(({ id, name }) => ({ key: `table ${id}`, name })),
    ...catalogue.narratives.map(({ id, name }) => ({ key: `text ${id}`, name })),
  ];
  return entries
    .filter(({ key }) => !placed.has(key))
    .map(({ name }) => ({ severity: 'info', place: '', message: `目录中的“${name}”没有写进报告模板。` }));
}
