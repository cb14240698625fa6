import { describe, expect, it } from 'vitest';
import { rulesFor } from '../../../../shared/core/catalogue/rules.ts';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { accepted, catalogueOf, indicator, type Said, stateOf } from '../small-year.ts';
import { comparisonsIn, lastYear, yearBeside } from './compared-years.ts';
import { totalOf, type Year } from './totals-of.ts';

const toDate = indicator('x', 'flow', { overTime: 'cumulative' });

describe('a flow that is reported as the year to date', () => {
  it('has the last figure of each department as its total, and differences as those of periods', () => {
    const total = totalOf(toDate, { jia: ['3', '3', '10'], yi: ['1', '4', '4'] });
    expect(total).toMatchObject({ value: '14', status: 'final' });
    expect(total.byPeriod.map(({ value }) => value)).toEqual(['4', '3', '7']);
    expect(total.byDepartment.map(({ value }) => value)).toEqual(['10', '4']);
  });

  it('has in the next period what a missing one would have had, and the same total', () => {
    const total = totalOf(toDate, { jia: ['3', undefined, '10'], yi: ['1', '4', '4'] });
    expect(total).toMatchObject({ value: '14', status: 'provisional' });
    expect(total.byPeriod.map(({ value }) => value)).toEqual(['4', '3', '7']);
  });

  it('goes on behind a period in which it did not apply', () => {
    const about = indicator('x', 'flow', { overTime: 'cumulative', notApplicable: true });
    const total = totalOf(about, { jia: ['3', '不适用', '10'], yi: ['1', '4', '4'] });
    expect(total.value).toBe('14');
    expect(total.byPeriod.map(({ value }) => value)).toEqual(['4', '3', '7']);
  });

  it('keeps what a department reported that is merged into another', () => {
    const departments = [
      { id: 'jia', name: '甲局' },
      { id: 'yi', name: '乙局', to: '2023-02', successor: 'jia' },
    ];
    expect(totalOf(toDate, { jia: ['3', '3', '10'], yi: ['1', '4'] }, { departments }).value).toBe('14');
  });

  const late = (count: number, month: number) =>
    `${count} 个部门没有2023年${month}月的累计数，暂用其最近一期的数`;
  const merged = [
    { id: 'jia', name: '甲局', to: '2023-02', successor: 'yi' },
    { id: 'yi', name: '乙局' },
  ];
  it.each<[sentence: string, year: Year, value: string | null, reasons: string[]]>([
    ['blank in the last month', { jia: ['3', '5', null], yi: ['1', '2', '4'] }, '9', [late(1, 3)]],
    ['not applicable in it', { jia: ['3', '5', '不适用'], yi: ['1', '2', '4'] }, '9', [late(1, 3)]],
    ['so for two', { jia: ['3', null, null], yi: ['1', '2', '不适用'] }, '5', [late(2, 3)]],
    [
      'blank in the last month that there is of it',
      { jia: ['3', null], yi: ['1', '2', '4'] },
      '7',
      [late(1, 2)],
    ],
    ['blank before a figure, and not flagged', { jia: ['3', null, '5'], yi: ['1', '2', '4'] }, '9', []],
    ['never reported, and not flagged', { jia: [null, null, null], yi: ['1', '不适用', '4'] }, '4', []],
  ])('stands in for a later month, and says so, where it is %s', (_, year, value, reasons) => {
    const about = indicator('x', 'flow', { overTime: 'cumulative', required: false, notApplicable: true });
    const isMerged = year.jia?.length === 2;
    expect(totalOf(about, year, isMerged ? { departments: merged } : {})).toMatchObject({
      value,
      status: reasons.length === 0 ? 'final' : 'provisional',
      reasons,
    });
  });

  it.each([
    ['a figure that falls', ['5', '4'], ['cumulative-falls']],
    ['a figure that stays, and one that jumps', ['5', '5', '500'], []],
  ] as const)('is asked about, where there is %s', (_, figures, rules) => {
    const catalogue = catalogueOf({ indicators: [toDate] });
    const said = figures.map((x, index) => accepted('jia', `2023-0${index + 1}`, { x }));
    expect(warningsOf(stateOf(catalogue, said)).map(({ finding }) => finding.rule)).toEqual(rules);
  });

  it('is as it was reported in a rule over the year to date', () => {
    const rules = [{ id: 'most', over: 'year-to-date', expression: 'x <= y', message: '不大于' }];
    const catalogue = catalogueOf({ indicators: [toDate, indicator('y')], rules, months: [1, 2] });
    expect(rulesFor(catalogue, 'jia', 'warning')).toHaveLength(1);
    const said = [
      accepted('jia', '2023-01', { x: '5', y: '5' }),
      accepted('jia', '2023-02', { x: '9', y: '3' }),
    ];
    expect(warningsOf(stateOf(catalogue, said)).map(({ finding }) => finding.found)).toEqual([
      '指标x 9，指标y 8',
    ]);
  });
});

describe('what is reported as the year to date is compared', () => {
  const about = indicator('x', 'flow', { overTime: 'cumulative', required: false, notApplicable: true });
  const parts = { indicators: [about], months: [1, 2, 3, 4] };
  const whole = ['10', '20', '30', '40'];
  const year = (jia: (Said | undefined)[]) => {
    const figures = (said: (Said | undefined)[]) => said.map((x) => (x === undefined ? x : { x }));
    return { jia: figures(jia), yi: figures(whole) };
  };
  /** Of each month its figure, how many returns are missing from it, and those beside which it stands. */
  const alone = (now: (Said | undefined)[], then: (Said | undefined)[]) =>
    comparisonsIn(yearBeside(parts, year(now), lastYear(parts, year(then)))).map(
      ({ value, missing, before, lastYear: base }) => {
        const said = [before, base].map((one) => one && `${one.value} (${one.missing})`);
        return [`${value} (${missing})`, ...said];
      },
    );

  it.each<
    [sentence: string, now: (Said | undefined)[], then: (Said | undefined)[], march: unknown, april: unknown]
  >([
    [
      'by months, where none is missing',
      whole,
      whole,
      ['20 (0)', '20 (0)', '20 (0)'],
      ['20 (0)', '20 (0)', '20 (0)'],
    ],
    [
      'in no month whose figure has another in it that was not reported, nor beside that',
      ['10', undefined, '30', '40'],
      whole,
      ['30 (1)', null, null],
      ['20 (0)', null, '20 (0)'],
    ],
    [
      'in no month whose figure has another in it that was left blank, nor beside that',
      ['10', null, '30', '40'],
      whole,
      ['30 (1)', null, null],
      ['20 (0)', null, '20 (0)'],
    ],
    [
      'in no month whose figure has those since January in it',
      [undefined, null, '30', '40'],
      whole,
      ['40 (1)', null, null],
      ['20 (0)', null, '20 (0)'],
    ],
    [
      'beside no such month of last year',
      whole,
      ['10', null, '30', '40'],
      ['20 (0)', '20 (0)', null],
      ['20 (0)', '20 (0)', '20 (0)'],
    ],
    [
      'with a return missing, in a month that was left blank or not reported',
      ['10', '20', null, undefined],
      whole,
      ['10 (1)', '20 (0)', '20 (0)'],
      ['10 (1)', '10 (1)', '20 (0)'],
    ],
    [
      'behind a month in which it did not apply, which is none that is missing',
      ['10', '不适用', '30', '40'],
      whole,
      ['30 (0)', '10 (0)', '20 (0)'],
      ['20 (0)', '30 (0)', '20 (0)'],
    ],
    [
      'in no month behind one in which it did not apply, if one before was left blank',
      [null, '不适用', '30', '40'],
      whole,
      ['40 (1)', null, null],
      ['20 (0)', null, '20 (0)'],
    ],
  ])('%s', (_, now, then, march, april) => {
    expect(alone(now, then).slice(2)).toEqual([march, april]);
  });

  it.each<[sentence: string, jia: (Said | undefined)[], toDate: string[]]>([
    [
      'nothing that was left blank, once a figure came after it',
      ['10', null, '30', '40'],
      ['20 (0)', '30 (1)', '60 (0)', '80 (0)'],
    ],
    [
      'what was left blank last, once',
      ['10', null, null, '不适用'],
      ['20 (0)', '30 (1)', '40 (1)', '50 (1)'],
    ],
    ['what was not reported', ['10', null, '30', undefined], ['20 (0)', '30 (1)', '60 (0)', '70 (1)']],
  ])('to date, from which is missing %s', (_, jia, toDate) => {
    const rows = comparisonsIn(yearBeside(parts, year(jia), lastYear(parts, year(jia))));
    const said = rows.map((row) => `${row.toDate.value} (${row.toDate.missing})`);
    const beside = rows.map(({ toDate: { lastYear: base } }) => `${base?.value} (${base?.missing})`);
    expect([said, beside]).toEqual([toDate, toDate]);
  });

  it('in a sum or ratio by the same months, each return missing once', () => {
    const both = { parts: [{ indicator: 'x' }, { indicator: 'y' }] };
    const computed = {
      indicators: [
        about,
        { ...about, id: 'y', name: '另一' },
        indicator('sum', 'sum', both),
        indicator('rate', 'ratio', { numerator: 'y', denominator: 'x' }),
      ],
      months: [1, 2, 3],
    };
    const said = [
      { x: '1', y: '1' },
      { x: null, y: null },
      { x: '3', y: '3' },
    ];
    const state = yearBeside(computed, { jia: said, yi: [said[0], undefined, said[2]] });
    for (const id of ['sum', 'rate']) {
      const [, february, march] = comparisonsIn(state, id);
      expect([february?.missing, february?.toDate.missing]).toEqual([2, 2]);
      expect([march?.missing, march?.before]).toEqual([2, null]);
    }
  });
});
