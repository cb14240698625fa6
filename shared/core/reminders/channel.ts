import type { Contact } from './contacts.ts';
import type { ChannelName } from './record.ts';
import type { ReminderText } from './text.ts';

/** A reminder on its way out; a group has no addresses. */
export interface OutgoingReminder extends ReminderText {
  to: readonly Contact[];
}

/** How many addresses took a reminder, and how many were refused by the server; of a group 1 and 0. */
export interface Delivery {
  recipients: number;
  refused: number;
}

/**
 * A way by which reminders go out (the port of this folder). `send` throws a `DeliveryError` if it reached nobody; sent
 * again, a reminder arrives again.
 */
export interface ReminderChannel {
  name: ChannelName;
  /** How much a message to a group may hold (bytes of UTF-8); undefined where departments' own contacts are written to. */
  groupLimit: number | undefined;
  send(reminder: OutgoingReminder): Promise<Delivery>;
}

/** Nobody was reached. The message is recorded and shown: there is no address, password or token in it, and no cause behind it. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
}
