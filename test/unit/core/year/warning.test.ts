import { describe, expect, it } from 'vitest';
import type { Period } from '../../../../shared/core/catalogue/period.ts';
import type { RemarkSaid } from '../../../../shared/core/returns/remark.ts';
import { inOrderOfForm, type Pending, placeOf } from '../../../../shared/core/year/warning.ts';
import { returnOf } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, stateOf } from '../small-year.ts';

const catalogue = catalogueOf({ indicators: [indicator('a'), indicator('b')] });
const beside = (id: string): RemarkSaid => ({ kind: 'figure', indicator: id, text: '专项行动' });
const remarked = (department: string, period: string, id: string) => ({
  ...accepted(department, period, { a: '1', b: '2' }),
  remarks: [beside(id)],
});
const state = stateOf(catalogue, [
  remarked('yi', '2023-01', 'a'),
  remarked('jia', '2023-02', 'a'),
  remarked('jia', '2023-01', 'b'),
]);
const pending = (period: Period, id?: string, department: string | null = 'jia'): Pending => ({
  ...{ department, period },
  finding: {
    ...{ rule: 'outlier', severity: 'warning', message: '相差很大。' },
    ...(id === undefined ? {} : { indicator: id }),
  },
});

describe('warnings', () => {
  it('stand in order of period, then as the form runs, after what is about none of its indicators', () => {
    const mixed = [
      pending('2023-02', 'a'),
      pending('2023-01', 'b'),
      pending('2023-01', 'a'),
      pending('2023-01', 'gone'),
      pending('2023-01'),
    ];
    const order = inOrderOfForm(mixed, state).map(({ period, finding }) => `${period} ${finding.indicator}`);
    expect(order).toEqual(['2023-01 gone', '2023-01 undefined', '2023-01 a', '2023-01 b', '2023-02 a']);
  });

  it.each<[sentence: string, Pending, by: string | undefined]>([
    ['is settled by a remark that stands beside its figure', pending('2023-01', 'b'), '经办人'],
    [
      'is not by one that another department wrote, or the own in another month',
      pending('2023-01', 'a'),
      undefined,
    ],
    ['is not where no return is', pending('2023-03', 'a'), undefined],
    ['is not where it is of no department', pending('2023-01', 'a', null), undefined],
  ])('a warning %s', (_, one, by) => {
    const [warning] = inOrderOfForm([one], state);
    expect(warning?.acknowledged?.by).toBe(by);
    expect(warning).not.toHaveProperty('remark');
  });

  it('say where a figure stands, if the file says so', () => {
    const january = returnOf(state, { department: 'jia', period: '2023-01' })!;
    const [placed, placeless] = january.counting!.figures;
    const figures = [placed!, { ...placeless!, place: undefined }];
    const one = { ...january, counting: { ...january.counting!, figures } };
    expect(placeOf(one, 'a')).toEqual({ place: { sheet: '月报', cell: 'E6' } });
    expect(placeOf(one, 'b')).toEqual({});
    expect('place' in placeOf(one, 'b')).toBe(false);
    expect(placeOf({ ...one, counting: undefined }, 'a')).toEqual({});
  });
});
