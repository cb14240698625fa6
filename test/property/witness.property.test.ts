import { beforeAll, describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../functions/demo/seeded-random.ts';
import { holdAgainst, type Witness } from '../../functions/use-cases/verify/witnesses.ts';
import { verifyChain } from '../../shared/core/ledger/chain-faults.ts';
import {
  type Chain,
  chainOf,
  hashOfEvent,
  headOf,
  type LedgerEvent,
  noHash,
} from '../../shared/core/ledger/event.ts';
import {
  bytesToSign,
  composeStatement,
  type WitnessSigner,
  type WitnessStatement,
} from '../../shared/core/ledger/witness.ts';
import { acceptedEvent } from '../fixtures/events.ts';
import { casesTried } from '../fixtures/thoroughness.ts';
import { witnessSigner } from '../fixtures/witness-signer.ts';

type Chains = Map<Chain, LedgerEvent[]>;

/** A made-up ledger, and the statements that were signed while it grew. */
interface History {
  chains: Chains;
  witnesses: Witness[];
  /** How far each chain went when the newest statement was signed. */
  witnessed: Map<Chain, number>;
}

const owners = ['sfj', 'sfj2', 'jtj', 'office'];
const names = [2022, 2023].flatMap((year) => owners.map((owner) => chainOf(year, owner)));

async function historyOf(random: Random, signer: WitnessSigner): Promise<History> {
  const chains: Chains = new Map(names.map((chain) => [chain, []]));
  const statements: WitnessStatement[] = [];
  const events = random.between(10, 40);
  let witnessed = new Map<Chain, number>();
  for (let count = 1; count <= events; count++) {
    grow(chains, random);
    if (statements.length > 0 && !random.chance(15)) continue;
    const heads = [...chains].map(([chain, own]) => headOf(chain, own));
    const at = `2023-05-01T00:00:00.${String(count).padStart(3, '0')}Z` as const;
    const unsigned = composeStatement({ at, heads, last: statements.at(-1), publicKey: signer.publicKey });
    const signature = Buffer.from(await signer.sign(bytesToSign(unsigned))).toString('base64');
    statements.push({ ...unsigned, signature });
    witnessed = new Map(heads.map(({ chain, length }) => [chain, length]));
  }
  const witnesses = statements.map((statement) => {
    return { kind: 'statement', name: `${statement.number}.json`, statement } as const;
  });
  return { chains, witnesses, witnessed };
}

function grow(chains: Chains, random: Random): void {
  const chain = random.pick(names);
  const own = chains.get(chain)!;
  own.push(acceptedEvent(own, String(random.below(1000)), { chain, name: `${own.length + 1}.xlsx` }));
}

/** The chain with every hash made to fit anew, as whoever keeps the ledger can. */
function sealed(events: readonly LedgerEvent[]): LedgerEvent[] {
  let previous = noHash;
  return events.map((event, index) => {
    const anew = { ...event, sequence: index + 1, previous };
    previous = hashOfEvent(anew);
    return { ...anew, hash: previous };
  });
}

/** What was rewritten: the first event of a chain that is another than it was, or is not there. */
interface Rewrite {
  chains: Chains;
  touched: { chain: Chain; from: number }[];
}

const rewrites: Record<string, (history: History, random: Random) => Rewrite> = {
  'events removed from the end': ({ chains, witnessed }, random) => {
    const chain = witnessedChain(witnessed, random);
    const own = chains.get(chain)!;
    const left = random.below(witnessed.get(chain)!);
    return { chains: new Map(chains).set(chain, own.slice(0, left)), touched: [{ chain, from: left + 1 }] };
  },
  'a figure changed and all sealed again': ({ chains, witnessed }, random) => {
    const chain = witnessedChain(witnessed, random);
    const at = random.below(witnessed.get(chain)!);
    const own = structuredClone(chains.get(chain)!);
    const { happening } = own[at]!;
    if (happening.kind === 'return-accepted') Object.assign(happening.observations[0]!, { value: '1001' });
    return { chains: new Map(chains).set(chain, sealed(own)), touched: [{ chain, from: at + 1 }] };
  },
  'an event taken out and all sealed again': ({ chains, witnessed }, random) => {
    const chain = witnessedChain(witnessed, random);
    const at = random.below(witnessed.get(chain)!);
    const own = structuredClone(chains.get(chain)!).toSpliced(at, 1);
    return { chains: new Map(chains).set(chain, sealed(own)), touched: [{ chain, from: at + 1 }] };
  },
  'an event put in and all sealed again': ({ chains, witnessed }, random) => {
    const chain = witnessedChain(witnessed, random);
    const at = random.below(witnessed.get(chain)!);
    const own = structuredClone(chains.get(chain)!);
    const strange = acceptedEvent(own.slice(0, at), '1002', { chain });
    return {
      chains: new Map(chains).set(chain, sealed(own.toSpliced(at, 0, strange))),
      touched: [{ chain, from: at + 1 }],
    };
  },
  'a whole chain dropped': ({ chains, witnessed }, random) => {
    const chain = witnessedChain(witnessed, random);
    const others = new Map(chains);
    others.delete(chain);
    return { chains: others, touched: [{ chain, from: 1 }] };
  },
  'a whole year dropped': ({ chains, witnessed }, random) => {
    const year = witnessedChain(witnessed, random).slice(0, 5);
    const gone = [...witnessed].filter(([chain, length]) => length > 0 && chain.startsWith(year));
    const others = new Map([...chains].filter(([chain]) => !chain.startsWith(year)));
    return { chains: others, touched: gone.map(([chain]) => ({ chain, from: 1 })) };
  },
  'an old copy of the ledger put back, which then went on': ({ chains, witnessed }, random) => {
    const chain = witnessedChain(witnessed, random);
    const old: Chains = new Map(
      [...chains].map(([name, own]) => {
        const kept = name === chain ? random.below(witnessed.get(chain)!) : random.between(0, own.length);
        return [name, own.slice(0, kept)];
      }),
    );
    const touched = [...old]
      .map(([name, own]) => ({ chain: name, from: own.length + 1 }))
      .filter(({ chain: name, from }) => from <= (witnessed.get(name) ?? 0));
    for (const [name, own] of old) {
      if (random.chance(50)) own.push(acceptedEvent(own, '1003', { chain: name }));
    }
    return { chains: old, touched };
  },
};

function witnessedChain(witnessed: History['witnessed'], random: Random): Chain {
  return random.pick([...witnessed].filter(([, length]) => length > 0).map(([chain]) => chain));
}

/** Rewrites of a ledger, and edits of a statement. */
const tried = casesTried(1000);

describe('a witness', () => {
  let signer: WitnessSigner;

  beforeAll(() => {
    signer = witnessSigner();
  });

  it(`finds each of ${tried} rewrites that leave every chain sound, and names chain and event`, async () => {
    const kinds = Object.entries(rewrites);
    for (let seed = 1; seed <= tried; seed++) {
      const random = seededRandom(seed, 'rewrites');
      const history = await historyOf(random, signer);
      const [kind, rewrite] = kinds[seed % kinds.length]!;
      const { chains, touched } = rewrite(history, random);
      const own = [...chains].flatMap(([chain, events]) => verifyChain(chain, events));
      expect(own, `seed ${seed}, ${kind}`).toEqual([]);
      const { faults } = holdAgainst({ witnesses: history.witnesses, chains });
      const named = new Set(faults.map(({ where }) => where));
      expect([...named].sort(), `seed ${seed}, ${kind}`).toEqual(touched.map(({ chain }) => chain).sort());
      for (const { chain, from } of touched) {
        const said = faults.filter(({ where }) => where === chain).map(({ explanation }) => explanation);
        const numbers = said.flatMap((each) => (each.match(/\d+/g) ?? []).map(Number));
        expect(Math.max(...numbers), `seed ${seed}, ${kind}: ${said}`).toBeGreaterThanOrEqual(from);
      }
    }
  });

  it('never blames a ledger that merely grew, held against any of its statements', async () => {
    for (let seed = 1; seed <= casesTried(200); seed++) {
      const random = seededRandom(seed, 'growth');
      const { chains, witnesses } = await historyOf(random, signer);
      for (let more = random.below(10); more > 0; more--) grow(chains, random);
      const some = random.shuffled(witnesses).slice(0, random.between(1, witnesses.length));
      expect(holdAgainst({ witnesses: some, chains }).faults, `seed ${seed}`).toEqual([]);
    }
  });

  it(`finds each of ${tried} edits of a statement, and then believes nothing that it says`, async () => {
    let history = await historyOf(seededRandom(0, 'statements'), signer);
    for (let seed = 1; seed <= tried; seed++) {
      const random = seededRandom(seed, 'statements');
      if (seed % 50 === 1) history = await historyOf(random, signer);
      const { chains, witnesses } = history;
      const witness = random.pick(witnesses);
      if (witness.kind !== 'statement') continue;
      const { statement } = witness;
      const edits: Partial<WitnessStatement>[] = [
        { number: statement.number + 1 },
        { at: '2023-05-02T00:00:00.000Z' },
        { heads: statement.heads.slice(1) },
        {
          heads: statement.heads.with(0, { ...statement.heads[0]!, length: statement.heads[0]!.length + 1 }),
        },
        { previous: hashOfEvent(acceptedEvent([], String(seed))) },
        { publicKey: witnessSigner().publicKey },
        {
          signature: Buffer.from(random.shuffled([...Buffer.from(statement.signature, 'base64')])).toString(
            'base64',
          ),
        },
        { signature: '' },
      ];
      const edited = { ...statement, ...edits[seed % edits.length] };
      const { faults, checked } = holdAgainst({ witnesses: [{ ...witness, statement: edited }], chains });
      expect(
        faults.map(({ where }) => where),
        `seed ${seed}`,
      ).toEqual([witness.name]);
      expect(checked, `seed ${seed}`).toEqual([]);
    }
  });
});
