import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportedYear } from '../../functions/demo/sample-work.ts';
import { planSampleYear } from '../../functions/demo/sample-year.ts';
import { changes, secondCatalogue, secondYear } from '../../functions/demo/second-year.ts';
import { isWorkingDay } from '../../functions/demo/working-hours.ts';
import { readReportFigures } from '../../shared/catalogue/report-figures.ts';
import { sampleCatalogue } from '../../shared/catalogue/sample.ts';
import { deadlineOf, expectedReturns, indicatorsOnForm } from '../../shared/core/catalogue/catalogue.ts';
import { endOfDay, localTime } from '../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../shared/core/catalogue/tables.ts';
import { amountIn, breaches, newest, scale, totals } from '../fixtures/sample-plans.ts';

const report = readReportFigures(
  readFileSync(new URL('../../shared/catalogue/wanyuan-2023-report.json', import.meta.url), 'utf8'),
);
const catalogue = secondCatalogue(sampleCatalogue());
const months = Array.from({ length: 10 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}`);

describe('the catalogue of the second year', () => {
  it('is that of the first, dated to 2024, and says that every figure is made up', () => {
    expect(catalogue.year).toBe(2024);
    expect(catalogue.title).toBe('万源市2024年法治政府建设指标目录');
    expect(catalogue.notice).toContain('样例数据，均为虚构');
    expect(catalogue.notice).not.toContain('2023');
    expect(catalogue.indicators).toEqual(sampleCatalogue().indicators);
    expect(catalogue.rules).toEqual(sampleCatalogue().rules);
    expect(catalogue.narratives.map(({ name }) => name)).toEqual(['典型做法']);
  });
});

describe.each([1, 2, 2023, 77_777])('the second year from seed %i', (seed) => {
  const first = reportedYear(sampleCatalogue(), report, seed);
  const second = secondYear(first);
  const plan = planSampleYear(second);
  const returns = newest(plan);

  it('has every return from January to October, with every cell of its form, and none later', () => {
    expect([...new Set(plan.map(({ period }) => period))].sort()).toEqual(months);
    const expected = expectedReturns(catalogue).filter(({ period }) => months.includes(period));
    expect(plan).toHaveLength(expected.length);
    for (const { department, period } of expected) {
      const form = indicatorsOnForm(catalogue, department.id, period);
      const { entries } = returns.get(`${department.id} ${period}`)!;
      expect(Object.keys(entries)).toEqual(form.map(({ id }) => id));
    }
  });

  it('has what departments wrote at the end of quarters, each within what is allowed', () => {
    const written = plan.flatMap(({ department, period, texts }) =>
      Object.values(texts).map((text) => ({ department, period, text })),
    );
    expect(new Set(written.map(({ period }) => period))).toEqual(new Set(['2024-03', '2024-06', '2024-09']));
    for (const { department, text } of written) {
      expect(catalogue.departments.map(({ id }) => id)).toContain(department);
      expect(text.length).toBeLessThanOrEqual(catalogue.narratives[0]!.maxLength);
    }
    expect(written).toHaveLength(5);
  });

  it.each(catalogue.rules)('keeps the rule $id', (rule) => {
    expect(breaches(returns, rule, catalogue)).toEqual([]);
  });

  it('comes over its whole year to totals that differ from the first by the stated change at most', () => {
    const [now, before] = [
      totals(planSampleYear({ ...second, lastMonth: 12 }), catalogue),
      totals(planSampleYear(first), catalogue),
    ];
    // Requests that are still open are what the others leave, and a part of a part may move twice beside its whole.
    const free = ['voice-pending', 'legal-art-works'];
    const most = BigInt(changes.most + 2 * changes.besideWhole);
    for (const [id, value] of now) {
      if (free.includes(id)) continue;
      const [was, unit] = [before.get(id)!, scale / 10n ** BigInt(indicatorOf(catalogue, id)!.decimals)];
      const change = value > was ? value - was : was - value;
      expect(change * 100n <= was * most + unit * 100n, `${id}: ${was} to ${value}`).toBe(true);
    }
    const changed = [...now].filter(([id, value]) => value !== before.get(id));
    expect(changed.length).toBeGreaterThan(now.size / 2);
  });

  it('takes stocks on from where they stood in December', () => {
    const december = newest(planSampleYear(first));
    for (const indicator of catalogue.indicators.filter(({ kind }) => kind === 'stock')) {
      // Nothing is open on New Year's Day: the rule counts from January.
      if (indicator.id === 'voice-pending') continue;
      for (const { id } of catalogue.departments) {
        const [was, now] = [december.get(`${id} 2023-12`)!, returns.get(`${id} 2024-01`)!].map(
          ({ entries }) => entries[indicator.id],
        );
        expect(now && amountIn(indicator, now)).toEqual(was && amountIn(indicator, was));
      }
    }
  });

  it('lists other works than the first, and cases of kinds that the catalogue knows', () => {
    const works = plan.flatMap(({ items }) => items['legal-art-works'] ?? []);
    expect(works.length).toBeGreaterThan(0);
    expect(works.filter((title) => Object.values(report.artWorks).flat().includes(title))).toEqual([]);
    const categories = plan.flatMap(({ items }) => items['crime-categories'] ?? []);
    const known = indicatorOf(catalogue, 'crime-categories');
    expect(known?.kind === 'list' && categories.every((one) => known.list.options!.includes(one))).toBe(true);
  });

  it('is uploaded in order, in time, on working days, and names every person as made up', () => {
    expect(plan.map(({ uploadedAt }) => uploadedAt)).toEqual(
      plan.map(({ uploadedAt }) => uploadedAt).toSorted(),
    );
    for (const { period, uploadedAt, uploader, blemish } of plan) {
      expect(blemish).toBeUndefined();
      expect(uploadedAt <= endOfDay(deadlineOf(catalogue, period)!.due, catalogue.utcOffset)).toBe(true);
      expect(uploadedAt.slice(0, 7) > period).toBe(true);
      expect(isWorkingDay(localTime(uploadedAt, catalogue.utcOffset).slice(0, 10))).toBe(true);
      expect(uploader).toContain('样例');
    }
  });

  it('is the same for the same seed, and another for another', () => {
    expect(planSampleYear(secondYear(first))).toEqual(plan);
    const other = secondYear(reportedYear(sampleCatalogue(), report, seed + 100));
    expect(other.totals).not.toEqual(second.totals);
  });
});
