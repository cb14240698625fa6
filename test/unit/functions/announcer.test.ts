import { EventBridgeClient, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { eventBridgeAnnouncer } from '../../../shared/adapters/eventbridge-announcer.ts';
import { standInAccount } from '../../fixtures/moto.ts';

/** A client whose requests are kept and answered here. */
function clientThatAnswers(answer: object) {
  const requests: PutEventsRequestEntry[][] = [];
  const client = new EventBridgeClient(standInAccount);
  client.middlewareStack.add(
    () => async (given) => {
      requests.push((given.input as { Entries: PutEventsRequestEntry[] }).Entries);
      return { output: { $metadata: {}, ...answer }, response: {} };
    },
    { step: 'initialize', name: 'answer' },
  );
  return { client, requests };
}

const published = { type: 'published', detail: { year: 2023, number: 1 } } as const;

describe('announcing on EventBridge', () => {
  it('sends ten at a time, to the bus, as rules expect them', async () => {
    const { client, requests } = clientThatAnswers({ FailedEntryCount: 0 });
    await eventBridgeAnnouncer({ client, bus: 'city' })(Array.from({ length: 23 }, () => published));
    expect(requests.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(requests[0]?.[0]).toEqual({
      EventBusName: 'city',
      Source: 'indicators',
      DetailType: 'published',
      Detail: '{"year":2023,"number":1}',
    });
  });

  it('sends nothing where there is nothing to announce', async () => {
    const { client, requests } = clientThatAnswers({});
    await eventBridgeAnnouncer({ client, bus: 'city' })([]);
    expect(requests).toEqual([]);
  });

  it('fails where one was not taken', async () => {
    const answer = { FailedEntryCount: 1, Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }] };
    const { client } = clientThatAnswers(answer);
    const announce = eventBridgeAnnouncer({ client, bus: 'city' });
    await expect(announce([published, published])).rejects.toThrow(
      '1 announcements were not taken: Throttling',
    );
  });
});
