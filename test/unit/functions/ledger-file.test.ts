import { expect, it } from 'vitest';
import { chainsInFile } from '../../../functions/use-cases/transfer.ts';

it.each<[event: string, stands: unknown, chain: string]>([
  ['says a chain', { chain: '2023/sfj' }, '2023/sfj'],
  ['says none', {}, '(unreadable)'],
  ['says a number', { chain: 7 }, '(unreadable)'],
  ['says what has no text', { chain: { toString: null } }, '(unreadable)'],
  ['is nothing', null, '(unreadable)'],
  ['is not even JSON', undefined, '(unreadable)'],
])('an event of a ledger file that %s is found by its chain, or among the unreadable', (_, event, chain) => {
  const file = { heads: [], catalogues: [], baselines: [], events: [event], verbatim: false };
  expect([...chainsInFile(file)]).toEqual([[chain, [event]]]);
});
