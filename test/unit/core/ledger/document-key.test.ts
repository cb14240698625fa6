import { describe, expect, it } from 'vitest';
import { assertDocumentKey } from '../../../../shared/core/ledger/ports.ts';

describe('the key of a document', () => {
  it.each(['a', 'uploads/sfj/2023-03/月报.xlsx', 'a/.b', 'a/..b', 'a/b..', 'a b/c', '...'])(
    'may be %j',
    (key) => {
      expect(() => assertDocumentKey(key)).not.toThrow();
    },
  );

  it.each([
    ['', 'nothing'],
    ['/a', 'a path from the root'],
    ['a/', 'a folder'],
    ['a//b', 'an empty name'],
    ['.', 'the folder itself'],
    ['a/./b', 'a folder itself within'],
    ['..', 'the folder above'],
    ['a/../b', 'a folder above within'],
    ['a/..', 'a folder above at the end'],
    ['a\\b', 'a path of Windows'],
    ['a/b\0.xlsx', 'a zero'],
  ])('is not %j: %s', (key) => {
    expect(() => assertDocumentKey(key)).toThrow('not a document key');
  });
});
