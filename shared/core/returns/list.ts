import type { ListIndicator } from '../catalogue/indicator.ts';
import { compare } from '../values/decimal.ts';
import { invisibleCharacters } from '../values/text.ts';
import { type Figure, shown } from './figure.ts';
import { type Finding, hasErrors, type Place } from './finding.ts';
import { type FindingWords, say } from './findings/findings.ts';
import type { Observation } from './observation.ts';
import type { Entry } from './submission.ts';

/** A list's count cell, as read, and the items typed on its own sheet. */
interface TypedList {
  entry: Entry;
  reading: NonNullable<Figure['reading']>;
  items: Entry[];
}

/**
 * Reads a list indicator: the items are what counts, each different one once; the count cell on the form says
 * how many there are, so that 0 is said and not left open. A blank count beside items is taken from the items.
 */
export function readList(
  indicator: ListIndicator,
  { entry, reading, items: typed }: TypedList,
): { observation?: Observation; findings: Finding[] } {
  const { items, findings } = readItems(indicator, typed);
  if (hasErrors(findings)) return { findings };
  const about = { indicator: indicator.id, place: entry.place };
  if (items.length === 0 && reading.status === 'blank') {
    if (indicator.required)
      return { findings: [...findings, { ...say('figure-blank', indicator), ...about }] };
    return { observation: { ...about, status: 'missing' }, findings };
  }
  if (items.length === 0 && reading.status === 'not-applicable') {
    return { observation: { ...about, status: 'not-applicable' }, findings };
  }
  const count = countFinding(entry, reading, items.length);
  if (count !== undefined) findings.push({ ...count, ...about });
  if (hasErrors(findings)) return { findings };
  return { observation: { ...about, status: 'reported', value: `${items.length}`, items }, findings };
}

function countFinding(entry: Entry, reading: TypedList['reading'], count: number): FindingWords | undefined {
  switch (reading.status) {
    case 'blank':
      return say('list-count-taken', count);
    case 'not-applicable':
      return say('list-count-differs', '不适用', count);
    case 'reported':
      return compare(reading.value, `${count}`) === 0
        ? undefined
        : say('list-count-differs', shown(entry.content), count);
  }
}

/** The different items that were typed, with what is wrong with any of them. */
export function readItems(
  indicator: ListIndicator,
  typed: readonly Entry[],
): { items: string[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const add = (words: FindingWords, place?: Place) =>
    findings.push({ ...words, indicator: indicator.id, ...(place === undefined ? {} : { place }) });
  const items = new Set<string>();
  for (const item of typed) {
    const text = itemText(item);
    if (text === '') continue;
    if (text === undefined) {
      add(say('list-item-not-text', item.computed ? '公式' : shown(item.content)), item.place);
      continue;
    }
    const problem = itemProblem(indicator, text);
    if (problem !== undefined) add(problem, item.place);
    else if (items.has(text)) add(say('list-item-repeated', text), item.place);
    else items.add(text);
  }
  if (items.size > indicator.list.maxItems) add(say('list-too-long', indicator, items.size));
  return { items: [...items], findings };
}

/** The name of an item as it is compared: NFC, no white space around or doubled within. */
export function normalItem(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(invisibleCharacters, ' ')
    .replace(/[\u3000\u00a0\u202f ]+/g, ' ')
    .trim();
}

function itemText({ content, computed }: Entry): string | undefined {
  if (computed) return undefined;
  if (content.kind === 'text' || content.kind === 'number') return normalItem(content.text);
  return undefined;
}

function itemProblem(indicator: ListIndicator, text: string): FindingWords | undefined {
  const { maxLength, options } = indicator.list;
  if (text.length > maxLength) return say('list-item-too-long', indicator, text.length);
  if (options === undefined || options.some((option) => normalItem(option) === text)) return undefined;
  return say('list-item-unknown', indicator, text);
}
