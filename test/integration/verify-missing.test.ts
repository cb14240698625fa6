import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyContents } from '../../functions/use-cases/verify/contents.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import {
  type Downloaded,
  download,
  faultsIn,
  verifyInPython,
  withPublication,
} from '../fixtures/downloaded.ts';
import { isHere } from '../fixtures/programs.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { livedInStore } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

type Edit = (publication: Publication) => void;

/** Edits of what is said to be missing, in a publication of March 20th in which January and February came. */
const edits: [what: string, edit: Edit, found: RegExp][] = [
  [
    'a return that was owed is said not to be due',
    ({ returns }) => {
      returns.find(({ department, period }) => department === 'sfj2' && period === '2023-02')!.standing =
        'not-due';
    },
    /sfj2 2023-02.*stands as not-due/,
  ],
  [
    'a return that was not due is said to be owed',
    ({ returns }) => {
      returns.find(({ period }) => period === '2023-12')!.standing = 'not-reported';
    },
    /2023-12.*stands as not-reported/,
  ],
  [
    'a total says of one that it was owed',
    ({ totals }) => {
      totals[0]!.coverage.missing.find(({ period }) => period === '2023-12')!.because = 'not-reported';
    },
    /total cases.*missing and why/,
  ],
  [
    'a total leaves one out',
    ({ totals }) => void totals[1]!.coverage.missing.pop(),
    /total money.*missing and why/,
  ],
  [
    'a total misses one that is there',
    ({ totals }) => {
      totals[0]!.coverage.missing.push({ department: 'sfj', period: '2023-01', because: 'not-on-form' });
    },
    /total cases.*missing and why/,
  ],
  [
    'it was published later than it says it was',
    (publication) => {
      publication.publishedAt = '2023-05-01T00:00:00.000Z';
    },
    /2023-04.*stands as not-due/,
  ],
];

describe('what a publication says is missing', () => {
  let original: Downloaded;
  beforeAll(async () => {
    original = await download({ ...(await livedInStore()), adopted: adoptedAlone(smallCatalogue) }, 2);
  });

  const edited = (edit: Edit): Downloaded => withPublication(original, edit);

  async function found(files: Downloaded): Promise<string[]> {
    const folder = { name: '', names: [], get: async (name: string) => files.get(name) };
    const nothing = { events: undefined, adopted: undefined, lastYear: undefined, adoptedBefore: undefined };
    const { faults } = await verifyContents(folder, {
      ...nothing,
      baselines: new Map(),
      original: undefined,
    });
    return faults.map(({ where, explanation }) => `${where}: ${explanation}`);
  }

  it('is what it comes to, and tells what is not due', async () => {
    expect(await found(original)).toEqual([]);
    expect(await faultsIn(original)).toEqual([]);
    const { totals } = JSON.parse(new TextDecoder().decode(original.get('summary.json'))) as Publication;
    const kinds = Map.groupBy(totals[0]!.coverage.missing, ({ because }) => because);
    expect([...kinds].map(([kind, gaps]) => [kind, gaps.length])).toEqual([
      ['not-reported', 1],
      ['not-due', 20],
    ]);
  });

  it.each(edits)('is found to be edited: %s', async (_, edit, wanted) => {
    expect((await found(edited(edit))).join('\n')).toMatch(wanted);
  });

  it.skipIf(!isHere('python3', '--version')).each(edits)(
    'is found to be edited by the verifier in Python: %s',
    async (_, edit, wanted) => {
      const folder = join(await temporaryFolder(), 'publication');
      expect((await verifyInPython(edited(edit), folder)).output).toMatch(wanted);
    },
  );
});
