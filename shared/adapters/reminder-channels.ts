import { z } from 'zod';
import type { Instant } from '../core/catalogue/period.ts';
import type { ReminderChannel } from '../core/reminders/channel.ts';
import { groupRobot, robotSchema } from './group-robot.ts';
import { smtpMail, smtpSchema } from './smtp-mail.ts';

/** By what reminders go out, with the passwords and tokens for it: from the environment of one machine, or a secret on AWS. */
export const channelSettingsSchema = z.strictObject({
  smtp: smtpSchema.optional(),
  robots: z
    .array(robotSchema)
    .default([])
    .refine((robots) => new Set(robots.map(({ kind }) => kind)).size === robots.length, {
      message: 'one robot of each kind',
    }),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

/** The channels that are set; `now` is the clock. */
export function reminderChannels({ smtp, robots }: ChannelSettings, now: () => Instant): ReminderChannel[] {
  const mail = smtp === undefined ? [] : [smtpMail(smtp)];
  return [...mail, ...robots.map((robot) => groupRobot(robot, now))];
}
