import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { faultInWords } from '../../functions/portal/verification/fault-words.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { writeLedgerFile } from '../../functions/use-cases/transfer.ts';
import { deriveFeedbackAnew } from '../../functions/use-cases/verify/feedback-anew.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import type { PeriodComparison } from '../../shared/core/totals/period-comparison.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { indicators, type Ran, run } from '../fixtures/command-line.ts';
import { openPage, textOf } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { isHere } from '../fixtures/programs.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { copyOfStore } from '../fixtures/small-store.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';
import { twoYears } from '../fixtures/two-years.ts';

type TwoYears = Awaited<ReturnType<typeof twoYears>>;

const folderName = 'publications/2024/0001/';
const now = '2024-06-05T01:00:00.000Z';
const script = fileURLToPath(new URL('../verifier/verify.py', import.meta.url));

/** Two years, the second published beside the first, with the jump of May among its warnings. */
async function published(): Promise<TwoYears> {
  const years = await twoYears();
  await years.last.publish('2024-01-20T01:00:00.000Z');
  await years.untilLast();
  await years.present.publish(now);
  return years;
}

/** What somebody may change of them. */
type Kept = Pick<TwoYears, 'events' | 'files' | 'documents'>;

function rewriteSummary({ files }: Kept, change: (summary: Publication) => Partial<Publication>): void {
  const key = `${folderName}summary.json`;
  const summary: Publication = JSON.parse(new TextDecoder().decode(files.get(key)));
  files.set(key, jsonFile({ ...summary, ...change(summary) }));
}

const cited = (changed: object) => (years: Kept) =>
  rewriteSummary(years, ({ comparedWith }) => ({ comparedWith: { ...comparedWith!, ...changed } }));

/** Changes the comparison of cases in May. */
const compared = (change: (row: PeriodComparison) => Partial<PeriodComparison>) => (years: Kept) =>
  rewriteSummary(years, ({ comparisons }) => ({
    comparisons: comparisons.map((row) =>
      row.indicator === 'cases' && row.period === '2024-05' ? { ...row, ...change(row) } : row,
    ),
  }));
const may = 'comparison cases 2024-05';

/** What somebody may change, where that is found, and how it is told. */
const tamperings: [what: string, tamper: (years: Kept) => void, where: string, told: RegExp][] = [
  [
    'another number is cited',
    cited({ number: 2 }),
    'comparedWith',
    /^cites publication 2 of 2023, .* like this$/,
  ],
  ['another digest is cited', cited({ digest: '0'.repeat(64) }), 'comparedWith', /does not have like this$/],
  ['a year long ago is cited', cited({ year: 2022 }), 'comparedWith', /is not the year before$/],
  [
    'a warning is left out',
    (years) => rewriteSummary(years, () => ({ warnings: [] })),
    'warnings',
    /^are not those/,
  ],
  [
    'nothing is cited',
    (years) => rewriteSummary(years, () => ({ comparedWith: null })),
    'warnings',
    /^are not those/,
  ],
  ['a figure of a month is changed', compared(() => ({ value: '724' })), may, /^says 724 as value, .* 725$/],
  [
    'a figure to date is changed',
    compared(({ toDate }) => ({ toDate: { ...toDate, value: '844' } })),
    may,
    /^says 844 as to date/,
  ],
  [
    'a figure of last year is changed',
    compared(({ lastYear }) => ({ lastYear: { ...lastYear!, value: '28' } })),
    may,
    /^says 28 as last year, .* 29$/,
  ],
  [
    'a rate is changed',
    compared(({ toDate }) => ({ toDate: { ...toDate, lastYear: { ...toDate.lastYear!, rate: '46.2' } } })),
    may,
    /^says 46.2 as rate from last year to date, .* 462$/,
  ],
  [
    'a change from the month before is changed',
    compared(({ before }) => ({ before: { ...before!, change: '-694' } })),
    may,
    /^says -694 as change from before/,
  ],
  [
    'a gap of last year is left out',
    compared(({ lastYear }) => ({ lastYear: { ...lastYear!, missing: 0 } })),
    may,
    /^says 0 as missing from last year, .* 1$/,
  ],
  [
    'a gap of the month before is left out',
    compared(({ before }) => ({ before: { ...before!, missing: 0 } })),
    may,
    /^says 0 as missing from before, .* 1$/,
  ],
  ['a gap is left out', compared(() => ({ missing: 0 })), may, /^says 0 as missing, .* 1$/],
  ['last year is left out', compared(() => ({ lastYear: null })), may, /^says none as last year/],
  [
    'a month is left out',
    (years) => rewriteSummary(years, ({ comparisons }) => ({ comparisons: comparisons.slice(1) })),
    'comparisons',
    /^are not of the indicators and periods/,
  ],
  [
    'a return of last year is changed',
    ({ events }) => Object.assign(events.get('2023/sfj')![0]!, { by: '别人' }),
    '2023/sfj',
    /it was edited$/,
  ],
  [
    'last year is gone',
    ({ events }) => {
      for (const chain of ['2023/sfj', '2023/office']) events.delete(chain);
    },
    'comparedWith',
    /does not have like this$/,
  ],
];

describe('the verification of a year that was compared with the last', () => {
  let years: TwoYears;
  beforeAll(async () => {
    years = await published();
  });
  const rawOf = ({ events, documents }: Kept) => rawYearIn(events, documents, 2024);
  const verified = async (kept: Kept) => verifyStore(await rawOf(kept), kept.documents);

  it('derives the feedback anew, which was given beside last year', async () => {
    const raw = await rawOf(years);
    const given = { documents: years.documents, workbooks: true };
    const { checked, faults } = await deriveFeedbackAnew({ raw, ...given });
    expect(faults).toEqual([]);
    expect(checked).toEqual([expect.stringMatching(/^5 feedback files derived anew .* 0 not/)]);
    const [withoutLastYear] = (await deriveFeedbackAnew({ raw: { ...raw, lastYears: new Map() }, ...given }))
      .checked;
    expect(withoutLastYear).toMatch(/^0 feedback files .* 5 not/);
  });

  it('derives the warnings anew, on the page too', async () => {
    const { faults, checked } = await verified(years);
    expect(faults).toEqual([]);
    expect(checked).toContain('1 warnings derived anew');
    expect(checked).toContain('20 comparisons recomputed');
    const portal = openPortal(years.present, { now });
    const page = openPage(await (await (await portal.as('auditor')).post('/2024/verification')).text());
    expect(textOf(within(page).getByRole('status'))).toMatch(/^完好/);
    expect(textOf(page)).toContain('1 处请核对的数字，由当时的台账和所引的上年数重新得出');
  });

  it.each(tamperings)('finds that %s', async (_, tamper, where, told) => {
    const changed = copyOfStore(years);
    tamper(changed);
    const { faults } = await verified(changed);
    const found = faults.filter(({ explanation }) => told.test(explanation));
    expect(found.map((fault) => fault.where.endsWith(where))).toEqual([true]);
    expect(faults.filter(({ explanation }) => faultInWords(explanation) === undefined)).toEqual([]);
  });
});

describe('offline', () => {
  let folder: string;

  /** What somebody takes away: both years as they are exported, and the publication. */
  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    const years = await published();
    await mkdir(join(folder, 'publication'));
    for (const { key } of await years.documents.list(folderName)) {
      await writeFile(join(folder, 'publication', key.slice(folderName.length)), years.files.get(key)!);
    }
    for (const year of [2023, 2024]) {
      const { chains, heads, state } = await readYear(years, year);
      await writeFile(join(folder, `${year}.jsonl`), writeLedgerFile(chains, heads, state.adopted));
    }
    return made.remove;
  });

  it('shows the same warning on another machine, where both years were brought', async () => {
    const there = (...args: string[]) => indicators('--data', join(folder, 'there'), ...args);
    for (const year of [2024, 2023]) {
      const { code } = await there('import', join(folder, `${year}.jsonl`));
      expect(code).toBe(0);
    }
    const { openWarnings } = JSON.parse((await there('status', '--json')).output);
    const summary = await readFile(join(folder, 'publication', 'summary.json'), 'utf8');
    expect(openWarnings).toEqual(JSON.parse(summary).warnings);
  });

  const ways: [way: string, isMissing: boolean, verify: (lastYears?: string) => Promise<Ran>][] = [
    [
      'the command line',
      false,
      (lastYears) =>
        indicators(
          ...['verify', '--ledger', join(folder, '2024.jsonl'), '--publication', join(folder, 'publication')],
          ...(lastYears === undefined ? [] : ['--last-year', join(folder, lastYears)]),
        ),
    ],
    [
      'Python',
      !isHere('python3', '--version'),
      (lastYears) => {
        const others = lastYears === undefined ? [] : [join(folder, lastYears)];
        return run('python3', [script, join(folder, '2024.jsonl'), join(folder, 'publication'), ...others]);
      },
    ],
  ];

  for (const [way, isMissing, verify] of ways) {
    it.skipIf(isMissing)(
      `${way} checks what is cited in last year's ledger, or says that it is not here`,
      async () => {
        const whole = await verify('2023.jsonl');
        expect([whole.code, whole.output]).toEqual([0, expect.stringContaining('sound')]);
        expect(whole.output).not.toContain('not here');
        const alone = await verify();
        expect([alone.code, alone.output]).toEqual([
          0,
          expect.stringContaining('the ledger of 2023 is not here'),
        ]);
      },
    );

    it.skipIf(isMissing)(`${way} recomputes what is compared`, async () => {
      const path = join(folder, 'publication', 'summary.json');
      const whole = await readFile(path, 'utf8');
      const changed = whole.replace(
        '"value":"29","missing":1,"change":"696"',
        '"value":"28","missing":1,"change":"697"',
      );
      expect(changed).not.toBe(whole);
      await writeFile(path, changed);
      const { code, output } = await verify('2023.jsonl');
      await writeFile(path, whole);
      expect([code, output]).toEqual([
        1,
        expect.stringMatching(/FAULT .*comparison cases 2024-05.*\b28\b.*\b29\b/),
      ]);
    });

    it.skipIf(isMissing)(`${way} finds that last year's ledger has no such publication`, async () => {
      const years = await twoYears();
      await years.last.submit({ period: '2023-12', cases: '5', uploadedAt: '2024-01-05T01:00:00.000Z' });
      await years.last.publish('2024-01-20T01:00:00.000Z');
      const { chains, heads, state } = await readYear(years, 2023);
      await writeFile(join(folder, 'another-2023.jsonl'), writeLedgerFile(chains, heads, state.adopted));
      const { code, output } = await verify('another-2023.jsonl');
      expect([code, output]).toEqual([
        1,
        expect.stringMatching(/FAULT .*publication 1 of 2023.* the ledger does not have .*like this/),
      ]);
    });
  }
});
