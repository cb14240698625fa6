import { describe, expect, it } from 'vitest';
import { departmentOfFolder, namedIn, periodIn } from '../../../../shared/core/returns/names.ts';
import { catalogueOf, indicator } from '../small-year.ts';

const catalogue = catalogueOf({
  departments: [
    { id: 'sfj', name: '市司法局' },
    { id: 'sfj-two', name: '市司法局二' },
    { id: 'gaj', name: '市公安局' },
  ],
  indicators: [indicator('a')],
});

type Case = [name: string, says: string | undefined, what: string];

describe('the month in a name', () => {
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
    ['gaj-市司法局.xlsx', undefined, 'an id and another name'],
    ['月报.xlsx', undefined, 'none'],
  ] as Case[])('%s says %s: %s', (name, department) => {
    expect(namedIn(name, catalogue).department?.id).toBe(department);
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
