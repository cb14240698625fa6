import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { canonicalJson } from '../core/digest.ts';
import { type Chain, type LedgerEvent, ledgerEventSchema } from '../core/event.ts';
import type { Ledger } from '../core/ports.ts';

/** Where the events are kept: a table whose partition key is `chain` (S) and whose sort key is `sequence` (N). */
export interface DynamodbLedgerOptions {
  client: DynamoDBClient;
  table: string;
}

/**
 * A ledger in a DynamoDB table, one item an event: `chain`, `sequence`, `event` (its canonical JSON) and `hash`.
 * Reads are consistent and go through every page; an event is written by one conditional put.
 */
export function dynamodbLedger({ client, table }: DynamodbLedgerOptions): Ledger {
  return {
    async read(chain: Chain) {
      const events: LedgerEvent[] = [];
      const pages = paginateQuery({ client }, consistentQuery(table, chain));
      for await (const { Items = [] } of pages) {
        for (const { event } of Items) events.push(ledgerEventSchema.parse(JSON.parse(event?.S ?? 'null')));
      }
      return events;
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

/** DynamoDB sends the old item along with the failure; some stand-ins for it do not, and are asked. */
async function hashAt(
  { client, table }: DynamodbLedgerOptions,
  { chain, sequence }: LedgerEvent,
): Promise<string | undefined> {
  const query = consistentQuery(table, chain);
  const { Items } = await client.send(
    new QueryCommand({
      ...query,
      KeyConditionExpression: `${query.KeyConditionExpression} AND #sequence = :sequence`,
      ExpressionAttributeNames: { ...query.ExpressionAttributeNames, '#sequence': 'sequence' },
      ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':sequence': { N: String(sequence) } },
    }),
  );
  return Items?.[0]?.hash?.S;
}

function consistentQuery(table: string, chain: Chain): QueryCommandInput {
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#chain = :chain',
    ExpressionAttributeNames: { '#chain': 'chain' },
    ExpressionAttributeValues: { ':chain': { S: chain } },
  };
}
