import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../functions/demo/seeded-random.ts';
import { KnownYears } from '../../functions/use-cases/known-years.ts';
import { BrokenLedgerError, readYear } from '../../functions/use-cases/read-year.ts';
import type { Chain, LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { LedgerReader } from '../../shared/core/ledger/ports.ts';
import { contentOf } from '../../shared/core/publication/content.ts';
import { warningsOf } from '../../shared/core/totals/warnings.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { smallStore } from '../fixtures/small-store.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

const monthsOf2023 = Array.from({ length: 9 }, (_, index) => `2023-0${index + 1}`);

/** A ledger that counts the events that it hands over. */
function counting(ledger: LedgerReader) {
  const read = { events: 0 };
  const reader: LedgerReader = {
    async read(chain: Chain, after?: number): Promise<LedgerEvent[]> {
      const events = await ledger.read(chain, after);
      read.events += events.length;
      return events;
    },
  };
  return { reader, read };
}

/** A store whose ledger has a mark, as that of one machine has. */
function marked(store: ReturnType<typeof smallStore>) {
  const mark = async () => [...store.events.values()].map(({ length }) => length).join();
  return { ...store, ledger: { ...store.ledger, mark } };
}

describe('years as a process that stays has read them', () => {
  it.each([1, 2, 3, 4, 5, 6].slice(0, casesTried(6, 3)))(
    'are what a whole reading says, whatever happens in between: seed %i',
    async (seed) => {
      const store = smallStore();
      const known = new KnownYears(seed % 2 === 0 ? store : marked(store));
      const random = seededRandom(seed, 'known years');
      for (let step = 0; step < 12; step++) {
        const day = `2023-${String(10 + random.between(0, 2))}-${String(10 + step)}T01:00:00.000Z`;
        if (random.between(0, 4) === 0) await store.publish(day);
        else {
          const department = ['sfj', 'sfj2'][random.between(0, 1)]!;
          const period = monthsOf2023[random.between(0, monthsOf2023.length - 1)]!;
          await store.submit({ department, period, cases: String(random.between(-1, 9)), uploadedAt: day });
        }
        if (random.between(0, 2) === 0) continue;
        const [year, own] = await Promise.all([
          known.read({ year: 2023 }),
          known.read({ year: 2023, department: 'sfj' }),
        ]);
        const whole = await readYear(store, 2023);
        expect(year).toEqual(whole);
        expect(contentOf(year.state)).toEqual(contentOf(structuredClone(whole.state)));
        expect(own).toEqual(await new KnownYears(store).read({ year: 2023, department: 'sfj' }));
        expect(own.state.returns).toEqual(
          whole.state.returns.filter(({ department }) => department.id === 'sfj'),
        );
      }
    },
  );

  it('warn of what a whole reading warns of, as figures come, are corrected and warn no more', async () => {
    const store = smallStore();
    const known = new KnownYears(store);
    const seen: number[] = [];
    const hand = async (month: number, cases: string, day: number) => {
      const uploadedAt = `2023-${String(month + 1).padStart(2, '0')}-0${day}T01:00:00.000Z`;
      await store.submit({ period: `2023-0${month}`, cases, uploadedAt });
      const [year, whole] = [await known.read({ year: 2023 }), await readYear(store, 2023)];
      expect(warningsOf(year.state)).toEqual(warningsOf(whole.state));
      seen.push(warningsOf(year.state).length);
    };
    for (let month = 1; month <= 6; month++) await hand(month, `2${month}`, 3);
    await hand(7, '900', 3);
    await hand(7, '30', 4);
    await hand(8, '0', 3);
    expect(seen).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 1]);
  });

  it('are read from where they were read to, and folded again only if something came', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    const { reader, read } = counting(store.ledger);
    const known = new KnownYears({ ...store, ledger: reader });
    const first = await known.read({ year: 2023 });
    expect(read.events).toBe(2);
    expect(await known.read({ year: 2023 })).toBe(first);
    expect(read.events).toBe(2);
    await store.submit({ period: '2023-02', cases: '6', uploadedAt: '2023-03-03T01:00:00.000Z' });
    expect(await known.read({ year: 2023 })).toEqual(await readYear(store, 2023));
    expect(read.events).toBe(3);
  });

  it('are not read at all where the ledger tells that nothing came', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    const { ledger, ...others } = marked(store);
    let reads = 0;
    const counted: LedgerReader = {
      ...ledger,
      read: (chain, after) => {
        reads++;
        return ledger.read(chain, after);
      },
    };
    const known = new KnownYears({ ...others, ledger: counted });
    const first = await known.read({ year: 2023 });
    const before = reads;
    expect(await known.read({ year: 2023 })).toBe(first);
    expect(reads).toBe(before);
    await store.submit({ period: '2023-02', cases: '6', uploadedAt: '2023-03-03T01:00:00.000Z' });
    expect(await known.read({ year: 2023 })).toEqual(await readYear(store, 2023));
  });

  it('are read and folded once for all who ask at the same time', async () => {
    const store = smallStore();
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    const { reader, read } = counting(store.ledger);
    const known = new KnownYears({ ...store, ledger: reader });
    const years = await Promise.all([1, 2, 3].map(() => known.read({ year: 2023 })));
    expect(new Set(years).size).toBe(1);
    expect(read.events).toBe(2);
  });

  it('are not told of a chain that is broken, and are told again when it is mended', async () => {
    const ports = inMemoryPorts();
    const store = smallStore(undefined, ports);
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    const sound = structuredClone(ports.events.get('2023/sfj')!);
    Object.assign(ports.events.get('2023/sfj')![0]!, { by: '别人' });
    const known = new KnownYears(store);
    await expect(known.read({ year: 2023 })).rejects.toThrow(BrokenLedgerError);
    ports.events.set('2023/sfj', sound);
    expect(await known.read({ year: 2023 })).toEqual(await readYear(store, 2023));
  });

  it('are those of the chain that is there, where another was put in its place and goes on', async () => {
    const ports = inMemoryPorts();
    const store = smallStore(undefined, ports);
    const other = smallStore();
    const known = new KnownYears(store);
    await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-02-03T01:00:00.000Z' });
    await known.read({ year: 2023 });
    for (const [period, cases] of [
      ['2023-01', '7'],
      ['2023-02', '8'],
    ] as const) {
      await other.submit({ period, cases, uploadedAt: '2023-03-03T01:00:00.000Z' });
    }
    ports.events.set('2023/sfj', other.events.get('2023/sfj')!);
    expect(await known.read({ year: 2023 })).toEqual(await readYear(store, 2023));
  });
});
