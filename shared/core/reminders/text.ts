import { isOverdue, lastDay, lastDayInWords } from '../catalogue/deadlines.ts';
import { daysBetween, type Instant, localDay, periodInWords, returnInWords } from '../catalogue/period.ts';
import { byUploadOrder } from '../ledger/upload.ts';
import { invisibleCharacters } from '../values/text.ts';
import { awaitsScanWord, heldInWords, standings } from '../words.ts';
import type { Revision } from '../year/revision.ts';
import type { YearState } from '../year/year-state.ts';
import type { ReminderList } from './contacts.ts';
import { type Lack, type LackingDepartment, type LackingReturn, occasionWords } from './lacking.ts';

const lackWords: Record<Lack, string> = {
  'not-reported': standings['not-reported'].word,
  refused: '退回未重报',
  reason: heldInWords(['changes-issued']),
  agreement: heldInWords(['awaits-agreement']),
  disagreed: '审核不同意，还没有计入，等待改正后重新上传',
  scan: `${awaitsScanWord}，已计入，还没有上传签字盖章的扫描件`,
  answer: '法制机构正在核实，等待部门答复',
  'answer-to-sent-back': heldInWords(['sent-back']),
};

/** A reminder in words, the same in a mail, a group, on the page and in a dry run. */
export interface ReminderText {
  subject: string;
  text: string;
}

export interface TextContext {
  state: YearState;
  now: Instant;
  list: Pick<ReminderList, 'askWhom'>;
  /** The address of a department's page; undefined where nobody knows it. */
  link?: ((department: string) => string) | undefined;
}

/**
 * What a department is told. No line begins with what somebody typed, so that no spreadsheet program takes one for a
 * formula that it is copied into.
 */
export function reminderText(reminder: LackingDepartment, context: TextContext): ReminderText {
  const { state, link, list } = context;
  const { department, lacking, occasion } = reminder;
  const name = plain(department.name);
  const lines = lacking.map((each, index) => `${index + 1}. ${lackInWords(each, context)}`);
  const last = filledInLast(state, department.id);
  const text = [
    `【催报】${name}：`,
    `还有 ${lacking.length} 份报表没有办完，请尽快办理；已经办完的请忽略。`,
    ...lines,
    ...(link === undefined ? [] : [`办理页面：${link(department.id)}`]),
    ...(last === undefined ? [] : [`最近填报人：${last}`]),
    `有疑问请联系：${asked(list.askWhom) || plain(state.catalogue.authority)}`,
  ];
  return {
    subject: `【催报】${name}：${lacking.length} 份报表${occasionWords[occasion]}`,
    text: text.join('\n'),
  };
}

function lackInWords(
  { one, lacks, occasion }: LackingReturn,
  { state: { catalogue }, now }: TextContext,
): string {
  const what = `${returnInWords(one.period)}：${lacks.map((lack) => lackWords[lack]).join('；')}`;
  if (occasion === 'answer-missing') return what;
  const days = daysBetween(localDay(now, catalogue.utcOffset), lastDay(one, catalogue));
  const left = isOverdue(one, now, catalogue)
    ? overdueInWords(-days)
    : days === 0
      ? '今天截止'
      : `还有 ${days} 天`;
  return `${what}，报送时限 ${lastDayInWords(one, catalogue)}，${left}`;
}

/** On the very day it is so where an extension ended within it. */
function overdueInWords(days: number): string {
  return days === 0 ? '已逾期' : `已逾期 ${days} 天`;
}

/** Who filled in the newest return of the department, this year or last, if a name stands in it. */
export function filledInLast({ returns, lastYear }: YearState, department: string): string | undefined {
  for (const own of [returns, lastYear?.state?.returns ?? []]) {
    const newest = own
      .filter((one) => one.department.id === department)
      .flatMap(({ revisions }) => revisions)
      .filter(({ signature }) => plain(signature.preparer) !== '')
      .sort((a, b) => byUploadOrder(a.upload, b.upload))
      .at(-1);
    if (newest !== undefined) return preparerOf(newest);
  }
  return undefined;
}

function preparerOf({ signature, period }: Revision): string {
  return `${plain(signature.preparer)}（${periodInWords(period)}）`;
}

/**
 * What people typed, on one line, as it looks, with nothing that a group of 飞书, 企业微信 or 钉钉 takes for a call to
 * somebody (`<at user_id="all">`, `@所有人`).
 */
function plain(text: string): string {
  return asked(text).replaceAll('@', '＠');
}

/** The same of what the office itself writes for all, in which an address of a mail may stand. */
function asked(text: string): string {
  return text
    .toWellFormed()
    .replace(invisibleCharacters, ' ')
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Texts one under the other, as they are copied or put into one message. */
export function textsTogether(texts: readonly Pick<ReminderText, 'text'>[]): string {
  return texts.map(({ text }) => text).join('\n\n');
}

/** Reminders in as few messages as hold them, in their order; one that no message holds is cut at the end of a line. */
export function fittingMessages<T extends Pick<ReminderText, 'text'>>(
  all: readonly T[],
  limit: number,
): { text: string; parts: T[] }[] {
  const messages: { text: string; parts: T[] }[] = [];
  for (const one of all) {
    const last = messages.at(-1);
    const together = last && textsTogether([last, one]);
    if (last !== undefined && together !== undefined && sizeOf(together) <= limit) {
      last.text = together;
      last.parts.push(one);
    } else messages.push({ text: cutTo(one.text, limit), parts: [one] });
  }
  return messages;
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Said where lines are left out. */
const andMore = '\n……';

function cutTo(text: string, limit: number): string {
  if (sizeOf(text) <= limit) return text;
  const lines = text.split('\n');
  while (lines.length > 1 && sizeOf(lines.join('\n') + andMore) > limit) lines.pop();
  return lines.join('\n') + andMore;
}
