import type { Indicator } from '../catalogue/catalogue.ts';
import { compare } from '../values/decimal.ts';
import { excerpt } from '../values/text.ts';
import { blankFigure, type Figure, shown } from './figure.ts';
import type { Finding, Place } from './finding.ts';
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
  indicator: Indicator,
  { entry, reading, items: typed }: TypedList,
): { observation?: Observation; findings: Finding[] } {
  const { items, findings } = readItems(indicator, typed);
  const say = (severity: Finding['severity'], place: Place | undefined, problem: Problem) =>
    findings.push(findingOf(indicator, severity, place, problem));
  if (findings.some(({ severity }) => severity === 'error')) return { findings };
  const about = { indicator: indicator.id, place: entry.place };
  if (items.length === 0 && reading.status === 'blank') {
    if (indicator.required) return { findings: [...findings, blankFigure(indicator, entry.place)] };
    return { observation: { ...about, status: 'missing' }, findings };
  }
  if (items.length === 0 && reading.status === 'not-applicable') {
    return { observation: { ...about, status: 'not-applicable' }, findings };
  }
  const count = String(items.length);
  if (reading.status !== 'reported') {
    if (reading.status === 'blank') say('info', entry.place, countTaken(items.length));
    else say('error', entry.place, countDiffers('不适用', items.length));
  } else if (compare(reading.value, count) !== 0) {
    say('error', entry.place, countDiffers(shown(entry.content), items.length));
  }
  if (findings.some(({ severity }) => severity === 'error')) return { findings };
  return { observation: { ...about, status: 'reported', value: count, items }, findings };
}

/** The different items that were typed, with what is wrong with any of them. */
export function readItems(
  indicator: Indicator,
  typed: readonly Entry[],
): { items: string[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const say = (severity: Finding['severity'], place: Place | undefined, problem: Problem) =>
    findings.push(findingOf(indicator, severity, place, problem));
  const items = new Set<string>();
  for (const item of typed) {
    const text = itemText(item);
    if (text === '') continue;
    const problem = text === undefined ? notText(item) : itemProblem(indicator, text);
    if (problem !== undefined || text === undefined) say('error', item.place, problem ?? notText(item));
    else if (items.has(text)) say('info', item.place, repeated(text));
    else items.add(text);
  }
  const { maxItems } = indicator.list!;
  if (items.size > maxItems) say('error', undefined, tooMany(items.size, maxItems));
  return { items: [...items], findings };
}

function findingOf(
  indicator: Indicator,
  severity: Finding['severity'],
  place: Place | undefined,
  problem: Problem,
): Finding {
  return { severity, indicator: indicator.id, ...(place === undefined ? {} : { place }), ...problem };
}

type Problem = Pick<Finding, 'rule' | 'found' | 'expected' | 'message'>;

/** The name of an item as it is compared: NFC, no white space around or doubled within. */
export function normalItem(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u061c\u3000\u00a0\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff]/g,
      ' ',
    )
    .replace(/ +/g, ' ')
    .trim();
}

function itemText({ content, computed }: Entry): string | undefined {
  if (computed) return undefined;
  if (content.kind === 'text' || content.kind === 'number') return normalItem(content.text);
  return undefined;
}

function itemProblem(indicator: Indicator, text: string): Problem | undefined {
  const { maxLength, options, itemName } = indicator.list!;
  if (text.length > maxLength) {
    return {
      rule: 'list-item-too-long',
      found: `${text.length} 个字`,
      expected: `不超过 ${maxLength} 个字`,
      message: `${itemName}过长；请缩短到 ${maxLength} 个字以内。`,
    };
  }
  if (options !== undefined && !options.some((option) => normalItem(option) === text)) {
    return {
      rule: 'list-item-unknown',
      found: excerpt(text),
      expected: options.join('、').slice(0, 200).toWellFormed(),
      message: `这一项不在可选的${itemName}之内；请从单元格的下拉列表中选择。`,
    };
  }
  return undefined;
}

function notText(item: Entry): Problem {
  return {
    rule: 'list-item-not-text',
    found: item.computed ? '公式' : shown(item.content),
    expected: '文字',
    message: '这一格应填名称；请直接输入文字，不要用公式、日期或其他内容。',
  };
}

function repeated(text: string): Problem {
  return {
    rule: 'list-item-repeated',
    found: excerpt(text),
    message: '这一项在本表中重复填写，只计一次。',
  };
}

function tooMany(found: number, allowed: number): Problem {
  return {
    rule: 'list-too-long',
    found: `${found} 项`,
    expected: `不超过 ${allowed} 项`,
    message: `清单项目过多；请核对，最多填写 ${allowed} 项。`,
  };
}

function countTaken(count: number): Problem {
  return {
    rule: 'list-count-taken',
    found: '空白',
    expected: String(count),
    message: `本月数没有填写，已按清单中的项目计为 ${count}。`,
  };
}

function countDiffers(found: string, count: number): Problem {
  return {
    rule: 'list-count-differs',
    found,
    expected: `${count}（清单中不同的项目数）`,
    message: `本月数与清单不一致：清单中有 ${count} 项不同的内容；请补全清单，或改正本月数。`,
  };
}
