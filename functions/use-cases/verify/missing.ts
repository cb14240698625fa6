import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { indicatorsOf } from '../../../shared/core/catalogue/tables.ts';
import type { Publication, ReturnStanding } from '../../../shared/core/publication/publication.ts';
import type { Gap } from '../../../shared/core/totals/total.ts';
import { endOf } from './period-ends.ts';
import { askedReturns } from './recomputation.ts';
import type { Fault } from './verify.ts';

/**
 * Looks anew which returns each total misses: those that the catalogue asks for and of which there is no observation;
 * and which of them were not due when this was published, by the last day of their period.
 */
export function verifyMissing(publication: Publication, catalogue: Catalogue): Fault[] {
  const standings = new Map(publication.returns.map((row) => [keyOf(row), row.standing]));
  const observed = new Map(
    [...Map.groupBy(publication.observations, ({ indicator }) => indicator)].map(([id, rows]) => [
      id,
      new Set(rows.map(keyOf)),
    ]),
  );
  const stand = publication.returns
    .filter(({ standing }) => standing === 'not-due' || standing === 'not-reported')
    .filter((row) => (row.standing === 'not-due') !== isToCome(row.period, publication, catalogue))
    .map(({ department, period, standing }) => ({
      where: `${department} ${period}`,
      explanation: `stands as ${standing}, and by the time of the publication does not`,
    }));
  const totals = new Map(publication.totals.map((total) => [total.indicator, total]));
  return [
    ...stand,
    ...indicatorsOf(catalogue).flatMap((indicator): Fault[] => {
      const asked = [...askedReturns(indicator, catalogue)];
      const missing = asked.flatMap(([id, all]) => all.filter((key) => observed.get(id)?.has(key) !== true));
      const expected = [...new Set(missing)].map((key) => `${key} ${because(standings.get(key))}`).sort();
      const gaps = totals.get(indicator.id)?.coverage.missing ?? [];
      const said = gaps.map((gap) => `${keyOf(gap)} ${gap.because}`).sort();
      if (said.join() === expected.join()) return [];
      const explanation = `says that ${said.length} returns are missing and why, which the catalogue and returns do not come to`;
      return [{ where: `total ${indicator.id}`, explanation }];
    }),
  ];
}

function keyOf({ department, period }: { department: string; period: string }): string {
  return `${department} ${period}`;
}

function because(standing: ReturnStanding['standing'] | undefined): Gap['because'] | undefined {
  return standing === 'counting' ? 'not-on-form' : standing;
}

/** Whether the period's last day was not over. */
function isToCome(period: string, { publishedAt }: Publication, { periods, utcOffset }: Catalogue): boolean {
  const { year, month } = endOf(period);
  const ofMonth = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  const day = periods.find((each) => each.period === period)?.ends ?? ofMonth;
  return Date.parse(publishedAt) <= Date.parse(`${day}T23:59:59.999${utcOffset}`);
}
