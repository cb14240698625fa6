import { z } from 'zod';
import { type ChainHead, chainHeadSchema, headOf } from '../../../shared/core/ledger/event.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { type Fault, legibleEvents, verifyChains } from './verify.ts';

type Chains = ReadonlyMap<string, readonly unknown[]>;

/** The heads of a ledger that was found sound, as a file to be kept where nobody who writes the ledger reaches it. */
export function writeHeadsFile(chains: Chains): Uint8Array {
  const heads = [...chains].map(([chain, events]) =>
    headOf(chain, legibleEvents(new Map([[chain, events]]))),
  );
  return jsonFile({ format: 'indicators-heads/1', chains: heads.filter(({ length }) => length > 0) });
}

const heads = z.array(z.object(chainHeadSchema.shape));
const headsSchema = z.union([
  z.object({ chains: heads }).transform((file) => file.chains),
  z.object({ heads }).transform((exported) => exported.heads),
  z.object({ items: heads }).transform((answer) => answer.items),
]);

/**
 * The heads that a file tells of: one that was written for that, the manifest of a publication, an exported ledger,
 * or what the API answers of the chains. Undefined if it tells of none, since nothing could be held against them.
 */
export function readHeadsFile(text: string): ChainHead[] | undefined {
  const [firstLine = ''] = text.split('\n', 1);
  const said = headsSchema.safeParse(parseJson(text) ?? parseJson(firstLine)).data;
  const known = said?.filter(({ length }) => length > 0) ?? [];
  return known.length === 0 ? undefined : known;
}

/** What of the heads that somebody kept is not in the chains any more. */
export function verifyExpected(chains: Chains, expected: readonly ChainHead[]): Fault[] {
  const named = new Set<string>(expected.map(({ chain }) => chain));
  const own = new Map([...chains].filter(([chain]) => named.has(chain)));
  return verifyChains({ chains: own, knownHeads: expected });
}

/** A ledger without a single event proves nothing, and is none to be called sound. */
export function verifyPresence(chains: Chains, where: string): Fault[] {
  const isEmpty = [...chains.values()].every(({ length }) => length === 0);
  return isEmpty ? [{ where, explanation: 'has no event: there is nothing that could be verified' }] : [];
}
