import { countOf, known, reporterOf, reportersOf, type SampleWork } from './sample-work.ts';
import { type Monthly, monthNumbers } from './spreading.ts';

/** The items of a list, by department and month. */
export type MonthlyItems = Record<string, string[][]>;

/**
 * The categories of the cases filed in each month. They are dealt like packs of cards, one to a case, so that
 * all of them occur and come again in other months.
 */
export function crimeCategories(work: SampleWork, casesFiled: Monthly): MonthlyItems {
  const random = work.random('crime-categories');
  const count = countOf(work, 'crime-categories');
  const options = known(work.catalogue, 'crime-categories').list?.options ?? [];
  if (options.length < count) throw new Error('too few categories to choose from');
  const chosen = options.slice(0, count);
  const dealt: string[] = [];
  const months = casesFiled.map((cases) => {
    while (dealt.length < cases) dealt.push(...random.shuffled(chosen));
    return [...new Set(dealt.splice(0, cases))];
  });
  return { [reporterOf(work, 'crime-categories')]: months };
}

/** The works that the report names, each released in some month; each department shows its first one again later. */
export function artWorks(work: SampleWork): MonthlyItems {
  const random = work.random('legal-art-works');
  return Object.fromEntries(
    reportersOf(work, 'legal-art-works').map((department) => {
      const months = monthNumbers.map((): string[] => []);
      (work.figures.artWorks[department] ?? []).forEach((title, index) => {
        const released = random.between(2, 9);
        months[released]!.push(title);
        if (index === 0) months[random.between(released + 1, 11)]!.push(title);
      });
      return [department, months];
    }),
  );
}
