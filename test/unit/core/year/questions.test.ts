import { describe, expect, it } from 'vitest';
import { adoptedAlone } from '../../../../shared/core/catalogue/adoption.ts';
import { catalogueHash } from '../../../../shared/core/catalogue/catalogue.ts';
import { type Instant, instantSchema } from '../../../../shared/core/catalogue/period.ts';
import {
  type Chain,
  chainOf,
  type LedgerEvent,
  nextEvent,
  type Payload,
  type QuestionEffect,
} from '../../../../shared/core/ledger/event.ts';
import type { UploadId } from '../../../../shared/core/ledger/upload.ts';
import type { Sha256 } from '../../../../shared/core/values/digest.ts';
import { type Question, questionsIn, stageOf, wasAskedFor } from '../../../../shared/core/year/questions.ts';
import { outcomeOf } from '../../../../shared/core/year/standing.ts';
import { foldYear, type ReturnState, returnOf } from '../../../../shared/core/year/year-state.ts';
import { accepted, adoption, recorded } from '../small-year.ts';
import {
  catalogue,
  explained,
  figures,
  first,
  idOf,
  issued,
  pastCutOff,
  period,
  published,
  second,
  standings,
} from './january.ts';

type Accepted = typeof first;
const about = { department: 'jia', period } as const;

/** What happens, given the question that was asked before it, and when. */
type Step = (question: Sha256) => { at?: string; happening: Payload };

const came =
  (happening: Accepted): Step =>
  () => ({ at: happening.upload.uploadedAt, happening });
const happens =
  (happening: Payload): Step =>
  () => ({ happening });
const asks =
  (upload: Accepted, effect: QuestionEffect = 'sent-back', at?: string): Step =>
  () => ({
    ...(at === undefined ? {} : { at }),
    happening: {
      kind: 'question-asked',
      ...about,
      upload: idOf(upload),
      about: 'a',
      effect,
      reason: '请核实',
    },
  });
const answers: Step = (question) => ({
  happening: { kind: 'question-answered', ...about, question, reason: '确实如此' },
});
const closes =
  (at?: string): Step =>
  (question) => ({
    ...(at === undefined ? {} : { at }),
    happening: { kind: 'question-closed', ...about, question, reason: '清楚了' },
  });
const insists =
  (upload: Accepted): Step =>
  (question) => ({
    happening: { kind: 'question-insisted', ...about, question, upload: idOf(upload), reason: '还不清楚' },
  });
const admits =
  (kind: 'return-admitted' | 'admission-declined', upload: UploadId): Step =>
  () => ({ happening: { kind, ...about, upload, reason: '再三考虑' } });

const usually: Instant = '2023-03-01T00:00:00.000Z';

function januaryAfter(...steps: Step[]): ReturnState {
  const chains = new Map<Chain, LedgerEvent[]>();
  let question = '' as Sha256;
  for (const step of [happens(adoption(catalogue)), ...steps]) {
    const { at = usually, happening } = step(question);
    const chain = chainOf(2023, happening.kind === 'return-accepted' ? 'jia' : 'office');
    const events = chains.get(chain) ?? [];
    const entry = { at: instantSchema.parse(at), by: '某人', catalogue: catalogueHash(catalogue), happening };
    const event = nextEvent(chain, events, entry);
    chains.set(chain, [...events, event]);
    if (happening.kind === 'question-asked') question = event.hash;
  }
  return returnOf(foldYear(adoptedAlone(catalogue), [...chains.values()].flat()), about)!;
}

const third = accepted('jia', period, figures('3'), { name: 'third', at: '2023-02-03T01:00:00.000Z' });
const afterCutOff = (name: string, at: string = pastCutOff, note = '') =>
  accepted('jia', period, figures('9'), { name, at, note });

describe('what a question does to a return', () => {
  it.each<[sentence: string, steps: Step[], counting: number | undefined, stage: string]>([
    ['核实 leaves it counting', [came(first), asks(first, 'counts-meanwhile')], 1, 'open'],
    ['退回 takes it out of the totals', [came(first), asks(first)], undefined, 'open'],
    ['退回 takes earlier versions along', [came(first), came(second), asks(second)], undefined, 'open'],
    ['an answer lets it count again', [came(first), asks(first), answers], 1, 'answered'],
    ['closing lets it count again', [came(first), asks(first), closes()], 1, 'closed'],
    ['a new version answers', [came(first), asks(first), came(second)], 2, 'answered'],
    ['insisting takes it out again', [came(first), asks(first), answers, insists(first)], undefined, 'open'],
    [
      'insisting on the new version takes that out',
      [came(first), asks(first), came(second), insists(second)],
      undefined,
      'open',
    ],
    [
      'a version after the one that was insisted on answers',
      [came(first), asks(first), came(second), insists(second), came(third)],
      3,
      'answered',
    ],
    [
      'a version that was replaced before anybody heard is no longer in question',
      [came(first), came(second), asks(first)],
      2,
      'answered',
    ],
    ['a version that nobody recorded is answered by no other', [came(first), asks(second)], 1, 'open'],
    [
      'a new version that is held answers nothing',
      [came(first), happens(published(1, idOf(first))), happens(issued(1)), asks(first), came(second)],
      undefined,
      'open',
    ],
    [
      'once that has its reason it answers',
      [
        came(first),
        happens(published(1, idOf(first))),
        happens(issued(1)),
        asks(first),
        came(second),
        happens(explained(idOf(second))),
      ],
      2,
      'answered',
    ],
    [
      'the same file once more answers nothing',
      [came(first), asks(first), came(sameAgain())],
      undefined,
      'open',
    ],
  ])('%s', (_, steps, counting, stage) => {
    const state = januaryAfter(...steps);
    expect(state.counting?.number).toBe(counting);
    expect(state.questions.map((question) => question.stage)).toEqual([stage]);
    expect(outcomeOf(state)).toBe(counting === undefined ? 'sent-back' : 'counting');
  });

  it('says why every version waits', () => {
    expect(standings(januaryAfter(came(first), came(second), asks(second)))).toEqual([
      [1, 'superseded', ''],
      [2, 'held', 'sent-back'],
    ]);
  });

  it('keeps who asked, answered, insisted and closed, in that order', () => {
    const [question] = januaryAfter(
      came(first),
      asks(first),
      answers,
      insists(first),
      answers,
      closes(),
    ).questions;
    expect(question).toMatchObject({ about: 'a', asked: { by: '某人', reason: '请核实' } });
    expect(question?.steps.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'answered 确实如此',
      'insisted 还不清楚',
      'answered 确实如此',
      'closed 清楚了',
    ]);
  });
});

describe('a version that comes after the cut-off', () => {
  const asked = asks(first, 'sent-back', '2023-02-19T00:00:00.000Z');

  it.each<[sentence: string, steps: Step[], expected: unknown]>([
    [
      'counts if the office asked for it',
      [came(first), asked, came(afterCutOff('late'))],
      [2, 'counting', ''],
    ],
    [
      'is held if it came before the office asked',
      [came(first), came(afterCutOff('late')), asks(first, 'counts-meanwhile', '2023-02-25T00:00:00.000Z')],
      [2, 'held', 'after-cut-off'],
    ],
    [
      'is held if the question had been closed',
      [came(first), asked, closes('2023-02-20T00:00:00.000Z'), came(afterCutOff('late'))],
      [2, 'held', 'after-cut-off'],
    ],
    [
      'is declined where the office does not let it in',
      [came(first), came(afterCutOff('late')), admits('admission-declined', idOf(afterCutOff('late')))],
      [2, 'declined', ''],
    ],
    [
      'counts where the office thinks better of it',
      [
        came(first),
        came(afterCutOff('late')),
        admits('admission-declined', idOf(afterCutOff('late'))),
        admits('return-admitted', idOf(afterCutOff('late'))),
      ],
      [2, 'counting', ''],
    ],
  ])('%s', (_, steps, expected) => {
    expect(standings(januaryAfter(...steps)).at(-1)).toEqual(expected);
  });

  it('that is all there is and was declined leaves the return declined, not held', () => {
    const late = afterCutOff('late');
    expect(outcomeOf(januaryAfter(came(late), admits('admission-declined', idOf(late))))).toBe('declined');
  });
});

describe('whether an upload was asked for', () => {
  const [asked, between, closed, after] = [1, 2, 3, 4].map((day): Instant => `2023-03-0${day}T00:00:00.000Z`);
  const question = (...steps: [kind: 'answered' | 'insisted' | 'closed', at: Instant][]) =>
    ({
      asked: { by: '某人', at: asked, reason: '请核实' },
      steps: steps.map(([kind, at]) => ({ kind, at, by: '某人', reason: '说明' })),
    }) as Question;

  it.each<[at: Instant | undefined, Question[], is: boolean, why: string]>([
    ['2023-02-28T00:00:00.000Z', [question()], false, 'it came before anybody asked'],
    [asked, [question()], true, 'it came in that moment'],
    [after, [question()], true, 'nobody closed the question'],
    [closed, [question(['closed', closed!])], true, 'it came when that was closed'],
    [after, [question(['closed', closed!])], false, 'that was closed before'],
    [between, [question(['answered', asked!], ['closed', closed!])], true, 'an answer closes nothing'],
    [after, [question(['closed', closed!]), question()], true, 'another question is open'],
    [after, [], false, 'nobody asked'],
  ])('at %s of %j: %s, since %s', (at, questions, is) => {
    expect(wasAskedFor(at!, questions)).toBe(is);
  });

  it('an answer or a version answers it, unless the office insisted or closed it', () => {
    const stages = [
      question(),
      question(['answered', between!]),
      question(['answered', between!], ['insisted', closed!]),
      question(['closed', closed!]),
    ];
    expect(stages.map((one) => stageOf(one, false))).toEqual(['open', 'answered', 'open', 'closed']);
    expect(stages.map((one) => stageOf(one, true))).toEqual(['answered', 'answered', 'answered', 'closed']);
  });

  it('is known of questions that are there: what was done about others is passed over', () => {
    const none = 'f'.repeat(64) as Sha256;
    const about = { department: 'jia', period, question: none, reason: '清楚了' } as const;
    const events = recorded(catalogue, [
      { kind: 'question-answered', ...about },
      { kind: 'question-insisted', ...about, upload: idOf(first) },
      { kind: 'question-closed', ...about },
    ]);
    expect(questionsIn(events)).toEqual([]);
  });
});

/** The bytes of the first upload, uploaded anew. */
function sameAgain(): Accepted {
  const again = structuredClone(first);
  again.upload = { ...again.upload, key: 'uploads/again.xlsx', uploadedAt: '2023-02-05T01:00:00.000Z' };
  return again;
}
