import { expect, test } from 'vitest';
import { corpus } from '../../fixtures/hostile/corpus.ts';
import { mostMemory, type Outcome, readCorpus } from '../../fixtures/hostile/read-corpus.ts';

/** Whatever is not as it must be, in words. */
const faultsOf = ({ name, expected, seen, peak }: Outcome) => [
  ...(seen === expected ? [] : [`${name}: expected ${expected}, seen ${seen}`]),
  ...(peak <= mostMemory ? [] : [`${name}: ${Math.round(peak)} MB`]),
];

test('each file of the corpus comes to what it must, in a process of 256 MB', async () => {
  const hostile = corpus.filter(({ expected }) => !expected.startsWith('read'));
  expect(hostile.length).toBeGreaterThan(150);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  const outcomes = await readCorpus(corpus, 7);
  expect(outcomes).toHaveLength(corpus.length);
  expect(outcomes.flatMap(faultsOf)).toEqual([]);
});
