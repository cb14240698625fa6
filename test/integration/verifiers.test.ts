import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../functions/demo/seeded-random.ts';
import { verifyContents } from '../../functions/use-cases/verify/contents.ts';
import { makeStatement } from '../../functions/use-cases/witness.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import { isSigned, keyFingerprint } from '../../shared/core/ledger/witness.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { canonicalJson } from '../../shared/core/values/digest.ts';
import { publishedTables } from '../../shared/publication/published-tables.ts';
import { fileOfTable } from '../../shared/publication/table.ts';
import {
  type Downloaded,
  download,
  faultsIn,
  ledgerName,
  type PublishedStore,
  saidByBoth,
  verifyInPython,
  withPublication,
} from '../fixtures/downloaded.ts';
import { isHere } from '../fixtures/programs.ts';
import { coarseParts, crossedExtremes, handedOver, unlikeFrequencies } from '../fixtures/published-years.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { livedInStore } from '../fixtures/small-store.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';
import { witnessSigner } from '../fixtures/witness-signer.ts';

const hasPython = isHere('python3', '--version');

/** Changes a byte, removes some, doubles some, or takes a whole line out. */
function tampered(files: Downloaded, seed: number): { name: string; files: Downloaded } {
  const random = seededRandom(seed, 'tampering');
  const name = random.pick([ledgerName, ...files.keys()]);
  const bytes = files.get(name)!;
  const at = random.between(0, bytes.length - 1);
  const length = Math.min(random.between(1, 40), bytes.length - at);
  const lineEnd = bytes.indexOf(10, at) + 1 || bytes.length;
  const kinds = [
    () => bytes.map((byte, index) => (index === at ? byte ^ (1 << random.between(0, 6)) : byte)),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]),
    () => Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]),
    () =>
      Buffer.concat([
        bytes.subarray(0, at === 0 ? 0 : bytes.lastIndexOf(10, at - 1) + 1),
        bytes.subarray(lineEnd),
      ]),
  ];
  const edited = new Uint8Array(random.pick(kinds)());
  return { name, files: new Map(files).set(name, edited) };
}

/** The ledger file without the last event of its last chain, whose head is made to fit. */
function withoutLastEvent(file: Uint8Array): Uint8Array {
  const lines = new TextDecoder().decode(file).trimEnd().split('\n');
  const gone = JSON.parse(lines.pop()!);
  const header = JSON.parse(lines[0]!);
  const heads = header.heads.flatMap((head: { chain: string; length: number; hash: string }) => {
    if (head.chain !== gone.chain) return [head];
    return head.length === 1 ? [] : [{ ...head, length: head.length - 1, hash: gone.previous }];
  });
  return new TextEncoder().encode(`${[canonicalJson({ ...header, heads }), ...lines.slice(1)].join('\n')}\n`);
}

const edits = casesTried(1000);

describe('the verifiers', () => {
  let original: Downloaded;

  beforeAll(async () => {
    original = await download({ ...(await livedInStore()), adopted: adoptedAlone(smallCatalogue) }, 2);
  });

  it('find nothing wrong with what nobody touched', async () => {
    expect(await faultsIn(original)).toEqual([]);
  });

  it(`find each of ${edits} random edits, and name the file or the chain`, async () => {
    for (let seed = 1; seed <= edits; seed++) {
      const { name, files } = tampered(original, seed);
      const faults = await faultsIn(files);
      expect(faults.length, `seed ${seed} edited ${name}`).toBeGreaterThan(0);
      const places = faults.map(({ where }) => where).join('\n');
      expect(places, `seed ${seed}`).toMatch(
        name === ledgerName ? /2023\/|ledger|unreadable|manifest/ : name,
      );
    }
  });

  it.each<[what: string, store: () => Promise<PublishedStore>, values: string[]]>([
    ['take an extreme over time first, and then over departments', crossedExtremes, ['4', '2']],
    ['divide the parts of a ratio before they are rounded', coarseParts, ['2', '6', '26.67']],
    [
      'have no periods of a rate whose parts are asked for more often than one another',
      unlikeFrequencies,
      ['30', '20', '150', '66.67'],
    ],
    [
      'take a stock at the end of what has come, of whoever is asked for it then',
      handedOver,
      ['107', '50', '6', '157', '833.33'],
    ],
  ])('%s', async (_, store, values) => {
    const files = await download(await store(), 1);
    const { totals } = JSON.parse(new TextDecoder().decode(files.get('summary.json')));
    expect(totals.map(({ value }: { value: string }) => value)).toEqual(values);
    expect(await faultsIn(files)).toEqual([]);
    if (!hasPython) return;
    const { output, errors } = await verifyInPython(files, await temporaryFolder());
    expect(output + errors).toContain('sound');
  });

  it.skipIf(!hasPython)('agree: the one in Python finds nothing, and then the same edits', async () => {
    const folder = await temporaryFolder();
    const sound = await verifyInPython(original, join(folder, 'sound'));
    expect(sound.output + sound.errors).toContain('sound');
    expect(sound.code).toBe(0);
    for (let seed = 1; seed <= casesTried(60, 10); seed++) {
      const { name, files } = tampered(original, seed);
      const { code, errors } = await verifyInPython(files, join(folder, String(seed)));
      expect(code, `seed ${seed} edited ${name} ${errors}`).toBe(1);
    }
  });

  it.skipIf(!hasPython)(
    'agree on witnesses: one that holds, one of another ledger, edits of its every field',
    async () => {
      const folder = await temporaryFolder();
      const { chains, documents } = await livedInStore();
      const signer = witnessSigner();
      const ledger = { read: async (chain: string) => chains.get(chain) ?? [] };
      const at = '2023-05-01T00:00:00.000Z';
      const statement = (await makeStatement(at, { ledger, documents, signer }))!;
      const inPython = async (given: unknown, ...more: string[]) => {
        const file = join(folder, 'witness.json');
        await writeFile(file, JSON.stringify(given));
        return verifyInPython(original, folder, '--witness', file, ...more);
      };
      const sound = await inPython(statement, '--witness-key', keyFingerprint(signer.publicKey));
      expect([sound.code, sound.output]).toEqual([
        0,
        expect.stringMatching(/heads of statement 1 .*\nsound/),
      ]);
      expect((await verifyInPython(original, folder)).output).toContain('no witness was given');
      const strange = await inPython(statement, '--witness-key', 'f'.repeat(64));
      expect([strange.code, strange.output]).toEqual([1, expect.stringContaining('signed by another key')]);
      const cut = new Map(original).set(ledgerName, withoutLastEvent(original.get(ledgerName)!));
      await writeFile(join(folder, 'witness.json'), JSON.stringify(statement));
      const shorter = await verifyInPython(
        cut,
        join(folder, 'cut'),
        '--witness',
        join(folder, 'witness.json'),
      );
      expect([shorter.code, shorter.output]).toEqual([
        1,
        expect.stringMatching(/FAULT 2023\/.*tail was cut off/),
      ]);
      for (const edited of [
        { ...statement, number: 2 },
        { ...statement, at: '2023-05-02T00:00:00.000Z' as const },
        { ...statement, heads: statement.heads.slice(1) },
        { ...statement, publicKey: witnessSigner().publicKey },
        { ...statement, signature: Buffer.alloc(64).toString('base64') },
        { ...statement, signature: 'x' },
      ]) {
        expect(isSigned(edited)).toBe(false);
        const { code, output } = await inPython(edited);
        expect([code, output]).toEqual([1, expect.stringContaining('FAULT witness.json')]);
      }
    },
  );

  it.skipIf(!hasPython).each(publishedTables.map(fileOfTable))(
    'hold %s against what it says again',
    async (name) => {
      const lines = new TextDecoder().decode(original.get(name)).trimEnd().split('\r\n');
      const edited = new TextEncoder().encode([...lines, lines.at(-1), ''].join('\r\n'));
      const { ours, inPython } = await saidByBoth(new Map(original).set(name, edited));
      const said = name === 'observations.csv' ? /stands there more than once/ : /does not say what summary/;
      expect(ours).toMatch(said);
      expect(inPython).toContain(`${name}: is missing or was edited`);
      if (name === 'observations.csv') expect(inPython).toContain('stands there more than once');
    },
  );

  it.skipIf(!hasPython)('make the digest anew from what is said, and find another title', async () => {
    const sound = await download(await crossedExtremes(), 1);
    const retitled = withPublication(sound, (publication) => (publication.title = '另一份'));
    const said = async (files: Downloaded) => {
      const { ours, inPython } = await saidByBoth(files);
      return [ours, inPython].map((text) => text.match(/digest: is .*/g));
    };
    expect(await said(sound)).toEqual([null, null]);
    const found = ['digest: is not that of what the publication says'];
    expect(await said(retitled)).toEqual([found, found]);
  });

  it('recompute totals: a figure changed in all files, with hashes made to fit, is still found', async () => {
    const edited = withPublication(original, ({ totals }) => (totals[0]!.value = '1000'));
    const folder = { name: '', names: [], get: async (name: string) => edited.get(name) };
    const { faults } = await verifyContents(folder, {
      events: undefined,
      adopted: undefined,
      lastYear: undefined,
      adoptedBefore: undefined,
      baselines: new Map(),
      original: undefined,
    });
    expect(faults.map(({ explanation }) => explanation)).toEqual([
      'says 1000, its observations come to 22',
      expect.stringContaining('in words, which comes to 1000'),
    ]);
  });

  it
    .skipIf(!hasPython)
    .each<[what: string, edit: (total: Publication['totals'][number]) => void, said: RegExp]>([
      [
        'of a department',
        (total) => (total.byDepartment[0]!.value = '999'),
        /says 999 of \S+, which comes to/,
      ],
      ['of a period', (total) => (total.byPeriod[0]!.value = '999'), /says 999 of \S+, which comes to/],
      ['which is of another unit', (total) => (total.unit = '万元'), /says that its unit is 万元/],
      ['which stands as final', (total) => (total.status = 'final'), /stands as final/],
    ])('find a figure %s in all files, with hashes made to fit', async (_, edit, said) => {
    const edited = withPublication(original, ({ totals }) => edit(totals[0]!));
    const { ours, inPython } = await saidByBoth(edited);
    expect(ours).toMatch(said);
    expect(inPython).toMatch(said);
  });
});
