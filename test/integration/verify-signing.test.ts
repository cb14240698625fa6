import { beforeAll, describe, expect, it } from 'vitest';
import { fileScan } from '../../functions/use-cases/file-scan.ts';
import { recordDecision } from '../../functions/use-cases/office.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import {
  type Downloaded,
  download,
  saidByBoth,
  soundByBoth,
  withPublication,
} from '../fixtures/downloaded.ts';
import { isHere } from '../fixtures/programs.ts';
import { madeScan } from '../fixtures/scans.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const catalogue = catalogueSchema.parse({ ...smallCatalogue, signing: { scan: true, agreement: true } });

/**
 * A return of whose second version two scans were filed, by the id of a repeat of it too, and which was agreed to, unlike the
 * third; and one that is not signed.
 */
async function signedStore() {
  const store = smallStore(catalogue);
  const submit = async (given: { department?: string; cases: string; uploadedAt: string }) => {
    const { event } = await store.submit({ period: '2023-01', ...given });
    return uploadId(event.happening.upload);
  };
  const first = await submit({ cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  const second = await submit({ cases: '6', uploadedAt: '2023-02-04T01:00:00.000Z' });
  const again = await submit({ cases: '6', uploadedAt: '2023-02-05T01:00:00.000Z' });
  const other = await submit({ department: 'sfj2', cases: '7', uploadedAt: '2023-02-06T01:00:00.000Z' });
  const third = await submit({ cases: '8', uploadedAt: '2023-02-06T01:00:00.000Z' });
  const signed = { department: 'sfj', period: '2023-01' } as const;
  const decided = { at: '2023-02-07T01:00:00.000Z', by: '张三' } as const;
  const scans = [
    [again, 'b'],
    [second, 'c'],
    [first, 'a'],
  ] as const;
  for (const [upload, mark] of scans) {
    await fileScan({ ...signed, upload, bytes: madeScan('pdf', mark) }, decided, store);
  }
  const reviewed = { at: '2023-02-08T01:00:00.000Z', by: '李四' } as const;
  const agree = { kind: 'return-agreed', ...signed, upload: again } as const;
  await recordDecision(agree, reviewed, store);
  await recordDecision({ ...agree, department: 'sfj2', upload: other }, reviewed, store);
  const disagree = { kind: 'return-disagreed', ...signed, upload: third, reason: '少一件' } as const;
  await recordDecision(disagree, reviewed, store);
  await store.publish('2023-02-21T01:00:00.000Z');
  return store;
}

let files: Downloaded;
let summary: Publication;

beforeAll(async () => {
  const store = await signedStore();
  files = await download(
    { chains: store.events, documents: store.documents, adopted: adoptedAlone(catalogue) },
    1,
  );
  summary = JSON.parse(new TextDecoder().decode(files.get('summary.json')));
});

const rowOf = ({ returns }: Publication, department: string) =>
  returns.find((one) => one.department === department && one.period === '2023-01')!;

describe('what a publication says of signed returns', () => {
  it('is the last scan of the version that counts, or that one is awaited', () => {
    expect(rowOf(summary, 'sfj')).toMatchObject({
      scan: sha256(madeScan('pdf', 'c')),
      awaitsScan: false,
    });
    expect(rowOf(summary, 'sfj2')).toMatchObject({ standing: 'counting', scan: null, awaitsScan: true });
    const tocome = summary.returns.find(({ period }) => period === '2023-05');
    expect(tocome).toMatchObject({ scan: null, awaitsScan: false });
  });

  it.skipIf(!isHere('python3', '--version'))(
    'is held against the ledger by both verifiers, which find what was changed, left out or added',
    async () => {
      expect(await saidByBoth(files)).toEqual(soundByBoth);
      const edits: [what: string, edit: (edited: Publication) => unknown, who: string][] = [
        ['another scan', (one) => Object.assign(rowOf(one, 'sfj'), { scan: sha256('other') }), 'sfj'],
        [
          'one of another version',
          (one) => Object.assign(rowOf(one, 'sfj'), { scan: sha256(madeScan('pdf', 'a')) }),
          'sfj',
        ],
        [
          'an earlier one',
          (one) => Object.assign(rowOf(one, 'sfj'), { scan: sha256(madeScan('pdf', 'b')) }),
          'sfj',
        ],
        ['none', (one) => Object.assign(rowOf(one, 'sfj'), { scan: null, awaitsScan: true }), 'sfj'],
        [
          'one that nobody filed',
          (one) => Object.assign(rowOf(one, 'sfj2'), { scan: sha256('x'), awaitsScan: false }),
          'sfj2',
        ],
        ['that none is awaited', (one) => Object.assign(rowOf(one, 'sfj2'), { awaitsScan: false }), 'sfj2'],
      ];
      for (const [what, edit, who] of edits) {
        const said = await saidByBoth(withPublication(files, edit));
        expect([what, said.ours]).toEqual([what, expect.stringMatching(/returns: /)]);
        expect([what, said.inPython]).toEqual([
          what,
          expect.stringMatching(new RegExp(`return ${who} 2023-01: is signed otherwise`)),
        ]);
      }
    },
  );
});

describe('what a publication says of versions that wait for their reviewer', () => {
  it('is which are held for it, and that those count that were agreed to', () => {
    expect(summary.held).toMatchObject([{ department: 'sfj', revision: 3, because: ['awaits-agreement'] }]);
    expect(rowOf(summary, 'sfj')).toMatchObject({ standing: 'counting', revision: 2 });
  });

  it.skipIf(!isHere('python3', '--version'))('is held against the ledger by both verifiers', async () => {
    const edits: [what: string, edit: (edited: Publication) => unknown, ours: RegExp, inPython: RegExp][] = [
      [
        'another reason',
        (one) => Object.assign(one.held[0]!, { because: ['changes-issued'] }),
        /held: /,
        /held sfj 2023-01: waits otherwise/,
      ],
      [
        'a version that nobody agreed to as the one that counts',
        (one) => Object.assign(rowOf(one, 'sfj'), { uploadedAt: one.held[0]!.uploadedAt, revision: 3 }),
        /returns: /,
        /return sfj 2023-01: counts, and its reviewer did not agree/,
      ],
    ];
    for (const [what, edit, ours, inPython] of edits) {
      const said = await saidByBoth(withPublication(files, edit));
      expect([what, said.ours]).toEqual([what, expect.stringMatching(ours)]);
      expect([what, said.inPython]).toEqual([what, expect.stringMatching(inPython)]);
    }
  });
});
