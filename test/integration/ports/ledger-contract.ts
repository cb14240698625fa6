import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../shared/core/ledger/chain-faults.ts';
import { chainOf, type LedgerEvent } from '../../../shared/core/ledger/event.ts';
import type { Ledger } from '../../../shared/core/ledger/ports.ts';
import { acceptedEvent } from '../../fixtures/events.ts';

/** A ledger under test, and another opened on the same store, as another process would. */
export interface LedgerUnderTest {
  ledger: Ledger;
  another: Ledger;
  close(): Promise<void>;
}

/** What every adapter of the ledger port must do. Each test uses a chain of its own. */
export function ledgerContract(name: string, open: () => Promise<LedgerUnderTest>): void {
  describe(`ledger: ${name}`, () => {
    let under: LedgerUnderTest;
    let number = 0;
    const freshChain = () => chainOf(2023, `d${++number}`);

    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under?.close());

    it('reads an empty chain as no events', async () => {
      expect(await under.ledger.read(freshChain())).toEqual([]);
    });

    it('reads back what was appended, in order, whole', async () => {
      const chain = freshChain();
      const events = await grow(under.ledger, chain, 12);
      expect(await under.ledger.read(chain)).toEqual(events);
      expect(await under.another.read(chain)).toEqual(events);
    });

    it('reads what comes after a place, and nothing after the last', async () => {
      const chain = freshChain();
      const events = await grow(under.ledger, chain, 12);
      expect(await under.ledger.read(chain, 9)).toEqual(events.slice(9));
      expect(await under.another.read(chain, 12)).toEqual([]);
      expect(await under.ledger.read(chain, 0)).toEqual(events);
    });

    it('tells whoever has read to the end of each event that came since, whoever wrote it', async () => {
      const chain = freshChain();
      const events: LedgerEvent[] = [];
      for (const writer of [under.ledger, under.another, under.another, under.ledger, under.another]) {
        const known = events.length;
        expect(await under.ledger.read(chain, known)).toEqual([]);
        expect(await under.ledger.read(chain, known)).toEqual([]);
        const event = acceptedEvent(events, `${known}`, { chain });
        expect(await writer.append(event)).toBe('appended');
        events.push(event);
        expect(await under.ledger.read(chain, known)).toEqual([event]);
        expect(await under.ledger.read(chain)).toEqual(events);
      }
    });

    it('refuses a second event at the same place, and keeps the first', async () => {
      const chain = freshChain();
      const [first, second] = [acceptedEvent([], '1', { chain }), acceptedEvent([], '2', { chain })];
      expect(await under.ledger.append(first)).toBe('appended');
      expect(await under.another.append(second)).toBe('conflict');
      expect(await under.ledger.read(chain)).toEqual([first]);
    });

    it('takes the very event that is there already for its own write', async () => {
      const chain = freshChain();
      const event = acceptedEvent([], '1', { chain });
      expect(await under.ledger.append(event)).toBe('appended');
      expect(await under.another.append(event)).toBe('appended');
      expect(await under.ledger.read(chain)).toEqual([event]);
    });

    it('takes an event for the one that is there whatever the order of its fields', async () => {
      const chain = freshChain();
      const event = acceptedEvent([], '1', { chain });
      const turned = Object.fromEntries(Object.entries(event).toReversed()) as unknown as LedgerEvent;
      expect(await under.ledger.append(event)).toBe('appended');
      expect(await under.another.append(turned)).toBe('appended');
      expect(await under.ledger.read(chain)).toEqual([event]);
    });

    it('keeps chains apart whose names begin alike', async () => {
      const chain = freshChain();
      const longer = `${chain}0`;
      await grow(under.ledger, longer, 2);
      expect(await under.ledger.read(chain)).toEqual([]);
    });

    it('keeps every character, of any script', async () => {
      const chain = freshChain();
      const event = acceptedEvent([], '1', { chain, name: '月报 ①+é"\\\u2028𠮷.xlsx' });
      await under.ledger.append(event);
      expect(await under.ledger.read(chain)).toEqual([event]);
    });

    it('refuses to write what is no event', async () => {
      const event = { ...acceptedEvent([], '1', { chain: freshChain() }), sequence: 0 };
      await expect(under.ledger.append(event)).rejects.toThrow();
    });

    it('loses nothing when two write to one chain at once', async () => {
      const chain = freshChain();
      await Promise.all([
        appendEach(under.ledger, chain, ['1', '3', '5', '7', '9', '11']),
        appendEach(under.another, chain, ['2', '4', '6', '8', '10', '12']),
      ]);
      const events = await under.ledger.read(chain);
      expect(events).toHaveLength(12);
      expect(verifyChain(chain, events)).toEqual([]);
      expect(new Set(events.map(({ hash }) => hash)).size).toBe(12);
    });

    it('reads a chain that is longer than a page of the store', async () => {
      const chain = freshChain();
      const events = await grow(under.ledger, chain, 60, 'x'.repeat(150) + '报'.repeat(30));
      expect(await under.another.read(chain)).toEqual(events);
    });
  });
}

async function grow(ledger: Ledger, chain: string, length: number, name = ''): Promise<LedgerEvent[]> {
  const events: LedgerEvent[] = [];
  for (let index = 0; index < length; index++) {
    const event = acceptedEvent(events, String(index), { chain, name: `${name}${index}.xlsx` });
    expect(await ledger.append(event)).toBe('appended');
    events.push(event);
  }
  return events;
}

async function appendEach(ledger: Ledger, chain: string, figures: readonly string[]): Promise<void> {
  for (const cases of figures) {
    while ((await ledger.append(acceptedEvent(await ledger.read(chain), cases, { chain }))) === 'conflict');
  }
}
