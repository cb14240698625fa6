import { describe, expect, it } from 'vitest';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formColumns, formLayout } from '../../../shared/workbook/layout.ts';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { catalogueOf, indicator } from '../core/small-year.ts';
import { edited, numberIn, opened, read, signature, textIn } from './form-cases.ts';

const parts = [{ indicator: 'a' }, { indicator: 'b' }, { indicator: 'c', sign: '-' }];
const catalogue = catalogueOf({
  indicators: [
    indicator('all', 'sum', { parts }),
    indicator('a'),
    indicator('b', 'flow', { notApplicable: true }),
    indicator('c', 'flow', { required: false }),
  ],
  rules: [{ id: 'most', over: 'period', expression: 'all <= 9', message: '合计不得大于 9。' }],
});
const january = { department: 'jia', period: '2023-01' } as const;
const layout = formLayout(catalogue, january);
const typed = { a: numberIn('5'), b: textIn('不适用'), c: numberIn('2') };
const filledIn = (more: object = {}) =>
  writeForm(layout, { figures: new Map(Object.entries({ ...typed, ...more })), signature });
const cell = (id: string) => `E${layout.rows.find((row) => row.indicator.id === id)!.row}`;
const findingsOf = async (bytes: Uint8Array) => read(await readWorkbook(bytes), january, catalogue).findings;

describe('a sum on a form', () => {
  it('is computed there from the cells of its parts, and cannot be typed over by accident', async () => {
    const sheet = (await opened(await writeForm(layout))).getWorksheet('月报')!;
    const all = sheet.getCell(cell('all'));
    expect(all.formula).toBe(`N(${cell('a')})+N(${cell('b')})-N(${cell('c')})`);
    expect(all.protection?.locked ?? true).toBe(true);
    expect(sheet.getCell(cell('a')).protection?.locked).toBe(false);
    expect(sheet.getCell(layout.rows[0]!.row, formColumns.definition).text).toContain(
      '由系统计算，不用填写。',
    );
  });

  it('is not read, and not recorded: its parts are', async () => {
    const { observations, findings } = read(await readWorkbook(await filledIn()), january, catalogue);
    expect(findings).toEqual([]);
    expect(observations.map((each) => each.indicator)).toEqual(['a', 'b', 'c']);
  });

  it('may be typed over with what its parts come to', async () => {
    expect(await findingsOf(await filledIn({ all: numberIn('3') }))).toEqual([]);
  });

  it('is refused, with parts and difference, where something else is typed over it', async () => {
    const [finding, ...others] = await findingsOf(await filledIn({ all: numberIn('4') }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'sum-differs',
      severity: 'error',
      found: '4',
      expected: '指标a 5 - 指标c 2 = 3',
      place: { sheet: '月报', cell: cell('all') },
      message: '“指标all”填的是 4，各组成项加起来是 3，相差 1；请核对各组成项，这一格可以清除，由系统计算。',
    });
  });

  const own = `N(${cell('a')})+N(${cell('b')})-N(${cell('c')})`;

  it.each<[what: string, formula: string, result: number | undefined, said: object[]]>([
    ['the form’s, whatever a program left as its result', own, 99, []],
    ['the form’s, of rows that have gone elsewhere', 'N($F$31)-N(#REF!)', 99, []],
    ['somebody’s that looks like the form’s', 'N(500)', 500, [{ rule: 'sum-differs', found: '500' }]],
    ['somebody’s that comes to the same', 'SUM(1,2)', 3, []],
    ['somebody’s that was never calculated', '500', undefined, []],
    [
      'somebody’s that comes to something else',
      '500',
      500,
      [{ rule: 'sum-differs', severity: 'error', found: '500', expected: '指标a 5 - 指标c 2 = 3' }],
    ],
  ])('may hold a formula: %s', async (_, formula, result, said) => {
    const changed = await edited(await filledIn(), (workbook) => {
      workbook.getWorksheet('月报')!.getCell(cell('all')).value = { formula, result: result! };
    });
    expect(await findingsOf(changed)).toMatchObject(said);
  });

  it('may be a term of a rule, which says what it comes from', async () => {
    const [finding] = await findingsOf(await filledIn({ a: numberIn('20') }));
    expect(finding).toMatchObject({
      rule: 'rule-most',
      place: { sheet: '月报', cell: cell('all') },
      breakdown: [
        '左边 18',
        '　+ 指标all 18',
        '　　+ 指标a 20',
        '　　- 指标c 2',
        '右边 9',
        '　+ 9',
        '相差 9',
      ],
    });
  });
});
