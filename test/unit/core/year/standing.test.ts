import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../shared/core/catalogue/period.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import {
  heldRevisions,
  outcomeOf,
  type Standing,
  standingOf,
  wasLate,
} from '../../../../shared/core/year/standing.ts';
import { warningsOnReturns } from '../../../../shared/core/year/warnings.ts';
import { accepted, adoption, recorded, refused, stateOf } from '../small-year.ts';
import {
  catalogue,
  figures,
  first,
  idOf,
  issued,
  january,
  lastDueMoment,
  pastCutOff,
  pastDue,
  period,
  published,
  second,
} from './january.ts';

const jia = { department: 'jia', period } as const;
const asked = (of: typeof first, effect: 'sent-back' | 'counts-meanwhile' = 'sent-back'): Payload => ({
  ...{ kind: 'question-asked', ...jia, upload: idOf(of), about: 'a', effect, reason: '请核实' },
});
const hashOf = (happening: Payload) => recorded(catalogue, [adoption(catalogue), happening]).at(-1)!.hash;
const closed = (question: Payload): Payload => ({
  ...{ kind: 'question-closed', ...jia, question: hashOf(question), reason: '清楚了' },
});
const late = accepted('jia', period, figures('9'), { name: 'late', at: pastDue });
const tooLate = accepted('jia', period, figures('9'), { name: 'too-late', at: pastCutOff });
const declined: Payload = { kind: 'admission-declined', ...jia, upload: idOf(tooLate), reason: '不同意' };
const bad = (at: Instant) => refused('jia', period, { at, name: `bad-${at}` });
const [soon, long] = ['2023-02-03T00:00:00.000Z', '2023-06-01T00:00:00.000Z'] as const;
const corrects = [first, published(1, idOf(first)), issued(1), second];

describe('what became of a return', () => {
  it.each<[sentence: string, Payload[], expected: string]>([
    ['nothing has come', [], 'not-reported'],
    ['a version counts', [first], 'counting'],
    ['a version counts, and another was refused since', [first, bad(soon)], 'counting'],
    ['all that came was refused', [bad(soon)], 'refused'],
    ['what came waits for the office to let it in', [tooLate], 'held'],
    ['what came was not let in', [tooLate, declined], 'declined'],
    ['what came was not let in, and something was refused', [tooLate, declined, bad(long)], 'declined'],
    [
      'what came was not let in, and the next waits',
      [tooLate, declined, accepted('jia', period, figures('8'), { name: 'next', at: long })],
      'held',
    ],
    ['what came was sent back', [first, asked(first)], 'sent-back'],
    [
      'what came was sent back, and the next waits',
      [first, asked(first), published(1, idOf(first)), issued(1), second],
      'sent-back',
    ],
  ])('%s', (_, happenings, expected) => {
    expect(outcomeOf(january(happenings))).toBe(expected);
  });

  it.each<[sentence: string, Payload[], boolean]>([
    ['nothing has come', [], false],
    ['it came in time', [first], false],
    ['it came in time and was corrected late', [first, late], false],
    ['it came late', [late], true],
  ])('%s: it was late or not', (_, happenings, expected) => {
    expect(wasLate(january(happenings))).toBe(expected);
  });

  it.each<[sentence: string, Payload[], number[]]>([
    ['what counts', [first], []],
    ['what waits for a reason', corrects, [2]],
    ['the last of several first', [...corrects, late], [3, 2]],
    ['what is only asked about', [first, asked(first)], []],
    ['what is asked about and waits for more', [...corrects, asked(second)], [2]],
  ])('of %s it is listed which versions are held', (_, happenings, expected) => {
    expect(heldRevisions(january(happenings)).map(({ number }) => number)).toEqual(expected);
  });
});

describe('how a return stands', () => {
  const noon: Instant = '2023-02-05T04:00:00.000Z';
  const plain: Standing = {
    ...{ kind: 'counting', late: false, openWarnings: 0, heldRevisions: 0, openQuestions: 0 },
    ...{ lastRefused: false, awaitsScan: false },
  };
  const standing = (happenings: Payload[], now = noon, more = {}) => {
    const state = stateOf({ ...catalogue, ...more }, happenings);
    const [own] = state.returns.filter(({ department }) => department.id === 'jia');
    return standingOf(own!, { warnings: [], now, catalogue: state.catalogue });
  };

  it.each<[sentence: string, Payload[], Partial<Standing>, Instant?]>([
    ['before its month is over', [], { kind: 'not-due' }, '2023-01-31T15:59:59.999Z'],
    ['when its month is over', [], { kind: 'due' }, '2023-01-31T16:00:00.000Z'],
    ['until it is due', [], { kind: 'due' }, lastDueMoment],
    ['after that', [], { kind: 'overdue' }, pastDue],
    [
      'when all was refused, whatever time it is',
      [bad(soon)],
      { kind: 'refused', lastRefused: true },
      pastDue,
    ],
    ['when it came', [first], {}],
    ['when it came late', [late], { late: true }],
    ['when the newest was refused', [first, bad(soon)], { lastRefused: true }],
    ['when it came after one was refused', [bad('2023-01-31T00:00:00.000Z'), first], {}],
    ['when it came again after one was refused', [first, bad('2023-02-01T12:00:00.000Z'), again()], {}],
    [
      'when one was refused after it came again',
      [first, again(), bad('2023-02-03T00:00:00.000Z')],
      { lastRefused: true },
    ],
    ['when a correction waits', corrects, { heldRevisions: 1 }],
    ['when it is asked about', [first, asked(first, 'counts-meanwhile')], { openQuestions: 1 }],
    [
      'when what was asked about is clear',
      [first, asked(first, 'counts-meanwhile'), closed(asked(first, 'counts-meanwhile'))],
      {},
    ],
  ])('%s', (_, happenings, expected, now = noon) => {
    expect(standing(happenings, now)).toEqual({ ...plain, ...expected });
  });

  it('waits for its scan where the catalogue asks for it', () => {
    expect(standing([first], noon, { signing: { scan: true, agreement: false } })).toEqual({
      ...plain,
      awaitsScan: true,
    });
  });

  it('has the warnings on it that nobody settled, not those on others', () => {
    const same = { a: '9', b: null };
    const warned = stateOf(catalogue, [
      ...['2023-01', '2023-02'].flatMap((month) => ['jia', 'yi'].map((who) => accepted(who, month, same))),
      ...['jia', 'yi'].map((who) => accepted(who, '2023-03', { a: '90000', b: null })),
    ]);
    const warnings = warningsOnReturns(warned);
    expect(warnings.map(({ department, period: month }) => `${department} ${month}`)).toEqual([
      'jia 2023-03',
      'yi 2023-03',
    ]);
    const settled = warnings.map((warning) => ({
      ...warning,
      acknowledged: { as: 'department', by: '甲', at: noon, reason: '属实' } as const,
    }));
    const open = (month: string, given: typeof warnings) =>
      standingOf(warned.returns.find((one) => one.department.id === 'yi' && one.period === month)!, {
        ...{ warnings: given, now: noon, catalogue },
      }).openWarnings;
    expect([
      open('2023-03', warnings.slice(1)),
      open('2023-03', warnings.slice(0, 1)),
      open('2023-02', warnings),
      open('2023-03', settled),
    ]).toEqual([1, 0, 0, 0]);
  });
});

/** The bytes of the first upload once more. */
function again(): typeof first {
  const upload = {
    ...first.upload,
    key: 'uploads/again.xlsx',
    uploadedAt: '2023-02-02T00:00:00.000Z' as const,
  };
  return { ...first, upload };
}
