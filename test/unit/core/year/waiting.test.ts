import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../shared/core/catalogue/period.ts';
import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import {
  openExtensionRequestsIn,
  openMisdirected,
  openQuestionsIn,
  overdueIn,
} from '../../../../shared/core/year/standing.ts';
import { accepted, refused, stateOf } from '../small-year.ts';
import { catalogue, figures, first, idOf, january, lastDueMoment, period } from './january.ts';

const asked: Payload = {
  ...{ kind: 'question-asked', department: 'jia', period, upload: idOf(first), about: 'a' },
  ...{ effect: 'sent-back', reason: '请核实' },
};
const bad = (at: Instant) => refused('jia', period, { at, name: `bad-${at}` });
const [soon, long] = ['2023-02-03T00:00:00.000Z', '2023-06-01T00:00:00.000Z'] as const;

describe('a form that was sent for another return', () => {
  const february = { department: 'jia', period: '2023-02' } as const;
  const file = accepted('jia', '2023-02', figures('3'), { at: '2023-02-01T05:00:00.000Z', name: 'form' });
  const sent = (formOf: { department: string; period: string } = february): Payload => ({
    ...refused('jia', null, { at: '2023-02-01T05:00:00.000Z', name: 'form' }),
    misdirected: { sentFor: period, formOf: formOf as typeof february },
  });
  const other = (at: Instant, of = '2023-02') =>
    accepted('jia', of, figures('3'), { at, name: `other-${at}` });
  const [earlier, later] = ['2023-02-01T04:00:00.000Z', '2023-02-01T06:00:00.000Z'] as const;

  it.each<[sentence: string, Payload[], boolean]>([
    ['is asked about', [sent()], true],
    [
      'is asked about where it is the form of another year',
      [sent({ department: 'jia', period: '2022-12' })],
      true,
    ],
    [
      'is not where something came since for the return that it was sent for',
      [sent(), other(later, period)],
      false,
    ],
    ['is not where something came since for the return whose form it is', [sent(), other(later)], false],
    ['is not where something was refused since', [sent(), bad(later)], false],
    [
      'still is where something came before it',
      [other(earlier), other(earlier, period), bad(earlier), sent()],
      true,
    ],
    [
      'is not where the very file was accepted before',
      [{ ...file, upload: { ...file.upload, uploadedAt: earlier, key: 'uploads/a.xlsx' } }, sent()],
      false,
    ],
    [
      'is asked about once where it was sent twice',
      [
        sent(),
        {
          ...refused('jia', null, { at: later, name: 'form-again' }),
          misdirected: { sentFor: period, formOf: february },
        },
      ],
      true,
    ],
  ])('%s', (_, happenings, isOpen) => {
    const open = openMisdirected(stateOf(catalogue, happenings));
    expect(open.map(({ sentFor }) => sentFor.period)).toEqual(isOpen ? [period] : []);
  });

  it('is told with what was sent', () => {
    const [open] = openMisdirected(stateOf(catalogue, [sent()]));
    expect(open?.sent).toMatchObject({
      formOf: february,
      upload: { fileName: 'form.xlsx', sha256: sha256('form') },
    });
  });

  it('counts the same file sent again as something that came since', () => {
    const once = other(earlier, period);
    const repeated = { ...once, upload: { ...once.upload, key: 'uploads/b.xlsx', uploadedAt: later } };
    expect(openMisdirected(stateOf(catalogue, [once, sent(), repeated]))).toEqual([]);
  });
});

describe('what waits in a year', () => {
  it('are returns that are overdue, first what was due first', () => {
    const state = stateOf(catalogue, [accepted('yi', '2023-02', figures('1')), bad(soon)]);
    const overdue = (now: Instant) =>
      overdueIn(state, now).map((one) => `${one.department.id} ${one.period}`);
    expect(overdue(lastDueMoment)).toEqual([]);
    expect(overdue('2023-03-15T00:00:00.000Z')).toEqual(['jia 2023-01', 'yi 2023-01', 'jia 2023-02']);
    const reversed = { ...state, returns: state.returns.toReversed() };
    expect(overdueIn(reversed, '2023-03-15T00:00:00.000Z').map((one) => one.period)).toEqual([
      '2023-01',
      '2023-01',
      '2023-02',
    ]);
  });

  it('are questions: what the office has to look at, then the oldest', () => {
    const state = january([first, asked]);
    const [one] = state.questions;
    const question = (id: string, at: Instant, stage: 'open' | 'answered' | 'closed') => ({
      ...one!,
      ...{ id: sha256(id), about: id, asked: { ...one!.asked, at }, stage },
    });
    const questions = [
      question('open later', '2023-03-02T00:00:00.000Z', 'open'),
      question('answered later', '2023-03-04T00:00:00.000Z', 'answered'),
      question('closed', '2023-03-01T00:00:00.000Z', 'closed'),
      question('answered', '2023-03-03T00:00:00.000Z', 'answered'),
      question('open', '2023-03-01T00:00:00.000Z', 'open'),
    ];
    const order = ['answered', 'answered later', 'open', 'open later'];
    for (const given of [questions, questions.toReversed()]) {
      expect(
        openQuestionsIn({ returns: [{ ...state, questions: given }] }).map(({ about }) => about),
      ).toEqual(order);
    }
  });

  it('are requests for more time, the oldest first', () => {
    const requests: Payload[] = [
      { kind: 'extension-requested', department: 'jia', period, until: long, reason: '晚' },
      { kind: 'extension-requested', department: 'yi', period, until: long, reason: '早' },
    ];
    const state = stateOf(catalogue, requests);
    const [later, earlier] = state.returns.flatMap(({ extensionRequests }) => extensionRequests);
    const asked = (one: typeof later, at: Instant) => ({ ...one!, asked: { ...one!.asked, at } });
    const [a, b] = [asked(later, '2023-02-02T00:00:00.000Z'), asked(earlier, '2023-02-01T00:00:00.000Z')];
    const given = { ...b, answer: { kind: 'declined', by: '乙', at: long, reason: '不必' } as const };
    const open = (...extensionRequests: (typeof a)[]) =>
      openExtensionRequestsIn({ returns: [{ ...state.returns[0]!, extensionRequests }] }).map(
        ({ department }) => department,
      );
    expect([open(a, b), open(b, a), open(a, given)]).toEqual([['yi', 'jia'], ['yi', 'jia'], ['jia']]);
  });
});
