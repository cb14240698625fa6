import { describe, expect, it } from 'vitest';
import { knownOf } from '../../../../shared/core/year/baseline-year.ts';
import { catalogueOf, indicator, reported } from '../small-year.ts';
import { rowsOf } from './entered-years.ts';

describe('what a baseline knows of an indicator', () => {
  const catalogue = catalogueOf({ indicators: [indicator('x')] });
  const known = (
    of: ReturnType<typeof reported>,
    part: 'periods' | 'whole',
    entered: Record<string, Record<string, string>>,
  ) =>
    [
      ...knownOf(
        of,
        rowsOf(Object.fromEntries(Object.entries(entered).map(([who, values]) => [who, { x: values }]))),
        { catalogue, part },
      ),
    ].map(
      ([period, own]) => `${period} ${[...own].map(([who, value]) => `${who} ${value ?? '?'}`).join(', ')}`,
    );
  const flow = reported('flow');
  const toDate = reported('flow', { overTime: 'cumulative' });

  it.each<
    [
      sentence: string,
      ReturnType<typeof reported>,
      'periods' | 'whole',
      Record<string, Record<string, string>>,
      string[],
    ]
  >([
    [
      'the city’s figure, where there is one',
      flow,
      'periods',
      { 全市: { '2022-01': '9' }, jia: { '2022-01': '2' } },
      ['2022-01 * 9'],
    ],
    [
      'else those of departments, and whose are missing',
      flow,
      'periods',
      { jia: { '2022-01': '2' } },
      ['2022-01 jia 2, yi ?'],
    ],
    [
      'in order of period',
      flow,
      'periods',
      { jia: { '2022-03': '3', '2022-01': '2' }, yi: { '2022-02': '4' } },
      ['2022-01 jia 2, yi ?', '2022-02 jia ?, yi 4', '2022-03 jia 3, yi ?'],
    ],
    [
      'of the whole year alone, where that is wanted',
      flow,
      'whole',
      { 全市: { '2022': '40', '2022-01': '9' } },
      ['2022 * 40'],
    ],
    [
      'of departments’ whole years, where all have one',
      flow,
      'whole',
      { jia: { '2022': '4', '2022-01': '1' }, yi: { '2022': '5' } },
      ['2022 jia 4, yi 5'],
    ],
    [
      'not of some departments’ whole years, where there are periods too',
      flow,
      'whole',
      { jia: { '2022': '4', '2022-01': '1' } },
      [],
    ],
    [
      'of some departments’ whole years, where nothing else is',
      flow,
      'whole',
      { jia: { '2022': '4' } },
      ['2022 jia 4, yi ?'],
    ],
    [
      'to date of the city alone, once it has any',
      toDate,
      'periods',
      { 全市: { '2022-02': '9' }, jia: { '2022-01': '2', '2022-02': '4' } },
      ['2022-02 * 9'],
    ],
    [
      'to date of departments, where the city has none',
      toDate,
      'periods',
      { jia: { '2022-01': '2' } },
      ['2022-01 jia 2, yi ?'],
    ],
    [
      'in the period, of the city or departments, whatever each is of',
      flow,
      'periods',
      { 全市: { '2022-02': '9' }, jia: { '2022-01': '2' } },
      ['2022-01 jia 2, yi ?', '2022-02 * 9'],
    ],
    ['nothing of lists by the month', reported('list'), 'periods', { 全市: { '2022-01': '9' } }, []],
    ['of lists the city’s whole year', reported('list'), 'whole', { 全市: { '2022': '9' } }, ['2022 * 9']],
    [
      'but not that of departments, whose items may be the same',
      reported('list'),
      'whole',
      { jia: { '2022': '9' }, yi: { '2022': '2' } },
      [],
    ],
    [
      'nothing of what each department keeps for itself',
      reported('flow', { overDepartments: 'none' }),
      'periods',
      { jia: { '2022-01': '2' } },
      [],
    ],
  ])('is %s', (_, of, part, entered, expected) => {
    expect(known(of, part, entered)).toEqual(expected);
  });
});
