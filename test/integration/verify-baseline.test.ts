import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { faultInWords } from '../../functions/portal/verification/fault-words.ts';
import { baselineKey, baselineWorkbookKey } from '../../functions/use-cases/stores/baseline-store.ts';
import { deriveFeedbackAnew } from '../../functions/use-cases/verify/feedback-anew.ts';
import { verifyStore } from '../../functions/use-cases/verify/verify-store.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { type Baseline, baselineEvents } from '../../shared/core/year/baseline.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { filledBaseline } from '../fixtures/filled-baseline.ts';
import { type firstYear, publishedFirstYear, recordWorkbook } from '../fixtures/first-year.ts';
import { openPage, textOf } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { rawYearIn } from '../fixtures/raw-year.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';

type FirstYear = Awaited<ReturnType<typeof firstYear>>;

const folderName = 'publications/2023/0001/';
const now = '2023-06-05T01:00:00.000Z';

const hashIn = ({ events }: FirstYear) => baselineEvents(events.get('2023/office')!)[0]!.happening.baseline;
const keyIn = (year: FirstYear) => baselineKey(2023, hashIn(year));

function baselineAt(year: FirstYear): Baseline {
  return JSON.parse(new TextDecoder().decode(year.files.get(keyIn(year))));
}

function rewriteSummary({ files }: FirstYear, change: (summary: Publication) => Partial<Publication>): void {
  const key = `${folderName}summary.json`;
  const summary: Publication = JSON.parse(new TextDecoder().decode(files.get(key)));
  files.set(key, jsonFile({ ...summary, ...change(summary) }));
}

const cited = (changed: object) => (year: FirstYear) =>
  rewriteSummary(year, ({ comparedWith }) => ({ comparedWith: { ...comparedWith!, ...changed } as never }));

/** What somebody may change, where that is found, and how it is told. */
const tamperings: [what: string, tamper: (year: FirstYear) => unknown, where: RegExp, told: RegExp][] = [
  [
    'a figure of the baseline is changed',
    (year) => {
      const { rows, ...rest } = baselineAt(year);
      const changed = rows.map((row) => ({ ...row, values: { ...row.values, '2022': '41' } }));
      year.files.set(keyIn(year), jsonFile({ ...rest, rows: changed }));
    },
    /baselines\/[0-9a-f]{64}\.json$/,
    /^was recorded, and is gone or was edited$/,
  ],
  [
    'the baseline is removed',
    (year) => year.files.delete(keyIn(year)),
    /baselines\/[0-9a-f]{64}\.json$/,
    /^was recorded, and is gone or was edited$/,
  ],
  [
    'its workbook is another',
    (year) => year.files.set(baselineWorkbookKey(baselineAt(year)), new Uint8Array([1])),
    /baselines\/[0-9a-f]{64}\.xlsx$/,
    /^is not the workbook that the baseline was read from$/,
  ],
  [
    'its copy for a lost ledger is removed',
    (year) => year.files.delete('catalogues/2023/adopted/0002.json'),
    /adopted\/$/,
    /^lacks a copy of an adoption or baseline/,
  ],
  [
    'its reason is changed',
    ({ events }) => {
      const event = baselineEvents(events.get('2023/office')!)[0]!;
      event.happening = { ...event.happening, reason: '别的原因' };
    },
    /^2023\/office$/,
    /does not have the hash that it states/,
  ],
  [
    'another baseline is cited',
    cited({ digest: '0'.repeat(64) }),
    /comparedWith$/,
    /^cites a baseline of 2022, which the ledger does not have like this$/,
  ],
  ['another person is cited', cited({ recordedBy: '别人' }), /comparedWith$/, /does not have like this$/],
  [
    'another time is cited',
    cited({ recordedAt: '2023-01-06T01:00:00.000Z' }),
    /comparedWith$/,
    /does not have like this$/,
  ],
  [
    'another year is cited',
    cited({ year: 2021 }),
    /comparedWith$/,
    /^cites a baseline of 2021, which is not the year before$/,
  ],
  [
    'nothing is cited',
    (year) => rewriteSummary(year, () => ({ comparedWith: null })),
    /comparedWith$/,
    /^cites nothing, while the ledger has a baseline of 2022$/,
  ],
  [
    'a warning is left out',
    (year) => rewriteSummary(year, () => ({ warnings: [] })),
    /warnings$/,
    /^are not those/,
  ],
  [
    'a figure of last year is changed',
    (year) =>
      rewriteSummary(year, ({ comparisons }) => ({
        comparisons: comparisons.map((row) =>
          row.indicator === 'cases' && row.period === '2023-01'
            ? { ...row, lastYear: { ...row.lastYear!, value: '31' } }
            : row,
        ),
      })),
    /comparison cases 2023-01$/,
    /^says 31 as last year, which comes to 30$/,
  ],
];

describe('the verification of a year that was compared with a baseline', () => {
  const rawOf = ({ events, documents }: FirstYear) => rawYearIn(events, documents);
  const verified = async (year: FirstYear) => verifyStore(await rawOf(year), year.documents);

  it('finds it sound: feedback, warnings and comparisons are derived anew, on the page too', async () => {
    const year = await publishedFirstYear();
    const raw = await rawOf(year);
    const { faults, checked } = await verified(year);
    expect(faults).toEqual([]);
    expect(checked).toContain('1 baselines of 2022 were recorded');
    expect(checked).toContain('1 warnings derived anew');
    expect(checked).toContain('20 comparisons recomputed');
    const anew = await deriveFeedbackAnew({ raw, documents: year.documents, workbooks: true });
    expect(anew).toEqual({
      checked: [expect.stringMatching(/^6 feedback files derived anew .* 0 not/)],
      faults: [],
    });
    const auditor = await openPortal(year, { now }).as('auditor');
    const page = openPage(await (await auditor.post('/2023/verification')).text());
    expect(textOf(within(page).getByRole('status'))).toMatch(/^完好/);
    expect(textOf(page)).toContain('录入过 1 份2022年基数，逐份核对原文、工作簿');
  });

  it.each(tamperings)('finds that %s, and has Chinese words for it', async (_, tamper, where, told) => {
    const year = await publishedFirstYear();
    await tamper(year);
    const { faults } = await verified(year);
    const found = faults.filter((fault) => told.test(fault.explanation) && where.test(fault.where));
    expect(found, JSON.stringify(faults)).toHaveLength(1);
    expect(faults.filter(({ explanation }) => faultInWords(explanation) === undefined)).toEqual([]);
  });

  it('holds an earlier publication against the baseline that stood then', async () => {
    const year = await publishedFirstYear();
    const other = await filledBaseline(smallCatalogue, [['全市', '车辆', '全年', 41]]);
    await recordWorkbook(other, year, { at: '2023-06-06T01:00:00.000Z', reason: '更正' });
    expect((await verified(year)).faults).toEqual([]);
  });
});
