import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportedYear } from '../../functions/demo/sample-work.ts';
import { planSampleYear, type SampleSubmission } from '../../functions/demo/sample-year.ts';
import { type ReportFigure, readReportFigures } from '../../shared/catalogue/report-figures.ts';
import { deadlineOf, expectedReturns, indicatorsOnForm } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import type { Indicator, ListIndicator } from '../../shared/core/catalogue/indicator.ts';
import { endOfDay, localTime } from '../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../shared/core/catalogue/tables.ts';
import { proseOf } from '../../shared/core/totals/prose.ts';
import { decimalOf, quotient } from '../../shared/core/values/decimal.ts';
import { amountIn, breaches, millionths, newest, scale, totals } from '../fixtures/sample-plans.ts';

const read = (path: string) =>
  readFileSync(new URL(`../../shared/catalogue/${path}`, import.meta.url), 'utf8');
const catalogue = catalogueSchema.parse(JSON.parse(read('wanyuan-2023.json')));
const report = readReportFigures(read('wanyuan-2023-report.json'));
const seeds = [1, 2, 2023, 77_777];

function expectWrittenAs(figure: ReportFigure, sums: Map<string, bigint>) {
  const indicator = indicatorOf(catalogue, figure.indicator)!;
  const published = millionths(figure.published);
  if (indicator.kind === 'ratio') {
    const [part, whole] = [sums.get(indicator.numerator!)!, sums.get(indicator.denominator!)!];
    if (figure.exactness === 'exact') return expect(part * 100n * scale).toBe(whole * published);
    expect(part * 100n * scale > whole * published && part < whole).toBe(true);
    return;
  }
  const sum = sums.get(figure.indicator)!;
  if (figure.exactness === 'exact') return expect(sum).toBe(published);
  const step = millionths(indicator.prose.step!);
  expect(sum > published).toBe(true);
  expect((sum / step) * step).toBe(published);
}

/** The annual figure as the core would write it in prose. */
function prose(indicator: Indicator, sums: Map<string, bigint>): string {
  const sumOf = (id: string) =>
    decimalOf(`${sums.get(id)! / scale}.${String(sums.get(id)! % scale).padStart(6, '0')}`)!;
  if (indicator.kind !== 'ratio') return proseOf(indicator, sumOf(indicator.id));
  const { decimals, rounding } = indicator;
  const parts = [sumOf(indicator.numerator!), sumOf(indicator.denominator!)] as const;
  return proseOf(indicator, quotient(...parts, { factor: '100', decimals, rounding }));
}

describe.each(seeds)('a sample year from seed %i', (seed) => {
  const plan = planSampleYear(reportedYear(catalogue, report, seed));
  const returns = newest(plan);

  it('has every return that is expected, with every cell of its form and no other', () => {
    const expected = expectedReturns(catalogue);
    expect(returns.size).toBe(expected.length);
    for (const { department, period } of expected) {
      const submission = returns.get(`${department.id} ${period}`)!;
      const form = indicatorsOnForm(catalogue, department.id, period);
      const lists = form.filter(({ kind }) => kind === 'list').map(({ id }) => id);
      expect(Object.keys(submission.entries)).toEqual(form.map(({ id }) => id));
      expect(Object.keys(submission.items)).toEqual(lists);
      for (const id of lists) expect(submission.entries[id]).toBe(String(submission.items[id]!.length));
      for (const { id, notApplicable } of form) {
        if (submission.entries[id] === '不适用') expect(notApplicable).toBe(true);
      }
    }
  });

  const sums = totals(plan, catalogue);
  it.each(report.figures)('comes to the published $indicator, $published', (figure) => {
    expectWrittenAs(figure, sums);
    const indicator = indicatorOf(catalogue, figure.indicator)!;
    expect(prose(indicator, sums)).toBe(figure.prose + (indicator.unit === '%' ? '%' : ''));
  });

  it('enters no negative figure and no more decimals than allowed', () => {
    for (const { entries } of returns.values()) {
      for (const [id, cell] of Object.entries(entries)) {
        const indicator = indicatorOf(catalogue, id)!;
        const value = amountIn(indicator, cell) ?? 0n;
        expect(value >= 0n && value % (scale / 10n ** BigInt(indicator.decimals)) === 0n).toBe(true);
      }
    }
  });

  it.each(catalogue.rules)('keeps the rule $id', (rule) => {
    expect(breaches(returns, rule, catalogue)).toEqual([]);
  });

  it('lists categories just in the months that have cases, some of them more than once', () => {
    const months = catalogue.periods.map(({ period }) => returns.get(`gaj ${period}`)!);
    for (const { entries, items } of months) {
      const [cases, listed] = [Number(entries['crime-cases-filed']), items['crime-categories']!];
      expect(new Set(listed).size).toBe(listed.length);
      expect(listed.length <= cases && listed.length > 0 === cases > 0).toBe(true);
    }
    const all = months.flatMap(({ items }) => items['crime-categories']!);
    expect(all.length).toBeGreaterThan(new Set(all).size);
    const options = (indicatorOf(catalogue, 'crime-categories') as ListIndicator).list.options!;
    expect(all.every((category) => options.includes(category))).toBe(true);
  });

  it('shows some work of art in two months, each under the department that made it', () => {
    const shown = [...returns.values()].flatMap(({ department, items }) =>
      (items['legal-art-works'] ?? []).map((title) => ({ department, title })),
    );
    expect(shown.length).toBeGreaterThan(7);
    for (const { department, title } of shown) expect(report.artWorks[department]).toContain(title);
  });

  it('is uploaded in order, in working hours, in time but for what is late or restated', () => {
    const times = plan.map(({ uploadedAt }) => uploadedAt);
    expect(times).toEqual(times.toSorted());
    for (const { period, uploadedAt, blemish } of plan) {
      const { due, cutOff } = deadlineOf(catalogue, period)!;
      const inTime = uploadedAt <= endOfDay(due, catalogue.utcOffset);
      expect(inTime).toBe(blemish !== 'late' && blemish !== 'restated');
      expect(uploadedAt <= endOfDay(cutOff, catalogue.utcOffset)).toBe(true);
      expect(uploadedAt.slice(0, 7) > period).toBe(true);
      expect(localTime(uploadedAt, catalogue.utcOffset).slice(11, 13)).toMatch(/^(09|1[0-7])$/);
    }
  });

  it('names its files in Chinese, and every person as made up', () => {
    for (const { fileName, uploader, preparer, reviewer } of plan) {
      expect(fileName).toMatch(/^市.*月报.*\.xlsx$/);
      for (const person of [uploader, preparer, reviewer]) expect(person).toContain('样例');
    }
  });
});

describe('the plan of a sample year', () => {
  const plan = planSampleYear(reportedYear(catalogue, report, 2023));

  it('is the same for the same seed', () => {
    expect(planSampleYear(reportedYear(catalogue, report, 2023))).toEqual(plan);
  });

  it('is another one for another seed, with the same totals', () => {
    const other = planSampleYear(reportedYear(catalogue, report, 2024));
    expect(other).not.toEqual(plan);
    expect(totals(other, catalogue)).toEqual(totals(plan, catalogue));
  });

  it('restates a month with other figures and a note, once', () => {
    const restated = plan.filter(({ blemish }) => blemish === 'restated');
    expect(restated).toHaveLength(1);
    const [{ department, period, uploadedAt, correctionNote, entries }] = restated as [SampleSubmission];
    const earlier = plan.filter((one) => one.department === department && one.period === period);
    expect(earlier).toHaveLength(2);
    expect(earlier[0]!.uploadedAt < uploadedAt).toBe(true);
    expect(earlier[0]!.entries).not.toEqual(entries);
    expect(correctionNote).not.toBe('');
  });

  it('has one return refused for a blank, a rough and a negative figure, and corrected two days later', () => {
    const [refused, ...others] = plan.filter(({ blemish }) => blemish === 'refused');
    const corrected = plan.filter(({ blemish }) => blemish === 'corrected');
    expect(others).toEqual([]);
    expect(corrected).toHaveLength(1);
    expect(corrected[0]).toMatchObject({ department: refused!.department, period: refused!.period });
    expect(Object.values(refused!.entries)).toEqual(expect.arrayContaining(['', '约30', '-2']));
    expect(
      Date.parse(corrected[0]!.uploadedAt.slice(0, 10)) - Date.parse(refused!.uploadedAt.slice(0, 10)),
    ).toBe(2 * 86_400_000);
  });

  it('has one return late, and one department that saves with another program', () => {
    expect(plan.filter(({ blemish }) => blemish === 'late')).toHaveLength(1);
    const other = plan.filter(({ savedBy }) => savedBy === 'other-program');
    expect(other).toHaveLength(12);
    expect(new Set(other.map(({ department }) => department)).size).toBe(1);
    expect(other.every(({ blemish }) => blemish === 'other-program')).toBe(true);
  });

  it('types some figures with units, separators and full-width digits', () => {
    const cells = [...newest(plan).values()].flatMap(({ entries }) => Object.values(entries));
    expect(cells.some((cell) => /^[0-9]{1,3}(,[0-9]{3})+元$/.test(cell))).toBe(true);
    expect(cells.some((cell) => /^[0-9]+件$/.test(cell))).toBe(true);
    expect(cells.some((cell) => /^[\uff10-\uff19]+$/.test(cell))).toBe(true);
  });
});
