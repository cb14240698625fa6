import { describe, expect, it } from 'vitest';
import type { ReportedIndicator } from '../../../../shared/core/catalogue/indicator.ts';
import { fieldName } from '../../../../shared/core/returns/fields.ts';
import type { ReferenceFigures } from '../../../../shared/core/year/reference-figures.ts';
import { saidOfNothing, zeroReport } from '../../../../shared/core/year/zero-report.ts';
import { catalogueOf, indicator, narrative, reported, smallTable } from '../small-year.ts';

const toDate = { overTime: 'cumulative' };
const earlier = (lastPeriod?: ReferenceFigures['lastPeriod'], yearToDate = lastPeriod): ReferenceFigures => ({
  lastPeriod,
  yearToDate,
  lastYear: undefined,
});

describe('in a period in which nothing happened', () => {
  it.each<
    [
      what: string,
      indicator: ReportedIndicator,
      period: '2023-01' | '2023-03',
      before: ReferenceFigures | undefined,
      said: string,
    ]
  >([
    [
      'what is counted in the period is zero, whatever was before',
      reported('flow'),
      '2023-03',
      earlier('7'),
      'zero',
    ],
    [
      'what may be nothing at most is zero',
      reported('flow', { range: { min: '-9', max: '0' } }),
      '2023-03',
      undefined,
      'zero',
    ],
    [
      'what may be more is zero',
      reported('flow', { range: { min: '0', max: '9' } }),
      '2023-03',
      undefined,
      'zero',
    ],
    ['and where it may be left out', reported('flow', { required: false }), '2023-03', undefined, 'zero'],
    ['a list has no items', reported('list'), '2023-03', earlier('2'), 'zero'],
    [
      'a count since January is what it was',
      reported('flow', toDate),
      '2023-03',
      earlier('7'),
      'as-before 7',
    ],
    ['as far as it is known', reported('flow', toDate), '2023-03', earlier(undefined, '5'), 'as-before 5'],
    ['and asked for where it is not', reported('flow', toDate), '2023-03', earlier(), 'unknown'],
    [
      'in January it is zero, whatever December was',
      reported('flow', toDate),
      '2023-01',
      earlier('7'),
      'zero',
    ],
    ['what stands at the end is what stood there', reported('stock'), '2023-03', earlier('7'), 'as-before 7'],
    [
      'in January what stood there in December',
      reported('stock'),
      '2023-01',
      earlier('7', undefined),
      'as-before 7',
    ],
    ['and is asked for where nobody knows', reported('stock'), '2023-03', undefined, 'unknown'],
    ['an extreme of nothing is not zero', reported('extreme'), '2023-03', earlier('7'), 'unknown'],
    [
      'and does not apply where that may be said',
      reported('extreme', { notApplicable: true }),
      '2023-03',
      earlier('7'),
      'unknown 不适用',
    ],
    [
      'what is at least one is asked for',
      reported('flow', { range: { min: '1' } }),
      '2023-03',
      earlier('7'),
      'out-of-range',
    ],
    [
      'what is at most less is asked for',
      reported('flow', { range: { min: '-9', max: '-1' } }),
      '2023-03',
      undefined,
      'out-of-range',
    ],
  ])('%s', (_, what, period, known, said) => {
    const found = saidOfNothing(what, { period, before: known });
    expect(found.kind === 'zero' ? 'zero' : `${found.because} ${found.proposal}`.trim()).toBe(said);
  });

  it('a form proposes what stood there before', () => {
    const catalogue = catalogueOf({ indicators: [indicator('held', 'stock')] });
    const { asked } = zeroReport(
      catalogue,
      { department: 'jia', period: '2023-02' },
      new Map([['held', earlier('7')]]),
    );
    expect(asked).toMatchObject([{ proposal: '7', because: 'as-before' }]);
  });

  it('every figure of the form is zero or asked for, cells of tables too, and texts that must be written', () => {
    const catalogue = catalogueOf({
      indicators: [
        indicator('a'),
        indicator('held', 'stock'),
        indicator('names', 'list'),
        indicator('both', 'sum', { parts: [{ indicator: 'a' }] }),
      ],
      ...smallTable(),
      narratives: [narrative('told'), narrative('more', { required: false })],
    });
    const { zeros, asked } = zeroReport(catalogue, { department: 'jia', period: '2023-02' }, new Map());
    const cells = ['ra-ca', 'ra-cb', 'rb-ca', 'rb-cb'].map((id) => `figure.grid-${id}`);
    expect(zeros.map(([field, text]) => [fieldName(field), text])).toEqual(
      ['figure.a', 'figure.names', ...cells].map((name) => [name, '0']),
    );
    expect(asked.map(({ field, because }) => [fieldName(field), because])).toEqual([
      ['figure.held', 'unknown'],
      ['narrative.told', 'text'],
    ]);
  });
});
