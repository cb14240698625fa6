import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { publishDueYears } from '../../functions/local-server/daily-publication.ts';
import { KnownCatalogues } from '../../functions/use-cases/known-catalogues.ts';
import { KnownYears } from '../../functions/use-cases/known-years.ts';
import { BrokenLedgerError, readYear } from '../../functions/use-cases/read-year.ts';
import type { Ledger } from '../../shared/core/ledger/ports.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import { partUnder, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { nextCatalogue, twoYears } from '../fixtures/two-years.ts';

type TwoYears = Awaited<ReturnType<typeof twoYears>>;

const now = '2024-06-05T01:00:00.000Z';
const inJanuary = '2024-01-20T01:00:00.000Z';

async function openWarnings({ present }: TwoYears) {
  const { state } = await readYear(present, 2024);
  return warningsOf(state).map(({ period, finding }) => `${period} ${finding.rule} ${finding.indicator}`);
}

describe('a jump in May of a second year', () => {
  it('is asked about in the same words by feedback, pages, API and publication', async () => {
    const years = await twoYears();
    await years.last.publish(inJanuary);
    const { feedback } = await years.untilLast();
    const { publication } = await years.present.publish(now);
    const [warning] = publication.warnings;
    expect(warning).toMatchObject({ department: 'sfj', period: '2024-05', acknowledged: null });
    expect(warning?.finding).toMatchObject({
      rule: 'outlier',
      found: '725',
      expected: '以前各月为 27 至 33 件',
    });
    expect(publication.warnings).toHaveLength(1);
    expect(feedback.warnings).toEqual([warning?.finding]);

    const portal = openPortal(years.present, { now });
    const [clerk, office] = await Promise.all([portal.as('department:sfj'), portal.as('legal-office')]);
    const words = [warning!.finding.message, warning!.finding.expected!];
    const own = textOf(await visit(clerk, '/2024/departments/sfj/2024-05'));
    const offices = textOf(partUnder(await visit(office, '/2024/findings'), '请核对的数字（1）'));
    for (const text of words) expect([own, offices].map((page) => page.includes(text))).toEqual([true, true]);
    for (const user of [clerk, office]) {
      expect(JSON.parse(await user.read('/api/2024/warnings')).items).toEqual([warning]);
    }
  });

  it.each([
    ['without a publication of last year', nextCatalogue(), false],
    ['counted in another unit this year', nextCatalogue({ cases: { unit: '百件' } }), true],
  ])('is not asked about %s', async (_, catalogue, published) => {
    const years = await twoYears(catalogue);
    if (published) await years.last.publish(inJanuary);
    expect((await years.untilLast()).feedback.warnings).toEqual([]);
    expect(await openWarnings(years)).toEqual([]);
  });

  it('is asked about, or not, as last year was published last', async () => {
    const years = await twoYears();
    await years.last.publish(inJanuary);
    await years.untilLast();
    expect(await openWarnings(years)).toEqual(['2024-05 outlier cases']);
    await years.present.publish(now);
    const correction = { period: '2023-12', cases: '600', uploadedAt: '2024-01-25T01:00:00.000Z' };
    await years.last.submit({ ...correction, note: '漏报' });
    expect(await openWarnings(years)).toEqual(['2024-05 outlier cases']);
    await years.last.publish('2024-06-06T01:00:00.000Z');
    expect(await openWarnings(years)).toEqual([]);
    const next = await years.present.publish('2024-06-07T01:00:00.000Z');
    expect(next).toMatchObject({ outcome: 'published', publication: { number: 2, warnings: [] } });
  });
});

describe('a publication', () => {
  it('names the one of last year that it was compared with, and is no new one for that alone', async () => {
    const years = await twoYears();
    const first = await years.last.publish(inJanuary);
    await years.untilLast();
    const { number, digest } = first.publication;
    const { publication } = await years.present.publish(now);
    expect(publication.comparedWith).toEqual({ kind: 'publication', year: 2023, number, digest });
    const other = { department: 'sfj2', cases: '5', uploadedAt: '2024-01-28T01:00:00.000Z' };
    await years.last.submit({ ...other, period: '2023-11' });
    const second = await years.last.publish('2024-06-06T01:00:00.000Z');
    expect((await years.present.publish('2024-06-07T01:00:00.000Z')).outcome).toBe('unchanged');
    await years.present.submit({ ...other, period: '2024-01' });
    const next = (await years.present.publish('2024-06-08T01:00:00.000Z')).publication;
    expect(next.comparedWith).toEqual({
      kind: 'publication',
      year: 2023,
      number: 2,
      digest: second.publication.digest,
    });
    const auditor = await openPortal(years.present, { now }).as('auditor');
    const facts = partUnder(await visit(auditor, '/2024/publications/2'), '发布信息');
    expect(textOf(facts)).toContain(`所比的上年数 2023年第 2 次发布，内容摘要 ${second.publication.digest}`);
    expect(within(facts).getByRole('link').getAttribute('href')).toBe('/2023/publications/2');
  });

  it('is a new one where last year was published with other figures for the same months', async () => {
    const years = await twoYears();
    await years.last.publish(inJanuary);
    await years.untilLast();
    await years.present.publish(now);
    const other = { department: 'sfj2', cases: '5', uploadedAt: '2024-01-28T01:00:00.000Z' };
    await years.last.submit({ ...other, period: '2023-01' });
    await years.last.publish('2024-06-06T01:00:00.000Z');
    const office = await openPortal(years.present, { now }).as('legal-office');
    const basis = '所比的上年数有变动：由2023年第 1 次发布改为2023年第 2 次发布。';
    expect(textOf(await visit(office, '/2024/publications'))).toContain(basis);
    const { outcome, publication } = await years.present.publish('2024-06-07T01:00:00.000Z');
    expect([outcome, publication.comparisons[0]?.lastYear]).toMatchObject(['published', { value: '34' }]);
    expect(textOf(await visit(office, '/2024/publications/changes?from=1&to=2'))).toContain(basis);
  });

  it('says that there was nothing to compare with', async () => {
    const years = await twoYears();
    await years.untilLast();
    expect((await years.present.publish(now)).publication.comparedWith).toBeNull();
  });
});

describe('last year beside this year', () => {
  /** A ledger that keeps what is asked of it. */
  function asked(ledger: Ledger) {
    const chains = new Set<string>();
    const read: Ledger['read'] = (chain) => {
      chains.add(chain);
      return ledger.read(chain);
    };
    return { chains, ledger: { ...ledger, read } };
  }

  it('is read of the own department alone, for a clerk and for feedback', async () => {
    const years = await twoYears();
    const other = { department: 'sfj2', period: '2023-01', cases: '5' };
    await years.last.submit({ ...other, uploadedAt: '2023-02-01T01:00:00.000Z' });
    await years.last.publish(inJanuary);
    const { ledger, chains } = asked(years.ledger);
    await new KnownYears({ ...years, ledger }).read({ year: 2024, department: 'sfj' });
    expect([...chains].sort()).toEqual(['2023/office', '2023/sfj', '2024/office', '2024/sfj']);
  });

  it('is no part of this year: of its chains, heads, or what the daily publication finds recorded', async () => {
    const years = await twoYears();
    await years.last.publish(inJanuary);
    const { chains, heads, state } = await readYear(years, 2024);
    expect(chains.filter(({ chain }) => !chain.startsWith('2024/'))).toEqual([]);
    expect(heads.filter(({ length }) => length > 0)).toMatchObject([{ chain: '2024/office', length: 1 }]);
    expect([state.publications, state.returns.flatMap(({ revisions }) => revisions)]).toEqual([[], []]);
    const said: unknown[] = [];
    await publishDueYears({
      ...years,
      catalogues: new KnownCatalogues(years),
      now: () => '2024-01-21T18:30:00.000Z',
      software: 'test',
      reports: { fault: (_, error) => said.push(error), done: (_, what) => said.push(what) },
    });
    expect(said).toEqual([
      { year: 2023, outcome: 'unchanged' },
      { year: 2024, outcome: 'nothing recorded yet' },
    ]);
  });

  it('is not computed from if it is broken, and the chain is named', async () => {
    const years = await twoYears();
    await years.last.publish(inJanuary);
    const [first] = years.events.get('2023/sfj')!;
    Object.assign(first!, { by: '别人' });
    const reading = readYear(years, 2024);
    await expect(reading).rejects.toThrow(BrokenLedgerError);
    await expect(reading).rejects.toThrow('2023/sfj: event 1');
  });
});
