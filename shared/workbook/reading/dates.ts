import { defaultLimits } from './limits.ts';
import type { CellValue } from './model.ts';

/** Days from 1 March of the year 0 to serial 0: 30 December 1899, or 1 January 1904. */
const days1900 = 693_899;
const days1904 = days1900 + 1462;
/** The first serial that is no date any more: 1 January 10000. */
const endOf1900 = 2_958_466;
const daysBetweenSystems = 1462;

/**
 * The date a serial number stands for, or undefined if it is outside of Excel's dates. In the 1900 system serial
 * 60 is a 29 February 1900 that never was, and everything before it is a day off.
 */
export function serialToIso(serial: number, date1904: boolean): string | undefined {
  const end = date1904 ? endOf1900 - daysBetweenSystems : endOf1900;
  if (!(serial >= 0 && serial < end)) return undefined;
  const seconds = Math.round(serial * 86_400);
  const day = Math.floor(seconds / 86_400);
  if (day >= end) return undefined;
  const time = timeOf(seconds - day * 86_400);
  if (!date1904 && day === 60) return `1900-02-29${time}`;
  return calendarDay(day + (date1904 ? days1904 : day < 60 ? days1900 + 1 : days1900)) + time;
}

/** The date of a day counted from 1 March of the year 0, from which leap days come last in their cycles. */
function calendarDay(days: number): string {
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * march + 2) / 5) + 1;
  const month = march < 10 ? march + 3 : march - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

function timeOf(seconds: number): string {
  if (seconds === 0) return '';
  const two = (value: number) => String(value).padStart(2, '0');
  return `T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The digits of a second's fraction are as many as the writer likes, within what a cell can hold. */
const longestDate = defaultLimits.textLength;
/** What is longer is no length of time that a program writes. */
const longestDuration = 64;
/** A length of time: `P1DT2H`, at least one number behind the P, and behind the T. */
const duration =
  /^P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:[.,]\d+)?S)?)?$/;

/**
 * A date or a length of time as `t="d"` writes it; undefined if it is neither. A time alone falls on Excel's day
 * zero; a length of time stays as it is written.
 */
export function dateFromIso(text: string): CellValue | undefined {
  if (text === '' || text.length > longestDate) return undefined;
  if (text.length <= longestDuration && duration.test(text)) return { kind: 'date', iso: text, text };
  const parts =
    /^(?:(\d{4})-(\d\d)-(\d\d))?(?:(?:^|T)(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(
      text,
    );
  if (!parts) return undefined;
  const [, year = '1899', month = '12', day = '31', hour = '00', minute = '00', second = '00'] = parts;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const iso = `${year}-${month}-${day}`;
  if (date.toISOString().slice(0, 10) !== iso) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const time = `${hour}:${minute}:${second}`;
  return { kind: 'date', iso: time === '00:00:00' ? iso : `${iso}T${time}`, text };
}
