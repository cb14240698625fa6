import { countByMonth, incomingDays, lastDayOf, laterDays } from './case-days.ts';
import { type Counts, countOf, reporterOf, type SampleWork, seasonOf } from './sample-work.ts';
import type { Random } from './seeded-random.ts';
import { type Monthly, spread } from './spreading.ts';

/** Single applications for reconsideration, from receipt through acceptance to the decision weeks later. */
export function reconsideration(work: SampleWork): Counts {
  const random = work.random('reconsideration');
  const { year, lastDay, received } = incoming(work, 'reconsideration-received', random);
  const accepted = laterDays(
    random,
    random.shuffled(received).slice(0, countOf(work, 'reconsideration-accepted')),
    { after: [1, 5], count: countOf(work, 'reconsideration-accepted'), lastDay },
  );
  const concluded = laterDays(random, accepted, {
    after: [18, 60],
    count: countOf(work, 'reconsideration-concluded'),
    lastDay,
  });
  return of(reporterOf(work, 'reconsideration-received'), {
    'reconsideration-received': countByMonth(year, received),
    'reconsideration-accepted': countByMonth(year, accepted),
    'reconsideration-concluded': countByMonth(year, concluded),
  });
}

/** Calls and letters: each falls due some days after it came; most are answered in time. */
export function hotline(work: SampleWork): Counts {
  const random = work.random('hotline');
  const { year, lastDay, received } = incoming(work, 'hotline-received', random);
  const due = laterDays(random, received, { after: [3, 19], count: countOf(work, 'hotline-due'), lastDay });
  const onTime = random.shuffled(due).slice(0, countOf(work, 'hotline-on-time'));
  return of(reporterOf(work, 'hotline-received'), {
    'hotline-received': countByMonth(year, received),
    'hotline-due': countByMonth(year, due),
    'hotline-on-time': countByMonth(year, onTime),
  });
}

/** Requests of citizens: collected, resolved weeks later, then most are called back, and most of those content. */
export function voice(work: SampleWork): Counts {
  const random = work.random('voice');
  const { year, lastDay, received } = incoming(work, 'voice-received', random);
  const resolved = laterDays(random, received, {
    after: [5, 60],
    count: countOf(work, 'voice-resolved'),
    lastDay,
  });
  const surveyedCount = countOf(work, 'voice-surveyed');
  const surveyed = laterDays(random, random.shuffled(resolved).slice(0, surveyedCount), {
    after: [0, 6],
    count: surveyedCount,
    lastDay,
  });
  const satisfied = random.shuffled(surveyed).slice(0, countOf(work, 'voice-satisfied'));
  const monthly = { received: countByMonth(year, received), resolved: countByMonth(year, resolved) };
  return of(reporterOf(work, 'voice-received'), {
    'voice-received': monthly.received,
    'voice-resolved': monthly.resolved,
    'voice-pending': outstanding(monthly.received, monthly.resolved),
    'voice-surveyed': countByMonth(year, surveyed),
    'voice-satisfied': countByMonth(year, satisfied),
  });
}

/** Cases, and the persons in them, who appear only in months that have a case. */
export function casesWithPersons(work: SampleWork): Counts {
  const pairs = [
    ['crime-prosecution-cases', 'crime-prosecution-persons'],
    ['crime-clues-checked', 'crime-clue-persons-handled'],
    ['food-drug-cases', 'food-drug-persons'],
  ] as const;
  return Object.assign(
    {},
    ...pairs.map(([cases, persons]) => {
      const random = work.random(cases);
      const caseMonths = spread(random, countOf(work, cases), seasonOf(work, cases, random));
      return of(reporterOf(work, cases), {
        [cases]: caseMonths,
        [persons]: personsIn(random, caseMonths, countOf(work, persons)),
      });
    }),
  );
}

/** One person a case as far as they go, the others anywhere among the cases. */
function personsIn(random: Random, cases: Monthly, persons: number): Monthly {
  const count = cases.reduce((total, month) => total + month, 0);
  if (persons < count) return spread(random, persons, cases);
  return spread(random, persons - count, cases).map((more, index) => more + cases[index]!);
}

function incoming(work: SampleWork, indicator: string, random: Random) {
  const { year } = work.catalogue;
  const received = incomingDays(random, year, countOf(work, indicator), seasonOf(work, indicator, random));
  return { year, lastDay: lastDayOf(year), received };
}

function outstanding(received: Monthly, resolved: Monthly): Monthly {
  let open = 0;
  return received.map((count, index) => {
    open += count - resolved[index]!;
    return open;
  });
}

function of(department: string, figures: Record<string, Monthly>): Counts {
  return Object.fromEntries(Object.entries(figures).map(([id, months]) => [id, { [department]: months }]));
}
