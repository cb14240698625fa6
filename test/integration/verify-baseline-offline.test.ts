import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { baselinesOf } from '../../functions/use-cases/baselines.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { writeLedgerFile } from '../../functions/use-cases/transfer.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import { canonicalJson } from '../../shared/core/values/digest.ts';
import { indicators, type Ran, run } from '../fixtures/command-line.ts';
import { type Figure, inMonths } from '../fixtures/filled-baseline.ts';
import { firstYear, publishedFirstYear } from '../fixtures/first-year.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { isHere } from '../fixtures/programs.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { usual } from '../fixtures/two-years.ts';

type FirstYear = Awaited<ReturnType<typeof firstYear>>;

const folderName = 'publications/2023/0001/';
const script = fileURLToPath(new URL('../verifier/verify.py', import.meta.url));

describe('a whole year beside what was entered of the whole year before', () => {
  /** The city's whole year, and months of one department of two. */
  const figures: readonly Figure[] = [
    ['全市', '案件', '全年', 400],
    ['全市', '金额', '全年', 18.5],
    ['全市', '车辆', '全年', 40],
    ['全市', '作品', '全年', 7],
    ...inMonths('市司法局', '案件', usual),
  ];

  it('is found sound by both verifiers, and a change of last year is found', async () => {
    const year = await firstYear(inMemoryPorts(), figures);
    for (const [index, cases] of usual.entries()) {
      await year.month(index, cases);
      await year.month(index, 1, 'sfj2');
    }
    const { publication } = await year.publish('2024-01-20T01:00:00.000Z');
    const december = publication.comparisons.find(
      ({ indicator, period }) => `${indicator} ${period}` === 'cases 2023-12',
    );
    expect(december).toMatchObject({
      lastYear: { value: '28', missing: 1 },
      toDate: { value: '369', lastYear: { value: '400', missing: 0, change: '-31' } },
    });
    expect((await verifyStore(await rawYearIn(year.events, year.documents), year.documents)).faults).toEqual(
      [],
    );
    const { folder, remove } = await newFolder();
    const verify = await takenAway(year, folder);
    const sound = await Promise.all(verify.map((one) => one()));
    expect(sound.map(({ code, output }) => [code, output.includes('sound')])).toEqual(
      sound.map(() => [0, true]),
    );
    const path = join(folder, 'publication/summary.json');
    const text = await readFile(path, 'utf8');
    const changed = text.replace('"lastYear":{"value":"400"', '"lastYear":{"value":"401"');
    expect(changed).not.toBe(text);
    await writeFile(path, changed);
    for (const one of verify) {
      const { code, output } = await one();
      expect([code, output]).toEqual([
        1,
        expect.stringMatching(/comparison cases 2023-12.*\b401\b.*\b400\b/),
      ]);
    }
    await remove();
  });
});

/** What somebody takes away: the ledger as it is exported, and the publication; and how it is verified, where that can be done. */
async function takenAway(year: FirstYear, folder: string): Promise<(() => Promise<Ran>)[]> {
  const [ledger, publication] = [join(folder, 'ledger.jsonl'), join(folder, 'publication')];
  await mkdir(publication);
  for (const { key } of await year.documents.list(folderName)) {
    await writeFile(join(publication, key.slice(folderName.length)), year.files.get(key)!);
  }
  const { chains, heads, state } = await readYear(year, 2023);
  const baselines = await baselinesOf(2023, year.events.get('2023/office')!, year.documents);
  await writeFile(ledger, writeLedgerFile(chains, heads, state.adopted, baselines));
  const ways = [() => indicators('verify', '--ledger', ledger, '--publication', publication)];
  return isHere('python3', '--version')
    ? [...ways, () => run('python3', [script, ledger, publication])]
    : ways;
}

describe('offline', () => {
  let folder: string;

  /** What somebody takes away: the ledger as it is exported, and the publication. */
  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    await takenAway(await publishedFirstYear(), folder);
    return made.remove;
  });

  const ways: [way: string, isMissing: boolean, verify: () => Promise<Ran>][] = [
    [
      'the command line',
      false,
      () =>
        indicators(
          'verify',
          '--ledger',
          join(folder, 'ledger.jsonl'),
          '--publication',
          join(folder, 'publication'),
        ),
    ],
    [
      'Python',
      !isHere('python3', '--version'),
      () => run('python3', [script, join(folder, 'ledger.jsonl'), join(folder, 'publication')]),
    ],
  ];

  /** Verifies with one of the files changed. */
  async function after(
    name: string,
    change: (text: string) => string,
    verify: () => Promise<Ran>,
  ): Promise<Ran> {
    const path = join(folder, name);
    const whole = await readFile(path, 'utf8');
    const changed = change(whole);
    expect(changed).not.toBe(whole);
    await writeFile(path, changed);
    const ran = await verify();
    await writeFile(path, whole);
    return ran;
  }

  const summary = 'publication/summary.json';
  const offline: [what: string, file: string, change: (text: string) => string, told: RegExp][] = [
    [
      'a figure of the baseline is another',
      'ledger.jsonl',
      (text) => {
        const [header = '', ...events] = text.split('\n');
        const { baselines, ...rest } = JSON.parse(header);
        baselines[0].rows[0].values['2022'] = '41';
        return [canonicalJson({ ...rest, baselines }), ...events].join('\n');
      },
      /FAULT .*(gone or was edited|is not in the file, or was edited)/,
    ],
    [
      'last year is another',
      summary,
      (text) => text.replace('"lastYear":{"value":"30"', '"lastYear":{"value":"31"'),
      /FAULT .*comparison cases 2023-01.*\b31\b.*\b30\b/,
    ],
    [
      'another person is cited',
      summary,
      (text) => text.replace('"recordedBy":"法制机构"', '"recordedBy":"别人"'),
      /FAULT .*comparedWith.*cites a baseline of 2022, which the ledger does not have like this/,
    ],
    [
      'nothing is cited',
      summary,
      (text) => text.replace(/"comparedWith":\s*\{[^}]*\}/, '"comparedWith":null'),
      /FAULT .*comparedWith.*cites nothing, (while|and) the ledger has a baseline/,
    ],
  ];

  for (const [way, isMissing, verify] of ways) {
    it.skipIf(isMissing)(`${way} finds a ledger that carries its baseline sound`, async () => {
      const { code, output } = await verify();
      expect([code, output]).toEqual([0, expect.stringContaining('sound')]);
      expect(output).not.toMatch(/not (recomputed|checked)/);
    });

    it.skipIf(isMissing).each(offline)(`${way} finds that %s`, async (_, file, change, told) => {
      const { code, output } = await after(file, change, verify);
      expect([code, output]).toEqual([1, expect.stringMatching(told)]);
    });
  }
});
