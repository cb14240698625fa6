import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../shared/core/catalogue/period.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import type { Sha256 } from '../../../../shared/core/values/digest.ts';
import { extensionRequestsIn } from '../../../../shared/core/year/extension-requests.ts';
import { recorded, recordedAt } from '../small-year.ts';
import { catalogue, period } from './january.ts';

const [wanted, given, later] = [
  '2023-02-15T15:59:59.999Z',
  '2023-02-13T15:59:59.999Z',
  '2023-02-18T15:59:59.999Z',
] as const;
const asks = (department: string): Payload => ({
  ...{ kind: 'extension-requested', department, period, until: wanted, reason: '系统升级' },
});
const extended = (department: string | null, until: Instant = given, of = period): Payload => ({
  ...{ kind: 'deadline-extended', department, period: of as typeof period, until, reason: '同意' },
});
/** The office declines the first request of a department. */
const declined = (department: string): Payload => ({
  ...{
    kind: 'extension-declined',
    department,
    period,
    reason: '期限已经很长',
    request: requestOf(department),
  },
});

/** The hash of the request with which a year begins. */
function requestOf(department: string): Sha256 {
  const [asked] = extensionRequestsIn(recorded(catalogue, [asks(department)]));
  return asked!.id;
}
const requestsAfter = (...happenings: Payload[]) => extensionRequestsIn(recorded(catalogue, happenings));

describe('a request for more time', () => {
  it.each<[sentence: string, Payload[], string[]]>([
    ['waits as long as nobody answers', [asks('jia')], ['jia waits']],
    ['is granted by an extension of its return', [asks('jia'), extended('jia')], ['jia granted']],
    ['is granted by an extension for all departments', [asks('jia'), extended(null)], ['jia granted']],
    ['is not granted by one of another department', [asks('jia'), extended('yi')], ['jia waits']],
    [
      'is not granted by one of another month',
      [asks('jia'), extended('jia', given, '2023-02')],
      ['jia waits'],
    ],
    ['is not granted by what was given before anybody asked', [extended('jia'), asks('jia')], ['jia waits']],
    ['is declined', [asks('jia'), declined('jia')], ['jia declined']],
    [
      'is not declined with that of another department',
      [asks('jia'), asks('yi'), declined('jia')],
      ['jia declined', 'yi waits'],
    ],
    [
      'stays declined when everybody gets more time afterwards',
      [asks('jia'), declined('jia'), extended(null)],
      ['jia declined'],
    ],
    [
      'may be made again after it was declined',
      [asks('jia'), declined('jia'), asks('jia'), extended('jia')],
      ['jia declined', 'jia granted'],
    ],
  ])('%s', (_, happenings, expected) => {
    const requests = requestsAfter(...happenings);
    expect(requests.map(({ department, answer }) => `${department} ${answer?.kind ?? 'waits'}`)).toEqual(
      expected,
    );
  });

  it('says who asked for what, and who answered what; the first answer stands', () => {
    const act = { by: '系统', at: recordedAt };
    expect(requestsAfter(asks('jia'), extended('jia'), extended('jia', later))).toEqual([
      {
        ...{ id: requestOf('jia'), department: 'jia', period, until: wanted },
        asked: { ...act, reason: '系统升级' },
        answer: { ...act, kind: 'granted', until: given, reason: '同意' },
      },
    ]);
    expect(requestsAfter(asks('jia'), declined('jia'))).toMatchObject([
      { answer: { ...act, kind: 'declined', reason: '期限已经很长' } },
    ]);
  });
});
