import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { someAtATime } from '../../../functions/use-cases/verify/some-at-a-time.ts';

describe('some at a time', () => {
  const numbers = Array.from({ length: 50 }, (_, index) => index);

  it('does so many at once and no more, and keeps the results in order', async () => {
    let [now, most] = [0, 0];
    const results = await someAtATime(numbers, async (number) => {
      most = Math.max(most, ++now);
      await sleep((number * 7) % 5);
      now--;
      return number * 2;
    });
    expect(results).toEqual(numbers.map((number) => number * 2));
    expect(most).toBe(16);
  });

  it('does nothing with nothing', async () => {
    expect(await someAtATime([], async () => 1)).toEqual([]);
  });

  it('begins no more once the work fails', async () => {
    let begun = 0;
    const work = async (number: number) => {
      begun++;
      await sleep(1);
      if (number === 2) throw new Error('the store is gone');
    };
    await expect(someAtATime(numbers, work, 4)).rejects.toThrow('the store is gone');
    await sleep(10);
    expect(begun).toBeLessThan(12);
  });
});
