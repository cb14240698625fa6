import { describe, expect, it } from 'vitest';
import {
  departmentCalled,
  departmentOfFolder,
  namedIn,
  periodIn,
} from '../../../../shared/core/returns/names.ts';
import { catalogueOf, indicator } from '../small-year.ts';

const catalogue = catalogueOf({
  departments: [
    { id: 'sfj', name: '市司法局' },
    { id: 'sfj-two', name: '市司法局二' },
    {
      id: 'gaj',
      name: '市公安局',
      formerNames: [
        { name: '市公安处', to: '2022-06' },
        { name: '市保安局', to: '2022-12' },
      ],
    },
    { id: 'tlgaj', name: '铁路市公安局' },
  ],
  indicators: [indicator('a')],
});

type Case = [name: string, says: string | undefined, what: string];

describe('the period in a name', () => {
  it.each([
    ['市司法局2023年3月月报.xlsx', '2023-03', 'year and month'],
    ['２０２３年０３月.xlsx', '2023-03', 'of full width'],
    ['2023年 3 月 司法局.xlsx', '2023-03', 'with blanks'],
    ['sfj-2023-03.xlsx', '2023-03', 'an address'],
    ['2023-03', '2023-03', 'a folder'],
    ['2023.3.xlsx', '2023-03', 'with a point'],
    ['2023_03月报.xlsx', '2023-03', 'with a line'],
    ['月报202303.xlsx', '2023-03', 'in six figures'],
    ['2023 03 sfj.xlsx', '2023-03', 'apart'],
    ['2023 3月.xlsx', '2023-03', 'a year without its word'],
    ['2023  3月.xlsx', '2023-03', 'further apart'],
    ['十月.xlsx', '2023-10', 'in a round number'],
    ['22年12月.xlsx', '2022-12', 'a year in two figures'],
    ['2022年度3月.xlsx', '2022-03', 'a year apart from its month'],
    ['3月月报.xlsx', '2023-03', 'a month of the year that is known'],
    ['三月份.xlsx', '2023-03', 'in words'],
    ['十二月.xlsx', '2023-12', 'in two words'],
    ['十一月.xlsx', '2023-11', 'which is not 一月'],
    ['2023年3月（3月31日修改）.xlsx', '2023-03', 'beside a day'],
    ['2023年3月月报 2023-04-03.xlsx', '2023-03', 'beside another day'],
    ['2023年3月（3月）.xlsx', '2023-03', 'twice the same'],
    ['2023-03 (2).xlsx', '2023-03', 'a second copy'],
    ['月报.xlsx', undefined, 'none'],
    ['2023年月报.xlsx', undefined, 'a year alone'],
    ['2023年13月.xlsx', undefined, 'no month'],
    ['2023-13.xlsx', undefined, 'no month in figures'],
    ['3月和4月.xlsx', undefined, 'two months'],
    ['2023年1-3月.xlsx', undefined, 'a range'],
    ['1月至3月.xlsx', undefined, 'a range in words'],
    ['2023年4月3日.xlsx', undefined, 'a day'],
    ['2023-04-03.xlsx', undefined, 'a day in figures'],
    ['20230403.xlsx', undefined, 'a day in eight figures'],
    ['4月3号.xlsx', undefined, 'a day without a year'],
    ['第3个月.xlsx', undefined, 'a number of months'],
    ['去年3月.xlsx', undefined, 'a year that depends on the reader'],
    ['120233.xlsx', undefined, 'any number'],
  ] as Case[])('%s says %s: %s', (name, period) => {
    expect(periodIn(name, 2023)).toBe(period);
  });

  it.each([
    ['2024年一季度.xlsx', '2024-Q1', 'a quarter'],
    ['2024年第1季度季报.xlsx', '2024-Q1', 'a quarter in figures'],
    ['2024年第四季度', '2024-Q4', 'the last quarter'],
    ['24年2季度.xlsx', '2024-Q2', 'a year in two figures'],
    ['gaj-2024-Q3.xlsx', '2024-Q3', 'an address'],
    ['gaj-2024q3.xlsx', '2024-Q3', 'in small letters'],
    ['第二季度检查情况.xlsx', '2023-Q2', 'a quarter of the year that is known'],
    ['2024上半年.xlsx', '2024-H1', 'a half-year'],
    ['2024年下半年报.xlsx', '2024-H2', 'the report of a half-year'],
    ['gaj-2024-H1.xlsx', '2024-H1', 'the address of a half-year'],
    ['上半年培训.xlsx', '2023-H1', 'a half-year of the year that is known'],
    ['2024第三季度.xlsx', '2024-Q3', 'a quarter without the word for a year'],
    ['2024年度.xlsx', '2024', 'a year'],
    ['市司法局2024年年报.xlsx', '2024', 'the report of a year'],
    ['2024年全年.xlsx', '2024', 'all of a year'],
    ['2024年度第一季度.xlsx', '2024-Q1', 'a quarter, named with its year apart'],
    ['2024年度月报.xlsx', undefined, 'months of a year, and not which'],
    ['2024年度半年报.xlsx', undefined, 'a half of a year, and not which'],
    ['2024.xlsx', undefined, 'a number that may be a year'],
    ['2024年1-2季度.xlsx', undefined, 'a range of quarters'],
    ['2024年一季度和二季度.xlsx', undefined, 'two quarters'],
    ['2024年第五季度.xlsx', undefined, 'no quarter'],
    ['2024-Q5.xlsx', undefined, 'no quarter in an address'],
    ['2024年3月、2024年一季度.xlsx', undefined, 'a month and a quarter'],
  ] as Case[])('%s says %s: %s', (name, period) => {
    expect(periodIn(name, 2023)).toBe(period);
  });

  it('is not told without its year where no year is known', () => {
    expect([periodIn('3月'), periodIn('2023年3月')]).toEqual([undefined, '2023-03']);
  });
});

describe('the department in the name of a file', () => {
  it.each([
    ['市司法局2023年3月月报.xlsx', 'sfj', 'the full name'],
    ['万源市司法局.xlsx', 'sfj', 'the full name in a longer one'],
    ['市 司 法 局.xlsx', 'sfj', 'with blanks'],
    ['市司法局二3月.xlsx', 'sfj-two', 'another name that begins alike'],
    ['sfj-2023-03.xlsx', 'sfj', 'an id'],
    ['2023-03-SFJ.xlsx', 'sfj', 'in capitals'],
    ['sfj-two-2023-03.xlsx', 'sfj-two', 'another id that begins alike'],
    ['sfj 市司法局.xlsx', 'sfj', 'both, the same'],
    ['sfjz.xlsx', undefined, 'the beginning of a word'],
    ['xsfj.xlsx', undefined, 'the end of a word'],
    ['司法局.xlsx', undefined, 'a part of the name'],
    ['市司法局转市公安局.xlsx', undefined, 'two names'],
    ['市司法局转市司法局二.xlsx', undefined, 'a name before one that begins alike'],
    ['市司法局二转市司法局.xlsx', undefined, 'and behind it'],
    ['铁路市公安局.xlsx', 'tlgaj', 'another name that ends alike'],
    ['市保安局月报.xlsx', 'gaj', 'a name that it had'],
    ['gaj-市司法局.xlsx', undefined, 'an id and another name'],
    ['月报.xlsx', undefined, 'none'],
  ] as Case[])('%s says %s: %s', (name, department) => {
    expect(namedIn(name, catalogue).department?.id).toBe(department);
  });
});

describe('the department of a name', () => {
  it.each([
    ['gaj', 'gaj', 'its id'],
    ['市公安局', 'gaj', 'its name'],
    ['市 公安局', 'gaj', 'its name with blanks'],
    ['市公安处', 'gaj', 'a name that it had'],
    ['市保安局', 'gaj', 'another that it had'],
    ['公安局', undefined, 'a part of the name'],
    ['', undefined, 'nothing'],
  ] as Case[])('%s is %s: %s', (name, department) => {
    expect(departmentCalled(name, catalogue)?.id).toBe(department);
  });
});

describe('the department of a folder', () => {
  it.each([
    ['sfj', 'sfj', 'its id'],
    ['市司法局', 'sfj', 'its full name'],
    ['市司法局2023年3月', 'sfj', 'its full name and more'],
    ['sfj-tools', undefined, 'an id among other words'],
    ['SFJ', undefined, 'an id in capitals'],
    ['司法局', undefined, 'a part of the name'],
    ['cases', undefined, 'anything else'],
    ['', undefined, 'nothing'],
  ] as Case[])('%s is of %s: %s', (name, department) => {
    expect(departmentOfFolder(name, catalogue)?.id).toBe(department);
  });
});
