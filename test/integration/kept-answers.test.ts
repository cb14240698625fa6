import { beforeAll, describe, expect, it } from 'vitest';
import { recordDecision } from '../../functions/use-cases/office.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { openPortal, type Who } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';

const people: readonly Who[] = ['legal-office', 'auditor', 'department:sfj', 'department:sfj2'];
const addresses = [
  '/2023',
  '/2023/figures',
  '/2023/figures?to=2023-01',
  '/2023/figures/cases',
  '/2023/figures/cases?publication=1',
  '/2023/records',
  '/2023/records?period=2023-02',
  '/2023/records?from=never',
  '/api/2023/records',
  '/api/2023/records?limit=1',
];

type Store = ReturnType<typeof smallStore>;

/** An end of an extension that is no end of a day. */
const oddMoment = '2023-03-15T03:21:00.000Z';

const submit = (department: string, period: string, cases: string) => (store: Store, uploadedAt: string) =>
  store.submit({ department, period, cases, uploadedAt });
const publish = (store: Store, at: string) => store.publish(at);
const extend = (store: Store, at: string) =>
  recordDecision(
    {
      kind: 'deadline-extended',
      department: 'sfj2',
      period: '2023-02',
      until: instantSchema.parse(oddMoment),
      reason: '停电',
    },
    { at: instantSchema.parse(at), by: '赵科长' },
    store,
  );
const nothing = async () => {};

/** The moments around the ends of periods, deadlines and an extension, and what is recorded at some of them. */
const history: [at: string, act: (store: Store, at: string) => Promise<unknown>][] = [
  ['2023-01-31T15:59:59.999Z', nothing],
  ['2023-01-31T16:00:00.000Z', nothing],
  ['2023-02-03T01:00:00.000Z', submit('sfj', '2023-01', '5')],
  ['2023-02-04T01:00:00.000Z', submit('sfj2', '2023-01', '-1')],
  ['2023-02-10T15:59:59.999Z', nothing],
  ['2023-02-10T16:00:00.000Z', nothing],
  ['2023-02-11T01:00:00.000Z', submit('sfj2', '2023-01', '7')],
  ['2023-02-12T01:00:00.000Z', publish],
  ['2023-03-03T01:00:00.000Z', submit('sfj', '2023-02', '6')],
  ['2023-03-09T01:00:00.000Z', extend],
  ['2023-03-10T16:00:00.000Z', nothing],
  [oddMoment, nothing],
  ['2023-03-15T03:21:00.001Z', nothing],
  ['2023-03-16T01:00:00.000Z', submit('sfj', '2023-01', '55')],
  ['2024-01-31T15:59:59.999Z', nothing],
  ['2024-01-31T16:00:00.000Z', nothing],
];

/** What everybody is answered at every address, by the portal that each asks, without what is of one session alone. */
async function said(portalFor: () => ReturnType<typeof openPortal>): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const who of people) {
    const user = await portalFor().as(who, `${who}甲`);
    for (const address of addresses) {
      const answer = await user.get(address);
      const text = (await answer.text()).replace(/(name="_form" value=")[^"]*/g, '$1');
      answers.set(`${who} ${address}`, `${answer.status} ${answer.headers.get('etag')} ${text}`);
    }
  }
  return answers;
}

/** What a portal that stays says after each step, asked twice, and what one says that was just started for whoever asks. */
interface Step {
  at: string;
  first: Map<string, string>;
  again: Map<string, string>;
  fresh: Map<string, string>;
}

let steps: Step[];

beforeAll(async () => {
  const store = smallStore();
  const portal = openPortal(store, { now: history[0]![0] });
  steps = [];
  for (const [at, act] of history) {
    portal.clock.now = at;
    await act(store, at);
    const fresh = await said(() => openPortal(store, { now: at }));
    steps.push({ at, first: await said(() => portal), again: await said(() => portal), fresh });
  }
});

describe('a portal that keeps what it has said', () => {
  it.each(people)('says to %s what one says that was just started, whatever happens', (who) => {
    for (const { at, first, again, fresh } of steps) {
      for (const address of addresses) {
        const question = `${who} ${address}`;
        expect(first.get(question), `${question} at ${at}`).toBe(fresh.get(question));
        expect(again.get(question), `${question} at ${at}, again`).toBe(fresh.get(question));
      }
    }
  });

  it('counts what is overdue from the moment on at which it is', () => {
    const overdue = steps.map(({ first }) => /逾期未报（(\d+)）/.exec(first.get('legal-office /2023')!)?.[1]);
    expect(overdue.map(Number)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 21, 21]);
  });

  it('has new answers for programs where something was recorded, and only there', () => {
    const ways = ['legal-office', 'department:sfj', 'department:sfj2'].map(
      (who) => new Set(steps.map(({ first }) => first.get(`${who} /api/2023/records`))).size,
    );
    expect(ways).toEqual([5, 4, 2]);
  });

  it('says to each what is theirs', () => {
    const last = steps.at(-1)!.first;
    const [office, auditor] = ['legal-office', 'auditor'].map((who) => last.get(`${who} /2023`)!);
    expect(office).toContain('延期</a>');
    expect(auditor).not.toContain('延期</a>');
    expect(office).toContain('legal-office甲');
    expect(auditor).not.toContain('legal-office甲');
    const [own, other] = ['sfj', 'sfj2'].map((id) => last.get(`department:${id} /api/2023/records`)!);
    expect(own).not.toContain('"department":"sfj2"');
    expect(other).not.toContain('"department":"sfj"');
  });
});
