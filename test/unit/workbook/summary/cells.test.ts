import { describe, expect, it } from 'vitest';
import { figureCell } from '../../../../shared/workbook/summary/cells.ts';

describe('figureCell', () => {
  it.each([
    ['189.5', 'm', 2, 189.5, '#,##0.00'],
    ['95', '%', 2, 95, '#,##0"%"'],
    ['95.04', '%', 2, 95.04, '#,##0.00"%"'],
    ['123456789012345', '元', 0, 123_456_789_012_345, '#,##0'],
    ['1234567890123456', '元', 0, '1234567890123456', undefined],
    ['0.1234567890123', '元', 6, 0.123_456_789_012_3, '#,##0.0000000000000'],
  ] as const)(
    'shows %s %s as it is, as text only if it would lose digits',
    (value, unit, decimals, shown, format) => {
      expect(figureCell(value, { unit, decimals })).toMatchObject({
        value: shown,
        look: format === undefined ? {} : { numFmt: format },
      });
    },
  );
});
