import { describe, expect, it } from 'vitest';
import { attachment } from '../../../../functions/portal/respond.ts';

describe('the name under which a file is saved', () => {
  it.each([
    ['sfj-2023-03.xlsx', `attachment; filename="sfj-2023-03.xlsx"; filename*=UTF-8''sfj-2023-03.xlsx`],
    ['3月.xlsx', `attachment; filename="3_.xlsx"; filename*=UTF-8''3%E6%9C%88.xlsx`],
    ['a"; b.html', `attachment; filename="a___b.html"; filename*=UTF-8''a%22%3B%20b.html`],
    ['a\r\nb.xlsx', `attachment; filename="a__b.xlsx"; filename*=UTF-8''a%0D%0Ab.xlsx`],
    [`o'b(1)*.xlsx`, `attachment; filename="o_b_1__.xlsx"; filename*=UTF-8''o%27b%281%29%2A.xlsx`],
    ['\ud800.xlsx', `attachment; filename="_.xlsx"; filename*=UTF-8''%EF%BF%BD.xlsx`],
  ])('%j', (name, header) => {
    expect(attachment(name)).toBe(header);
  });
});
