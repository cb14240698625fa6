import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { isExtended, lastMoment, type TimeLimit } from '../../../shared/core/catalogue/deadlines.ts';
import { endOfDay, type Instant, localDay, localTime } from '../../../shared/core/catalogue/period.ts';
import type { Act } from '../../../shared/core/ledger/people.ts';
import type { Upload } from '../../../shared/core/ledger/upload.ts';
import type { Html } from '../reply.ts';

type Year = Pick<Catalogue, 'year' | 'utcOffset'>;

/** A day as a person says it; the year only where it is not the one that the page is about. */
export function dayInWords(day: string, year: number): string {
  const [years, month, date] = day.split('-').map(Number);
  return `${years === year ? '' : `${years}年`}${month}月${date}日`;
}

/** A moment as a person says it; the time of day only where it is not the day's end. */
function momentInWords(instant: Instant, { year, utcOffset }: Year): string {
  const day = localDay(instant, utcOffset);
  const isEndOfDay = endOfDay(day, utcOffset).slice(0, 16) === instant.slice(0, 16);
  return `${dayInWords(day, year)}${isEndOfDay ? '' : localTime(instant, utcOffset).slice(day.length)}`;
}

/** When an upload was received, and when it was handed in if the office says that it was before. */
export function receivedInWords(
  { uploadedAt, claimedAt }: Pick<Upload, 'uploadedAt' | 'claimedAt'>,
  { utcOffset }: Pick<Year, 'utcOffset'>,
): string {
  const received = localTime(uploadedAt, utcOffset);
  return claimedAt === null
    ? received
    : `${received}（法制机构登记：${localTime(claimedAt, utcOffset)} 已交来）`;
}

/** Until when a return has to be there: `4月10日截止`, `延至4月20日`. */
export function deadlineInWords(limit: TimeLimit, year: Year): string {
  const last = lastMomentInWords(limit, year);
  return isExtended(limit, year) ? `延至${last}` : `${last}截止`;
}

/** The last day or moment on which a return is in time, for the middle of a sentence. */
export function lastMomentInWords(limit: TimeLimit, year: Year): string {
  return momentInWords(lastMoment(limit, year), year);
}

/** Who did what when, and why, if anybody said: `赵科长于 2023-04-20 09:00 同意计入：停电`. */
export function actLine(
  word: string,
  { by, at, reason }: Act,
  { utcOffset }: Pick<Catalogue, 'utcOffset'>,
): Html {
  return html`${by}于 ${localTime(at, utcOffset)} ${word}${reason === '' ? '' : html`：<span class="typed">${reason}</span>`}`;
}
