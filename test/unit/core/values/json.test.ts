import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../shared/core/values/json.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('what JSON says', () => {
  it.each<[what: string, json: string | Uint8Array, said: unknown]>([
    ['text', '{"a":["甲",null]}', { a: ['甲', null] }],
    ['bytes in UTF-8', bytes('{"a":"甲"}'), { a: '甲' }],
    ['bytes with a mark before them', bytes('\ufeff[1]'), [1]],
    ['text that is none', '{', undefined],
    ['no bytes', bytes(''), undefined],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), undefined],
  ])('as %s', (_, json, said) => {
    expect(parseJson(json)).toEqual(said);
  });
});
