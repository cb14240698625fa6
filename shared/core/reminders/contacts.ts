import { z } from 'zod';
import { departmentIdSchema } from '../catalogue/indicator.ts';
import { personSchema } from '../ledger/people.ts';

/** Somebody of a department to whom reminders are sent. A department may have several; one address is in its list once. */
export const contactSchema = z.strictObject({
  department: departmentIdSchema,
  name: personSchema,
  /** No quoted parts, blanks or line ends: nothing in it that a header of a mail takes for something else. */
  mail: z.string().trim().max(254).pipe(z.email()),
});
export type Contact = z.infer<typeof contactSchema>;

/** How many contacts are kept. */
export const mostContacts = 2_000;
/** How many reminders there may be before a return is due. */
const mostDaysBefore = 5;

/** When reminders are sent. */
export const scheduleSchema = z.strictObject({
  /** So many days before the last day, each; none is sent before it if there are none. */
  daysBefore: z
    .array(z.int().min(1).max(60))
    .max(mostDaysBefore)
    .overwrite((days) => [...new Set(days)].sort((a, b) => b - a)),
  /** While a return is overdue, on the first day and again every so many days. */
  overdueEvery: z.int().min(1).max(90),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/**
 * What the office keeps for reminders (催报), outside the ledger: it is edited and deleted, and nothing of it says what
 * was reported.
 */
export const reminderListSchema = z.strictObject({
  format: z.literal('indicators-reminders/1'),
  ...scheduleSchema.shape,
  /** Whom to ask, as a line of every reminder; empty names the catalogue's authority. */
  askWhom: z
    .string()
    .trim()
    .max(100)
    .overwrite((text) => text.toWellFormed()),
  contacts: z.array(contactSchema).max(mostContacts),
});
export type ReminderList = z.infer<typeof reminderListSchema>;

/** What goes before the office has said anything. */
export const usualList: ReminderList = {
  format: 'indicators-reminders/1',
  daysBefore: [3],
  overdueEvery: 7,
  askWhom: '',
  contacts: [],
};

/** Which contact is meant: a department's, by the address. */
export type ContactKey = Pick<Contact, 'department' | 'mail'>;

function isSame(one: ContactKey, other: ContactKey): boolean {
  return one.department === other.department && one.mail.toLowerCase() === other.mail.toLowerCase();
}

/** The list without a contact. */
export function withoutContact(list: ReminderList, gone: ContactKey): ReminderList {
  return { ...list, contacts: list.contacts.filter((each) => !isSame(each, gone)) };
}

/** The list with a contact, in place of the one that it changes, or of one with the same address. */
export function withContact(list: ReminderList, contact: Contact, instead?: ContactKey): ReminderList {
  const others = withoutContact(instead === undefined ? list : withoutContact(list, instead), contact);
  const order = (a: Contact, b: Contact) =>
    `${a.department} ${a.mail}` < `${b.department} ${b.mail}` ? -1 : 1;
  return { ...others, contacts: [...others.contacts, contact].sort(order) };
}

export function contactsOf({ contacts }: ReminderList, department: string): Contact[] {
  return contacts.filter((each) => each.department === department);
}
