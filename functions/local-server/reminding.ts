import { z } from 'zod';
import {
  type ChannelSettings,
  channelSettingsSchema,
  reminderChannels,
} from '../../shared/adapters/reminder-channels.ts';
import type { Smtp } from '../../shared/adapters/smtp-mail.ts';
import { type Instant, localTime } from '../../shared/core/catalogue/period.ts';
import { type ChannelName, channelSchema } from '../../shared/core/reminders/record.ts';
import { UsageError } from '../cli/commands/exit-codes.ts';
import { departmentLinks } from '../portal/pages/addresses.ts';
import type { KnownCatalogues } from '../use-cases/known-catalogues.ts';
import { type ReminderStore, remindEach, yearsToRemind } from '../use-cases/remind.ts';
import { httpsOrigin } from './bind-address.ts';
import { inCityTime, offsetOf, type Schedule } from './city-time.ts';
import type { Logger } from './logger.ts';

const text = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));

/** What reminders take from the environment of one machine; empty is the same as not there. */
const environmentSchema = z.object({
  INDICATORS_SMTP_HOST: text,
  INDICATORS_SMTP_PORT: text,
  INDICATORS_SMTP_SECURITY: text,
  INDICATORS_SMTP_USER: text,
  INDICATORS_SMTP_PASSWORD: text,
  INDICATORS_SMTP_FROM: text,
  INDICATORS_WECOM_WEBHOOK: text,
  INDICATORS_DINGTALK_WEBHOOK: text,
  INDICATORS_DINGTALK_SECRET: text,
  INDICATORS_FEISHU_WEBHOOK: text,
  INDICATORS_FEISHU_SECRET: text,
  INDICATORS_REMIND_HOUR: text,
});
type Environment = z.infer<typeof environmentSchema>;

/** By what this machine sends reminders, and from which hour of the day on. */
export interface ReminderSettings {
  channels: ChannelSettings;
  hour: number;
}

/** Undefined where the environment names no channel. Throws a `UsageError` that says what is wrong, and nothing secret. */
export function reminderSettingsFrom(variables: NodeJS.ProcessEnv): ReminderSettings | undefined {
  const environment = environmentSchema.parse(variables);
  const channels = channelSettingsSchema.safeParse({
    smtp: smtpOf(environment),
    robots: robotsOf(environment),
  });
  if (!channels.success)
    throw new UsageError(`reminders: ${channels.error.issues.map(problemInWords).join('; ')}`);
  const hour = hourOf(environment.INDICATORS_REMIND_HOUR);
  if (namesOf(channels.data).length === 0) return undefined;
  return { channels: channels.data, hour };
}

const usualPorts: Record<string, number> = { tls: 465, starttls: 587, none: 25 };

function smtpOf(environment: Environment): Partial<Record<keyof Smtp, unknown>> | undefined {
  const { INDICATORS_SMTP_HOST: host, INDICATORS_SMTP_SECURITY: security = 'tls' } = environment;
  if (host === undefined) return undefined;
  const { INDICATORS_SMTP_USER: user, INDICATORS_SMTP_PASSWORD: password } = environment;
  return {
    host,
    port: Number(environment.INDICATORS_SMTP_PORT ?? usualPorts[security]),
    security,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    from: environment.INDICATORS_SMTP_FROM,
  };
}

function robotsOf(environment: Environment): object[] {
  const { INDICATORS_DINGTALK_SECRET, INDICATORS_FEISHU_SECRET } = environment;
  const robots = [
    { kind: 'wecom', webhook: environment.INDICATORS_WECOM_WEBHOOK },
    {
      kind: 'dingtalk',
      webhook: environment.INDICATORS_DINGTALK_WEBHOOK,
      secret: INDICATORS_DINGTALK_SECRET,
    },
    { kind: 'feishu', webhook: environment.INDICATORS_FEISHU_WEBHOOK, secret: INDICATORS_FEISHU_SECRET },
  ];
  return robots
    .filter(({ webhook }) => webhook !== undefined)
    .map(({ secret, ...robot }) => ({ ...robot, ...(secret !== undefined && { secret }) }));
}

/** Where in the settings, and what is expected there: never what was found, which may be a token. */
function problemInWords({ path, message }: z.core.$ZodIssue): string {
  const [first, ...rest] = path.map(String);
  const named =
    first === 'smtp' ? ['INDICATORS_SMTP', ...rest].join('_').toUpperCase() : 'INDICATORS_…_WEBHOOK';
  return `${named}: ${message}`;
}

function hourOf(typed = '9'): number {
  if (/^(?:[01]?[0-9]|2[0-3])$/.test(typed)) return Number(typed);
  throw new UsageError('INDICATORS_REMIND_HOUR is an hour of the day, from 0 to 23');
}

/** The names of the channels that are set. */
export function namesOf({ smtp, robots }: ChannelSettings): ChannelName[] {
  const set = new Set<ChannelName>([
    ...(smtp === undefined ? [] : ['mail' as const]),
    ...robots.map(({ kind }) => kind),
  ]);
  return channelSchema.options.filter((name) => set.has(name));
}

interface RemindingServices extends ReminderStore {
  catalogues: KnownCatalogues;
  now: () => Instant;
  reports: Logger;
  /** Where browsers find the portal, if others than this machine's do. */
  origin: string | undefined;
}

/** The last hour at which reminders go out: what fails later is tried again next morning. */
const lastHour = 18;

/**
 * Sends reminders at every full hour from the one that is set until evening, and at the start if that is within them:
 * what was sent is not sent again, and what failed or was missed is made up for.
 */
export function scheduleReminders(
  { channels, hour }: ReminderSettings,
  services: RemindingServices,
): Schedule {
  const { catalogues, now } = services;
  let isStopped = false;
  const sending = {
    ...services,
    channels: reminderChannels(channels, now),
    isStopped: () => isStopped,
    link: departmentLinks(services.origin),
  };
  const run = () => remindNow(sending);
  const last = Math.max(hour, lastHour);
  const present = Number(localTime(now(), offsetOf(catalogues)).slice(11, 13));
  const begun = present >= hour && present <= last ? run() : Promise.resolve();
  const schedule = inCityTime(`0 ${hour}-${last} * * *`, catalogues, { begun, run });
  return {
    stop: () => {
      isStopped = true;
      return schedule.stop();
    },
  };
}

async function remindNow(services: Parameters<typeof remindEach>[1] & RemindingServices): Promise<void> {
  const { catalogues, reports, now } = services;
  try {
    const asOf = now();
    const years = yearsToRemind(await catalogues.readAnew(), asOf);
    const { outcomes, faults } = await remindEach({ years, asOf }, services);
    for (const { year, department, channel, outcome, because } of outcomes) {
      if (outcome === 'failed')
        reports.fault('a reminder did not go out', because, { year, department, channel });
    }
    const sent = outcomes.filter(({ outcome }) => outcome === 'sent').length;
    reports.done('reminders', { sent, others: outcomes.length - sent });
    for (const { year, error } of faults) reports.fault('reminding failed', error, { year });
  } catch (error) {
    reports.fault('reminding failed', error);
  }
}

/** Where departments find their pages, by an address as it was typed; throws a `UsageError` for one that is not safe. */
export function linksAt(origin: string): ReturnType<typeof departmentLinks> {
  return departmentLinks(httpsOrigin(origin));
}
