import { describe, expect, it } from 'vitest';
import { sampleCatalogue, sampleDatedTo } from '../../../../shared/catalogue/sample.ts';
import {
  type Beginning,
  beginFrom,
  deadlinesInWords,
  monthlyDeadlines,
} from '../../../../shared/core/catalogue/beginning.ts';
import type { Deadline } from '../../../../shared/core/catalogue/catalogue.ts';
import { mixedCatalogue } from '../../../fixtures/mixed-periods.ts';

const sample = sampleCatalogue();
const allNames = new Map(sample.departments.map(({ id, name }) => [id, name.replace('市', '县')]));

function begun(changes: Partial<Beginning> = {}) {
  const cutOff = { kind: 'end-of-january' } as const;
  return beginFrom(sample, {
    year: 2026,
    authority: '青山县',
    names: allNames,
    firstMonth: 1,
    dueDay: 10,
    cutOff,
    ...changes,
  });
}

function catalogueBegun(changes: Partial<Beginning> = {}) {
  const reading = begun(changes);
  if (reading.kind === 'problems') throw new Error(reading.problems.map(({ message }) => message).join('\n'));
  return reading.catalogue;
}

describe('a catalogue that an office begins from the sample', () => {
  it('has the indicators of the sample, its own departments and year, and no notice that its figures are made up', () => {
    const catalogue = catalogueBegun();
    expect(catalogue).toMatchObject({
      year: 2026,
      authority: '青山县',
      title: '青山县2026年法治政府建设指标目录',
    });
    expect(catalogue).not.toHaveProperty('notice');
    expect(catalogue.indicators).toEqual(sample.indicators);
    expect(catalogue.departments[0]).toMatchObject({ id: 'sfj', name: '县司法局' });
    expect(sampleDatedTo(2026)).toMatchObject({ catalogue: { year: 2026, indicators: sample.indicators } });
    expect(JSON.stringify(sampleDatedTo(2026))).not.toContain('编造');
  });

  it('asks for nothing before the month in which the office begins', () => {
    const { periods } = catalogueBegun({ firstMonth: 10 });
    expect(periods.map(({ period }) => period)).toEqual(['2026-10', '2026-11', '2026-12']);
  });

  it('leaves out departments without a name, and what they alone report', () => {
    const names = new Map([...allNames].filter(([id]) => id === 'sfj' || id === 'gaj'));
    const { departments, indicators } = catalogueBegun({ names });
    expect(departments.map(({ id }) => id)).toEqual(['sfj', 'gaj']);
    expect(indicators.length).toBeLessThan(sample.indicators.length);
    expect(JSON.stringify(indicators)).not.toContain('"xfj"');
  });

  it.each([
    ['no department has a name', new Map<string, string>(), /部门/],
    ['two have the same', new Map([...allNames, ['gaj', '县司法局']]), /名称/],
  ])('is none, with the reason, where %s', (_, names, expected) => {
    const reading = begun({ names });
    if (reading.kind === 'catalogue') throw new Error('it is one');
    expect(reading.problems.map(({ message }) => message).join('\n')).toMatch(expected);
  });

  it('keeps the days that periods count by, and has none for those that count by the calendar', () => {
    const reading = beginFrom(mixedCatalogue, {
      ...{ year: 2026, authority: '青山县', firstMonth: 1, dueDay: 10, cutOff: { kind: 'end-of-january' } },
      names: new Map(mixedCatalogue.departments.map(({ id, name }) => [id, name])),
    });
    const periods = reading.kind === 'catalogue' ? reading.catalogue.periods : [];
    expect(periods.find(({ period }) => period === '2026-H1')).toEqual({
      ...{ period: '2026-H1', starts: '2025-12-11', ends: '2026-06-10' },
      ...{ due: '2026-07-10', cutOff: '2027-01-31' },
    });
    const quarter = periods.find(({ period }) => period === '2026-Q1');
    expect(Object.keys(quarter ?? {})).toEqual(['period', 'due', 'cutOff']);
  });

  it.each([
    [{ kind: 'end-of-january' }, '2026-02-28', '2027-01-31', '2027-01-28', '2027-01-31'],
    [{ kind: 'days-after-due', days: 20 }, '2026-02-28', '2026-03-20', '2027-01-28', '2027-02-17'],
    [{ kind: 'days-after-due', days: 0 }, '2026-02-28', '2026-02-28', '2027-01-28', '2027-01-28'],
  ] as const)('has deadlines by the rule %o', (cutOff, due, last, dueOfDecember, lastOfDecember) => {
    const { periods } = catalogueBegun({ dueDay: 28, cutOff });
    expect(periods[0]).toEqual({ period: '2026-01', due, cutOff: last });
    expect(periods[11]).toEqual({ period: '2026-12', due: dueOfDecember, cutOff: lastOfDecember });
  });
});

describe('deadlines in words', () => {
  const usual = monthlyDeadlines(2026, { dueDay: 10, cutOff: { kind: 'end-of-january' } });
  const byDays = monthlyDeadlines(2026, { dueDay: 5, cutOff: { kind: 'days-after-due', days: 20 } });

  it.each([
    [usual, ['各月的月报次月 10 日前报送，最迟 2027-01-31']],
    [byDays, ['各月的月报次月 5 日前报送，最迟 报送时限之后 20 天']],
    [
      [usual[0]!, byDays[1]!],
      ['1月：2026-02-10 前报送，最迟 2027-01-31', '2月：2026-03-05 前报送，最迟 2026-03-25'],
    ],
    [
      [usual[0]!, { ...usual[1]!, due: '2026-03-11' }],
      ['1月：2026-02-10 前报送，最迟 2027-01-31', '2月：2026-03-11 前报送，最迟 2027-01-31'],
    ],
    [
      [byDays[0]!, { ...byDays[1]!, cutOff: '2026-03-31' }],
      ['1月：2026-02-05 前报送，最迟 2026-02-25', '2月：2026-03-05 前报送，最迟 2026-03-31'],
    ],
    [
      [usual[0]!, { ...usual[1]!, ends: '2026-02-25' }],
      [
        '1月：2026-02-10 前报送，最迟 2027-01-31',
        '2月：统计期间2026年2月1日至2026年2月25日，2026-03-10 前报送，最迟 2027-01-31',
      ],
    ],
    [[], []],
  ] as [Deadline[], string[]][])('take one line where they follow one rule', (deadlines, lines) => {
    expect(deadlinesInWords(deadlines)).toEqual(lines);
  });
});
