import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { hashOfEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import { indicators, type Ran } from '../fixtures/command-line.ts';
import { livedInStore } from '../fixtures/small-store.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';

type Store = Awaited<ReturnType<typeof livedInStore>>;

const catalogues = ['catalogues/'];

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

describe('verification', () => {
  let store: Store;
  let folder: string;
  let verify: (data: string, ...args: string[]) => Promise<Ran>;
  let heads: string;
  let manifest: string;

  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    store = await livedInStore();
    verify = (data, ...args) => indicators('--data', data, 'verify', ...args);
    const data = await keptIn(join(folder, 'data'), store);
    heads = join(folder, 'heads.json');
    expect((await verify(data, '--keep-heads', heads)).output).toContain('sound');
    manifest = join(folder, 'manifest.json');
    await writeFile(manifest, await readFile(join(data, 'publications/2023/0002/manifest.json')));
    return made.remove;
  });

  it('writes down the head of every chain that has events, and never over others', async () => {
    const { format, chains } = JSON.parse(await readFile(heads, 'utf8'));
    expect(format).toBe('indicators-heads/1');
    const expected = [...store.chains].map(([chain, events]) => ({
      chain,
      length: events.length,
      hash: events.at(-1)?.hash,
    }));
    expect(chains).toHaveLength(expected.length);
    expect(chains).toEqual(expect.arrayContaining(expected));
    const again = await verify(join(folder, 'data'), '--keep-heads', heads);
    expect(again.code).toBe(2);
    expect(again.errors).toContain('is there already');
  });

  it('is sound with the heads that were kept, those of a manifest and those of an export', async () => {
    const exported = join(folder, 'ledger.jsonl');
    const data = join(folder, 'data');
    await indicators('--data', data, 'export', '-o', exported);
    for (const file of [heads, manifest, exported]) {
      const { code, output } = await verify(data, '--expect-heads', file);
      expect([code, output]).toEqual([0, expect.stringMatching(/checked \d heads that .*\nsound/)]);
    }
    const files = await indicators('verify', '--ledger', exported, '--expect-heads', heads);
    expect(files.code).toBe(0);
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

  it.each(losses)('finds by heads alone, kept or of a manifest: $what', async ({ chains, said }) => {
    const data = await keptIn(await temporaryFolder(), { ...store, chains: chains() }, catalogues);
    for (const file of [heads, manifest]) {
      const { code, output } = await verify(data, '--expect-heads', file);
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
    const { code, output } = await verify(data, '--keep-heads', join(data, 'heads.json'));
    expect(output).toContain('FAULT ledger of 2023: has no event');
    expect(output).not.toContain('sound');
    expect(code).toBe(1);
    await expect(readFile(join(data, 'heads.json'))).rejects.toThrow('ENOENT');
    const file = join(data, 'empty.jsonl');
    await writeFile(file, '{"catalogues":[],"format":"indicators-ledger/1","heads":[]}\n');
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
  ])('expects nothing of $what, and says so', async ({ text, said }) => {
    const file = join(await temporaryFolder(), 'heads.json');
    await writeFile(file, text);
    const { code, errors } = await verify(join(folder, 'data'), '--expect-heads', file);
    expect([code, errors]).toEqual([2, expect.stringContaining(said)]);
  });
});
