import Table from 'cli-table3';
import { expect, test } from 'vitest';
import { corpus } from '../fixtures/hostile/corpus.ts';
import { mostMemory, readCorpus } from '../fixtures/hostile/read-corpus.ts';

/** What a file may take where nothing else runs. */
const mostMilliseconds = 1500;

/** A text of the corpus on one line of a terminal. */
const shown = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '·').replace(/^(.{57}).{4,}$/u, '$1…');

test('the corpus of hostile and of heavy files: each expected, seen, time, peak memory', async () => {
  const outcomes = await readCorpus(corpus);
  const table = new Table({
    head: ['file', 'KB', 'expected', 'seen', 'ms', 'MB'],
    style: { head: [], border: [], compact: true },
  });
  table.push(
    ...outcomes.map(({ name, bytes, expected, seen, milliseconds, peak }) => [
      ...[shown(name), Math.ceil(bytes / 1024), shown(expected)],
      ...[seen === expected ? 'the same' : shown(seen), Math.round(milliseconds), Math.round(peak)],
    ]),
  );
  process.stdout.write(`${table.toString()}\n`);
  const slowest = Math.max(...outcomes.map(({ milliseconds }) => milliseconds));
  const largest = Math.max(...outcomes.map(({ peak }) => peak));
  const honest = outcomes.filter(({ expected }) => expected.startsWith('read')).length;
  process.stdout.write(
    `${outcomes.length} files, ${honest} of them to be read; at most ${Math.round(slowest)} ms and ${Math.round(largest)} MB\n`,
  );
  expect(outcomes.filter(({ expected, seen }) => expected !== seen)).toEqual([]);
  expect(slowest).toBeLessThan(mostMilliseconds);
  expect(largest).toBeLessThan(mostMemory);
});
