import { describe, expect, it } from 'vitest';
import { indicatorsOnForm } from '../../../../shared/core/catalogue/catalogue.ts';
import {
  type Indicator,
  indicatorSchema,
  isEverReportedBy,
  isReportedBy,
} from '../../../../shared/core/catalogue/indicator.ts';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import {
  allNames,
  endsBeforeItBegins,
  nameIn,
  type Validity,
} from '../../../../shared/core/catalogue/validity.ts';
import { departmentCalled, namedIn } from '../../../../shared/core/returns/names.ts';
import { annualTotals } from '../../../../shared/core/totals/totals.ts';
import { formLayout } from '../../../../shared/workbook/layout.ts';
import { accepted, catalogueOf, indicator, reported, stateOf } from '../small-year.ts';

const computed = indicatorSchema.parse(indicator('all', 'sum', { parts: [{ indicator: 'x' }] }));

describe('an indicator in the periods in which it is counted', () => {
  it.each<[more: Record<string, unknown>, period: Period, is: boolean, what: string]>([
    [{}, '2023-03', true, 'all departments report it all year'],
    [{ from: '2023-02' }, '2023-01', false, 'before it begins'],
    [{ from: '2023-02' }, '2023-02', true, 'in its first period'],
    [{ to: '2023-02' }, '2023-02', true, 'in its last period'],
    [{ to: '2023-02' }, '2023-03', false, 'after it ended'],
    [{ reporters: ['yi'] }, '2023-01', false, 'others report it'],
    [{ reporters: [{ department: 'jia', to: '2023-01' }] }, '2023-01', true, 'until it moves away'],
    [{ reporters: [{ department: 'jia', to: '2023-01' }] }, '2023-02', false, 'after it moved away'],
    [{ reporters: [{ department: 'jia', from: '2023-02' }] }, '2023-02', true, 'since it moved here'],
    [{ months: [3], to: '2023-02' }, '2023-03', false, 'asked for in a month after its end'],
  ])('%j is reported by a department for %s: %s, %s', (more, period, is) => {
    expect(isReportedBy(reported('flow', more), 'jia', period)).toBe(is);
  });
});

describe('an indicator in some period of the year', () => {
  it.each<[what: string, indicator: Indicator, is: boolean]>([
    ['that all report', reported(), true],
    [
      'that the department reports for a while',
      reported('flow', { reporters: [{ department: 'jia', to: '2023-01' }] }),
      true,
    ],
    ['that others report', reported('flow', { reporters: ['yi'] }), false],
    ['that is computed', computed, false],
  ])('%s, is reported by the department or not', (_, one, is) => {
    expect(isEverReportedBy(one, 'jia')).toBe(is);
  });
});

const moved = [
  { department: 'jia', to: '2023-02' },
  { department: 'yi', from: '2023-03' },
];

describe('an indicator that moves from one department to another', () => {
  it.each<[kind: 'flow' | 'stock', value: string, what: string]>([
    ['flow', '1500', 'what both reported in their time is added up'],
    ['stock', '800', 'what is there at the end is what the second has; the first handed its own over'],
  ])('as a %s comes to %s: %s', (kind, value) => {
    const catalogue = catalogueOf({
      indicators: [indicator('x', kind, { reporters: moved }), indicator('y')],
    });
    const { x } = totalsOf(
      stateOf(catalogue, [
        accepted('jia', '2023-01', { x: '300', y: '1' }),
        accepted('jia', '2023-02', { x: '400', y: '1' }),
        accepted('yi', '2023-03', { x: '800', y: '1' }),
      ]),
    );
    expect(x?.value).toBe(value);
    expect(x?.coverage.returns).toMatchObject({ expected: 3, reported: 3 });
  });
});

describe('an indicator that is published otherwise than it is entered', () => {
  it('is added up as entered, and converted and rounded once, at the end', () => {
    const output = { unit: '万元', factor: '0.0001', decimals: 2 };
    const catalogue = catalogueOf({
      indicators: [indicator('x', 'flow', { unit: '元', decimals: 2, output })],
    });
    const happenings = ['2023-01', '2023-02'].map((period) => accepted('jia', period, { x: '49.99' }));
    const { x } = totalsOf(
      stateOf(catalogue, [...happenings, accepted('yi', '2023-01', { x: '1753800.02' })]),
    );
    expect(x).toMatchObject({ value: '175.39', unit: '万元', decimals: 2 });
    expect(x?.byDepartment).toEqual([
      { department: 'jia', value: '0.009998' },
      { department: 'yi', value: '175.380002' },
    ]);
    expect(x?.byPeriod[0]).toEqual({ period: '2023-01', value: '175.385001' });
  });
});

describe('a name of before', () => {
  const named = {
    name: '新名',
    formerNames: [
      { name: '二名', to: '2023-04' },
      { name: '一名', to: '2023-02' },
      { name: '三名', to: '2023-06' },
    ] as const,
  };

  it.each<[period: Period, name: string]>([
    ['2022-12', '一名'],
    ['2023-02', '一名'],
    ['2023-03', '二名'],
    ['2023-Q2', '三名'],
    ['2023-07', '新名'],
  ])('in %s it was %s, in whichever order they are listed', (period, name) => {
    expect(nameIn(named, period)).toBe(name);
    expect(nameIn({ ...named, formerNames: named.formerNames.toReversed() }, period)).toBe(name);
  });

  it('is one of all its names', () => {
    expect(allNames(named)).toEqual(['新名', '二名', '一名', '三名']);
  });
});

describe('when an entry is in force', () => {
  it.each<[validity: Validity, is: boolean, what: string]>([
    [{}, false, 'open at both ends'],
    [{ from: '2023-02' }, false, 'open at its end'],
    [{ to: '2023-01' }, false, 'open at its beginning'],
    [{ from: '2023-02', to: '2023-02' }, false, 'one month'],
    [{ from: '2023-02', to: '2023-01' }, true, 'none'],
  ])('%j ends before it begins: %s, as it is %s', (validity, is) => {
    expect(endsBeforeItBegins(validity)).toBe(is);
  });
});

describe('names in their time', () => {
  const catalogue = catalogueOf({
    departments: [
      { id: 'jia', name: '甲局', formerNames: [{ name: '甲委', to: '2023-01' }] },
      { id: 'yi', name: '乙局' },
    ],
    indicators: [indicator('x', 'flow', { name: '新名', formerNames: [{ name: '旧名', to: '2023-02' }] })],
  });

  it.each<[period: Period, department: string, name: string]>([
    ['2023-01', '填报单位：甲委', '旧名'],
    ['2023-02', '填报单位：甲局', '旧名'],
    ['2023-03', '填报单位：甲局', '新名'],
  ])('on the form of %s are %s and %s', (period, department, name) => {
    expect(formLayout(catalogue, { department: 'jia', period }).headings.department).toBe(department);
    expect(indicatorsOnForm(catalogue, 'jia', period).map((each) => each.name)).toEqual([name]);
  });

  it('are understood whenever a file is sent', () => {
    expect(departmentCalled('甲委', catalogue)?.id).toBe('jia');
    expect(namedIn('甲委2023年3月月报.xlsx', catalogue).department?.id).toBe('jia');
  });
});

function totalsOf(state: Parameters<typeof annualTotals>[0]) {
  return Object.fromEntries(annualTotals(state).map((total) => [total.indicator, total]));
}
