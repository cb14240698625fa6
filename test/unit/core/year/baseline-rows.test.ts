import { describe, expect, it } from 'vitest';
import { catalogueSchema } from '../../../../shared/core/catalogue/checks.ts';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import {
  type BaselineRow,
  baselineEvents,
  baselineHash,
  baselinePeriods,
  reportersThen,
  valuesOf,
} from '../../../../shared/core/year/baseline.ts';
import { lastYearFromBaseline } from '../../../../shared/core/year/baseline-year.ts';
import {
  adoption,
  catalogueFile,
  catalogueOf,
  indicator,
  recorded,
  recordedAt,
  reported,
} from '../small-year.ts';
import { baselineOf, enteredYear } from './entered-years.ts';

describe('a row of a baseline', () => {
  it('has its figures in order of period, the shorter first', () => {
    const values = {
      '2022': '7',
      '2022-12': '1',
      '2022-Q1': '3',
      '2022-H1': '4',
      '2022-02': '2',
      '2022-01': '5',
      '2022-Q4': '6',
    };
    expect(valuesOf({ values: values as BaselineRow['values'] }).map(([period]) => period)).toEqual([
      ...['2022-01', '2022-02', '2022-12', '2022-Q1', '2022-Q4', '2022-H1', '2022'],
    ]);
  });

  it.each<[sentence: string, Parameters<typeof reported>[1], Period[]]>([
    ['by the quarter', { frequency: 'quarter' }, ['2022-Q1', '2022-Q2', '2022-Q3', '2022-Q4', '2022']],
    ['in some months', { months: [6, 12] }, ['2022-06', '2022-12', '2022']],
    ['by the year', { frequency: 'year' }, ['2022']],
    [
      'only since this year',
      { frequency: 'half-year', from: '2023-01', to: '2023-12' },
      ['2022-H1', '2022-H2', '2022'],
    ],
  ])('may have what is asked %s in its periods and as a whole', (_, more, expected) => {
    expect(baselinePeriods(reported('flow', more), 2022)).toEqual(expected);
  });
});

describe('who reported last year', () => {
  const catalogue = catalogueOf({
    departments: [
      { id: 'jia', name: '甲局' },
      { id: 'yi', name: '乙局', from: '2022-06' },
      { id: 'bing', name: '丙局', from: '2023-01' },
    ],
    indicators: [indicator('a')],
  });
  const listed = (...reporters: unknown[]) => reported('flow', { reporters });

  it.each<[sentence: string, ReturnType<typeof reported>, Period, string[]]>([
    ['all who were there', reported('flow'), '2022-07', ['jia', 'yi']],
    ['without those who began later', reported('flow'), '2022-05', ['jia']],
    ['those who are listed', listed('yi'), '2022-07', ['yi']],
    ['of those none who was not there', listed('jia', 'bing'), '2022-07', ['jia']],
    ['nor whom no department is', listed('jia', 'ding'), '2022-07', ['jia']],
    [
      'whoever is listed for that time, once',
      listed(
        { department: 'jia', to: '2022-06' },
        { department: 'yi', from: '2022-07' },
        { department: 'yi', from: '2022-08' },
      ),
      '2022-08',
      ['yi'],
    ],
  ])('are %s', (_, of, period, expected) => {
    expect(reportersThen(of, period, catalogue)).toEqual(expected);
  });
});

describe('a baseline that was recorded', () => {
  const catalogue = catalogueSchema.parse({
    ...catalogueFile({
      indicators: [indicator('x'), indicator('works', 'list', { frequency: 'year' }), indicator('y')],
    }),
    periods: [
      ...catalogueFile({ indicators: [] }).periods,
      { period: '2023', due: '2024-01-10', cutOff: '2024-01-20' },
    ],
  });
  const entered = {
    jia: { x: { '2022-01': '2', '2022-03': '4' } },
    yi: { x: { '2022-01': '3' } },
    全市: { works: { '2022': '2' } },
  };
  const recording = (reason: string) => ({
    kind: 'baseline-recorded' as const,
    baseline: baselineHash(baselineOf(catalogue, entered)),
    reason,
  });

  it('is found among all that happened, in order', () => {
    const events = recorded(catalogue, [recording('首年'), adoption(catalogue), recording('更正')]);
    expect(baselineEvents(events).map(({ happening }) => happening.reason)).toEqual(['首年', '更正']);
  });

  it('is worked out once for each time that it was recorded', () => {
    const [first, other] = baselineEvents(recorded(catalogue, [recording('首年'), recording('更正')]));
    const baseline = baselineOf(catalogue, entered);
    const made = lastYearFromBaseline({ event: first!, baseline, catalogue });
    expect(lastYearFromBaseline({ event: first!, baseline, catalogue })).toBe(made);
    expect(lastYearFromBaseline({ event: other!, baseline, catalogue })).not.toBe(made);
    expect(made.source).toEqual({
      ...{ kind: 'baseline', year: 2022, digest: baselineHash(baseline), recordedAt, recordedBy: '系统' },
    });
  });

  it('has the figures of departments, as each indicator is counted, and none of the city', () => {
    const { figures } = enteredYear(catalogue, entered);
    const measure = { kind: 'flow', unit: '件', isToDate: false };
    expect([...figures].map(([department, own]) => [department, [...own.keys()]])).toEqual([
      ['jia', ['x']],
      ['yi', ['x']],
    ]);
    expect(figures.get('jia')?.get('x')).toEqual([
      { period: '2022-01', ...measure, said: { status: 'reported', value: '2' } },
      { period: '2022-03', ...measure, said: { status: 'reported', value: '4' } },
    ]);
  });

  it('keeps no figure of what is computed, or is unknown', () => {
    const sums = catalogueOf({
      indicators: [indicator('x'), indicator('sum', 'sum', { parts: [{ indicator: 'x' }] })],
    });
    const { figures } = enteredYear(sums, {
      jia: { sum: { '2022-01': '2' }, gone: { '2022-01': '2' }, x: { '2022-01': '1' } },
    });
    expect([...figures.get('jia')!.keys()]).toEqual(['x']);
  });

  it('is a year like others, in which whoever is known reported in one version', () => {
    const { state } = enteredYear(catalogue, entered);
    expect(state?.catalogue).toMatchObject({ year: 2022, tables: [], lines: [], narratives: [], rules: [] });
    const inForce = {
      catalogue: state?.catalogue,
      hash: baselineHash(baselineOf(catalogue, entered)),
      conversions: [],
    };
    expect(state).toMatchObject({
      adopted: { inForce, adoptions: [inForce] },
      ...{ unaddressed: [], unexpected: [], adoptions: [], reportTemplates: [], publications: [] },
      ...{ acknowledgements: new Map(), issued: new Map(), lastYear: undefined, onlyOf: undefined },
    });
    expect(state?.returns[0]).toMatchObject({
      ...{ extendedUntil: undefined, extension: undefined, extensionRequests: [] },
      ...{ refusals: [], misdirected: [], questions: [] },
    });
    expect(state?.catalogue.departments.map(({ id }) => id)).toEqual(['*', 'jia', 'yi']);
    expect(state?.catalogue.periods).toEqual([
      { period: '2022-01', due: '2022-01-31', cutOff: '2022-01-31' },
      { period: '2022-03', due: '2022-03-31', cutOff: '2022-03-31' },
      { period: '2022', due: '2022-12-31', cutOff: '2022-12-31' },
    ]);
    expect(
      state?.returns.map(({ department, period, counting }) => [
        department.id,
        period,
        counting?.figures.map((each) =>
          'value' in each ? `${each.indicator} ${each.value}` : each.indicator,
        ),
      ]),
    ).toEqual([
      ['jia', '2022-01', ['x 2']],
      ['yi', '2022-01', ['x 3']],
      ['jia', '2022-03', ['x 4']],
      ['yi', '2022-03', undefined],
      ['*', '2022', ['works 2']],
    ]);
  });

  it('has versions that were uploaded by whoever recorded it, from its workbook, in time', () => {
    const { state } = enteredYear(catalogue, entered);
    const counting = state?.returns[0]?.counting;
    const baseline = baselineOf(catalogue, entered);
    expect(counting).toMatchObject({
      ...{
        department: 'jia',
        period: '2022-01',
        number: 1,
        late: false,
        reason: '首年比较',
        state: { kind: 'counting' },
      },
      upload: {
        sha256: baseline.workbook,
        uploader: '系统',
        uploadedAt: recordedAt,
        claimedAt: null,
        fileName: '',
      },
      handedIn: { uploadedAt: recordedAt, claimedAt: null },
      measures: [{ kind: 'flow', unit: '件', indicators: ['x'] }],
      ...{ repeats: [], narratives: [], texts: [], uncounted: [], findings: [], scans: [] },
    });
    expect(state?.returns[0]?.revisions).toEqual([counting]);
    expect(state?.returns[3]?.revisions).toEqual([]);
    expect(counting?.figures).toEqual([{ indicator: 'x', status: 'reported', value: '2' }]);
    const [event] = baselineEvents(recorded(catalogue, [adoption(catalogue), recording('首年比较')]));
    const { chain, sequence, hash } = event!;
    expect(counting?.event).toEqual({ chain, sequence, hash, catalogue: event!.catalogue });
    expect(baseline.workbook).toBe(sha256('上年基数.xlsx'));
  });

  it('has as many names in a list as were counted, all different', () => {
    const { state } = enteredYear(catalogue, entered);
    const [works] = state?.returns.at(-1)?.counting?.figures ?? [];
    expect(works).toMatchObject({ indicator: 'works', value: '2', items: ['1', '2'] });
  });

  it('asks in it only for what is known, of whom and in the months in which it is', () => {
    const { state } = enteredYear(catalogue, entered);
    expect(state?.catalogue.indicators.map(({ id }) => id)).toEqual(['x', 'works']);
    expect(state?.catalogue.indicators[0]).toMatchObject({
      frequency: 'month',
      reporters: [
        { department: 'jia', from: '2022-01', to: '2022-01' },
        { department: 'jia', from: '2022-03', to: '2022-03' },
        { department: 'yi', from: '2022-01', to: '2022-01' },
        { department: 'yi', from: '2022-03', to: '2022-03' },
      ],
    });
  });

  it('takes months that follow each other together', () => {
    const { state } = enteredYear(catalogue, {
      jia: { x: { '2022-01': '2', '2022-02': '3', '2022-04': '4' } },
    });
    expect(state?.catalogue.indicators[0]).toMatchObject({
      reporters: expect.arrayContaining([
        { department: 'jia', from: '2022-01', to: '2022-02' },
        { department: 'jia', from: '2022-04', to: '2022-04' },
      ]),
    });
  });

  it('says of what is reported to date that it is', () => {
    const toDate = catalogueOf({ indicators: [indicator('x', 'flow', { overTime: 'cumulative' })] });
    const { figures } = enteredYear(toDate, { jia: { x: { '2022-01': '2' } } });
    expect(figures.get('jia')?.get('x')).toMatchObject([{ isToDate: true }]);
  });

  it('asks in it without the limits that this year sets', () => {
    const since = catalogueOf({ indicators: [indicator('x', 'flow', { from: '2023-01', months: [1, 2] })] });
    const { state } = enteredYear(since, { jia: { x: { '2022-02': '2', '2022-01': '1' } } });
    expect(state?.catalogue.indicators[0]).toMatchObject({ from: undefined, months: undefined });
    expect(state?.catalogue.periods.map(({ period }) => period)).toEqual(['2022-01', '2022-02']);
  });
});
