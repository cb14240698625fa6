import { describe, expect, it } from 'vitest';
import { catalogueShape } from '../../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import type { Day, Instant } from '../../../../shared/core/catalogue/period.ts';
import type { Payload, QuestionEffect } from '../../../../shared/core/ledger/event.ts';
import { usualList } from '../../../../shared/core/reminders/contacts.ts';
import { lackingIn, remindersDue } from '../../../../shared/core/reminders/lacking.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import type { YearState } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueFile, catalogueOf, indicator, refused, stateOf } from '../small-year.ts';
import { idOf, issued, published } from '../year/january.ts';

/** Due on the 10th, cut off on the 20th of the month after; reminded 3 days before, and weekly while overdue. */
const catalogue = catalogueOf({ indicators: [indicator('a')] });
const schedule = usualList;
const at = (day: string): Instant => `${day as Day}T01:00:00.000Z`;

/** 乙局 is done in every month, so that 甲局 alone may lack something. */
const done = [1, 2, 3].map((month) => accepted('yi', `2023-0${month}`, { a: '1' }));
const year = (...happenings: Payload[]): YearState => stateOf(catalogue, [...done, ...happenings]);

function lacks(state: YearState, day: string): string[] {
  return lackingIn(state, at(day), schedule).flatMap(({ department, lacking }) =>
    lacking.map(
      ({ one, lacks, occasion }) => `${department.id} ${one.period} ${lacks.join('+')} ${occasion}`,
    ),
  );
}

describe('who lacks something', () => {
  it.each<[string, Payload[], string, string[]]>([
    ['nobody while the period is not over', [], '2023-01-31', []],
    ['whose period is over, from the next day on', [], '2023-02-01', ['jia 2023-01 not-reported opened']],
    ['some days before the last', [], '2023-02-07', ['jia 2023-01 not-reported before-due']],
    ['on the last day', [], '2023-02-10', ['jia 2023-01 not-reported due-today']],
    ['while it is overdue', [], '2023-02-11', ['jia 2023-01 not-reported overdue']],
    [
      'with every period, the oldest first',
      [],
      '2023-03-07',
      ['jia 2023-01 not-reported overdue', 'jia 2023-02 not-reported before-due'],
    ],
    ['nobody who has reported', [accepted('jia', '2023-01', { a: '1' })], '2023-02-11', []],
    [
      'whose return was refused',
      [refused('jia', '2023-01', { at: '2023-02-02T01:00:00.000Z' })],
      '2023-02-05',
      ['jia 2023-01 refused opened'],
    ],
    [
      'nobody whose refused return was mended',
      [refused('jia', '2023-01'), accepted('jia', '2023-01', { a: '1' }, { at: '2023-02-03T01:00:00.000Z' })],
      '2023-02-11',
      [],
    ],
    [
      'nobody who waits for the legal office',
      [accepted('jia', '2023-01', { a: '1' }, { at: '2023-02-21T01:00:00.000Z' })],
      '2023-02-22',
      [],
    ],
    [
      'who was given more time, by that time',
      [extension('2023-01', '2023-02-25')],
      '2023-02-11',
      ['jia 2023-01 not-reported opened'],
    ],
  ])('is %s', (_, happenings, day, expected) => {
    expect(lacks(year(...happenings), day)).toEqual(expected);
  });

  it('are the departments that lack something, and no others', () => {
    expect(lackingIn(year(), at('2023-02-11'), schedule).map(({ department }) => department.id)).toEqual([
      'jia',
    ]);
    const reported = accepted('jia', '2023-01', { a: '1' });
    expect(lackingIn(year(reported), at('2023-02-11'), schedule)).toEqual([]);
  });

  it('is told first what was due first, whichever period it is of', () => {
    const due = ['2023-05-10', '2023-03-10'];
    const file = catalogueFile({ indicators: [indicator('a')], months: [1, 2] });
    const periods = file.periods.map((each, index) => ({ ...each, due: due[index], cutOff: '2023-06-30' }));
    const state = stateOf(catalogueShape.parse({ ...file, periods }), [
      accepted('yi', '2023-01', { a: '1' }),
      accepted('yi', '2023-02', { a: '1' }),
    ]);
    expect(lacks(state, '2023-03-10')).toEqual([
      'jia 2023-02 not-reported due-today',
      'jia 2023-01 not-reported opened',
    ]);
  });

  it('is who changed what was published and gave no reason, and nobody once there is one', () => {
    const first = accepted('jia', '2023-01', { a: '1' }, { at: '2023-02-03T01:00:00.000Z', name: 'first' });
    const second = accepted('jia', '2023-01', { a: '2' }, { at: '2023-02-08T01:00:00.000Z', name: 'second' });
    const happenings = [first, published(1, idOf(first)), issued(1), second];
    expect(lacks(year(...happenings), '2023-02-08')).toEqual(['jia 2023-01 reason answer-missing']);
    const noted = accepted(
      'jia',
      '2023-01',
      { a: '2' },
      { at: '2023-02-09T01:00:00.000Z', name: 'noted', note: '漏报' },
    );
    expect(lacks(year(...happenings, noted), '2023-02-09')).toEqual([]);
  });
});

describe('a version that the department’s reviewer has to agree to', () => {
  const reviewed = catalogueSchema.parse({
    ...catalogueFile({ indicators: [indicator('a')] }),
    signing: { agreement: true },
  });
  const own = accepted('jia', '2023-01', { a: '1' });
  const about = { department: 'jia', period: '2023-01', upload: idOf(own) } as const;

  it.each<[string, Payload[], string[]]>([
    ['a review', [own], ['jia 2023-01 agreement answer-missing']],
    [
      'another version, once the reviewer did not agree',
      [own, { kind: 'return-disagreed', ...about, reason: '少一件' }],
      ['jia 2023-01 disagreed answer-missing'],
    ],
    ['nothing, once the reviewer agreed', [own, { kind: 'return-agreed', ...about }], []],
  ])('lacks %s', (_, happenings, expected) => {
    const found = lacks(stateOf(reviewed, happenings), '2023-02-05');
    expect(found.filter((each) => each.startsWith('jia'))).toEqual(expected);
  });
});

describe('a return whose signed sheet is to be scanned', () => {
  const departments = [{ id: 'jia', name: '甲局' }];
  const signed = catalogueSchema.parse({
    ...catalogueFile({ indicators: [indicator('a')], departments }),
    signing: { scan: true },
  });
  const own = accepted('jia', '2023-01', { a: '1' }, { at: '2023-02-03T01:00:00.000Z' });
  const scan = { sha256: sha256('scan'), size: 1, kind: 'pdf' } as const;
  const filed: Payload = {
    ...{ kind: 'scan-filed', department: 'jia', period: '2023-01' },
    ...{ upload: idOf(own), scan },
  };

  it('lacks the scan, of which it is reminded from the day after on, until it is filed', () => {
    const state = stateOf(signed, [own]);
    expect(lacks(state, '2023-02-03')).toEqual(['jia 2023-01 scan answer-missing']);
    expect(remindersDue(state, at('2023-02-03'), schedule)).toEqual([]);
    expect(remindersDue(state, at('2023-02-04'), schedule)).toMatchObject([{ remindOn: '2023-02-04' }]);
    expect(lacks(stateOf(signed, [own, filed]), '2023-02-04')).toEqual([]);
  });

  it('lacks nothing but the return itself while none came', () => {
    expect(lacks(stateOf(signed, []), '2023-02-11')).toEqual(['jia 2023-01 not-reported overdue']);
  });
});

describe('what the legal office asks about a return', () => {
  const own = [1, 2, 3].map((month) => accepted('jia', `2023-0${month}`, { a: '1' }));
  const about = { department: 'jia', period: '2023-01' } as const;
  const asked = (effect: QuestionEffect): Payload => ({
    ...{ kind: 'question-asked', ...about, upload: idOf(own[0]!), about: null, effect, reason: '请核实' },
  });
  /** Everything that the office does is recorded at one moment, whose day it is in China. */
  const [day, next] = ['2024-06-01', '2024-06-02'] as const;

  it.each([
    ['counts-meanwhile', 'answer'],
    ['sent-back', 'answer-to-sent-back'],
  ] as const)('(%s) is lacking until it is answered, from the day after it was asked', (effect, lack) => {
    const open = year(...own, asked(effect));
    expect(lacks(open, day)).toEqual([`jia 2023-01 ${lack} answer-missing`]);
    expect(remindersDue(open, at(day), schedule)).toEqual([]);
    expect(remindersDue(open, at(next), schedule)).toMatchObject([{ remindOn: next }]);
    const question = open.returns.flatMap(({ questions }) => questions)[0]!.id;
    const answer: Payload = { kind: 'question-answered', ...about, question, reason: '属实' };
    expect(lacks(year(...own, asked(effect), answer), next)).toEqual([]);
  });

  it('is told with all else that keeps the return', () => {
    const late = accepted('jia', '2023-01', { a: '9' }, { at: '2023-06-01T00:00:00.000Z', name: 'late' });
    const { 0: first } = own;
    const state = year(...own, published(1, idOf(first!)), issued(1), asked('counts-meanwhile'), late);
    expect(lacks(state, next)).toEqual(['jia 2023-01 reason+answer answer-missing']);
  });
});

function extension(period: '2023-01', until: Day): Payload {
  return { kind: 'deadline-extended', department: null, period, until: at(until), reason: '假期' };
}

/** On which days of a stretch a reminder is due that was not due the day before, if each goes out on its day. */
function daysReminded(state: YearState, from: string, days: number): string[] {
  const found = new Set<string>();
  for (let day = 0; day < days; day++) {
    const now: Instant = new Date(
      Date.parse(`${from}T01:00:00.000Z`) + day * 86_400_000,
    ).toISOString() as Instant;
    for (const { department, remindOn } of remindersDue(state, now, schedule))
      found.add(`${department.id} ${remindOn}`);
  }
  return [...found];
}

describe('reminders are due', () => {
  it('as a period opens, three days before, on the day, the day after, and every seventh from then', () => {
    const january = stateOf(catalogueOf({ indicators: [indicator('a')], months: [1] }), [done[0]!]);
    expect(daysReminded(january, '2023-01-28', 40)).toEqual([
      'jia 2023-02-01',
      'jia 2023-02-07',
      'jia 2023-02-10',
      'jia 2023-02-11',
      'jia 2023-02-18',
      'jia 2023-02-25',
      'jia 2023-03-04',
    ]);
  });

  it('no more often of many overdue months than of one', () => {
    const months = [1, 2, 3, 4, 5, 6, 7];
    const long = catalogueOf({ indicators: [indicator('a')], months });
    const others = months.map((month) => accepted('yi', `2023-0${month}`, { a: '1' }));
    expect(daysReminded(stateOf(long, others), '2023-07-28', 36).slice(1)).toEqual([
      'jia 2023-08-01',
      'jia 2023-08-07',
      'jia 2023-08-10',
      'jia 2023-08-11',
      'jia 2023-08-18',
      'jia 2023-08-25',
      'jia 2023-09-01',
    ]);
  });

  it('again and again only of what is overdue', () => {
    const often = { daysBefore: [], overdueEvery: 2 };
    const on = (day: string) => remindersDue(year(), at(day), often).map(({ remindOn }) => remindOn);
    expect(on('2023-02-06')).toEqual(['2023-02-01']);
    expect(on('2023-02-13')).toEqual(['2023-02-13']);
    expect(on('2023-02-14')).toEqual(['2023-02-13']);
  });

  it('by the days that the office says, and by the time that it gave', () => {
    const state = year(extension('2023-01', '2023-02-25'));
    const own = { daysBefore: [5, 1], overdueEvery: 30 };
    const on = (day: string) => remindersDue(state, at(day), own).map(({ remindOn }) => remindOn);
    expect(on('2023-02-09')).toEqual([]);
    expect(on('2023-02-20')).toEqual(['2023-02-20']);
    expect(on('2023-02-24')).toEqual(['2023-02-24']);
    expect(on('2023-02-25')).toEqual(['2023-02-25']);
  });

  it('for six days more where one could not go out, and then not until the next', () => {
    const state = stateOf(catalogueOf({ indicators: [indicator('a')], months: [1] }), [done[0]!]);
    const on = (day: string) => remindersDue(state, at(day), { daysBefore: [], overdueEvery: 30 });
    expect(on('2023-02-07').map(({ remindOn }) => remindOn)).toEqual(['2023-02-01']);
    expect(on('2023-02-08')).toEqual([]);
    expect(on('2023-02-17').map(({ remindOn }) => remindOn)).toEqual(['2023-02-11']);
    expect(on('2023-02-18')).toEqual([]);
  });

  it('once a department, however many periods it lacks, and as pressing as the most pressing', () => {
    const due = remindersDue(year(), at('2023-03-11'), schedule);
    expect(due).toHaveLength(1);
    expect(due[0]).toMatchObject({ remindOn: '2023-03-11', occasion: 'overdue' });
    expect(due[0]!.lacking).toHaveLength(2);
  });

  it('of a missing reason from the day after on, since whoever sent it was told', () => {
    const first = accepted('jia', '2023-01', { a: '1' }, { at: '2023-02-03T01:00:00.000Z', name: 'first' });
    const second = accepted('jia', '2023-01', { a: '2' }, { at: '2023-02-08T01:00:00.000Z', name: 'second' });
    const state = year(first, published(1, idOf(first)), issued(1), second);
    const on = (day: string) => remindersDue(state, at(day), schedule).map(({ remindOn }) => remindOn);
    expect(on('2023-02-08')).toEqual([]);
    expect(on('2023-02-09')).toEqual(['2023-02-09']);
    expect(on('2023-02-16')).toEqual(['2023-02-16']);
  });
});
