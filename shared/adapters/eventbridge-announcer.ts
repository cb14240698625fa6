import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/** Something that happened, for whoever wires mail or a chat robot to it. Told at least once. */
export interface Announcement {
  type: 'return accepted' | 'return refused' | 'return overdue' | 'published';
  detail: Record<string, string | number | boolean | null>;
}

export type Announce = (announcements: readonly Announcement[]) => Promise<void>;

/** The source that rules on the bus match. */
export const announcementSource = 'indicators';

/** As many as EventBridge takes in one request. */
const maxEntries = 10;

/** Announces on an EventBridge bus. Throws unless every announcement was taken. */
export function eventBridgeAnnouncer({ client, bus }: { client: EventBridgeClient; bus: string }): Announce {
  return async (announcements) => {
    for (let start = 0; start < announcements.length; start += maxEntries) {
      const Entries = announcements.slice(start, start + maxEntries).map(({ type, detail }) => ({
        EventBusName: bus,
        Source: announcementSource,
        DetailType: type,
        Detail: JSON.stringify(detail),
      }));
      const { FailedEntryCount = 0, Entries: outcomes = [] } = await client.send(
        new PutEventsCommand({ Entries }),
      );
      if (FailedEntryCount > 0) {
        const codes = outcomes.flatMap(({ ErrorCode }) => ErrorCode ?? []);
        throw new Error(
          `${FailedEntryCount} announcements were not taken: ${[...new Set(codes)].join(', ')}`,
        );
      }
    }
  };
}
