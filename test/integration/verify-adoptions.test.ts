import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../functions/demo/seeded-random.ts';
import { catalogueHash } from '../../shared/core/catalogue/catalogue.ts';
import type { Decimal } from '../../shared/core/values/decimal.ts';
import { adoptingOffice } from '../fixtures/adopting-office.ts';
import { type Downloaded, download, faultsIn, ledgerName, verifyInPython } from '../fixtures/downloaded.ts';
import { isHere } from '../fixtures/programs.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';
import { catalogueOf, indicator } from '../unit/core/small-year.ts';

const cases = indicator('cases');
const hotline = (reporters: unknown) => indicator('hotline', 'flow', { reporters });
const money = (unit: string) => indicator('money', 'flow', { unit, decimals: 2 });
const visits = indicator('visits', 'flow', { from: '2023-02' });
const moved = [
  { department: 'jia', to: '2023-01' },
  { department: 'yi', from: '2023-02' },
];

/** A catalogue, and the three that are adopted over it: a new indicator, another reporter, another unit. */
const [first, second, third, fourth] = [
  catalogueOf({ indicators: [cases, hotline(['jia']), money('万元')] }),
  catalogueOf({ indicators: [cases, hotline(['jia']), money('万元'), visits] }),
  catalogueOf({ indicators: [cases, hotline(moved), money('万元'), visits] }),
  catalogueOf({ indicators: [cases, hotline(moved), money('元'), visits] }),
];
const factor = { indicator: 'money', from: '万元', to: '元', factor: '10000' as Decimal };

/** A year in which three adoptions came between returns on old forms and new ones, published at the end. */
async function aYear() {
  const office = adoptingOffice(first);
  const january = { department: 'jia', period: '2023-01' } as const;
  await office.send(first, january, { cases: '5', hotline: '300', money: '1.5' });
  await office.adopt(second);
  await office.adopt(third, { replaces: catalogueHash(second) });
  await office.send(first, { department: 'yi', period: '2023-02' }, { cases: '1', money: '0.25' });
  await office.send(
    third,
    { department: 'yi', period: '2023-03' },
    { cases: '2', hotline: '800', money: '2', visits: '4' },
  );
  await office.adopt(fourth, { replaces: catalogueHash(third), conversions: [factor] });
  await office.send(
    fourth,
    { department: 'jia', period: '2023-02' },
    { cases: '3', money: '700.5', visits: '9' },
  );
  await office.published();
  return office;
}

const edits = casesTried(1000);

describe('a year with three adoptions', () => {
  let office: Awaited<ReturnType<typeof aYear>>;
  let original: Downloaded;

  beforeAll(async () => {
    office = await aYear();
    const { adopted } = await office.state();
    original = await download({ chains: office.events, documents: office.documents, adopted }, 1);
  });

  it('adds up over all of them, and is sound to both verifiers', async () => {
    const { totals } = JSON.parse(new TextDecoder().decode(original.get('summary.json')));
    expect(totals.map(({ value }: { value: string }) => value)).toEqual(['11', '1100', '38200.5', '13']);
    expect(await office.verify()).toEqual([]);
    expect(await faultsIn(original)).toEqual([]);
    if (!isHere('python3', '--version')) return;
    const { output, errors } = await verifyInPython(original, await temporaryFolder());
    expect(output + errors).toContain('sound');
  });

  it(`has each of ${edits} edits to its catalogues and adoptions found, and named`, async () => {
    const keys = [...office.files.keys()].filter((key) => key.startsWith('catalogues/'));
    expect(keys).toHaveLength(8);
    for (let seed = 1; seed <= edits; seed++) {
      const random = seededRandom(seed, 'editing');
      const key = random.pick(keys);
      const before = office.files.get(key)!;
      const edited = editedJson(before, random);
      if (edited === undefined) office.files.delete(key);
      else office.files.set(key, edited);
      const places = (await office.verify()).map(({ where }) => where).join('\n');
      office.files.set(key, before);
      expect(places, `seed ${seed} edited ${key}`).toContain(
        edited === undefined && key.includes('adopted') ? 'adopted/' : key,
      );
    }
    expect(await office.verify()).toEqual([]);
  });

  it.skipIf(!isHere('python3', '--version'))(
    'has edits to what was exported of them found by the one in Python, too',
    async () => {
      const folder = await temporaryFolder();
      const text = new TextDecoder().decode(original.get(ledgerName));
      const edits: [what: string, edited: string][] = [
        ['a unit in a catalogue', text.replace('"unit":"元"', '"unit":"角"')],
        ['a factor', text.replace('"factor":"10000"', '"factor":"1000"')],
        [
          'a catalogue that was left out',
          text.replace(
            /"catalogues":\[\{.*?\}\],"format":"indicators-ledger/,
            '"catalogues":[],"format":"indicators-ledger',
          ),
        ],
        ['who adopted', text.replace('"by":"法制科"', '"by":"别人"')],
        ['what is replaced', text.replace(/"replaces":"[0-9a-f]{64}"/, `"replaces":"${'0'.repeat(64)}"`)],
      ];
      for (const [index, [what, edited]] of edits.entries()) {
        expect(edited, what).not.toBe(text);
        const files = new Map(original).set(ledgerName, new TextEncoder().encode(edited));
        expect((await faultsIn(files)).map(({ where }) => where).join(), what).toMatch(
          /2023|ledger|catalogues/,
        );
        const { code, output } = await verifyInPython(files, `${folder}/${index}`);
        expect([code, output], what).toEqual([1, expect.stringMatching(/FAULT (2023|ledger)/)]);
      }
    },
  );
});

/** A JSON file with one of its strings or numbers changed, a line gone, a byte flipped; or no file. */
function editedJson(bytes: Uint8Array, random: ReturnType<typeof seededRandom>): Uint8Array | undefined {
  const text = new TextDecoder().decode(bytes);
  const values = [...text.matchAll(/: "([^"]+)"|: ([0-9]+)/g)];
  const { index, 0: found } = random.pick(values);
  const changed =
    text.slice(0, index) +
    found.replace(/[^: "]/, (character) => (character === '9' ? '8' : '9')) +
    text.slice(index + found.length);
  const lines = text.split('\n');
  const line = random.between(1, lines.length - 3);
  const edits = [
    () => changed,
    () => changed,
    () => lines.toSpliced(line, 1).join('\n'),
    () => undefined,
    () => text.replace('{', '['),
  ];
  const edited = random.pick(edits)();
  return edited === undefined ? undefined : new TextEncoder().encode(edited);
}
