import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { warningsOf } from '../../../../shared/core/totals/warnings.ts';
import { NearDoubles } from '../../../../shared/core/year/near-doubles.ts';
import { accepted, catalogueOf, indicator, stateOf } from '../small-year.ts';

describe('a name in a list', () => {
  it.each<[earlier: string, item: string, is: boolean, what: string]>([
    ['城市养犬管理条例', '城市养狗管理条例', true, 'one character is another'],
    ['城市养犬管理条例', '城市养犬管理条列', true, 'the last character is mistyped'],
    ['城市养犬管理条例', '城市养犬管条例', true, 'one character is left out'],
    ['城市养犬管理条例', '城市养犬的管理条例', true, 'one character is added'],
    ['《城市养犬管理条例》', '城市养犬管理条例', false, 'marks around it say nothing: it is the same name'],
    ['行政处罚案例第一批', '行政处罚案例第二批', false, 'a numeral tells them apart'],
    ['2023年执法计划', '2024年执法计划', false, 'a digit tells them apart'],
    ['关于第一号文件', '关于第一一号文件', false, 'a numeral beside its like tells them apart'],
    ['关于第一一号文件', '关于第一号文件', false, 'left out as well as added'],
    ['普法讲座', '普法讲台', false, 'short names differ by little'],
    ['城市养犬管理条例', '城市供水管理条例', false, 'two characters are others'],
  ])('after %s, %s is a near double: %s, %s', (earlier, item, is) => {
    const names = new NearDoubles();
    expect(names.add(earlier)).toBeUndefined();
    expect(names.add(item)).toEqual(is ? { item, earlier } : undefined);
  });

  it('is found exactly where one edit leads from the one to the other', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 5, maxLength: 7 });
    fc.assert(
      fc.property(letters, letters, (earlier, item) => {
        const names = new NearDoubles();
        names.add(earlier);
        expect(names.add(item) !== undefined).toBe(isOneEdit(earlier, item));
      }),
      { numRuns: 2000 },
    );
  });
});

/** By trying every edit. */
function isOneEdit(from: string, to: string): boolean {
  const edits = [...from].flatMap((_, at) => [
    from.slice(0, at) + from.slice(at + 1),
    ...['a', 'b', 'c'].flatMap((letter) => [
      from.slice(0, at) + letter + from.slice(at + 1),
      from.slice(0, at) + letter + from.slice(at),
      from + letter,
    ]),
  ]);
  return from !== to && edits.includes(to);
}

it('is asked about in the month that brought it, and settled there', () => {
  const catalogue = catalogueOf({ indicators: [indicator('works', 'list')] });
  const state = stateOf(catalogue, [
    accepted('jia', '2023-01', { works: ['城市养犬管理条例', '另一件作品'] }),
    accepted('jia', '2023-02', { works: ['城市养狗管理条例'] }),
    accepted('jia', '2023-03', { works: ['城市养狗管理条例'] }),
  ]);
  expect(warningsOf(state)).toMatchObject([
    {
      department: 'jia',
      period: '2023-02',
      finding: {
        rule: 'near-doubles',
        indicator: 'works',
        found: '城市养狗管理条例',
        expected: '城市养犬管理条例',
      },
    },
  ]);
});

it('is looked for in each list by itself, and where a list applies', () => {
  const catalogue = catalogueOf({
    indicators: [
      indicator('works', 'list', { notApplicable: true }),
      indicator('others', 'list'),
      indicator('a'),
    ],
  });
  const state = stateOf(catalogue, [
    accepted('jia', '2023-01', { works: ['城市养犬管理条例'], others: ['城市养狗管理条例'], a: '1' }),
    accepted('jia', '2023-02', { works: '不适用', others: ['城市养狗管理条列'], a: '1' }),
    accepted('yi', '2023-02', { works: ['城市养狗管理条例'], others: [], a: '1' }),
  ]);
  expect(
    warningsOf(state).map(
      ({ department, period, finding }) => `${department} ${period} ${finding.indicator}`,
    ),
  ).toEqual(['jia 2023-02 others']);
});
