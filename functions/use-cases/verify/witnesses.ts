import { z } from 'zod';
import { type ChainHead, chainHeadSchema } from '../../../shared/core/ledger/event.ts';
import {
  keyFingerprint,
  sequenceFaults,
  statementFaults,
  type WitnessStatement,
} from '../../../shared/core/ledger/witness.ts';
import type { Sha256 } from '../../../shared/core/values/digest.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import { readStatement } from '../stores/witness-store.ts';
import { type Fault, verifyChains } from './verify.ts';

type Chains = ReadonlyMap<string, readonly unknown[]>;

const heads = z.array(z.object(chainHeadSchema.shape));
const headsSchema = z.union([
  z.object({ chains: heads }).transform((file) => file.chains),
  z.object({ heads }).transform((exported) => exported.heads),
  z.object({ items: heads }).transform((answer) => answer.items),
]);

/** What somebody outside holds of a ledger: a signed statement, or heads in a file that anybody could have written. */
export type Witness =
  | { kind: 'statement'; name: string; statement: WitnessStatement }
  | { kind: 'unsigned'; name: string; heads: ChainHead[] };

/**
 * What a file tells of the heads of chains: a signed statement, the manifest of a publication, an exported ledger, or what
 * the API answers of the chains. Undefined if it tells of none, since nothing could be held against them.
 */
export function readWitness(name: string, text: string): Witness | undefined {
  const statement = readStatement(text);
  if (statement !== undefined) return { kind: 'statement', name, statement };
  const json = parseJson(text);
  // What says that it is a statement, and is none, is not taken for less.
  if (z.object({ format: z.literal('indicators-witness/1') }).safeParse(json).success) return undefined;
  const [firstLine = ''] = text.split('\n', 1);
  const said = headsSchema.safeParse(json ?? parseJson(firstLine)).data;
  const known = said?.filter(({ length }) => length > 0) ?? [];
  return known.length === 0 ? undefined : { kind: 'unsigned', name, heads: known };
}

/** What holding witnesses against a ledger came to. */
export interface WitnessVerdict {
  checked: string[];
  faults: Fault[];
  /** What whoever relies on it has to know. */
  notes: string[];
}

export interface WitnessesToHold {
  witnesses: readonly Witness[];
  chains: Chains;
  /** The years that the chains are of; undefined where they are all that there are. */
  years?: ReadonlySet<number> | undefined;
  /** The fingerprint of the key that the auditor was told. */
  key?: Sha256 | undefined;
}

/**
 * Holds what somebody kept against the chains: of every head there must be an event with that hash at that place. Heads
 * of a statement that is not signed, or by another key than was told, are not believed: the statement is the fault.
 */
export function holdAgainst({ witnesses, chains, years, key }: WitnessesToHold): WitnessVerdict {
  const statements = witnesses.filter((each) => each.kind === 'statement');
  const unsigned = witnesses.filter((each) => each.kind === 'unsigned');
  const nameOf = new Map(statements.map(({ name, statement }) => [statement.number, name]));
  const own = statements.map((each) => ({ ...each, faults: statementFaults(each.statement, key) }));
  const believed = own.filter(({ faults }) => faults.length === 0);
  const sequence = sequenceFaults(believed.map(({ statement }) => statement));
  const said = [
    ...believed.flatMap(({ statement }) => statement.heads),
    ...unsigned.flatMap((each) => each.heads),
  ];
  const here = said.filter(({ chain }) => years === undefined || years.has(yearOfChain(chain)));
  const elsewhere = new Set(
    said.map(({ chain }) => yearOfChain(chain)).filter((year) => years?.has(year) === false),
  );
  return {
    faults: [
      ...own.flatMap(({ name, faults }) => faults.map(({ explanation }) => ({ where: name, explanation }))),
      ...sequence.map(({ number, explanation }) => ({ where: nameOf.get(number) ?? '', explanation })),
      ...(said.length > 0 && here.length === 0
        ? [
            {
              where: 'witness',
              explanation: 'tells of none of the years that are here: nothing was held against it',
            },
          ]
        : []),
      ...verifyExpected(chains, here),
    ],
    checked: [...signedInWords(believed), ...unsigned.map(unsignedInWords)],
    notes: [
      ...(believed.length > 0 && key === undefined
        ? [unpinned(believed.map(({ statement }) => statement))]
        : []),
      ...[...elsewhere].map(
        (year) => `heads of ${year} were not held against anything: that year is not here`,
      ),
    ],
  };
}

/** The chains of which witnesses tell. */
export function chainsWitnessed(witnesses: readonly Witness[]): Set<ChainHead['chain']> {
  const said = witnesses.flatMap((each) => (each.kind === 'statement' ? each.statement.heads : each.heads));
  return new Set(said.map(({ chain }) => chain));
}

function yearOfChain(chain: string): number {
  return Number(chain.slice(0, 4));
}

function signedInWords(statements: readonly { statement: WitnessStatement; name: string }[]): string[] {
  const sorted = statements.toSorted((one, other) => one.statement.number - other.statement.number);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { number, at, heads } = last.statement;
  if (first === last) return [`${heads.length} heads of statement ${number}, signed at ${at} (${last.name})`];
  return [
    `${sorted.length} signed statements, ${first.statement.number} of ${first.statement.at} to ${number} of ${at}, the last with ${heads.length} heads`,
  ];
}

function unsignedInWords({ name, heads }: Extract<Witness, { kind: 'unsigned' }>): string {
  return `${heads.length} heads that ${name} tells of, which is not signed: it proves as much as the place where it was kept`;
}

function unpinned(statements: readonly WitnessStatement[]): string {
  const keys = new Set(statements.map(({ publicKey }) => keyFingerprint(publicKey)));
  return `statements are signed by ${[...keys].join(', ')}: compare that with the fingerprint that you were told, or give --witness-public-key`;
}

/** What `verify` has to say where no witness was given. */
export const withoutWitness =
  'no witness was given: a ledger that was shortened or written anew in whole, with all that lies beside it, would not be seen. Give one that was kept elsewhere with --witness';

/**
 * What of the heads that somebody kept is not in the chains any more. Of a chain that was written anew only the first head
 * that differs is named, of one that was shortened the longest that is known.
 */
export function verifyExpected(chains: Chains, expected: readonly ChainHead[]): Fault[] {
  const byChain = Map.groupBy(expected, ({ chain }) => chain);
  return [...byChain].flatMap(([chain, known]) => {
    const events = chains.get(chain) ?? [];
    const telling = [...firstDiffering(events, known), ...longestMissing(events, known)];
    return verifyChains({ chains: new Map([[chain, events]]), knownHeads: telling });
  });
}

function firstDiffering(events: readonly unknown[], known: readonly ChainHead[]): ChainHead[] {
  const differing = known.filter(
    ({ length, hash }) => length <= events.length && hashStated(events[length - 1]) !== hash,
  );
  return differing.toSorted((one, other) => one.length - other.length).slice(0, 1);
}

function longestMissing(events: readonly unknown[], known: readonly ChainHead[]): ChainHead[] {
  const missing = known.filter(({ length }) => length > events.length);
  return missing.toSorted((one, other) => other.length - one.length).slice(0, 1);
}

function hashStated(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'hash' in event ? event.hash : undefined;
}

/** A ledger without a single event proves nothing, and is none to be called sound. */
export function verifyPresence(chains: Chains, where: string): Fault[] {
  const isEmpty = [...chains.values()].every(({ length }) => length === 0);
  return isEmpty ? [{ where, explanation: 'has no event: there is nothing that could be verified' }] : [];
}
