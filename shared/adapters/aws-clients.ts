import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientConfig } from './client-config.ts';

export function dynamodbClient(): DynamoDBClient {
  return new DynamoDBClient(clientConfig);
}

export function eventBridgeClient(): EventBridgeClient {
  return new EventBridgeClient(clientConfig);
}
