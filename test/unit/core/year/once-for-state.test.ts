import { expect, it } from 'vitest';
import { onceForState } from '../../../../shared/core/year/once-for-state.ts';
import type { YearState } from '../../../../shared/core/year/year-state.ts';

it('works out once for each state what comes of it, for states that are alike too', () => {
  const [one, alike] = [{ returns: [] }, { returns: [] }] as unknown as [YearState, YearState];
  const asked: YearState[] = [];
  const countOf = onceForState((state) => {
    asked.push(state);
    return { count: state.returns.length };
  });
  expect(countOf(one)).toBe(countOf(one));
  expect(countOf(alike)).toEqual({ count: 0 });
  expect(asked).toEqual([one, alike]);
  expect(asked[1]).toBe(alike);
});
