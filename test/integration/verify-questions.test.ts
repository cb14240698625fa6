import { beforeAll, describe, expect, it } from 'vitest';
import { type Decision, recordDecision } from '../../functions/use-cases/office.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import {
  type Downloaded,
  download,
  saidByBoth,
  soundByBoth,
  withPublication,
} from '../fixtures/downloaded.ts';
import { isHere } from '../fixtures/programs.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

type Asked = Extract<Decision, { kind: 'question-asked' }>;

/** Three questions: of a figure, answered; of a whole return, which was sent back; and one that is closed. */
async function questionedStore() {
  const store = smallStore();
  const at = { at: '2023-03-05T00:00:00.000Z', by: '法制科' } as const;
  const ask = async (period: '2023-01' | '2023-02', more: Pick<Asked, 'about' | 'effect'>) => {
    const cases = period === '2023-01' ? '5' : '7';
    const uploadedAt = `2023-0${Number(period.slice(6)) + 1}-03T01:00:00.000Z`;
    const { event } = await store.submit({ period, cases, uploadedAt });
    const upload = uploadId(event.happening.upload);
    const about = { department: 'sfj', period, upload, reason: '请核实', ...more } as const;
    return (await recordDecision({ kind: 'question-asked', ...about }, at, store)).hash;
  };
  const january = { department: 'sfj', period: '2023-01' } as const;
  const first = await ask('2023-01', { about: 'cases', effect: 'counts-meanwhile' });
  await recordDecision({ kind: 'question-answered', ...january, question: first, reason: '属实' }, at, store);
  const { event } = await store.submit({
    ...{ department: 'sfj2', period: '2023-01', cases: '9', uploadedAt: '2023-02-04T01:00:00.000Z' },
  });
  const second = { department: 'sfj2', period: '2023-01' } as const;
  const closed = await recordDecision(
    {
      ...{ kind: 'question-asked', ...second, upload: uploadId(event.happening.upload), about: null },
      ...{ effect: 'counts-meanwhile', reason: '请核实' },
    },
    at,
    store,
  );
  await recordDecision(
    { kind: 'question-closed', ...second, question: closed.hash, reason: '清楚' },
    at,
    store,
  );
  await ask('2023-02', { about: null, effect: 'sent-back' });
  await store.publish('2023-03-10T01:00:00.000Z');
  return { chains: store.events, documents: store.documents, adopted: adoptedAlone(smallCatalogue) };
}

describe('a publication with open questions', () => {
  let files: Downloaded;
  let summary: Publication;

  beforeAll(async () => {
    files = await download(await questionedStore(), 1);
    summary = JSON.parse(new TextDecoder().decode(files.get('summary.json')));
  });

  it('lists those that are not closed, and says below which totals they stand', () => {
    expect(
      summary.questions.map(({ period, about, effect, stage }) => [period, about, effect, stage]),
    ).toEqual([
      ['2023-01', 'cases', 'counts-meanwhile', 'answered'],
      ['2023-02', null, 'sent-back', 'open'],
    ]);
    expect(summary.open[0]).toEqual({ indicator: 'cases', warnings: 0, questions: 2, held: 0 });
    expect(summary.returns).toContainEqual(
      expect.objectContaining({ department: 'sfj', period: '2023-02', standing: 'sent-back' }),
    );
  });

  it('counts what is asked about, not what was sent back', () => {
    expect(summary.totals.find(({ indicator }) => indicator === 'cases')?.value).toBe('14');
  });

  it.skipIf(!isHere('python3', '--version'))(
    'is held against the ledger by both verifiers, which find what was changed, left out or added',
    async () => {
      expect(await saidByBoth(files)).toEqual(soundByBoth);
      const edits: [what: string, edit: (edited: Publication) => unknown, inPython: RegExp][] = [
        [
          'a question left out',
          ({ questions }) => questions.pop(),
          /question .*was recorded, and is not published/,
        ],
        [
          'another reason',
          ({ questions }) => Object.assign(questions[0]!.asked, { reason: '好' }),
          /question /,
        ],
        ['an answer left out', ({ questions }) => questions[0]!.steps.pop(), /question /],
        [
          'one that waits for nobody',
          ({ questions }) => Object.assign(questions[0]!, { stage: 'open' }),
          /question /,
        ],
        ['a figure that seems settled', ({ open }) => open.shift(), /open: is not what/],
        [
          'fewer below a figure',
          ({ open }) => Object.assign(open[0]!, { questions: 0 }),
          /open: is not what/,
        ],
      ];
      for (const [what, edit, inPython] of edits) {
        const said = await saidByBoth(withPublication(files, edit));
        expect([what, said.ours]).toEqual([what, expect.stringMatching(/(questions|open): /)]);
        expect([what, said.inPython]).toEqual([what, expect.stringMatching(inPython)]);
      }
    },
  );
});
