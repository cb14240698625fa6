import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { z } from 'zod';
import {
  type ChannelSettings,
  channelSettingsSchema,
  reminderChannels,
} from '../../../shared/adapters/reminder-channels.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { cataloguesInForce } from '../../use-cases/adopted.ts';
import {
  type ReminderRequest,
  type ReminderStore,
  remindEach,
  yearsToRemind,
} from '../../use-cases/remind.ts';

/** All that the function uses, made outside the handler. */
export interface RemindDependencies extends ReminderStore {
  /** What the secret says, read at every run, so that a new one holds from the next hour on. */
  settings: () => Promise<unknown>;
  link: ReminderRequest['link'];
  now: () => Instant;
  logger: Logger;
  metrics: Metrics;
}

export type RemindHandler = (input: unknown, context: Context) => Promise<void>;

/** What the schedule asks of the function. */
export const remindInputSchema = z.object({ kind: z.literal('hourly') });

/** Sends the reminders that are due and have not gone out. */
export function createRemindHandler(dependencies: RemindDependencies): RemindHandler {
  const { logger, metrics } = dependencies;
  const composed = middy()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .handler((input: unknown) => {
      remindInputSchema.parse(input);
      return remindNow(dependencies);
    });
  return (input, context) => composed(input, context) as Promise<void>;
}

/** What does not go out is measured and due again in an hour; what the program itself cannot do fails the run. */
async function remindNow(dependencies: RemindDependencies): Promise<void> {
  const { logger, metrics, now } = dependencies;
  const channels = reminderChannels(settingsIn(await dependencies.settings()), now);
  if (channels.length === 0) {
    logger.warn('the secret names no mail server and no robot: nobody is reminded');
    return;
  }
  const asOf = now();
  const years = yearsToRemind(await cataloguesInForce(dependencies), asOf);
  const { outcomes, faults } = await remindEach({ years, asOf }, { ...dependencies, channels });
  for (const each of outcomes) logger[each.outcome === 'failed' ? 'error' : 'info']('reminder', { ...each });
  const count = (kind: string) => outcomes.filter(({ outcome }) => outcome === kind).length;
  metrics.addMetric('RemindersSent', MetricUnit.Count, count('sent'));
  metrics.addMetric('RemindersFailed', MetricUnit.Count, count('failed'));
  for (const { year, error } of faults) logger.error('not reminded', { year, error: error as Error });
  if (faults.length > 0) throw new Error(`nobody was reminded in ${faults.length} years`);
}

/** What is wrong with them is said by place alone: a parser would quote passwords. */
function settingsIn(secret: unknown): ChannelSettings {
  const settings = channelSettingsSchema.safeParse(secret);
  if (settings.success) return settings.data;
  const places = settings.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`the secret of reminders is not as it should be: ${places.join('; ')}`);
}
