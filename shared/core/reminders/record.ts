import { z } from 'zod';
import { departmentIdSchema } from '../catalogue/indicator.ts';
import { daySchema, instantSchema, periodSchema, yearSchema } from '../catalogue/period.ts';
import { occasionSchema } from './lacking.ts';

/** By what reminders go out: mail, or the robot of a group. */
export const channelSchema = z.enum(['mail', 'wecom', 'dingtalk', 'feishu']);
export type ChannelName = z.infer<typeof channelSchema>;

export const channelWords: Record<ChannelName, string> = {
  mail: '邮件',
  wecom: '企业微信群',
  dingtalk: '钉钉群',
  feishu: '飞书群',
};

const about = {
  format: z.literal('indicators-reminder/1'),
  year: yearSchema,
  department: departmentIdSchema,
  channel: channelSchema,
  /** The day that the reminder is for; it may have gone out later. */
  day: daySchema,
  occasion: occasionSchema,
  periods: z.array(periodSchema).min(1),
  /** When it went out, or was tried last. */
  at: instantSchema,
};

/** What went out to a department by a channel, word for word, or did not. Nothing in it says at which addresses. */
export const reminderRecordSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    ...about,
    outcome: z.literal('sent'),
    subject: z.string(),
    text: z.string(),
    /** By how many addresses it was taken, and by how many not; 1 and 0 of a group. */
    recipients: z.int().min(1),
    refused: z.int().min(0),
  }),
  z.strictObject({
    ...about,
    outcome: z.literal('failed'),
    tries: z.int().min(1),
    /** What went wrong, as far as it says nothing secret. */
    because: z.string().max(300),
  }),
]);
export type ReminderRecord = z.infer<typeof reminderRecordSchema>;
export type SentReminder = Extract<ReminderRecord, { outcome: 'sent' }>;
export type FailedReminder = Extract<ReminderRecord, { outcome: 'failed' }>;
