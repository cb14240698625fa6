import { expect, it } from 'vitest';
import { seededRandom } from '../../../functions/demo/seeded-random.ts';

const drawn = (seed: number, subject = 'subject') => {
  const random = seededRandom(seed, subject);
  return [random.below(1e9), random.below(1e9)].join(' ');
};

it('draws other numbers for every seed, of one digit too, and for every subject', () => {
  const seeds = Array.from({ length: 3000 }, (_, seed) => seed);
  expect(new Set(seeds.map((seed) => drawn(seed))).size).toBe(seeds.length);
  expect(drawn(1, 'a')).not.toBe(drawn(1, 'b'));
});

it('draws the same numbers for the same seed and subject', () => {
  expect(drawn(2023)).toBe(drawn(2023));
  expect(drawn(2023)).toBe('919872811 734606987');
});
