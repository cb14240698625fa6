import { describe, expect, it } from 'vitest';
import { checkCode, checkCodeSchema, readCheckCode } from '../../../../shared/core/ledger/check-code.ts';
import { sha256, sha256Schema } from '../../../../shared/core/values/digest.ts';

const of = (hash: string) => checkCode({ hash: sha256Schema.parse(hash.padEnd(64, '0')) });

describe('a check code', () => {
  it('is the first 80 bits of the hash of an event, five a character', () => {
    expect(of('')).toBe('0000-0000-0000-0000');
    expect(of('f'.repeat(64))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
    expect(of('00443214c74254b635cf')).toBe('0123-4567-89AB-CDEF');
    expect(of(`${'0'.repeat(19)}1${'f'.repeat(44)}`)).toBe('0000-0000-0000-0001');
  });

  it('is read back as somebody types it from paper', () => {
    for (let index = 0; index < 200; index++) {
      const code = of(sha256(String(index)));
      expect(checkCodeSchema.parse(code)).toBe(code);
      const plain = code.replaceAll('-', '');
      const typed = [plain, plain.toLowerCase(), code.replaceAll('0', 'O').replaceAll('1', 'l'), ` ${code} `];
      for (const each of typed) expect(readCheckCode(each)).toBe(code);
    }
    expect(readCheckCode('０１２３—4567　89ab.cdef')).toBe('0123-4567-89AB-CDEF');
  });

  it.each([
    '',
    '0123-4567-89AB-CDE',
    '0123-4567-89AB-CDEF0',
    '0123-4567-89AB-CDEU',
    '校验码',
    '<script>alert(1)</script>',
  ])('is not %j', (typed) => {
    expect(readCheckCode(typed)).toBeUndefined();
  });
});
