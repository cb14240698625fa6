import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { hashOfEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import { indicators, type Ran } from '../fixtures/command-line.ts';
import { livedInStore } from '../fixtures/small-store.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';

type Store = Awaited<ReturnType<typeof livedInStore>>;

const catalogues = ['catalogues/'];

/** What stands in every file of a statement. */
interface Said {
  format: string;
  heads: { chain: string; length: number; hash: string }[];
  publicKey: string;
}

/** A data folder with these chains and, if they are given, these documents, or those of some folders. */
async function keptIn(
  folder: string,
  { chains, documents }: Partial<Store>,
  prefixes = [...catalogues, 'uploads/', 'feedback/', 'publications/'],
): Promise<string> {
  const ledger = openSqliteLedger(join(folder, 'ledger.sqlite'));
  for (const events of chains?.values() ?? []) for (const event of events) await ledger.append(event);
  ledger.close();
  for (const prefix of prefixes) {
    for (const { key } of (await documents?.list(prefix)) ?? []) {
      await mkdir(join(folder, dirname(key)), { recursive: true });
      await writeFile(join(folder, key), (await documents?.get(key))!);
    }
  }
  return folder;
}

/** The same events with one of them by somebody else, and every hash from there on made to fit. */
function rewritten(events: readonly LedgerEvent[]): LedgerEvent[] {
  let previous = events[0]!.previous;
  return events.map((event) => {
    const anew = { ...event, by: '别人', previous };
    previous = hashOfEvent(anew);
    return { ...anew, hash: previous };
  });
}

describe('a witness', () => {
  let store: Store;
  let folder: string;
  let key: string;
  let verify: (data: string, ...args: string[]) => Promise<Ran>;
  let sign: (data: string, ...args: string[]) => Promise<Ran>;
  let statement: string;
  let fingerprint: string;
  let manifest: string;

  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    key = join(folder, 'state', 'key.pem');
    store = await livedInStore();
    verify = (data, ...args) => indicators('--data', data, 'verify', ...args);
    sign = (data, ...args) => indicators('--data', data, 'witness', '--witness-key', key, ...args);
    const data = await keptIn(join(folder, 'data'), store);
    statement = join(folder, 'statement.json');
    const signed = await sign(data, '-o', statement);
    expect([signed.code, signed.errors]).toEqual([0, expect.stringContaining('a key was made')]);
    fingerprint = /signed by ([0-9a-f]{64})/.exec(signed.output)![1]!;
    manifest = join(folder, 'manifest.json');
    await writeFile(manifest, await readFile(join(data, 'publications/2023/0002/manifest.json')));
    return made.remove;
  });

  it('is a signed statement of every chain that has events, by a key of one’s own, never written over another', async () => {
    const { format, heads } = JSON.parse(await readFile(statement, 'utf8')) as Said;
    expect(format).toBe('indicators-witness/1');
    const expected = [...store.chains].map(([chain, events]) => ({
      chain,
      length: events.length,
      hash: events.at(-1)?.hash,
    }));
    expect(heads).toHaveLength(expected.length);
    expect(heads).toEqual(expect.arrayContaining(expected));
    if (process.platform !== 'win32') expect((await stat(key)).mode & 0o777).toBe(0o600);
    const again = await sign(join(folder, 'data'), '-o', statement);
    expect(again.code).toBe(2);
    expect(again.errors).toContain('is there already');
  });

  it('is signed by no key that lies in the data folder', async () => {
    const data = join(folder, 'data');
    const inside = join(data, 'keys', 'key.pem');
    for (const command of [['witness', '-o', join(folder, 'x.json')], ['publish']]) {
      const { code, errors } = await indicators('--data', data, ...command, '--witness-key', inside);
      expect([code, errors]).toEqual([2, expect.stringContaining('lies in the data folder')]);
    }
    await expect(stat(inside)).rejects.toThrow('ENOENT');
  });

  it('finds a ledger sound that has all of it: a statement, a manifest and an export, which are not signed', async () => {
    const exported = join(folder, 'ledger.jsonl');
    const data = join(folder, 'data');
    await indicators('--data', data, 'export', '-o', exported);
    const signed = await verify(data, '--witness', statement, '--witness-public-key', fingerprint);
    expect([signed.code, signed.output]).toEqual([
      0,
      expect.stringMatching(/checked \d heads of statement 1, signed at .*\nsound/),
    ]);
    for (const file of [manifest, exported]) {
      const { code, output } = await verify(data, '--witness', file);
      expect([code, output]).toEqual([
        0,
        expect.stringMatching(/heads that .* which is not signed.*\nsound/),
      ]);
    }
    const files = await indicators('verify', '--ledger', exported, '--witness', statement);
    expect([files.code, files.output]).toEqual([0, expect.stringContaining(`signed by ${fingerprint}`)]);
  });

  it('says without one, in words and in JSON, what cannot be seen', async () => {
    const data = join(folder, 'data');
    const told = await verify(data);
    expect([told.code, told.output]).toEqual([0, expect.stringContaining('note no witness was given')]);
    const { sound, notes } = JSON.parse((await verify(data, '--json')).output);
    expect([sound, notes]).toEqual([true, [expect.stringContaining('would not be seen')]]);
    const held = JSON.parse((await verify(data, '--json', '--witness', manifest)).output);
    expect(held.notes).toEqual([]);
  });

  it('is at fault itself where it was edited, or another key than the one that was told signed it', async () => {
    const data = join(folder, 'data');
    const said = JSON.parse(await readFile(statement, 'utf8')) as Said;
    const outside = await temporaryFolder();
    const edited = join(outside, '000001.json');
    const heads = said.heads.map((head) => ({ ...head, length: 1 }));
    await writeFile(edited, JSON.stringify({ ...said, heads }));
    const found = await verify(data, '--witness', outside);
    expect([found.code, found.output]).toEqual([
      1,
      expect.stringContaining(`FAULT ${edited}: has a signature`),
    ]);
    expect(found.output).not.toContain('FAULT 2023');
    const other = join(outside, 'other.pem');
    const { publicKey } = generateKeyPairSync('ed25519');
    await writeFile(other, publicKey.export({ format: 'pem', type: 'spki' }));
    const strange = await verify(data, '--witness', statement, '--witness-public-key', other);
    expect([strange.code, strange.output]).toEqual([1, expect.stringContaining('signed by another key')]);
  });

  const without = (chain: string, change: (events: LedgerEvent[]) => LedgerEvent[]) =>
    new Map([...store.chains].map(([name, own]) => [name, name === chain ? change(own) : own]));
  const losses: { what: string; chains: () => Store['chains']; said: RegExp }[] = [
    {
      what: 'a chain that was shortened',
      chains: () => without('2023/sfj2', (events) => events.slice(0, -1)),
      said: /FAULT 2023\/sfj2: the chain ends after 0 events, but 1 are known to have been there/,
    },
    {
      what: 'a chain that was written anew',
      chains: () => without('2023/sfj', rewritten),
      said: /FAULT 2023\/sfj: event \d is another than the one known to have been there/,
    },
    {
      what: 'a ledger with nothing in it',
      chains: () => new Map(),
      said: /FAULT 2023\/office: the chain ends after 0 events/,
    },
  ];

  it.each(losses)('finds by heads alone, signed or of a manifest: $what', async ({ chains, said }) => {
    const data = await keptIn(await temporaryFolder(), { ...store, chains: chains() }, catalogues);
    for (const file of [statement, manifest]) {
      const { code, output } = await verify(data, '--witness', file);
      expect(output).toMatch(said);
      expect(code).toBe(1);
    }
  });

  it('calls no ledger sound that has no event, in the store or exported', async () => {
    const bare = await verify(await keptIn(await temporaryFolder(), {}));
    expect([bare.code, bare.output]).toEqual([2, '']);
    expect(bare.errors).toContain('has neither catalogue nor event: there is nothing to verify');
    const { documents } = store;
    const data = await keptIn(await temporaryFolder(), { documents }, catalogues);
    const { code, output } = await verify(data);
    expect(output).toContain('FAULT ledger of 2023: has no event');
    expect(output).not.toContain('sound');
    expect(code).toBe(1);
    const file = join(data, 'empty.jsonl');
    await writeFile(file, '{"baselines":[],"catalogues":[],"format":"indicators-ledger/1","heads":[]}\n');
    const exported = await indicators('verify', '--ledger', file);
    expect([exported.code, exported.output]).toEqual([1, expect.stringContaining('has no event')]);
  });

  it('finds that a publication is of a ledger that was emptied', async () => {
    const data = await keptIn(await temporaryFolder(), store);
    for (const end of ['', '-wal', '-shm']) await rm(join(data, `ledger.sqlite${end}`), { force: true });
    openSqliteLedger(join(data, 'ledger.sqlite')).close();
    const { code, output } = await verify(data);
    expect(output).toMatch(/FAULT 2023\/sfj: the chain ends after 0 events/);
    expect(output).toContain('the ledger knows no publication 2');
    expect(code).toBe(1);
  });

  it.each([
    { what: 'a file that tells of no head', text: '{"chains":[]}', said: 'tells of no head' },
    { what: 'a file that is none', text: 'x', said: 'tells of no head' },
    { what: 'half a statement', text: '{"format":"indicators-witness/1"}', said: 'tells of no head' },
  ])('expects nothing of $what, and says so', async ({ text, said }) => {
    const file = join(await temporaryFolder(), 'heads.json');
    await writeFile(file, text);
    const { code, errors } = await verify(join(folder, 'data'), '--witness', file);
    expect([code, errors]).toEqual([2, expect.stringContaining(said)]);
  });

  it('is made with each publication, and no more of a ledger that was written anew since', async () => {
    const shorter = without('2023/sfj2', (events) => events.slice(0, -1));
    const data = await keptIn(await temporaryFolder(), store);
    const publish = () => indicators('--data', data, 'publish', '--witness-key', key);
    expect((await publish()).code).toBe(0);
    const first = JSON.parse(await readFile(join(data, 'witness', '000001.json'), 'utf8')) as Said;
    expect(first.heads).toContainEqual(expect.objectContaining({ chain: '2023/office', length: 4 }));
    for (const end of ['', '-wal', '-shm']) await rm(join(data, `ledger.sqlite${end}`), { force: true });
    await keptIn(data, { chains: shorter }, []);
    const refused = await sign(data, '-o', join(data, 'second.json'));
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('2023/sfj2: the chain ends')]);
    await expect(stat(join(data, 'witness', '000002.json'))).rejects.toThrow('ENOENT');
  });
});
