import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import type { Day, Instant } from '../../shared/core/catalogue/period.ts';
import type { Documents, DocumentsReader, LedgerReader } from '../../shared/core/ledger/ports.ts';
import { DeliveryError, type ReminderChannel } from '../../shared/core/reminders/channel.ts';
import { type Contact, contactsOf } from '../../shared/core/reminders/contacts.ts';
import { type LackingDepartment, remindersDue } from '../../shared/core/reminders/lacking.ts';
import type { ChannelName } from '../../shared/core/reminders/record.ts';
import { fittingMessages, type ReminderText, reminderText } from '../../shared/core/reminders/text.ts';
import { dueYears } from './publish/due-years.ts';
import { readYear } from './read-year.ts';
import {
  keepFailed,
  keepSent,
  type ReminderKey,
  readReminderList,
  wasSent,
} from './stores/reminder-store.ts';

/** What reminders are made of. */
export interface ReminderStore {
  ledger: LedgerReader;
  documents: Documents;
}

/** Of which year, and at which moment, reminders are due. */
export interface ReminderRequest {
  year: number;
  /** The moment by which is told what is lacking: now, or another that somebody asks for. */
  asOf: Instant;
  /** The address of a department's page; undefined where nobody knows it. */
  link?: ((department: string, year: number) => string) | undefined;
}

/** A reminder that is due, as it would go out. */
export interface PlannedReminder extends ReminderText {
  reminder: LackingDepartment & { remindOn: Day };
  contacts: Contact[];
}

/** What is due, in words; nothing goes out. */
export async function planReminders(
  { year, asOf: now, link }: ReminderRequest,
  { ledger, documents }: { ledger: LedgerReader; documents: Pick<DocumentsReader, 'get'> },
): Promise<PlannedReminder[]> {
  const { state } = await readYear({ ledger, documents }, year);
  const list = await readReminderList(documents);
  const linkInYear = link && ((department: string) => link(department, year));
  return remindersDue(state, now, list).map((reminder) => ({
    reminder,
    contacts: contactsOf(list, reminder.department.id),
    ...reminderText(reminder, { state, now, list, link: linkInYear }),
  }));
}

/** What became of a reminder. */
export interface ReminderOutcome {
  department: string;
  channel: ChannelName;
  outcome: 'sent' | 'failed' | 'had-been-sent' | 'no-contact' | 'not-tried';
  /** Why it failed. */
  because?: string;
}

export interface SendingServices extends ReminderStore {
  channels: readonly ReminderChannel[];
  now: () => Instant;
  /** Whether the rest should be left to the next run. */
  isStopped?: () => boolean;
}

/**
 * Sends what is due and was not sent, by every channel at once, and records it. What cannot be sent is recorded as tried,
 * and is due again at the next run: nothing else waits for it or fails by it.
 */
export async function remind(
  request: ReminderRequest,
  services: SendingServices,
): Promise<ReminderOutcome[]> {
  const planned = await planReminders(request, services);
  const sendings = services.channels.map((channel) => new Sending(request, channel, services).all(planned));
  return (await Promise.all(sendings)).flat();
}

/** What a run came to: every reminder, and the years of which none could be made. */
export interface RemindedYears {
  outcomes: (ReminderOutcome & { year: number })[];
  faults: { year: number; error: unknown }[];
}

/** The years of which returns may be lacking, of those that have a catalogue: last year and the present one. */
export function yearsToRemind(catalogues: ReadonlyMap<number, Catalogue>, asOf: Instant): number[] {
  return dueYears(catalogues, asOf).map(({ year }) => year);
}

/** Reminds in each of the years; one that fails holds up no other. */
export async function remindEach(
  { years, asOf }: { years: readonly number[]; asOf: Instant },
  services: SendingServices & Pick<ReminderRequest, 'link'>,
): Promise<RemindedYears> {
  const run: RemindedYears = { outcomes: [], faults: [] };
  for (const year of years) {
    try {
      const outcomes = await remind({ year, asOf, link: services.link }, services);
      run.outcomes.push(...outcomes.map((each) => ({ year, ...each })));
    } catch (error) {
      run.faults.push({ year, error });
    }
  }
  return run;
}

/** After so many failures one after the other a channel is left alone until the next run. */
const mostFailures = 3;

/** What goes out in one message: one department's reminder, or several in a group. */
interface Message extends ReminderText {
  parts: PlannedReminder[];
  to: Contact[];
}

/** The sending of reminders by one channel. */
class Sending {
  private readonly request: ReminderRequest;
  private readonly channel: ReminderChannel;
  private readonly services: SendingServices;
  private failures = 0;

  constructor(request: ReminderRequest, channel: ReminderChannel, services: SendingServices) {
    this.request = request;
    this.channel = channel;
    this.services = services;
  }

  async all(planned: readonly PlannedReminder[]): Promise<ReminderOutcome[]> {
    const outcomes: ReminderOutcome[] = [];
    const due: PlannedReminder[] = [];
    for (const one of planned) {
      if (await wasSent(this.keyOf(one), this.services.documents))
        outcomes.push(this.outcomeOf(one, 'had-been-sent'));
      else if (this.channel.groupLimit === undefined && one.contacts.length === 0)
        outcomes.push(this.outcomeOf(one, 'no-contact'));
      else due.push(one);
    }
    for (const message of this.messagesOf(due)) outcomes.push(...(await this.send(message)));
    return outcomes;
  }

  private messagesOf(due: readonly PlannedReminder[]): Message[] {
    const { groupLimit } = this.channel;
    if (groupLimit === undefined)
      return due.map((one) => ({ subject: one.subject, text: one.text, parts: [one], to: one.contacts }));
    return fittingMessages(due, groupLimit).map(({ text, parts }) => ({ subject: '', text, parts, to: [] }));
  }

  private async send({ parts, ...message }: Message): Promise<ReminderOutcome[]> {
    const { isStopped } = this.services;
    if (this.failures >= mostFailures || isStopped?.() === true)
      return parts.map((one) => this.outcomeOf(one, 'not-tried'));
    try {
      const delivery = await this.channel.send(message);
      this.failures = 0;
      // In a group what was cut to fit is recorded as it went out, and each department's own part of what was not.
      const [alone] = parts.length === 1 ? [message.text] : [];
      for (const one of parts) await this.record({ ...one, text: alone ?? one.text }, delivery);
      return parts.map((one) => this.outcomeOf(one, 'sent'));
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      this.failures += 1;
      const because = error.message;
      for (const one of parts)
        await keepFailed({ ...this.about(one), outcome: 'failed', because }, this.services.documents);
      return parts.map((one) => ({ ...this.outcomeOf(one, 'failed'), because }));
    }
  }

  private record(one: PlannedReminder, delivery: { recipients: number; refused: number }): Promise<void> {
    const { subject, text } = one;
    return keepSent(
      { ...this.about(one), outcome: 'sent', subject, text, ...delivery },
      this.services.documents,
    );
  }

  private about(one: PlannedReminder) {
    const { occasion, lacking } = one.reminder;
    const periods = lacking.map(({ one: { period } }) => period);
    const at = this.services.now();
    return { format: 'indicators-reminder/1' as const, ...this.keyOf(one), occasion, periods, at };
  }

  private keyOf({ reminder: { department, remindOn } }: PlannedReminder): ReminderKey {
    return { year: this.request.year, day: remindOn, department: department.id, channel: this.channel.name };
  }

  private outcomeOf({ reminder }: PlannedReminder, outcome: ReminderOutcome['outcome']): ReminderOutcome {
    return { department: reminder.department.id, channel: this.channel.name, outcome };
  }
}
