import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readReportFigures } from '../../shared/catalogue/report-figures.ts';
import { expectedReturns, indicatorsOnForm } from '../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import type { ReportedIndicator } from '../../shared/core/catalogue/indicator.ts';
import { yearOf } from '../../shared/core/catalogue/period.ts';
import { indicatorOf } from '../../shared/core/catalogue/tables.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const catalogue = catalogueSchema.parse(JSON.parse(read('shared/catalogue/wanyuan-2023.json')));
const report = readReportFigures(read('shared/catalogue/wanyuan-2023-report.json'));
const ids = catalogue.indicators.map(({ id }) => id);

const reference = new URL('../../../shared/reference/', import.meta.url);
const hasReference = existsSync(new URL('wanyuan-2023-figures.csv', reference));
const referenceText = (name: string) => readFileSync(new URL(name, reference), 'utf8');

/** The rows of the reference by column name; a field in quotes may hold commas. */
function referenceRows(): Record<string, string>[] {
  const [header = '', ...lines] = referenceText('wanyuan-2023-figures.csv').trim().split(/\r?\n/);
  const fields = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, inQuotes, plain]) => inQuotes ?? plain!,
    );
  const names = fields(header);
  return lines.map((line) =>
    Object.fromEntries(fields(line).map((field, index) => [names[index]!, field] as const)),
  );
}

describe('the catalogue of Wanyuan 2023', () => {
  it('has the figures of the report, in its order', () => {
    const published = report.figures.map(({ indicator }) => indicator);
    expect(published).toHaveLength(50);
    expect(ids.filter((id) => published.includes(id))).toEqual(published);
  });

  it.each(report.figures)(
    'agrees with the report on where $indicator stands and how exact it is',
    (figure) => {
      const indicator = indicatorOf(catalogue, figure.indicator)!;
      expect(indicator.section).toBe(figure.section);
      expect(indicator.prose.style).toBe(figure.exactness);
    },
  );

  it('says that it is made up, and asks every department for at least two indicators', () => {
    expect(catalogue.notice).toContain('编造');
    const periods = catalogue.periods.map(({ period }) => period);
    expect(periods).toHaveLength(12);
    expect(expectedReturns(catalogue)).toHaveLength(catalogue.departments.length * 12);
    for (const { id } of catalogue.departments) {
      for (const period of periods) {
        expect(indicatorsOnForm(catalogue, id, period).length).toBeGreaterThanOrEqual(2);
      }
    }
  });

  it('counts a joint market fair once for the city and once for each participant', () => {
    const [fairs, joined] = ['market-law-fairs', 'market-law-fairs-joined'].map(
      (id) => indicatorOf(catalogue, id) as ReportedIndicator,
    );
    expect(fairs?.overDepartments).toBe('sum');
    expect(joined?.overDepartments).toBe('none');
    expect(joined?.reporters).toEqual(fairs?.reporters);
  });

  it('names the works of art under departments that report them', () => {
    expect(Object.keys(report.artWorks).sort()).toEqual(
      [...(indicatorOf(catalogue, 'legal-art-works') as ReportedIndicator).reporters].sort(),
    );
    expect(new Set(Object.values(report.artWorks).flat()).size).toBe(7);
  });
});

describe.skipIf(!hasReference)('the catalogue of Wanyuan 2023 beside the reference', () => {
  const kinds: Record<string, string> = {
    'count sum': 'flow',
    'amount sum': 'flow',
    'count last': 'stock',
    'rate recompute': 'ratio',
    'list distinct': 'list',
  };

  it('has every indicator of the reference, in its order, and the fairs joined', () => {
    expect(ids.filter((id) => id !== 'market-law-fairs-joined')).toEqual(referenceRows().map(({ id }) => id));
  });

  it('has its names, units, sections and operators', () => {
    const described = referenceRows().map((row) => {
      const found = indicatorOf(catalogue, row.id!)!;
      const { name, unit, section, kind, overTime, overDepartments } = found;
      return { id: row.id, name, unit, section, kind, overTime, overDepartments };
    });
    const expected = referenceRows().map((row) => ({
      id: row.id,
      name: row.name_zh,
      unit: row.unit,
      section: row.section,
      kind: kinds[`${row.measure} ${row.over_time}`],
      overTime: row.over_time,
      overDepartments: row.over_departments,
    }));
    expect(described).toEqual(expected);
  });

  it('has its published figures', () => {
    const published = referenceRows().filter((row) => row.published !== '');
    expect(
      report.figures.map(({ indicator, published: value, exactness }) => [indicator, value, exactness]),
    ).toEqual(published.map((row) => [row.id, row.published, row.exactness]));
  });

  it('quotes passages of the report, each with its number as written', () => {
    const text = referenceText('wanyuan-annual-report-2023.txt');
    for (const { indicator, quote, prose } of report.figures) {
      expect(text).toContain(quote);
      // The report names the works of art without saying how many they are.
      if (indicator !== 'legal-art-works') expect(quote).toContain(prose);
    }
    for (const title of Object.values(report.artWorks).flat()) expect(text).toContain(title);
  });
});

describe('a catalogue of another kind', () => {
  it('asks 31 townships for one figure a quarter', () => {
    const townships = catalogueSchema.parse(JSON.parse(read('test/fixtures/townships-2024.json')));
    expect(townships.departments).toHaveLength(31);
    expect(townships.indicators).toHaveLength(1);
    expect(townships.periods.map(({ period }) => period)).toEqual([
      '2024-Q1',
      '2024-Q2',
      '2024-Q3',
      '2024-Q4',
    ]);
    expect(townships.periods.every(({ period }) => yearOf(period) === 2024)).toBe(true);
    expect(expectedReturns(townships)).toHaveLength(31 * 4);
  });
});
