import type { ListIndicator } from '../catalogue/indicator.ts';
import { compare } from '../values/decimal.ts';
import { isReversed, nameKey, withoutUnseen } from '../values/text.ts';
import { quoted, shownText } from './content.ts';
import type { Figure } from './figure.ts';
import { type Finding, hasErrors, type Place } from './finding.ts';
import { type FindingWords, say } from './findings/findings.ts';
import { isWordForNothing } from './nothing.ts';
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
 * how many there are, so that 0 is said and not left open. A blank count beside items is taken from the items. That there
 * is nothing, in a word in place of items, says no more than a count of 0, which must be there.
 */
export function readList(
  indicator: ListIndicator,
  { entry, reading, items: typed }: TypedList,
): { observation?: Observation; findings: Finding[] } {
  const isNothing = saysNothing(reading) && typed.every((entry) => isWordInPlaceOfItems(indicator, entry));
  const { items, findings } = readItems(indicator, isNothing ? [] : typed);
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
  const count = countFinding(indicator, { entry, reading }, items.length);
  if (count !== undefined) findings.push({ ...count, ...about });
  if (hasErrors(findings)) return { findings };
  return { observation: { ...about, status: 'reported', value: `${items.length}`, items }, findings };
}

function saysNothing(reading: TypedList['reading']): boolean {
  return (
    reading.status === 'not-applicable' ||
    (reading.status === 'reported' && compare(reading.value, '0') === 0)
  );
}

function countFinding(
  indicator: ListIndicator,
  { entry, reading }: Pick<TypedList, 'entry' | 'reading'>,
  count: number,
): FindingWords | undefined {
  switch (reading.status) {
    case 'blank':
      return say('list-count-taken', indicator, count);
    case 'not-applicable':
      return say('list-count-differs', indicator, '不适用', count);
    case 'reported':
      return compare(reading.value, `${count}`) === 0
        ? undefined
        : say('list-count-differs', indicator, quoted(entry.content), count);
  }
}

/** The different items that were typed, as the options or else the first of them write it, and what is wrong. */
export function readItems(
  indicator: ListIndicator,
  typed: readonly Entry[],
): { items: string[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const add = (words: FindingWords, place?: Place) =>
    findings.push({ ...words, indicator: indicator.id, ...(place === undefined ? {} : { place }) });
  const { options = [] } = indicator.list;
  const known = new Map(options.map((option) => [nameKey(option), option]));
  const items = new Map<string, string>();
  for (const item of typed) {
    const text = itemText(item);
    if (text === '') continue;
    if (text === undefined) {
      add(notText(item), item.place);
      continue;
    }
    const problem = item.look === 'struck' ? say('text-struck', text) : itemProblem(indicator, text);
    if (problem !== undefined) {
      add(problem, item.place);
      continue;
    }
    const key = nameKey(text);
    const before = items.get(key);
    if (before === undefined) items.set(key, known.get(key) ?? text);
    else add(say('list-item-repeated', text, before), item.place);
  }
  if (items.size > indicator.list.maxItems) add(say('list-too-long', indicator, items.size));
  return { items: [...items.values()], findings };
}

/** The name of an item as it is recorded: NFC, without what nobody sees, no white space around or doubled within. */
export function normalItem(text: string): string {
  return withoutUnseen(text.toWellFormed()).normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** A name is what its cell shows; undefined for what is no name. */
function itemText({ content, computed }: Entry): string | undefined {
  if (computed || (content.kind !== 'text' && content.kind !== 'number')) return undefined;
  const seen = shownText(content);
  const shown = normalItem(seen);
  const isHidden = shown === '' && normalItem(content.text) !== '';
  return isHidden || isReversed(seen) ? undefined : shown;
}

function isWordInPlaceOfItems(indicator: ListIndicator, entry: Entry): boolean {
  const text = itemText(entry);
  return text !== undefined && (text === '' || (isNoName(text) && !isOption(indicator, text)));
}

function isOption({ list: { options = [] } }: ListIndicator, text: string): boolean {
  return options.some((option) => nameKey(option) === nameKey(text));
}

/** What names nothing: a word or a 0 for nothing, or the line in which somebody adds up. */
function isNoName(text: string): boolean {
  return (
    isWordForNothing(text) ||
    /^(?:0|暂无|不适用|(?:合计|小计|总计|共计):?[0-9]*[件项个部起条次]?)$/.test(nameKey(text))
  );
}

function notText({ content, computed }: Entry): FindingWords {
  return say('list-item-not-text', computed ? '公式' : quoted(content));
}

function itemProblem(indicator: ListIndicator, text: string): FindingWords | undefined {
  const { maxLength, options } = indicator.list;
  if (nameKey(text) === '') return say('list-item-not-text', text);
  if (text.length > maxLength) return say('list-item-too-long', indicator, text.length);
  if (isOption(indicator, text)) return undefined;
  if (isNoName(text)) return say('list-item-no-name', indicator, text);
  return options === undefined ? undefined : say('list-item-unknown', indicator, text);
}
