import { describe, expect, it } from 'vitest';
import {
  compareDue,
  isAfterCutOff,
  isExtended,
  isLate,
  isOver,
  isOverdue,
  lastDay,
  lastDayInWords,
  lastMoment,
  type Stage,
  stageOf,
  type TimeLimit,
  wouldExtend,
} from '../../../../shared/core/catalogue/deadlines.ts';
import type { Day, Instant, Period } from '../../../../shared/core/catalogue/period.ts';

const deadline = { period: '2023-01', due: '2023-02-10', cutOff: '2023-02-20' } as const;
const zone = { utcOffset: '+08:00' };
const limit = (extendedUntil?: Instant): TimeLimit => ({ deadline, extendedUntil });

/** The last millisecond of a day in China, and the first of the next. */
const last = (day: Day): Instant => `${day}T15:59:59.999Z`;
const next = (day: Day): Instant => `${day}T16:00:00.000Z`;

describe('a return that is handed in', () => {
  it.each<[at: Instant, extendedUntil: Instant | undefined, late: boolean, held: boolean, what: string]>([
    [last('2023-02-10'), undefined, false, false, 'at the last moment of its day'],
    [next('2023-02-10'), undefined, true, false, 'a moment later'],
    [last('2023-02-20'), undefined, true, false, 'at the last moment before the cut-off'],
    [next('2023-02-20'), undefined, true, true, 'after it'],
    [next('2023-02-10'), last('2023-02-15'), false, false, 'within what it was put off to'],
    [last('2023-02-15'), last('2023-02-15'), false, false, 'at the last moment of that'],
    [next('2023-02-15'), last('2023-02-15'), true, false, 'after that, before the cut-off'],
    [next('2023-02-20'), last('2023-02-25'), false, false, 'beyond the cut-off, which was put off too'],
    [next('2023-02-25'), last('2023-02-25'), true, true, 'after both'],
    [last('2023-02-10'), last('2023-02-05'), false, false, 'after an extension that gave no more time'],
  ])('at %s, put off until %s, is late: %s, and held: %s, %s', (at, extendedUntil, late, held) => {
    expect(isLate(at, limit(extendedUntil), zone)).toBe(late);
    expect(isOverdue(limit(extendedUntil), at, zone)).toBe(late);
    expect(isAfterCutOff(at, limit(extendedUntil), zone)).toBe(held);
  });

  it('is late by the clocks of the city', () => {
    expect(isLate('2023-02-10T23:59:59.999Z', limit(), { utcOffset: '+00:00' })).toBe(false);
    expect(isLate('2023-02-11T00:00:00.000Z', limit(), { utcOffset: '+00:00' })).toBe(true);
  });
});

describe('the last day of a return', () => {
  it.each<[extendedUntil: Instant | undefined, is: boolean, moment: Instant, day: Day, words: string]>([
    [undefined, false, last('2023-02-10'), '2023-02-10', '2023-02-10'],
    [last('2023-02-15'), true, last('2023-02-15'), '2023-02-15', '2023-02-15（已延期）'],
    [last('2023-02-10'), false, last('2023-02-10'), '2023-02-10', '2023-02-10'],
    [last('2023-02-05'), false, last('2023-02-10'), '2023-02-10', '2023-02-10'],
  ])(
    'that was put off until %s (more time: %s) ends at %s, on %s, written %s',
    (until, is, moment, day, words) => {
      expect(isExtended(limit(until), zone)).toBe(is);
      expect(lastMoment(limit(until), zone)).toBe(moment);
      expect(lastDay(limit(until), zone)).toBe(day);
      expect(lastDayInWords(limit(until), zone)).toBe(words);
    },
  );

  it.each<[until: Day, extendedUntil: Instant | undefined, would: boolean, what: string]>([
    ['2023-02-11', undefined, true, 'a day more'],
    ['2023-02-10', undefined, false, 'the day itself'],
    ['2023-02-09', undefined, false, 'a day less'],
    ['2023-02-16', last('2023-02-15'), true, 'more than before'],
    ['2023-02-15', last('2023-02-15'), false, 'as much as before'],
    ['2023-02-14', last('2023-02-15'), false, 'less than before'],
    ['2023-02-10', last('2023-02-05'), false, 'more than an extension that gave none'],
  ])('put off to %s, after %s, would give more time: %s, as it is %s', (until, extendedUntil, would) => {
    expect(wouldExtend(until, limit(extendedUntil), zone)).toBe(would);
  });
});

describe('returns are due in the order', () => {
  it.each<[what: string, periods: [period: Period, due: Day][], order: Period[]]>([
    [
      'of their days',
      [
        ['2023-02', '2023-03-10'],
        ['2023-03', '2023-04-10'],
        ['2023-01', '2023-02-10'],
      ],
      ['2023-01', '2023-02', '2023-03'],
    ],
    [
      'of their periods where that is one day, the shorter of those that end together first',
      [
        ['2023-Q1', '2023-04-10'],
        ['2023-03', '2023-04-10'],
        ['2023-02', '2023-04-10'],
      ],
      ['2023-02', '2023-03', '2023-Q1'],
    ],
    [
      'of their days, whichever period is earlier',
      [
        ['2023-01', '2023-05-10'],
        ['2023-02', '2023-03-10'],
      ],
      ['2023-02', '2023-01'],
    ],
  ])('%s', (_, periods, order) => {
    const all = periods.map(([period, due]) => ({ period, due, cutOff: due }));
    expect(all.toSorted(compareDue).map(({ period }) => period)).toEqual(order);
  });
});

describe('where a period stands', () => {
  it.each<[now: Instant, stage: Stage, isOver: boolean, what: string]>([
    [last('2023-01-31'), 'not-due', false, 'until its last moment'],
    [next('2023-01-31'), 'due', true, 'from the next day on'],
    [last('2023-02-10'), 'due', true, 'until the last moment of its day'],
    [next('2023-02-10'), 'past-due', true, 'from then'],
    [last('2023-02-20'), 'past-due', true, 'until the cut-off'],
    [next('2023-02-20'), 'cut-off', true, 'after it'],
  ])('at %s is %s (over: %s): %s', (now, stage, over) => {
    expect(stageOf(deadline, now, zone)).toBe(stage);
    expect(isOver(deadline, now, zone)).toBe(over);
  });

  it('goes by its own days where the catalogue says some', () => {
    const own = { ...deadline, ends: '2023-01-25' as const };
    expect(isOver(own, next('2023-01-25'), zone)).toBe(true);
    expect(stageOf(own, last('2023-01-25'), zone)).toBe('not-due');
  });
});
