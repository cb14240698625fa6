import { expect, it } from 'vitest';
import { onceForEach } from '../../../../shared/core/values/once-for-each.ts';

it('works out once for each object what comes of it, for those that are alike too', () => {
  const [one, alike] = [{ returns: [] }, { returns: [] }];
  const asked: (typeof one)[] = [];
  const countOf = onceForEach((state: typeof one) => {
    asked.push(state);
    return { count: state.returns.length };
  });
  expect(countOf(one)).toBe(countOf(one));
  expect(countOf(alike)).toEqual({ count: 0 });
  expect(asked).toEqual([one, alike]);
  expect(asked[1]).toBe(alike);
});
