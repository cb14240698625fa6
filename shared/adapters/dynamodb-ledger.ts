import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type Chain, type LedgerEvent, ledgerEventSchema } from '../core/ledger/event.ts';
import type { Ledger } from '../core/ledger/ports.ts';
import { canonicalJson } from '../core/values/digest.ts';
import { parseJson } from '../core/values/json.ts';

/** Where the events are kept: a table whose partition key is `chain` (S) and whose sort key is `sequence` (N). */
export interface DynamodbLedgerOptions {
  client: DynamoDBClient;
  table: string;
}

/** A ledger that also tells what stands in the table, for verification. */
export interface DynamodbLedger extends Ledger {
  /** The events of a chain, unchecked; undefined where one is not even JSON. */
  readRaw(chain: Chain): Promise<unknown[]>;
}

/**
 * A ledger in a DynamoDB table, one item an event: `chain`, `sequence`, `event` (its canonical JSON) and `hash`.
 * Reads are consistent and go through every page; an event is written by one conditional put.
 */
export function dynamodbLedger({ client, table }: DynamodbLedgerOptions): DynamodbLedger {
  return {
    async read(chain: Chain, after = 0) {
      const texts = await textsOf({ client, table }, { chain, after });
      return texts.map((text) => ledgerEventSchema.parse(JSON.parse(text)));
    },
    async readRaw(chain: Chain) {
      return (await textsOf({ client, table }, { chain, after: 0 })).map(parseJson);
    },
    async append(event: LedgerEvent) {
      const { chain, sequence, hash } = ledgerEventSchema.parse(event);
      const Item = {
        chain: { S: chain },
        sequence: { N: String(sequence) },
        event: { S: canonicalJson(event) },
        hash: { S: hash },
      };
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item,
            ConditionExpression: 'attribute_not_exists(chain)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return 'appended';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const there = error.Item?.hash?.S ?? (await hashAt({ client, table }, event));
        return there === hash ? 'appended' : 'conflict';
      }
    },
  };
}

/** The events of a chain as they are written in the table, from every page. */
async function textsOf(
  { client, table }: DynamodbLedgerOptions,
  { chain, after }: { chain: Chain; after: number },
): Promise<string[]> {
  const texts: string[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, queryAfter(table, chain, after))) {
    texts.push(...Items.map(({ event }) => event?.S ?? 'null'));
  }
  return texts;
}

/** DynamoDB sends the old item along with the failure; some stand-ins for it do not, and are asked. */
async function hashAt(
  { client, table }: DynamodbLedgerOptions,
  { chain, sequence }: LedgerEvent,
): Promise<string | undefined> {
  const { Items } = await client.send(
    new QueryCommand({ ...queryAfter(table, chain, sequence - 1), Limit: 1 }),
  );
  return Items?.[0]?.hash?.S;
}

/** Asks for the items of a chain whose sequence number is above the given one, in order. */
function queryAfter(table: string, chain: Chain, after: number): QueryCommandInput {
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#chain = :chain AND #sequence > :after',
    ExpressionAttributeNames: { '#chain': 'chain', '#sequence': 'sequence' },
    ExpressionAttributeValues: { ':chain': { S: chain }, ':after': { N: String(after) } },
  };
}
