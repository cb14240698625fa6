import { describe, expect, it } from 'vitest';
import {
  escapeXml,
  halfWidth,
  hasDigit,
  isReversed,
  isVisible,
  nameKey,
  unseenIn,
  withoutControlCharacters,
  withoutUnseen,
} from '../../../../shared/core/values/text.ts';

describe('text in XML', () => {
  it.each([
    ['<a b="c">&', '&#60;a b=&#34;c&#34;&#62;&#38;', 'what means something there is written by its number'],
    ['甲 乙1', '甲 乙1', 'all else stays'],
    ['甲\u0007乙\uffff', '甲\ufffd乙\ufffd', 'what may not stand there is replaced'],
    ['甲\ud800', '甲\ufffd', 'so is half a character'],
  ])('%j is %j: %s', (text, written) => {
    expect(escapeXml(text)).toBe(written);
  });
});

describe('what people see of a text', () => {
  it.each([
    ['甲', true, 'a letter'],
    [' 1 ', true, 'a figure among blanks'],
    ['—', true, 'a dash'],
    ['+', true, 'a sign'],
    [' \u200b\t\u3000', false, 'blanks of all kinds'],
    ['', false, 'nothing'],
  ])('%j can be seen: %s, as it is %s', (text, is) => {
    expect(isVisible(text)).toBe(is);
  });

  it.each([
    ['\u200b甲\u202d乙\u200b', ['U+200B', 'U+202D'], '甲乙'],
    ['\u00ad', ['U+00AD'], ''],
    ['甲\t乙\n', [], '甲\t乙\n'],
  ])('%j: unseen are %j, each named once; without them it is %j', (text, unseen, seen) => {
    expect(unseenIn(text)).toEqual(unseen);
    expect(withoutUnseen(text)).toBe(seen);
  });

  it.each([
    ['甲\u202e乙', true],
    ['甲\u202d乙', false],
  ])('%j is shown in another order than it is stored: %s', (text, is) => {
    expect(isReversed(text)).toBe(is);
  });

  it('is on a page what is there, with a blank in place of what no page shows or what turns the direction', () => {
    expect(withoutControlCharacters('甲\u0000乙\u202e丙\u009b丁')).toBe('甲 乙 丙 丁');
    expect(withoutControlCharacters('甲\t乙\n\ud800')).toBe('甲\t乙\n\ufffd');
  });
});

describe('what names are compared by', () => {
  it.each([
    ['《某某条例》', '某某条例', 'title marks do not count'],
    ['“某”‘某’', '某某', 'nor do quotation marks'],
    [' 某 某\u3000', '某某', 'nor blanks'],
    ['某\u200b某', '某某', 'nor what nobody sees'],
    ['ＡＢＣ１２', 'ABC12', 'full width is half width'],
    ['〔2023〕1号', '(2023)1号', 'all brackets are round'],
    ['[一]{二}【三】〖四〗（五）', '(一)(二)(三)(四)(五)', 'of whichever kind, each on its side'],
    ['甲-乙', '甲-乙', 'other signs stay'],
  ])('of %s is %s: %s', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });
});

describe('text of either width', () => {
  it.each([
    ['１２．５％（ａ）', '12.5%(a)', 'digits, letters and punctuation'],
    ['1\u30002\u00a03', '1 2 3', 'blanks'],
    ['\u22125', '-5', 'the minus sign of mathematics'],
    ['²①', '²①', 'what is no digit becomes none'],
  ])('%s is %s in half width: %s', (text, half) => {
    expect(halfWidth(text)).toBe(half);
  });

  it.each([
    ['第3条', true],
    ['第３条', true],
    ['第三条', false],
    ['第②条', false],
  ])('%s has a digit: %s', (text, has) => {
    expect(hasDigit(text)).toBe(has);
  });
});
