import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { patience } from './aws-patience.ts';

export function dynamodbClient(): DynamoDBClient {
  return new DynamoDBClient(patience);
}

export function eventBridgeClient(): EventBridgeClient {
  return new EventBridgeClient(patience);
}
