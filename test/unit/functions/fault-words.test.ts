import { describe, expect, it } from 'vitest';
import { checkedInWords, faultInWords } from '../../../functions/portal/verification/fault-words.ts';

describe('a fault that verification found', () => {
  it.each([
    ['is not what the ledger recorded', /台账所记的原文/],
    ['is not that of what the publication says', /摘要与写明的不同/],
    ['was recorded, and is not published', /台账里有，发布里没有/],
    ['stands as not-due, and by the time of the publication does not', /未到报送期/],
    ['is not what its cell in 月报.xlsx says', /原始文件 月报\.xlsx 中的单元格/],
    ['says 99 of 2023-01, which comes to 5', /2023-01 的数写的是99，重新计算应为5/],
    ['says null of its part a, which comes to 5', /组成项 a 写的是没有数，这一项的年度数是5/],
    ['says 19 in words, which comes to 18', /报告写法是“19”，按年度数应为“18”/],
    ['says that its unit is 件, and the catalogue says 千件', /单位写的是“件”，指标目录里是“千件”/],
    ['stands as final, and says itself what is missing', /而自己写明还缺什么/],
    ['stands as final, and the city has no figure of it', /没有全市的数/],
    ['names other items than its observations', /所列的项目/],
    ['says 0 as missing from last year, which comes to 1', /上年同期数缺少的份数.*0.*1/],
  ])('says in words: %s', (explanation, words) => {
    expect(faultInWords(explanation)).toMatch(words);
  });

  it('shows a fault that nobody put into words as it is', () => {
    expect(faultInWords('is green')).toBeUndefined();
    expect(checkedInWords('all of it')).toBe('all of it');
  });
});
