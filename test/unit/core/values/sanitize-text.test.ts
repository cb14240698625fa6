import { describe, expect, it } from 'vitest';
import { sanitizeText, withoutFormulaGuard } from '../../../../shared/core/values/text.ts';

describe('text that somebody typed', () => {
  it.each([
    ['=1+1', "'=1+1", 'a formula'],
    ['+1', "'+1", 'a plus sign'],
    ['-1', "'-1", 'a minus sign'],
    ['@SUM(A1)', "'@SUM(A1)", 'an at sign'],
    ['  =1', "'  =1", 'a formula behind blanks'],
    ['\u200b=1', "'\u200b=1", 'a formula behind what nobody sees'],
    ['＝1', "'＝1", 'a full-width formula'],
    ['\u22121', "'\u22121", 'a typographic minus sign'],
    ['\t1', "'\t1", 'a tabulator'],
  ])('%j is %j: %s is guarded, and the guard comes off again', (typed, inert) => {
    expect(sanitizeText(typed)).toBe(inert);
    expect(withoutFormulaGuard(inert)).toBe(typed);
  });

  it.each([
    ['月报', '月报', 'words stay'],
    ['1=1', '1=1', 'an equals sign within is none at the start'],
    ["'s", "'s", 'an apostrophe stays'],
    ['a\u0007b\uffff', 'a\ufffdb\ufffd', 'what XML forbids is replaced'],
    ['a\u202eb\u009bc', 'a b c', 'what a terminal obeys is a blank'],
    ['a\ud800', 'a\ufffd', 'half a character is replaced'],
    ['a\tb\nc', 'a\tb\nc', 'tabulators and line breaks within stay'],
  ])('%j is %j: %s', (typed, inert) => {
    expect(sanitizeText(typed)).toBe(inert);
  });

  it.each(["'s", "''=1", '=1', "'", ''])('%j has no guard to take off', (text) => {
    expect(withoutFormulaGuard(text)).toBe(text);
  });
});
