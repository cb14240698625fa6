import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catchUp, publishDueYears } from '../../functions/local-server/daily-publication.ts';
import { LocalWitness, type WitnessPlaces } from '../../functions/local-server/local-witness.ts';
import { KnownCatalogues } from '../../functions/use-cases/known-catalogues.ts';
import { readStatement } from '../../functions/use-cases/stores/witness-store.ts';
import { isStampOf, readTimeStamp } from '../../shared/adapters/time-stamp.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import { textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';
import {
  hasOpenssl,
  type Manner,
  type RunningAuthority,
  startAuthority,
} from '../fixtures/time-stamp-authority.ts';

/** A witness of a store, its key and the folder outside that it hands statements to. */
async function witnessing(given: Pick<WitnessPlaces, 'timestampAuthority'> = {}) {
  const outside = await temporaryFolder();
  const store = smallStore();
  const faults: string[] = [];
  const clock: { now: Instant } = { now: '2023-04-04T18:30:00.000Z' };
  const services = {
    ...store,
    catalogues: new KnownCatalogues(store),
    now: () => clock.now,
    software: 'test',
    reports: { fault: (_: string, error: unknown) => faults.push(String(error)), done: () => {} },
  };
  const places: WitnessPlaces & { folder: string } = {
    key: join(outside, 'key', 'witness-key.pem'),
    folder: join(outside, 'disk'),
    ...given,
  };
  await mkdir(places.folder);
  const witness = new LocalWitness(places, services);
  await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
  const handedOut = async () => (await readdir(join(places.folder, 'witness'))).sort();
  const kept = () => [...store.files.keys()].filter((key) => key.startsWith('witness/')).sort();
  return { store, services: { ...services, witness }, witness, clock, places, faults, handedOut, kept };
}

describe('the witness of one machine', () => {
  it('signs with the daily run, also where nothing was to be published, and hands out what it signed', async () => {
    const { store, services, clock, handedOut, kept, faults, places } = await witnessing();
    await publishDueYears(services);
    clock.now = '2023-04-05T18:30:00.000Z';
    await publishDueYears(services);
    expect(kept()).toEqual(['witness/000001.json', 'witness/000002.json']);
    expect(await handedOut()).toEqual(['000001.json', '000002.json', 'public-key.pem']);
    const outside = await readFile(join(places.folder, 'witness', '000002.json'));
    expect(Buffer.compare(outside, store.files.get('witness/000002.json')!)).toBe(0);
    const lengths = readStatement(outside)?.heads.map(({ chain, length }) => `${chain} ${length}`);
    expect(lengths).toEqual(['2023/office 2', '2023/sfj 1']);
    expect(faults).toEqual([]);
  });

  it('at the start, signs if the last run was missed, and otherwise hands out alone', async () => {
    const { services, clock, kept } = await witnessing();
    await catchUp(services);
    await catchUp(services);
    clock.now = '2023-04-05T18:29:00.000Z';
    await catchUp(services);
    expect(kept()).toEqual(['witness/000001.json']);
    clock.now = '2023-04-05T18:31:00.000Z';
    await catchUp(services);
    expect(kept()).toEqual(['witness/000001.json', 'witness/000002.json']);
  });

  it('signs nothing of a ledger of which nothing is recorded', async () => {
    const { store, witness, kept, faults } = await witnessing();
    store.events.clear();
    await witness.state();
    expect([kept(), faults, witness.problem]).toEqual([[], [], undefined]);
  });

  it('says that a disk is not there, makes no folder of its name, and hands out all when it is back', async () => {
    const { witness, places, handedOut, faults, kept } = await witnessing();
    await rm(places.folder, { recursive: true });
    await witness.state();
    await witness.state();
    expect(witness.problem).toBe('not-handed-out');
    expect(faults).toEqual([expect.stringContaining('ENOENT'), expect.stringContaining('ENOENT')]);
    await expect(readdir(places.folder)).rejects.toThrow('ENOENT');
    expect(kept()).toHaveLength(2);
    await mkdir(places.folder);
    await witness.state();
    expect(witness.problem).toBeUndefined();
    expect(await handedOut()).toEqual(['000001.json', '000002.json', '000003.json', 'public-key.pem']);
  });

  it('says that it cannot sign where the key is none, and goes on with the publication', async () => {
    const { services, places, witness, kept, faults, store } = await witnessing();
    await mkdir(join(places.key, '..'));
    await writeFile(places.key, 'no key');
    await publishDueYears(services);
    expect([witness.problem, kept()]).toEqual(['not-signed', []]);
    expect(faults).toEqual([expect.stringContaining('holds no Ed25519 key')]);
    expect(store.events.get('2023/office')?.at(-1)?.happening.kind).toBe('published');
  });

  it.each<{ what: string; tamper: (at: Awaited<ReturnType<typeof witnessing>>) => unknown; said: RegExp }>([
    {
      what: 'where the ledger was shortened',
      tamper: ({ store }) => store.events.set('2023/sfj', []),
      said: /2023\/sfj: the chain ends after 0 events, but 1 are known/,
    },
    {
      what: 'where every statement was thrown away with it',
      tamper: ({ store }) => {
        store.events.set('2023/sfj', []);
        for (const key of store.files.keys()) if (key.startsWith('witness/')) store.files.delete(key);
      },
      said: /statement 000001\.json that was handed outside is not the one that is kept here/,
    },
    {
      what: 'where the statement outside was edited',
      tamper: ({ places }) => writeFile(join(places.folder, 'witness', '000001.json'), '{}'),
      said: /statement 000001\.json that was handed outside is not the one that is kept here/,
    },
  ])('signs nothing more $what, and says so', async ({ tamper, said }) => {
    const at = await witnessing();
    await at.witness.state();
    await tamper(at);
    const before = at.kept();
    await at.witness.state();
    expect(at.witness.problem).toBe('contradicted');
    expect(at.faults).toEqual([expect.stringMatching(said)]);
    expect(at.kept()).toEqual(before);
  });

  it.each([
    ['contradicted', '对不上'],
    ['not-signed', '没有能够签署'],
    ['not-handed-out', '没有能够交到外面'],
    ['not-stamped', '没有取到时间戳'],
    [undefined, '报送总览'],
  ] as const)('tells the office of %s on the overview', async (problem, said) => {
    const portal = openPortal(smallStore(), {
      now: '2023-05-05T02:00:00.000Z',
      witnessProblem: () => problem,
    });
    const page = await visit(await portal.as('legal-office'), '/2023');
    expect(textOf(page)).toContain(said);
    expect(textOf(page).includes('见证')).toBe(problem !== undefined);
  });
});

describe.skipIf(!hasOpenssl)('the time stamps of one machine’s statements', () => {
  let authority: RunningAuthority;

  beforeAll(async () => {
    const made = await newFolder();
    authority = await startAuthority(join(made.folder, 'authority'));
    return async () => {
      await authority.stop();
      await made.remove();
    };
  });
  beforeEach(() => {
    authority.manner = 'grants';
    authority.asked = 0;
  });

  const stamping = () => witnessing({ timestampAuthority: authority.address });

  it('are of each statement’s file, kept beside it, handed out, and asked for once', async () => {
    const { witness, store, kept, handedOut, faults } = await stamping();
    await witness.state();
    await witness.stamp();
    await witness.stamp();
    expect([authority.asked, faults, witness.problem]).toEqual([1, [], undefined]);
    expect(kept()).toEqual(['witness/000001.json', 'witness/000001.tsr']);
    expect(await handedOut()).toEqual(['000001.json', '000001.tsr', 'public-key.pem']);
    const stamp = readTimeStamp(store.files.get('witness/000001.tsr')!);
    expect(isStampOf(stamp, store.files.get('witness/000001.json')!)).toBe(true);
  });

  it.each<Manner>(['refuses', 'stamps another file', 'answers without end', 'fails'])(
    'are missing, and said to be, from an authority that %s; statements are signed and handed out all the same',
    async (manner) => {
      const { witness, kept, handedOut, faults } = await stamping();
      authority.manner = manner;
      await witness.state();
      await witness.stamp();
      expect([witness.problem, kept()]).toEqual(['not-stamped', ['witness/000001.json']]);
      expect(faults).toEqual([expect.stringContaining('no time stamp by 127.0.0.1:')]);
      expect(await handedOut()).toEqual(['000001.json', 'public-key.pem']);
    },
  );

  it('are asked for again, of the newest statement, once the authority is back', async () => {
    const { witness, kept, handedOut, faults } = await stamping();
    await authority.stop();
    await witness.state();
    await witness.stamp();
    await witness.state();
    await witness.stamp();
    expect([witness.problem, faults.length]).toEqual(['not-stamped', 2]);
    await authority.start();
    await witness.stamp();
    expect([witness.problem, faults.length]).toEqual([undefined, 2]);
    expect(kept()).toEqual(['witness/000001.json', 'witness/000002.json', 'witness/000002.tsr']);
    expect(await handedOut()).toContain('000002.tsr');
  });

  it('are handed out later where the disk was not there', async () => {
    const { witness, places, handedOut } = await stamping();
    await rm(places.folder, { recursive: true });
    await witness.state();
    await witness.stamp();
    expect(witness.problem).toBe('not-handed-out');
    await mkdir(places.folder);
    await witness.state();
    expect(await handedOut()).toContain('000001.tsr');
  });

  it('are asked of nobody where none is named, and of nothing where nothing is signed', async () => {
    const unnamed = await witnessing();
    await unnamed.witness.state();
    await unnamed.witness.stamp();
    const unsigned = await stamping();
    await unsigned.witness.stamp();
    expect([unnamed.kept(), unsigned.kept(), authority.asked]).toEqual([['witness/000001.json'], [], 0]);
  });
});
