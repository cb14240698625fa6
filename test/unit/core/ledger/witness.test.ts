import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ChainHead, noHash } from '../../../../shared/core/ledger/event.ts';
import {
  bytesToSign,
  composeStatement,
  isSigned,
  keyFingerprint,
  sequenceFaults,
  statementFaults,
  statementHash,
  type UnsignedStatement,
  type WitnessStatement,
  witnessStatementSchema,
} from '../../../../shared/core/ledger/witness.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { witnessSigner } from '../../../fixtures/witness-signer.ts';

const signer = witnessSigner();
const head = (chain: ChainHead['chain'], length = 1): ChainHead => ({ chain, length, hash: sha256(chain) });

async function signed(statement: UnsignedStatement, by = signer): Promise<WitnessStatement> {
  const signature = Buffer.from(await by.sign(bytesToSign(statement))).toString('base64');
  return witnessStatementSchema.parse({ ...statement, signature });
}

function composed(last?: WitnessStatement, heads = [head('2023/jia')], by = signer): UnsignedStatement {
  return composeStatement({ at: '2024-06-01T00:00:00.000Z', heads, last, publicKey: by.publicKey });
}

/** So many statements, each after the one before. */
async function series(count: number): Promise<WitnessStatement[]> {
  const made: WitnessStatement[] = [];
  while (made.length < count) made.push(await signed(composed(made.at(-1))));
  return made;
}

describe('a statement', () => {
  it('is the first, or counts on from the one before and names its hash', async () => {
    const [first, second] = await series(2);
    expect(first).toMatchObject({ number: 1, previous: noHash });
    expect(second).toMatchObject({ number: 2, previous: statementHash(first!) });
  });

  it('names the chains in order, and none in which nothing happened', () => {
    const chains = ['2023/yi', '2024/jia', '2023/jia'] as const;
    const heads = [...chains.map((chain) => head(chain)), head('2023/bing', 0)];
    expect(composed(undefined, heads).heads.map(({ chain }) => chain)).toEqual([
      '2023/jia',
      '2023/yi',
      '2024/jia',
    ]);
  });

  it('has a hash of all that it says but the signature, which is what is signed', async () => {
    const unsigned = composed();
    const statement = await signed(unsigned);
    expect(statementHash(statement)).toBe(statementHash(unsigned));
    expect(statementHash({ ...unsigned, at: '2024-06-01T00:00:00.001Z' })).not.toBe(statementHash(unsigned));
    expect(new TextDecoder().decode(bytesToSign(unsigned))).toBe(
      `indicators-witness/1 ${statementHash(unsigned)}\n`,
    );
  });
});

describe('the signature of a statement', () => {
  it('is by the key that it names', async () => {
    const statement = await signed(composed());
    expect(isSigned(statement)).toBe(true);
    expect(statementFaults(statement, undefined)).toEqual([]);
    expect(statementFaults(statement, keyFingerprint(signer.publicKey))).toEqual([]);
  });

  it.each<[what: string, change: object]>([
    ['what it says was edited', { heads: [head('2023/jia', 2)] }],
    ['the signature was', { signature: Buffer.alloc(64).toString('base64') }],
    ['it names another key', { publicKey: witnessSigner().publicKey }],
    ['it names none', { publicKey: 'bm9uZQ==' }],
  ])('is none where %s', async (_, change) => {
    const statement = { ...(await signed(composed())), ...change };
    expect(isSigned(statement)).toBe(false);
    expect(statementFaults(statement, undefined)).toEqual([
      { number: 1, explanation: 'has a signature that is not by its key: it was edited or made up' },
    ]);
  });

  it('is none by a key of another kind', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed448');
    const other = {
      publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      sign: async (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey)),
    };
    expect(isSigned(await signed(composed(undefined, undefined, other), other))).toBe(false);
  });

  it('by another key than was told is a fault, which names the key', async () => {
    const other = witnessSigner();
    const statement = await signed(composed(undefined, undefined, other), other);
    expect(statementFaults(statement, keyFingerprint(signer.publicKey))).toEqual([
      {
        number: 1,
        explanation: `is signed by another key than was told: ${keyFingerprint(other.publicKey)}`,
      },
    ]);
  });
});

describe('statements beside each other', () => {
  const explained = (statements: readonly WitnessStatement[]) =>
    sequenceFaults(statements).map(({ number, explanation }) => `${number} ${explanation}`);

  it('follow each other, in whichever order they are given, and each may be there twice', async () => {
    const all = await series(3);
    expect(explained([...all.toReversed(), all[1]!])).toEqual([]);
    expect(explained([])).toEqual([]);
  });

  it('are not judged where the one before is not here', async () => {
    const [first, , third] = await series(3);
    expect(explained([first!, third!])).toEqual([]);
  });

  it('that differ and have one number are a fault', async () => {
    const [first, second] = await series(2);
    const other = await signed(composed(first, [head('2023/yi')]));
    expect(explained([first!, second!, second!, other])).toEqual([
      '2 is there twice, and differs: one of them was made up',
    ]);
  });

  it('of which one does not follow the one before it are a fault', async () => {
    const [first, second, third] = await series(3);
    const other = await signed(composed(undefined, [head('2023/yi')]));
    expect(explained([other, second!, third!])).toEqual(['2 does not follow the statement before it']);
    const begun = { ...first!, previous: sha256('something') };
    expect(explained([begun])).toEqual(['1 does not follow the statement before it']);
  });
});
