import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbLedger } from '../../../shared/adapters/dynamodb-ledger.ts';
import { type LedgerEvent, nextEvent } from '../../../shared/core/ledger/event.ts';
import type { Observation } from '../../../shared/core/returns/observation.ts';
import { canonicalJson } from '../../../shared/core/values/digest.ts';
import { createLedgerTable, dynamodbAt, startDynalite } from '../../fixtures/aws.ts';
import { acceptedEvent } from '../../fixtures/events.ts';
import { motoIsHere, startMoto } from '../../fixtures/moto.ts';
import { ledgerContract } from './ledger-contract.ts';

const table = 'ledger';
const chain = '2023/sfj';

interface Endpoint {
  endpoint: string;
  stop(): Promise<void>;
}

async function ledgersAt(start: () => Promise<Endpoint>) {
  const { endpoint, stop } = await start();
  const clients = [dynamodbAt(endpoint), dynamodbAt(endpoint)] as const;
  await createLedgerTable(clients[0], table);
  const [ledger, another] = clients.map((client) => dynamodbLedger({ client, table }));
  const close = async () => {
    for (const client of clients) client.destroy();
    await stop();
  };
  return { ledger: ledger!, another: another!, client: clients[0], close };
}

ledgerContract('DynamoDB as dynalite', () => ledgersAt(startDynalite));
describe.skipIf(!motoIsHere)('where moto_server is installed', () => {
  ledgerContract('DynamoDB as moto', () => ledgersAt(startMoto));
});

/** An event whose item has exactly this many bytes, almost all of them in the texts of lists. */
function eventOfSize(events: readonly LedgerEvent[], bytes: number, character: '报' | 'x'): LedgerEvent {
  const filled = (characters: number, padding: string): LedgerEvent => {
    const { at, by, catalogue, happening } = acceptedEvent(events, '1');
    if (happening.kind !== 'return-accepted') throw new Error('not accepted');
    const upload = { ...happening.upload, uploader: 'clerk' };
    const items = character.repeat(characters).match(/.{1,200}/gu) ?? [];
    const observations = Array.from({ length: Math.ceil(items.length / 500) }, (_, index): Observation => {
      const some = items.slice(index * 500, (index + 1) * 500);
      return { indicator: `works-${index}`, status: 'reported', value: '1', items: some };
    });
    const signature = { ...happening.signature, correctionNote: padding };
    return nextEvent(chain, events, {
      at,
      by,
      catalogue,
      happening: { ...happening, upload, observations, measures: [], signature },
    });
  };
  const width = Buffer.byteLength(character);
  const estimate = Math.floor((bytes - 4000) / (width * 1.03));
  let characters = estimate;
  while (bytes - itemSize(filled(characters, '')) > 400) characters += 100;
  const event = filled(characters, 'x'.repeat(bytes - itemSize(filled(characters, ''))));
  if (itemSize(event) !== bytes) throw new Error(`made ${itemSize(event)} bytes, not ${bytes}`);
  return event;
}

/** As DynamoDB counts: names and texts in UTF-8, a number by its digits. */
function itemSize(event: LedgerEvent): number {
  const texts = ['chain', 'sequence', 'event', 'hash', event.chain, canonicalJson(event), event.hash];
  return texts.reduce((total, text) => total + Buffer.byteLength(text), 0) + numberSize(event.sequence);
}

function numberSize(sequence: number): number {
  return 1 + Math.ceil(String(sequence).length / 2);
}

/** Loses the answer of the next request for which `when` holds: it is carried out, and nobody is told. */
function loseAnswer(client: DynamoDBClient, when: (name: string) => boolean): { lost: number } {
  const state = { lost: 0 };
  client.middlewareStack.add(
    (next, context) => async (given) => {
      const answer = await next(given);
      if (state.lost === 0 && when(context.commandName ?? '')) {
        state.lost += 1;
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', $retryable: {} });
      }
      return answer;
    },
    { step: 'deserialize', priority: 'high', name: 'loseAnswer' },
  );
  return state;
}

describe('the DynamoDB ledger', () => {
  let under: Awaited<ReturnType<typeof ledgersAt>>;

  beforeAll(async () => {
    under = await ledgersAt(startDynalite);
  });
  afterAll(() => under.close());

  const limit = 400 * 1024;
  // dynalite counts a Chinese character as one byte: with those, only what is kept can be tested, not the limit.
  it.each([
    ['x', limit - 1],
    ['x', limit],
    ['报', limit - 1],
    ['报', limit],
  ] as const)('keeps an item full of "%s", of %d bytes', async (character, bytes) => {
    const { ledger, close } = await ledgersAt(startDynalite);
    const event = eventOfSize([], bytes, character);
    expect(await ledger.append(event)).toBe('appended');
    expect(await ledger.read(chain)).toEqual([event]);
    await close();
  });

  it('refuses one of a byte more than DynamoDB takes, as a fault', async () => {
    await expect(under.ledger.append(eventOfSize([], limit + 1, 'x'))).rejects.toThrow('exceeded');
    expect(await under.ledger.read(chain)).toEqual([]);
  });

  it('reads a chain of more than a megabyte, over several pages', async () => {
    const pages = { read: 0 };
    under.client.middlewareStack.add(
      (next, context) => async (given) => {
        if (context.commandName === 'QueryCommand') pages.read += 1;
        return next(given);
      },
      { step: 'deserialize', name: 'countPages' },
    );
    const events: LedgerEvent[] = [];
    while (events.length < 4) {
      const event = eventOfSize(events, 380_000, 'x');
      expect(await under.ledger.append(event)).toBe('appended');
      events.push(event);
    }
    expect(await under.ledger.read(chain)).toEqual(events);
    expect(pages.read).toBeGreaterThan(1);
  });

  it('recognises its own write when the answer to it was lost', async () => {
    const { ledger, client, close } = await ledgersAt(startDynalite);
    const state = loseAnswer(client, (name) => name === 'PutItemCommand');
    const event = acceptedEvent([], '1');
    expect(await ledger.append(event)).toBe('appended');
    expect(state.lost).toBe(1);
    expect(await ledger.read(chain)).toEqual([event]);
    expect(await ledger.append(acceptedEvent([], '2'))).toBe('conflict');
    await close();
  });

  it('refuses to read an item that is no event', async () => {
    const { ledger, client, close } = await ledgersAt(startDynalite);
    const { PutItemCommand } = await import('@aws-sdk/client-dynamodb');
    const Item = { chain: { S: chain }, sequence: { N: '1' }, event: { S: '{}' } };
    await client.send(new PutItemCommand({ TableName: table, Item }));
    await expect(ledger.read(chain)).rejects.toThrow();
    await close();
  });

  it('tells verification what stands there, whatever it is', async () => {
    const { ledger, client, close } = await ledgersAt(startDynalite);
    const { PutItemCommand } = await import('@aws-sdk/client-dynamodb');
    const event = acceptedEvent([], '1');
    await ledger.append(event);
    for (const [sequence, text] of Object.entries({ 2: '{"by":"nobody"}', 3: 'no JSON' })) {
      const Item = { chain: { S: chain }, sequence: { N: sequence }, event: { S: text } };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    }
    expect(await ledger.readRaw(chain)).toEqual([event, { by: 'nobody' }, undefined]);
    await close();
  });
});
