import type { Element } from '@xmldom/xmldom';
import { tagOf } from './control.ts';
import type { Parts } from './docx.ts';
import { type LinkedFigure, linkedFigures, placeholdersOfSource } from './linked.ts';
import { beginsWithNumber, findNumbers, type LooseNumber, looseNumbers } from './loose-numbers.ts';
import { type Placed, placedIn } from './placed.ts';
import type { FigurePlaceholder } from './placeholder.ts';
import { type Source, saidOf } from './said.ts';
import { type Paragraph, paragraphsIn } from './template.ts';
import type { Verdict } from './verdicts.ts';
import { openParts } from './written-parts.ts';

export interface Checked {
  verdict: Verdict;
  /** What people call the figure. */
  name: string;
  /** Where it stands, or stood last before it; empty where nobody knows. */
  place: string;
  /** What stands there; empty of what is gone. */
  written: string;
  message: string;
}

/** The publications that a report's figures may be of. */
export interface Known {
  sourceOf: (publication: { year: number; number: number }) => Source | undefined;
  /** What figures of a year should say now. */
  newestOf: (year: number) => Source | undefined;
  /** The newest of the year that the report is about: the latest of those that its figures are of. */
  newest: Source;
}

/** The publications that the figures of a document name. */
export function publicationsIn(parts: Parts): { year: number; number: number }[] {
  const linked = [
    ...linkedFigures(openParts(parts)).map((figure) => figure.linked),
    ...(placedIn(parts) ?? []).map((placed) => placed.linked),
  ];
  const named = linked.map(({ year, number }) => ({ year, number }));
  return [...new Map(named.map((each) => [`${each.year} ${each.number}`, each])).values()];
}

/** Holds every figure of a document against the ledger, in the order of the document, then what is no longer in it. */
export function checkReport(parts: Parts, known: Known): Checked[] {
  const opened = openParts(parts);
  const figures = linkedFigures(opened);
  const paragraphs = paragraphsIn(opened);
  const placed = placedIn(parts) ?? [];
  const { isMoved, missing } = comparedWithPlaced(figures, placed);
  const find = findNumbers(paragraphs);
  const lost = missing.map((each) => lostFigure(each, { find, known }));
  const placeOf = placesIn(paragraphs);
  return [
    ...figures.map((figure) => checked(figure, { placeOf, known, isMoved: isMoved(figure) })),
    ...lost,
    ...besideLost(looseNumbers(paragraphs, known.newest), lost).map(looseFigure),
  ];
}

/** Numbers without a link but those that lost theirs, which are told already: each of these is one of them. */
function besideLost(loose: readonly LooseNumber[], lost: readonly Checked[]): LooseNumber[] {
  const told = lost.filter(({ verdict }) => verdict === 'as-text');
  return loose.filter(({ place, written }) => {
    const at = told.findIndex((each) => each.place === place && beginsWithNumber(written, each.written));
    if (at >= 0) told.splice(at, 1);
    return at < 0;
  });
}

interface FigureContext {
  placeOf: PlaceOf;
  known: Known;
  isMoved: boolean;
}

/** What a control stands for, what its own publication says and what the newest of its year does. */
export interface Judged {
  placeholder: FigurePlaceholder;
  name: string;
  said: string;
  newest: Source;
  /** Undefined where the newest publication has no such figure. */
  now: string | undefined;
}

/** Undefined where nothing is known of what a control stands for. */
export function judged(figure: Placed, known: Known): Judged | undefined {
  const source = known.sourceOf(figure.linked);
  const placeholder = source && placeholdersOfSource(source)(figure.linked);
  const said = source && placeholder && saidOf(placeholder, source);
  const newest = known.newestOf(figure.linked.year);
  if (source === undefined || placeholder === undefined || said === undefined || newest === undefined)
    return undefined;
  const { indicator } = placeholder;
  const name = source.publication.totals.find((total) => total.indicator === indicator)?.name ?? indicator;
  return { placeholder, name, said: said.text, newest, now: saidOf(placeholder, newest)?.text };
}

function checked(figure: LinkedFigure, { placeOf, known, isMoved }: FigureContext): Checked {
  const place = placeOf(figure.element);
  const about = { place, written: figure.text };
  const found = judged(figure, known);
  const { year, number } = figure.linked;
  if (found === undefined) {
    const message = `引用的${year}年第 ${number} 次发布不在台账中，不能核对；请用自己的台账核对，或删去。`;
    return { ...about, verdict: 'unknown', name: figure.text, message };
  }
  const { name, said, newest, now } = found;
  const as = (verdict: Verdict, message: string): Checked => ({ ...about, verdict, name, message });
  if (figure.text !== said) {
    return as(
      'altered',
      `写的是“${figure.text}”，第 ${number} 次发布是“${said}”；请改回，或先更正报表、重新发布再更新。`,
    );
  }
  const latest = newest.publication;
  if (now !== said) {
    const after = now === undefined ? '没有这一项' : `是“${now}”`;
    return as(
      'outdated',
      `第 ${number} 次发布是“${said}”，${latest.year}年第 ${latest.number} 次发布${after}；请更新。`,
    );
  }
  if (isMoved) return as('moved', '与做报告时的先后不同；请核对它所在的句子说的是不是这个数。');
  return as('equal', `与第 ${number} 次发布一致。`);
}

/** The place of the paragraph that an element stands in. */
type PlaceOf = (element: Element) => string;

export function placesIn(paragraphs: readonly Paragraph[]): PlaceOf {
  const places = new Map(paragraphs.map(({ element, place }) => [element, place]));
  return (element) => {
    let above: Element | null = element;
    while (above !== null && above.localName !== 'p') above = above.parentElement;
    return (above && places.get(above)) ?? '';
  };
}

function lostFigure(
  placed: Placed,
  { find, known }: { find: ReturnType<typeof findNumbers>; known: Known },
): Checked {
  const name = judged(placed, known)?.name ?? placed.text;
  const there = placed.text === '' ? undefined : find(placed.text);
  if (there === undefined) {
    return {
      verdict: 'gone',
      name,
      place: '',
      written: '',
      message: `做报告时写的“${placed.text}”不在文中了。`,
    };
  }
  const message = `“${placed.text}”成了普通文字，不再与发布关联，以后不会更新；请从报告中重新复制带底纹的数。`;
  return { verdict: 'as-text', name, place: there.place, written: placed.text, message };
}

function looseFigure({ name, place, written }: LooseNumber): Checked {
  const message = `“${written}”像是“${name}”，但没有与发布关联；请改用报告中带关联的数，或确认它说的是别的。`;
  return { verdict: 'loose', name, place, written, message };
}

/** Which figures are in another order than they were put in, and which are not there any more. */
function comparedWithPlaced(
  figures: readonly LinkedFigure[],
  placed: readonly Placed[],
): { isMoved: (figure: LinkedFigure) => boolean; missing: Placed[] } {
  const waiting = Map.groupBy(
    placed.map(({ linked }, index) => ({ tag: tagOf(linked), index })),
    ({ tag }) => tag,
  );
  const positions = figures.map(({ linked }) => waiting.get(tagOf(linked))?.shift()?.index);
  const there = new Set(positions);
  const inOrder = longestRise(positions.filter((each) => each !== undefined));
  return {
    isMoved: (figure) => {
      const position = positions[figures.indexOf(figure)];
      return position !== undefined && !inOrder.has(position);
    },
    missing: placed.filter((_, index) => !there.has(index)),
  };
}

/** The most numbers of a list that rise in its order. */
function longestRise(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const number of numbers) {
    const at = ends.findIndex((end) => end >= number);
    const place = at < 0 ? ends.length : at;
    before.set(number, ends[place - 1]);
    ends[place] = number;
  }
  const rise = new Set<number>();
  for (let each = ends.at(-1); each !== undefined; each = before.get(each)) rise.add(each);
  return rise;
}
