import { Command } from 'commander';
import { type Day, type Instant, instantOf, localDay } from '../../../shared/core/catalogue/period.ts';
import { planReminders, type ReminderOutcome, remindEach, yearsToRemind } from '../../use-cases/remind.ts';
import { day } from './arguments.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { complain, print } from './output.ts';
import {
  type KeptWorkplace,
  type Workplace,
  type WorkplaceOptions,
  withKeptWorkplace,
  withWorkplace,
  type YearAtWork,
} from './workplace.ts';

interface RemindOptions {
  dryRun?: boolean;
  on?: Day;
  origin?: string;
}

/** `indicators remind`: the reminders that are due, sent once more than the server does by itself, or shown. */
export function remindCommand({ options, finish }: CommandLine): Command {
  return new Command('remind')
    .description(
      'remind departments of what they lack, by the mail server and the robots that the environment names (npm start -- --help lists them); what went out already is not sent again',
    )
    .option('--dry-run', 'show the texts, and send nothing')
    .option('--on <day>', 'as on another day, such as 2023-04-10; a later one with --dry-run only', day)
    .option('--origin <https address>', 'where departments find the portal, for the link in each reminder')
    .action((given: RemindOptions) => {
      const about = { ...given, year: options().year };
      return finish(
        given.dryRun
          ? withKeptWorkplace(options(), (workplace) => showReminders(about, workplace))
          : withWorkplace(options(), (workplace) => sendReminders(about, workplace)),
      );
    });
}

type Given = RemindOptions & Pick<WorkplaceOptions, 'year'>;

async function showReminders(given: Given, workplace: KeptWorkplace): Promise<number> {
  const { asOf, years, link } = await requestOf(given, workplace);
  let shown = 0;
  for (const year of years) {
    for (const { text, contacts } of await planReminders({ year, asOf, link }, workplace)) {
      if (shown++ > 0) print();
      print(
        contacts.length === 0
          ? '[no contact]'
          : `[${contacts.map(({ name, mail }) => `${name} ${mail}`).join(', ')}]`,
      );
      for (const line of text.split('\n')) print(line);
    }
  }
  if (shown === 0) print('no reminder is due');
  return exitCodes.done;
}

async function sendReminders(given: Given, workplace: Workplace): Promise<number> {
  const { reminderSettingsFrom } = await import('../../local-server/reminding.ts');
  const { reminderChannels } = await import('../../../shared/adapters/reminder-channels.ts');
  const settings = reminderSettingsFrom(process.env);
  if (settings === undefined) {
    throw new UsageError(
      'the environment names no mail server and no robot: --dry-run shows what would go out, and so does the page 催报',
    );
  }
  const { asOf, years, link } = await requestOf(given, workplace);
  if (asOf > workplace.now && given.on !== undefined)
    throw new UsageError('--on names a day to come: add --dry-run');
  const now = () => instantOf(new Date());
  const services = { ...workplace, channels: reminderChannels(settings.channels, now), now, link };
  const { outcomes, faults } = await remindEach({ years, asOf }, services);
  for (const each of outcomes) print(`${each.year} ${each.department} ${each.channel}: ${inWords(each)}`);
  for (const { year, error } of faults)
    complain(`${year}: ${error instanceof Error ? error.message : error}`);
  if (outcomes.length === 0 && faults.length === 0) print('no reminder is due');
  const isDone =
    faults.length === 0 && outcomes.every(({ outcome }) => outcome !== 'failed' && outcome !== 'not-tried');
  return isDone ? exitCodes.done : exitCodes.failed;
}

const outcomeWords: Record<ReminderOutcome['outcome'], string> = {
  sent: 'sent',
  failed: 'did not go out',
  'had-been-sent': 'had been sent',
  'no-contact': 'has no contact',
  'not-tried': 'was not tried, after others failed',
};

function inWords({ outcome, because }: ReminderOutcome): string {
  return `${outcomeWords[outcome]}${because === undefined ? '' : `: ${because}`}`;
}

/** What is asked for: as of now, or noon of the day that was named; in the years that are due, or in one. */
async function requestOf(
  { on, origin, year }: Given,
  { now, catalogue, catalogues }: YearAtWork & { now: Instant },
) {
  const { utcOffset } = catalogue;
  const isOtherDay = on !== undefined && on !== localDay(now, utcOffset);
  const asOf = isOtherDay ? instantOf(new Date(`${on}T12:00:00${utcOffset}`)) : now;
  const years = year === undefined ? yearsToRemind(catalogues, asOf) : [year];
  return { asOf, years, link: await linkAt(origin) };
}

async function linkAt(origin: string | undefined) {
  if (origin === undefined) return undefined;
  const { linksAt } = await import('../../local-server/reminding.ts');
  return linksAt(origin);
}
