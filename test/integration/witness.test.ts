import { beforeAll, describe, expect, it } from 'vitest';
import { deriveFeedbackAnew } from '../../functions/use-cases/verify/feedback-anew.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { holdAgainst, type Witness } from '../../functions/use-cases/verify/witnesses.ts';
import { makeStatement } from '../../functions/use-cases/witness.ts';
import { instantSchema } from '../../shared/core/catalogue/period.ts';
import { keyFingerprint } from '../../shared/core/ledger/witness.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { copyOfStore, type SmallReturn, smallStore } from '../fixtures/small-store.ts';
import { witnessSigner } from '../fixtures/witness-signer.ts';

type Store = ReturnType<typeof smallStore>;

/** What happened in an office, one thing after the other: a return came, or the year was published. */
type Act = SmallReturn | { published: string };

const acts: readonly Act[] = [
  { period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' },
  { department: 'sfj2', period: '2023-01', cases: '9', uploadedAt: '2023-02-05T01:00:00.000Z' },
  { published: '2023-02-10T01:00:00.000Z' },
  { period: '2023-02', cases: '7', uploadedAt: '2023-03-04T01:00:00.000Z' },
  { department: 'sfj2', period: '2023-02', cases: '4', uploadedAt: '2023-03-05T01:00:00.000Z' },
];

/** The whole store that the program comes to: whoever has the folder can run it over another history. */
async function storeAfter(history: readonly Act[]): Promise<Store> {
  const store = smallStore();
  for (const act of history) {
    if ('published' in act) await store.publish(act.published);
    else await store.submit(act);
  }
  return store;
}

/** All that `verify` finds without a witness. */
async function faultsIn({ events, documents }: Store): Promise<string[]> {
  const raw = await rawYearIn(events, documents);
  const { faults } = await verifyStore(raw, documents);
  const anew = await deriveFeedbackAnew({ raw, documents, workbooks: true });
  return [...faults, ...anew.faults].map(({ where, explanation }) => `${where}: ${explanation}`);
}

const signer = witnessSigner();
const stated = async (at: string, store: Store) =>
  (await makeStatement(instantSchema.parse(at), { ...store, signer }))!;

describe('who has the whole folder', () => {
  let witness: Witness;

  beforeAll(async () => {
    const statement = await stated('2023-03-06T18:30:00.000Z', await storeAfter(acts));
    witness = { kind: 'statement', name: 'witness.json', statement };
  });

  const changed = (index: number, change: Partial<SmallReturn>) =>
    acts.map((act, at) => (at === index ? { ...act, ...change } : act));

  it.each<{ what: string; history: readonly Act[]; named: string[] }>([
    {
      what: 'can remove the last return with event, receipt and original',
      history: acts.slice(0, -1),
      named: [
        '2023/sfj2: the chain ends after 1 events, but 2 are known to have been there: its tail was cut off',
      ],
    },
    {
      what: 'can put back the folder as it was before',
      history: acts.slice(0, 2),
      named: [
        '2023/office: the chain ends after 1 events, but 2 are known to have been there: its tail was cut off',
        '2023/sfj2: the chain ends after 1 events, but 2 are known to have been there: its tail was cut off',
        '2023/sfj: the chain ends after 1 events, but 2 are known to have been there: its tail was cut off',
      ],
    },
    {
      what: 'can change a figure and seal everything again, before or after it was published',
      history: changed(0, { cases: '50' }),
      named: [
        '2023/office: event 2 is another than the one known to have been there',
        '2023/sfj: event 2 is another than the one known to have been there',
      ],
    },
    {
      what: 'can say that it came in time',
      history: changed(4, { uploadedAt: '2023-03-04T23:00:00.000Z' }),
      named: ['2023/sfj2: event 2 is another than the one known to have been there'],
    },
    {
      what: 'can drop a department',
      history: acts.filter((act) => !('department' in act)),
      named: [
        '2023/office: event 2 is another than the one known to have been there',
        '2023/sfj2: the chain ends after 0 events, but 2 are known to have been there: its tail was cut off',
      ],
    },
  ])(
    '$what, which verify calls sound, and a witness that they do not reach shows',
    async ({ history, named }) => {
      const store = await storeAfter(history);
      expect(await faultsIn(store)).toEqual([]);
      const { faults } = holdAgainst({ witnesses: [witness], chains: store.events });
      expect(faults.map(({ where, explanation }) => `${where}: ${explanation}`).sort()).toEqual(named);
    },
  );

  it('can do as they like with what came after the newest statement, which no statement shows', async () => {
    const later = { period: '2023-03', cases: '8', uploadedAt: '2023-04-03T01:00:00.000Z' };
    const store = await storeAfter([...acts, { ...later, cases: '80' }]);
    expect(await faultsIn(store)).toEqual([]);
    expect(holdAgainst({ witnesses: [witness], chains: store.events }).faults).toEqual([]);
  });

  it('can sign all anew where they have the key too, which only an older statement elsewhere shows', async () => {
    const store = await storeAfter(changed(0, { cases: '50' }));
    const statement = await stated('2023-03-06T18:30:00.000Z', store);
    const own: Witness = { kind: 'statement', name: 'own.json', statement };
    expect(holdAgainst({ witnesses: [own], chains: store.events }).faults).toEqual([]);
    const both = holdAgainst({ witnesses: [own, witness], chains: store.events });
    expect(both.faults).toContainEqual({
      where: expect.any(String),
      explanation: 'is there twice, and differs: one of them was made up',
    });
  });
});

describe('statements', () => {
  let base: Store;

  beforeAll(async () => {
    base = await storeAfter(acts);
  });

  it('follow each other, and are part of what verify looks at', async () => {
    const store = copyOfStore(base);
    const first = await stated('2023-03-06T18:30:00.000Z', store);
    await store.submit({ period: '2023-03', cases: '8', uploadedAt: '2023-04-03T01:00:00.000Z' });
    const second = await stated('2023-04-03T18:30:00.000Z', store);
    expect([first.number, second.number]).toEqual([1, 2]);
    expect(second.heads.map(({ chain, length }) => `${chain} ${length}`)).toEqual([
      '2023/office 2',
      '2023/sfj 3',
      '2023/sfj2 2',
    ]);
    expect(await faultsIn(store)).toEqual([]);
    const verdict = holdAgainst({
      witnesses: [first, second].map((statement) => ({ kind: 'statement', name: '', statement })),
      chains: store.events,
      key: keyFingerprint(signer.publicKey),
    });
    expect(verdict).toEqual({
      faults: [],
      notes: [],
      checked: [
        '2 signed statements, 1 of 2023-03-06T18:30:00.000Z to 2 of 2023-04-03T18:30:00.000Z, the last with 3 heads',
      ],
    });
  });

  it.each<{ what: string; tamper: (files: Store['files']) => void; said: RegExp }>([
    {
      what: 'one that was edited',
      tamper: (files) => files.set('witness/000002.json', new TextEncoder().encode('{}')),
      said: /^witness\/000002\.json: is no witness statement/,
    },
    {
      what: 'one that was removed',
      tamper: (files) => files.delete('witness/000002.json'),
      said: /^witness\/000002\.json: is a witness statement that was removed$/,
    },
    {
      what: 'one in another’s place',
      tamper: (files) => files.set('witness/000002.json', files.get('witness/000003.json')!),
      said: /^witness\/000002\.json: is no witness statement/,
    },
  ])('are looked at by verify, which finds $what', async ({ tamper, said }) => {
    const store = copyOfStore(base);
    for (const day of ['06', '07', '08']) await stated(`2023-03-${day}T18:30:00.000Z`, store);
    tamper(store.files);
    expect(await faultsIn(store)).toEqual([expect.stringMatching(said)]);
  });

  it('are signed of no ledger that the one before contradicts, nor after one that was edited', async () => {
    const store = copyOfStore(base);
    await stated('2023-03-06T18:30:00.000Z', store);
    const kept = store.events.get('2023/sfj2')!;
    store.events.set('2023/sfj2', kept.slice(0, 1));
    await expect(stated('2023-03-07T18:30:00.000Z', store)).rejects.toThrow(
      /no statement is signed.*2023\/sfj2: the chain ends after 1 events, but 2 are known/,
    );
    store.events.set('2023/sfj2', kept);
    store.files.set('witness/000001.json', new TextEncoder().encode('{}'));
    await expect(stated('2023-03-07T18:30:00.000Z', store)).rejects.toThrow('witness/000001.json was edited');
  });

  it('that are made at the same time take a number each', async () => {
    const store = copyOfStore(base);
    const made = await Promise.all([1, 2, 3].map(() => stated('2023-03-06T18:30:00.000Z', store)));
    expect(made.map(({ number }) => number).sort()).toEqual([1, 2, 3]);
    expect(await faultsIn(store)).toEqual([]);
  });
});
