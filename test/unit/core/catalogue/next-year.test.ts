import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleCatalogueFile, loadCatalogue } from '../../../../shared/catalogue/load.ts';
import type { Catalogue } from '../../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import { nextYear } from '../../../../shared/core/catalogue/next-year.ts';
import { madeCatalogues } from '../../../fixtures/made-catalogues.ts';
import { indicator } from '../small-year.ts';
import { sound } from './catalogue-parts.ts';

const sample = loadCatalogue(exampleCatalogueFile);

/** The catalogue of a later year, of one that is given as a file has it. */
function later(file: unknown, year?: number): Catalogue {
  const reading = nextYear(catalogueSchema.parse(file), year);
  if (reading.kind === 'problems') throw new Error(reading.problems.map(({ message }) => message).join('\n'));
  return reading.catalogue;
}

const ids = (entries: readonly { id: string }[]) => entries.map(({ id }) => id);

describe('the catalogue of the next year', () => {
  it('is the sample with its dates a year later, and everything else as it was', () => {
    const next = later(sample);
    expect(next).toEqual({
      ...sample,
      year: 2024,
      title: '万源市2024年法治政府建设指标目录',
      periods: sample.periods.map(({ period, due, cutOff }) => ({
        period: period.replace('2023', '2024'),
        due: due.replace(/^\d+/, (year) => String(Number(year) + 1)),
        cutOff: cutOff.replace('2024', '2025'),
      })),
    });
    expect(next.periods.at(-1)).toEqual({ period: '2024-12', due: '2025-01-10', cutOff: '2025-01-31' });
  });

  it.each([
    ['a leap day', 2024, 2025, '2024-02-29', '2025-02-28'],
    ['a leap day to a leap year', 2024, 2028, '2024-02-29', '2028-02-29'],
    ['the last day of February', 2023, 2024, '2023-02-28', '2024-02-28'],
  ])('moves %s', (_, year, to, due, expected) => {
    const periods = [{ period: `${year}-01`, due, cutOff: due }];
    const next = later(sound({ file: { year, periods } }), to);
    expect(next.periods).toEqual([{ period: `${to}-01`, due: expected, cutOff: expected }]);
  });

  it.each([
    ['某市2023年目录（2023版）', '某市2024年目录（2024版）'],
    ['某市二〇二三年目录', '某市二〇二四年目录'],
    ['某市二零二三年目录', '某市二〇二四年目录'],
    ['法治政府建设指标目录', '法治政府建设指标目录'],
  ])('calls “%s” “%s”', (title, expected) => {
    expect(later(sound({ file: { title } })).title).toBe(expected);
  });

  it('keeps rules over the totals of all departments while all that they compare is reported', () => {
    const over = { over: 'all-departments', message: '移送的都接收。' };
    const file = sound({
      departments: [
        { id: 'jia', name: '甲局' },
        { id: 'yi', name: '乙局' },
        { id: 'bing', name: '丙局', to: '2023-02', successor: 'jia' },
      ],
      indicators: [
        indicator('sent', 'flow', { reporters: ['jia'] }),
        indicator('taken', 'flow', { reporters: ['yi'] }),
        indicator('gone', 'flow', { reporters: ['bing'] }),
      ],
      rules: [
        { ...over, id: 'both', expression: 'sent = taken' },
        { ...over, id: 'lost', expression: 'sent = gone' },
      ],
    });
    expect(ids(later(file).rules)).toEqual(['both']);
  });

  it('leaves out what ended, with the reporters, rules and ratios that cannot be without it', () => {
    const file = sound({
      file: {
        departments: [
          { id: 'jia', name: '甲', to: '2023-06', successor: 'yi' },
          { id: 'yi', name: '乙', from: '2022-01', formerNames: [{ name: '旧乙', to: '2023-05' }] },
          { id: 'bing', name: '丙', from: '2024-03' },
        ],
        rules: [
          { id: 'kept', over: 'period', expression: 'a <= b', message: '甲不大于乙。' },
          { id: 'of-ended', over: 'period', expression: 'a <= ended', message: '不大于已停的。' },
          { id: 'of-two', over: 'period', expression: 'of-jia <= b', message: '甲乙都报。' },
        ],
      },
      indicators: [
        indicator('a'),
        indicator('b', 'flow', { from: '2023-03' }),
        indicator('ended', 'flow', { to: '2023-12' }),
        indicator('ending', 'flow', { to: '2024-02' }),
        indicator('rate', 'ratio', { numerator: 'a', denominator: 'ended' }),
        indicator('share', 'ratio', { numerator: 'a', denominator: 'b' }),
        indicator('only-jia', 'flow', { reporters: ['jia'] }),
        indicator('of-jia', 'flow', {
          reporters: ['jia', { department: 'bing', from: '2024-05' }],
        }),
        indicator('moved', 'flow', {
          reporters: [
            { department: 'yi', from: '2023-06' },
            { department: 'bing', to: '2023-12' },
            { department: 'bing', from: '2024-02', to: '2024-08' },
          ],
        }),
      ],
    });
    const next = later(file);
    expect(next.departments).toEqual([
      { id: 'yi', name: '乙', formerNames: [] },
      { id: 'bing', name: '丙', formerNames: [], from: '2024-03' },
    ]);
    expect(ids(next.indicators)).toEqual(['a', 'b', 'ending', 'share', 'of-jia', 'moved']);
    expect(next.indicators.find(({ id }) => id === 'b')).not.toHaveProperty('from');
    expect(next.indicators.find(({ id }) => id === 'ending')?.to).toBe('2024-02');
    expect(next.indicators.at(-1)).toHaveProperty('reporters', [
      'yi',
      { department: 'bing', from: '2024-02', to: '2024-08' },
    ]);
    expect(ids(next.rules)).toEqual(['kept', 'of-two']);
  });

  it('keeps a former name that the year still uses', () => {
    const formerNames = [
      { name: '旧', to: '2023-05' },
      { name: '曾用', to: '2024-02' },
    ];
    const next = later(sound({ indicators: [indicator('a', 'flow', { formerNames })] }));
    expect(next.indicators[0]?.formerNames).toEqual([{ name: '曾用', to: '2024-02' }]);
  });

  it('knows an indicator by its id, which it has had since', () => {
    const next = later(sound({ indicators: [indicator('a', 'flow', { was: 'old' })] }));
    expect(next.indicators[0]).not.toHaveProperty('was');
  });

  it('is none, with the reason, where everything has ended or a merger to come does not fit', () => {
    const ended = catalogueSchema.parse(sound({ indicators: [indicator('a', 'flow', { to: '2023-12' })] }));
    const merging = sound({
      file: {
        departments: [
          { id: 'jia', name: '甲', to: '2024-03', successor: 'yi' },
          { id: 'yi', name: '乙' },
        ],
        periods: ['01', '06'].map((month) => ({
          period: `2023-${month}`,
          due: '2023-07-10',
          cutOff: '2024-01-31',
        })),
      },
      indicators: [indicator('s', 'stock', { reporters: ['jia'] })],
    });
    for (const [catalogue, expected] of [
      [ended, /指标/],
      [catalogueSchema.parse(merging), /请在这个指标的报送部门中加上“乙”/],
    ] as const) {
      const reading = nextYear(catalogue);
      if (reading.kind !== 'problems') throw new Error('it is one');
      expect(reading.problems.map(({ message }) => message).join('\n')).toMatch(expected);
    }
  });

  it('is sound, and the same when made in one step or in two, whatever a catalogue has', () => {
    let made = 0;
    fc.assert(
      fc.property(madeCatalogues, (json) => {
        const parsed = catalogueSchema.safeParse(json);
        fc.pre(parsed.success);
        const once = nextYear(parsed.data);
        if (once.kind === 'problems') {
          const isBare = once.problems.some(({ message }) => /没有|至少/.test(message));
          expect(isBare, JSON.stringify(once.problems)).toBe(true);
          return;
        }
        made++;
        expect(once.catalogue.periods.map(({ period }) => period.slice(0, 4))).toEqual(
          parsed.data.periods.map(() => '2025'),
        );
        expect(JSON.stringify(once.catalogue)).not.toMatch(/"(from|to)":"2024/);
        expect(nextYear(once.catalogue)).toEqual(nextYear(parsed.data, 2026));
      }),
      { numRuns: 400 },
    );
    expect(made).toBeGreaterThan(20);
  });
});
