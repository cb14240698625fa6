import { expect, it } from 'vitest';
import { excerpt } from '../../../../shared/core/values/text.ts';

it.each([
  ['甲', '甲', 'a short text stays'],
  [' 甲 ', '甲', 'white space around goes'],
  [`${' '.repeat(1000)}甲`, '', 'what stands behind a thousand blanks is not looked for'],
  ['\u202e甲\u0007', '‹U+202E›甲‹U+0007›', 'what nobody sees is named'],
  ['甲\n乙', '甲 乙', 'a line break within is a blank'],
  ['长'.repeat(80), '长'.repeat(80), 'as long as may be'],
  ['长'.repeat(81), `${'长'.repeat(79)}…`, 'longer is cut, and says so'],
  [
    `${'长'.repeat(78)}\u{20000}${'长'.repeat(9)}`,
    `${'长'.repeat(78)}\ufffd…`,
    'no half of a character is left',
  ],
])('%j is quoted as %j: %s', (text, expected) => {
  expect(excerpt(text)).toBe(expected);
});
