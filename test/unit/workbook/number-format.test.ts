import { describe, expect, test } from 'vitest';
import {
  builtInFormat,
  general,
  isBuiltInDateFormat,
  parseFormat,
} from '../../../shared/workbook/number-format/format-code.ts';
import { showsDate } from '../../../shared/workbook/number-format/sections.ts';
import { shownNumber, shownText } from '../../../shared/workbook/number-format/shown.ts';

const shown = (code: string, stored: string) => shownNumber(parseFormat(code), stored);

describe('what a cell shows for a number', () => {
  test.each([
    ['125000', 'General', '125000'],
    ['12.345678901234', 'General', '12.3456789'],
    ['0.0100000000093', 'General', '0.01'],
    ['123456789012', 'General', '1.23457E+11'],
    ['125000', 'G/通用格式"件"', '125000件'],
    ['125000', '#,##0.00"元"', '125,000.00元'],
    ['1234567', '#,##0', '1,234,567'],
    ['-1234567', '#,##0', '-1,234,567'],
    ['7', '000', '007'],
    ['7', '#,##0000', '0,007'],
    ['0', '#', ''],
    ['0', '#.##', '.'],
    ['0.5', '.00', '.50'],
    ['12.5', '.00', '12.50'],
    ['5', '???', '  5'],
    ['2.5', '0', '3'],
    ['0.145', '0.00', '0.15'],
    ['1.005', '0.00', '1.01'],
    ['5', '0"1"', '51'],
    ['5', '0\\0', '50'],
    ['5', '0!元', '5元'],
    ['1234567', '000-0000', '123-4567'],
    ['-5', '0;0', '5'],
    ['-5', '0;(0)', '(5)'],
    ['0', '0;-0;"不适用"', '不适用'],
    ['0', '0;-0;;@', ''],
    ['5', ';;;', ''],
    ['0', builtInFormat(43), ' -   '],
    ['1234.5', builtInFormat(44), ' ¥1,234.50 '],
    ['12345', '[>=10000]0.0,"千";0', '12.3千'],
    ['345', '[>=10000]0.0,"千";0', '345'],
    ['-5', '[>=10000]0.0,"千";0', '-5'],
    ['5', '[>=10000]0.0,"千"', '########'],
    ['-5', '[<0]"负"0;0', '负5'],
    ['5', '[=1]"是";[=0]"否";0', '5'],
    ['1', '[=1]"是";[=0]"否";0', '是'],
    ['123', '[DBNum1][$-804]General', '123'],
    ['5', '[Red][$¥-804]0.00', '¥5.00'],
    ['125000', '0.00E+00', '1.25E+05'],
    ['0.00125', '0.0E-0', '1.3E-3'],
    ['12345', '##0.0E+0', '12.3E+3'],
    ['999999', '0.0E+0', '1.0E+6'],
    ['1.25', '# ?/?', '1 1/4'],
    ['0.333', '# ?/?', '1/3'],
    ['0.3', '?/?', '2/7'],
    ['77938.1', '# ?/?', '77938 1/9'],
    ['5.02', '# ?/?', '5'],
    ['1.3', '# ??/16"份"', '1 5/16份'],
    ['3', '# ?/?', '3'],
    ['45016', 'yyyy-mm-dd', '########'],
  ])('%s with the format %s shows %s', (stored, code, text) => {
    expect(shown(code, stored).text).toBe(text);
  });

  test.each([
    ['0.95', '0%', '95%', 2],
    ['0.95', '0"%"', '1%', 0],
    ['0.5', '0%%', '5000%%', 4],
    ['125000', '0,', '125', -3],
    ['125000000', '0.0,,"百万"', '125.0百万', -6],
    ['125000', '0!.0,"万"', '12.5万', -4],
    ['125000', '0\\.00,', '1.25', -5],
    ['125000', ',0', ',125000', 0],
    ['125000', '0.000000000000000000,,,,,,,', '0.000000000000000125', -21],
  ])('%s with the format %s shows %s, times ten to %i', (stored, code, text, power) => {
    expect(shown(code, stored)).toEqual({ text, power });
  });

  test.each([
    ['5', '@"件"', '5件'],
    ['甲', '0;0;0;"《"@"》"', '《甲》'],
    ['甲', ';;;', ''],
    ['甲', '0.00', '甲'],
    ['甲', ';;', '甲'],
  ])('the text %s with the format %s shows %s', (text, code, says) => {
    expect(shownText(parseFormat(code), text)).toBe(says);
  });

  test.each(['General', '', '@', 'general', 'G/通用格式', 'General;@', '[Red]General'])(
    '%s shows what is stored',
    (code) => {
      expect(parseFormat(code)).toBe(general);
    },
  );
});

describe('number formats', () => {
  test.each([
    'yyyy-mm-dd',
    'yyyy"年"m"月"d"日";@',
    '[$-804]yyyy"年"m"月"',
    'h:mm',
    '[h]:mm:ss',
    '[hh]',
    '[mm]',
    'mm:ss.0',
    'aaaa',
    '[$-411]ge.m.d',
    'e"年"',
    'd',
    '[Red]d;0',
    'General;yyyy',
    'YYYY/M/D',
    '上午/下午h"时"mm"分"',
    '[DBNum1][$-804]yyyy"年"m"月"d"日"',
    'bbbb',
  ])('%s shows a date', (code) => {
    expect(parseFormat(code).dates !== 'none').toBe(true);
  });

  test.each([
    'General',
    'G/通用格式',
    '0',
    '0.00',
    '#,##0',
    '0.00E+00',
    '0.00e-00',
    '"d"0',
    '0\\d',
    '0_d',
    '0*d',
    '[Red]0',
    '[$USD]0',
    '[>=100]0',
    '@',
    '0"件"',
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    '# ?/?',
    '0%',
    '"unterminated ymd',
    '[$-804]0',
    '0\\',
    '[DBNum2]0',
    '',
  ])('%s shows a number', (code) => {
    expect(parseFormat(code).dates !== 'none').toBe(false);
  });

  test('the built-in date formats are 14-22, 27-36, 45-47 and 50-58', () => {
    const ids = Array.from({ length: 100 }, (_, id) => id).filter(isBuiltInDateFormat);
    const expected = [
      14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53,
      54, 55, 56, 57, 58,
    ];
    expect(ids).toEqual(expected);
  });
});

describe('formats of which some sections show dates', () => {
  test.each([
    ['0', 'h:mm;;0', false],
    ['0', 'h:mm;;"-"', false],
    ['0.5', 'h:mm;;0', true],
    ['0', '[=0]0;h:mm', false],
    ['45016', '[<1000]0;yyyy-mm-dd', true],
    ['5', '[<1000]0;yyyy-mm-dd', false],
    ['-1', 'h:mm;@', true],
  ])('%s with %s: a date is %s', (stored, code, isDate) => {
    expect(showsDate(parseFormat(code), stored)).toBe(isDate);
  });
});
