import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { faultInWords } from '../../functions/portal/verification/fault-words.ts';
import { writeFeedback } from '../../functions/use-cases/stores/receipt-store.ts';
import { deriveFeedbackAnew } from '../../functions/use-cases/verify/feedback-anew.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import type { Feedback } from '../../shared/core/ledger/receipt.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { openPage, textOf } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { copyOfStore, smallStore } from '../fixtures/small-store.ts';

type Store = ReturnType<typeof smallStore>;

const accepted = { period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' };
const refused = { period: '2023-02', cases: '-1', uploadedAt: '2023-03-03T01:00:00.000Z' };

let base: Store;
let [good, bad] = ['', ''];

beforeAll(async () => {
  base = smallStore();
  good = (await base.submit(accepted)).feedbackFolder;
  bad = (await base.submit(refused)).feedbackFolder;
  await base.publish('2023-03-10T01:00:00.000Z');
  await base.submit({ ...accepted, department: 'sfj2', uploadedAt: '2023-04-05T01:00:00.000Z' });
});

/** All that verification finds, marked workbooks made again too. */
async function verified({ events: chains, documents }: Store) {
  const raw = await rawYearIn(chains, documents);
  const store = await verifyStore(raw, documents);
  const anew = await deriveFeedbackAnew({ raw, documents, workbooks: true });
  return { faults: [...store.faults, ...anew.faults], checked: anew.checked };
}

const read = (store: Store, key: string): Feedback =>
  JSON.parse(new TextDecoder().decode(store.files.get(key)));
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Writes feedback anew with something changed in it. */
function edit(store: Store, folder: string, change: (feedback: Feedback) => Partial<Feedback>): void {
  const key = `${folder}feedback.json`;
  const feedback = read(store, key);
  store.files.set(key, bytesOf({ ...feedback, ...change(feedback) }));
}

const someBytes = new Uint8Array([1, 2, 3]);

const tamperings: { what: string; tamper: (store: Store) => void; said: RegExp; inWords: RegExp }[] = [
  {
    what: 'deleted feedback',
    tamper: ({ files }) => files.delete(`${good}feedback.json`),
    said: /is missing: it was removed/,
    inWords: /反馈文件不在/,
  },
  {
    what: 'deleted feedback with its workbook',
    tamper: ({ files }) => {
      for (const key of [...files.keys()]) if (key.startsWith(bad)) files.delete(key);
    },
    said: /is missing: it was removed/,
    inWords: /反馈文件不在/,
  },
  {
    what: 'feedback that is none any more',
    tamper: ({ files }) => files.set(`${bad}feedback.json`, someBytes),
    said: /no feedback that can be read/,
    inWords: /不是可以读取的反馈/,
  },
  {
    what: 'a refusal turned into an acceptance',
    tamper: (store) => edit(store, bad, () => ({ outcome: 'accepted' })),
    said: /does not say what the ledger recorded/,
    inWords: /与台账所记的不一致/,
  },
  {
    what: 'a finding left out',
    tamper: (store) => edit(store, bad, () => ({ findings: [] })),
    said: /does not say what the ledger recorded/,
    inWords: /与台账所记的不一致/,
  },
  {
    what: 'another uploader',
    tamper: (store) => edit(store, good, ({ upload }) => ({ upload: { ...upload, uploader: '别人' } })),
    said: /does not say what the ledger recorded/,
    inWords: /与台账所记的不一致/,
  },
  {
    what: 'another summary',
    tamper: (store) => edit(store, good, () => ({ summary: '没有被接收。' })),
    said: /is not what the ledger came to/,
    inWords: /与台账当时得出的不一致/,
  },
  {
    what: 'a warning that there was not',
    tamper: (store) =>
      edit(store, good, () => ({
        warnings: [{ rule: 'outlier', severity: 'warning', message: '相差很大。' }],
      })),
    said: /is not what the ledger came to/,
    inWords: /与台账当时得出的不一致/,
  },
  {
    what: 'another head that it was derived from',
    tamper: (store) =>
      edit(store, good, ({ asOf }) => ({
        asOf: { ...asOf, chains: asOf.chains.map((head) => ({ ...head, hash: sha256('x') })) },
      })),
    said: /is another than the one known to have been there|is not what the ledger came to/,
    inWords: /已被替换/,
  },
  {
    what: 'another catalogue than was in force',
    tamper: (store) => edit(store, good, ({ asOf }) => ({ asOf: { ...asOf, catalogue: sha256('x') } })),
    said: /is not what the ledger came to/,
    inWords: /与台账当时得出的不一致/,
  },
  {
    what: 'an edited marked workbook',
    tamper: ({ files }) => files.set(`${bad}校验结果.xlsx`, someBytes),
    said: /is another workbook than the feedback names/,
    inWords: /不是反馈所记的那个校验结果/,
  },
  {
    what: 'a deleted marked workbook',
    tamper: ({ files }) => files.delete(`${bad}校验结果.xlsx`),
    said: /is missing: it was removed/,
    inWords: /反馈文件不在/,
  },
  {
    what: 'feedback on what nobody uploaded',
    tamper: ({ files }) =>
      files.set(`feedback/sfj/2023-01/0/feedback.json`, files.get(`${good}feedback.json`)!),
    said: /is there but not recorded/,
    inWords: /台账里没有记录/,
  },
  {
    what: 'an act of the office cut off of which feedback alone tells',
    tamper: ({ events }) => events.set('2023/office', []),
    said: /the chain ends after 0 events, but 1 are known/,
    inWords: /链尾被截断/,
  },
  {
    what: 'a ledger that was emptied',
    tamper: ({ events }) => events.clear(),
    said: /has no event: there is nothing/,
    inWords: /台账里没有任何记录，无从核验/,
  },
];

describe('verification of feedback', () => {
  it('finds nothing wrong with what nobody touched, and derives all of it anew', async () => {
    const { faults, checked } = await verified(base);
    expect(faults).toEqual([]);
    expect(checked).toEqual([
      expect.stringMatching(/^3 feedback files derived anew with .* workbooks, 0 not/),
    ]);
  });

  it.each(tamperings)('finds, and says in Chinese: $what', async ({ tamper, said, inWords }) => {
    const store = copyOfStore(base);
    tamper(store);
    const { faults } = await verified(store);
    const explanations = faults.map(({ explanation }) => explanation);
    expect(explanations.join('\n')).toMatch(said);
    expect(explanations.filter((explanation) => faultInWords(explanation) === undefined)).toEqual([]);
    const auditor = await openPortal(store, { now: '2023-05-05T02:00:00.000Z' }).as('auditor');
    const page = openPage(await (await auditor.post('/2023/verification')).text());
    expect(textOf(within(page).getByRole('region', { name: /^核验结果/ }))).toMatch(inWords);
  });

  it('finds a marked workbook that was edited together with the feedback that names it', async () => {
    const store = copyOfStore(base);
    store.files.set(`${bad}校验结果.xlsx`, someBytes);
    edit(store, bad, () => ({ workbook: sha256(someBytes) }));
    expect((await verified(store)).faults).toEqual([
      {
        where: `${bad}校验结果.xlsx`,
        explanation: 'is not what is made of the original and its findings: it was edited',
      },
    ]);
  });

  it('counts what another version of the program may have said in other words, and calls it no fault', async () => {
    const store = copyOfStore(base);
    edit(store, good, ({ asOf }) => ({ asOf: { ...asOf, software: 'indicators 0.0.1' }, summary: '已接收' }));
    const { faults, checked } = await verified(store);
    expect(faults).toEqual([]);
    expect(checked[0]).toMatch(/^2 feedback files derived anew .*, 1 not, of other versions or catalogues$/);
  });
});

describe('feedback that another run began to write', () => {
  it('keeps what it says, and gets the workbook that it names', async () => {
    const { documents, files } = inMemoryPorts();
    const standing = { ...read(base, `${good}feedback.json`), workbook: sha256('standing') };
    files.set(`${good}feedback.json`, bytesOf(standing));
    const marked = new TextEncoder().encode('of now');
    const feedback = { ...standing, summary: '另一种说法', workbook: sha256(marked) };
    const anew: Feedback[] = [];
    await writeFeedback({ feedback, marked }, documents, async (wanted) => {
      anew.push(wanted);
      return new TextEncoder().encode('standing');
    });
    expect(anew).toEqual([standing]);
    expect(sha256(files.get(`${good}校验结果.xlsx`)!)).toBe(standing.workbook);
  });
});
