import pMap from 'p-map';
import type { Day } from '../../../shared/core/catalogue/period.ts';
import type { Documents, DocumentsReader } from '../../../shared/core/ledger/ports.ts';
import { type ReminderList, reminderListSchema, usualList } from '../../../shared/core/reminders/contacts.ts';
import {
  type ChannelName,
  type FailedReminder,
  type ReminderRecord,
  reminderRecordSchema,
  type SentReminder,
} from '../../../shared/core/reminders/record.ts';
import { parseJson } from '../../../shared/core/values/json.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { putOnce } from './put-once.ts';

/** Where the office's list is kept: contacts, when reminders are sent, whom to ask. */
export const reminderListKey = 'reminders/list.json';

/** The office's list, or what goes before there is one. Throws where what lies there is none: nobody is to be written to by it. */
export async function readReminderList(documents: Pick<DocumentsReader, 'get'>): Promise<ReminderList> {
  const bytes = await documents.get(reminderListKey);
  return bytes === undefined ? usualList : reminderListSchema.parse(parseJson(bytes));
}

/** Replaces the office's list: what is deleted from it is gone. */
export async function keepReminderList(list: ReminderList, documents: Pick<Documents, 'put'>): Promise<void> {
  await documents.put(reminderListKey, jsonFile(reminderListSchema.parse(list)));
}

/** Which reminder is meant. */
export interface ReminderKey {
  year: number;
  day: Day;
  department: string;
  channel: ChannelName;
}

/** Where the records of a year's reminders lie, by day. */
const folder = (year: number) => `reminders/records/${year}/`;

function keyOf({ year, day, department, channel }: ReminderKey): string {
  return `${folder(year)}${day}/${department}-${channel}`;
}

const sentKey = (key: ReminderKey) => `${keyOf(key)}.json`;
const failedKey = (key: ReminderKey) => `${keyOf(key)}.failed.json`;

/** Whether the reminder went out. */
export async function wasSent(key: ReminderKey, documents: Pick<DocumentsReader, 'get'>): Promise<boolean> {
  return (await documents.get(sentKey(key))) !== undefined;
}

/** Records what went out, once. */
export async function keepSent(record: SentReminder, documents: Documents): Promise<void> {
  await putOnce(sentKey(record), jsonFile(reminderRecordSchema.parse(record)), documents);
}

/** Records that a reminder did not go out, in place of what was recorded of its earlier tries. */
export async function keepFailed(record: Omit<FailedReminder, 'tries'>, documents: Documents): Promise<void> {
  const before = await readRecord(failedKey(record), documents);
  const tries = before?.outcome === 'failed' ? before.tries + 1 : 1;
  await documents.put(failedKey(record), jsonFile(reminderRecordSchema.parse({ ...record, tries })));
}

/** The records of a year, the newest days first; one that failed and went out later is told as sent. */
export async function newestReminders(
  year: number,
  most: number,
  documents: DocumentsReader,
): Promise<ReminderRecord[]> {
  const keys = new Set((await documents.list(folder(year))).map(({ key }) => key));
  const telling = [...keys].filter(
    (key) => !keys.has(key.replace(/\.failed\.json$/, '.json')) || !key.endsWith('.failed.json'),
  );
  const newest = telling.sort().slice(-most).reverse();
  const records = await pMap(newest, (key) => readRecord(key, documents), { concurrency: 16 });
  return records.filter((record) => record !== undefined);
}

async function readRecord(
  key: string,
  documents: Pick<DocumentsReader, 'get'>,
): Promise<ReminderRecord | undefined> {
  const bytes = await documents.get(key);
  return bytes && reminderRecordSchema.safeParse(parseJson(bytes)).data;
}
