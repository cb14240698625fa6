import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../../shared/core/catalogue/checks.ts';
import { indicator } from '../small-year.ts';
import { inOneLine, list, merged, sound, stock, successor } from './catalogue-parts.ts';

const problemsOf = (parts: Parameters<typeof sound>[0]): string[] => {
  const reading = readCatalogue(sound(parts));
  return reading.kind === 'problems' ? reading.problems.map(inOneLine) : [];
};

describe('a department that is merged into another', () => {
  it('loses no stock that it does not report itself', () => {
    const departments = [merged, successor, { id: 'bing', name: '丙' }];
    const indicators = [indicator('a'), stock({ reporters: ['bing'] })];
    expect(problemsOf({ departments, indicators })).toEqual([]);
  });
});

describe('the department that it is merged into', () => {
  const of = (when: object) =>
    problemsOf({
      departments: [merged, successor],
      indicators: [indicator('a'), stock({ reporters: ['jia', { department: 'yi', ...when }] })],
    });

  it('reports the stocks in all periods after that, and need not before', () => {
    expect(of({ from: '2023-02' })).toEqual([]);
    expect(of({ from: '2023-02', to: '2023-02' })).toEqual([
      'department 0 successor 部门“甲”：并入“乙”以后，存量指标“指标s”就没有部门报送了；请在这个指标的报送部门中加上“乙”。',
    ]);
  });
});

describe('names that departments had', () => {
  const withNames = (...former: string[][]) =>
    former.map((names, index) => ({
      ...{ id: `d${index}`, name: `单位${index}` },
      formerNames: names.map((name, at) => ({ name, to: `2023-0${at + 1}` })),
    }));

  it('may come back to whoever had them', () => {
    expect(problemsOf({ departments: withNames(['旧名', '单位0', '旧名']) })).toEqual([]);
  });

  it('are a problem each where another has them', () => {
    const same = (name: string) =>
      `名称“${name}”与部门“单位0”（d0）的名称或曾用名相同；请把其中一个的名称写得有所区别。`;
    expect(problemsOf({ departments: withNames(['甲', '乙'], ['甲', '乙']) })).toEqual([
      `department 1 formerNames.0.name 部门“单位1”：${same('甲')}`,
      `department 1 formerNames.1.name 部门“单位1”：${same('乙')}`,
    ]);
  });
});

describe('the largest form of a department', () => {
  const departments = [successor];
  const tooLarge = (bytes: number) =>
    `department 0 部门“乙”：2023年1月的报表过大，最多可能占 ${bytes} 字节，台账一次只能记 200000 字节；请减少它报送的指标，或减小清单的最多项数、清单和文字说明的最长字数。`;

  /** Four indicators of 1,520 bytes each, of which one lists 404 items of that many characters. */
  const listed = (maxLength: number) => [
    ...['a', 'b', 'c'].map((id) => indicator(id)),
    list({ maxItems: 404, maxLength }),
  ];

  it('may take as much as the ledger records at once, and no more', () => {
    expect(problemsOf({ departments, indicators: listed(159) })).toEqual([]);
    expect(problemsOf({ departments, indicators: listed(160) })).toEqual([tooLarge(200_000 + 404 * 3)]);
  });

  it('counts the figures of a table that are typed, and a remark on each row that has some', () => {
    const line = { table: 'grid' };
    const table = {
      id: 'grid',
      name: '表',
      unit: '件',
      definition: '口径。',
      kind: 'flow',
      reporters: 'all',
    };
    const rows = Array.from({ length: 110 }, (_, at) => ({
      ...line,
      axis: 'row',
      id: `r${at}`,
      name: `行${at}`,
    }));
    const columns = Array.from({ length: 25 }, (_, at) => ({
      ...line,
      axis: 'column',
      id: `c${at}`,
      name: `列${at}`,
    }));
    const sums = { ...line, axis: 'row', id: 'all', name: '合计', sum: 'r0 + r1' };
    const parts = { departments, indicators: [], tables: [table], lines: [...rows, sums, ...columns] };
    expect(problemsOf(parts)).toEqual([tooLarge(110 * 25 * 40 + 110 * 950)]);
  });
});
