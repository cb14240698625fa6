import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { toldOf } from './aws-calls.ts';
import { clientConfig } from './client-config.ts';
import { keepingDeadlines } from './deadline.ts';

export function dynamodbClient(): DynamoDBClient {
  return toldOf(keepingDeadlines(new DynamoDBClient(clientConfig)));
}

export function eventBridgeClient(): EventBridgeClient {
  return toldOf(keepingDeadlines(new EventBridgeClient(clientConfig)));
}
