import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientConfig } from './client-config.ts';
import { keepingDeadlines } from './deadline.ts';

export function dynamodbClient(): DynamoDBClient {
  return keepingDeadlines(new DynamoDBClient(clientConfig));
}

export function eventBridgeClient(): EventBridgeClient {
  return keepingDeadlines(new EventBridgeClient(clientConfig));
}
