import { describe, expect, it } from 'vitest';
import type { Period } from '../../../shared/core/catalogue/period.ts';
import { expectedWord, foundInWords, yearFigures } from '../../../shared/core/words.ts';

describe('what the figures of a year are called', () => {
  const months = (...standings: string[]) =>
    standings.map((standing, index) => ({
      period: `2023-${String(index + 1).padStart(2, '0')}` as Period,
      standing: standing as 'counting' | 'not-due' | 'not-reported',
    }));

  it.each<[string, ReturnType<typeof months>, string]>([
    ['while months are to come', months('counting', 'counting', 'not-due'), '本年累计（截至2月）'],
    ['to the last month that counts', months('counting', 'not-reported', 'not-due'), '本年累计（截至1月）'],
    ['when every month is over', months('counting', 'not-reported'), '年度数'],
    ['before anything came', months('not-due', 'not-due'), '年度数'],
  ])('%s', (_, returns, named) => {
    expect(yearFigures(returns)).toBe(named);
  });
});

describe('what a finding says of a cell', () => {
  it.each([
    ['figure-blank', '空白', '没有填写', false],
    ['nothing-after-steady', '空白', '没有填写', false],
    ['figure-not-a-number', '空白', '空白', true],
    ['figure-negative', '-1', '-1', true],
  ])('%s found %s: %s', (rule, found, words, isTyped) => {
    expect(foundInWords({ rule, found })).toEqual({ words, isTyped });
  });

  it('says what must be only of what must be', () => {
    expect([expectedWord('error'), expectedWord('warning'), expectedWord('info')]).toEqual([
      '应为',
      '参考',
      '参考',
    ]);
  });
});
