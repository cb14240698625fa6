import { describe, expect, it } from 'vitest';
import { checkedInWords, faultInWords } from '../../../functions/portal/verification/fault-words.ts';

describe('a fault that verification found', () => {
  it.each([
    ['is not what the ledger recorded', /台账所记的原文/],
    ['is not that of what the publication says', /摘要与写明的不同/],
    ['was recorded, and is not published', /台账里有，发布里没有/],
    ['stands as not-due, and by the time of the publication does not', /未到报送期/],
    ['is not what its cell in 月报.xlsx says', /原始文件 月报\.xlsx 中的单元格/],
    ['says 0 as missing from last year, which comes to 1', /上年同期数缺少的份数.*0.*1/],
  ])('says in words: %s', (explanation, words) => {
    expect(faultInWords(explanation)).toMatch(words);
  });

  it('shows a fault that nobody put into words as it is', () => {
    expect(faultInWords('is green')).toBeUndefined();
    expect(checkedInWords('all of it')).toBe('all of it');
  });
});
