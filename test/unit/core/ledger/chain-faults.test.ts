import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../../shared/core/ledger/chain-faults.ts';
import {
  type Chain,
  chainOf,
  hashOfEvent,
  headOf,
  type LedgerEvent,
  nextEvent,
  noHash,
} from '../../../../shared/core/ledger/event.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { accepted, recordedAt } from '../small-year.ts';

const chain = chainOf(2023, 'jia');

function chained(length: number, of: Chain = chain): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  while (events.length < length) {
    const happening = accepted('jia', '2023-01', { x: String(events.length) });
    events.push(nextEvent(of, events, { at: recordedAt, by: '系统', catalogue: sha256('c'), happening }));
  }
  return events;
}

const four = chained(4);
const [first, second, third, fourth] = four as [LedgerEvent, LedgerEvent, LedgerEvent, LedgerEvent];
/** The same event with something else in it and the hash that then belongs to it. */
const sealed = (event: LedgerEvent, change: Partial<LedgerEvent>): LedgerEvent => {
  const changed = { ...event, ...change };
  return { ...changed, hash: hashOfEvent(changed) };
};

describe('a chain', () => {
  it.each([0, 1, 4])('of %i events that is as it was written has no faults', (length) => {
    expect(verifyChain(chain, chained(length))).toEqual([]);
  });

  it.each<[what: string, events: unknown[], faults: [sequence: number, fault: string][]]>([
    [
      'an event without its first',
      [second, third],
      [
        [1, 'out-of-place'],
        [1, 'broken-link'],
        [2, 'out-of-place'],
      ],
    ],
    [
      'one removed from the middle',
      [first, third, fourth],
      [
        [2, 'out-of-place'],
        [2, 'broken-link'],
        [3, 'out-of-place'],
      ],
    ],
    [
      'one there twice',
      [first, first, second],
      [
        [2, 'out-of-place'],
        [2, 'broken-link'],
        [3, 'out-of-place'],
      ],
    ],
    [
      'two that changed places',
      [first, third, second, fourth],
      [
        [2, 'out-of-place'],
        [2, 'broken-link'],
        [3, 'out-of-place'],
        [3, 'broken-link'],
        [4, 'broken-link'],
      ],
    ],
    ['one edited', [first, { ...second, by: '别人' }, third], [[2, 'edited']]],
    ['one edited and given a new hash', [first, sealed(second, { by: '别人' }), third], [[3, 'broken-link']]],
    ['the last edited and given a new hash', [first, sealed(second, { by: '别人' })], []],
    ['a hash that is not its own', [first, { ...second, hash: sha256('x') }], [[2, 'edited']]],
    ['a first that follows something', [sealed(first, { previous: sha256('x') })], [[1, 'broken-link']]],
    ['a second that follows nothing', [first, sealed(second, { previous: noHash })], [[2, 'broken-link']]],
    ['a right link under a wrong number', [first, sealed(second, { sequence: 3 })], [[2, 'out-of-place']]],
    [
      'an event of another chain',
      [first, sealed(second, { chain: chainOf(2023, 'yi') })],
      [[2, 'out-of-place']],
    ],
    [
      'something that is no event, after which nothing links',
      [first, { ...second, remark: '' }, third, fourth],
      [
        [2, 'not-an-event'],
        [3, 'broken-link'],
      ],
    ],
    ['nothing where an event should be', [null], [[1, 'not-an-event']]],
  ])('with %s', (_, events, expected) => {
    const faults = verifyChain(chain, events);
    expect(faults.map(({ sequence, fault }) => [sequence, fault])).toEqual(expected);
    for (const { chain: where } of faults) expect(where).toBe(chain);
  });

  it('says which event stands where another belongs', () => {
    const [fault] = verifyChain(chain, [sealed(first, { chain: chainOf(2023, 'yi'), sequence: 7 })]);
    expect(fault?.explanation).toBe(
      'event 7 of 2023/yi stands where event 1 of 2023/jia belongs: one was removed, inserted or moved',
    );
  });
});

describe('a head that is known from elsewhere', () => {
  const head = (length: number) => headOf(chain, four.slice(0, length));
  const other = { chain: chainOf(2023, 'yi'), length: 9, hash: sha256('x') };

  it.each<[what: string, events: unknown[], heads: Parameters<typeof verifyChain>[2], faults: unknown[]]>([
    ['is reached', four, [head(1), head(3), head(4)], []],
    ['of no events asks for none', [], [head(0)], []],
    ['of no events asks for nothing of events that came', four, [head(0)], []],
    ['of another chain says nothing of this one', four, [other], []],
    [
      'shows a tail that was cut off',
      [first, second],
      [head(2), head(4)],
      [{ chain, sequence: 2, fault: 'cut-off', explanation: expect.stringContaining('but 4 are known') }],
    ],
    [
      'shows a whole chain that is gone',
      [],
      [head(1)],
      [{ chain, sequence: 0, fault: 'cut-off', explanation: expect.stringContaining('after 0 events') }],
    ],
    [
      'shows an event that was written anew, though the chain is sound in itself',
      [first, sealed(second, { by: '别人' })],
      [head(1), head(2)],
      [{ chain, sequence: 2, fault: 'replaced', explanation: expect.stringContaining('event 2') }],
    ],
    [
      'is not reached where something stands that is no event',
      [first, {}],
      [head(2)],
      [
        expect.objectContaining({ sequence: 2, fault: 'not-an-event' }),
        expect.objectContaining({ sequence: 2, fault: 'replaced' }),
      ],
    ],
  ])('%s', (_, events, heads, faults) => {
    expect(verifyChain(chain, events, heads)).toEqual(faults);
  });
});
