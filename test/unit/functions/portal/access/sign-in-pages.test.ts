import { describe, expect, it } from 'vitest';
import { localPath } from '../../../../../functions/portal/access/sign-in-pages.ts';

describe('where somebody goes after signing in', () => {
  it.each([
    [undefined, '/'],
    ['/2023/figures?a=1&b=2', '/2023/figures?a=1&b=2'],
    ['/2023/部门', '/2023/%E9%83%A8%E9%97%A8'],
    ['/2023/%E9%83%A8?a=%25', '/2023/%E9%83%A8?a=%25'],
    ['/records?uploader=张 三', '/records?uploader=%E5%BC%A0%20%E4%B8%89'],
    ['/\ud800', '/%EF%BF%BD'],
    [`/${'a'.repeat(999)}`, `/${'a'.repeat(999)}`],
    [`/${'中'.repeat(112)}`, '/'],
    ['', '/'],
    ['2023', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/a\\b', '/'],
    ['/\t/evil.example', '/'],
    ['/\r\nSet-Cookie: a=b', '/'],
    ['/\u007f', '/'],
    ['/a\u0085b', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    [`/${'a'.repeat(1000)}`, '/'],
  ])('%j leads to %j', (asked, path) => {
    expect(localPath(asked)).toBe(path);
  });
});
