import { isDeepStrictEqual } from 'node:util';
import { isEvent } from '../../shared/core/ledger/event.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import type { PeriodComparison } from '../../shared/core/totals/period-comparison.ts';
import { baselineEvents } from '../../shared/core/year/baseline.ts';
import { isMonth } from './asked.ts';
import { baselineIn } from './baselines.ts';
import { lastYears, ownChains } from './comparison-checks.ts';
import { countedAfter } from './model-returns.ts';
import type { Aftermath } from './simulation.ts';

/** How what is reported every month of each figure is put together: over periods, then over departments. */
const ways: Record<string, { over: 'sum' | 'last' | 'max'; departments: 'sum' | 'max' }> = {
  cases: { over: 'sum', departments: 'sum' },
  solved: { over: 'sum', departments: 'sum' },
  money: { over: 'sum', departments: 'sum' },
  buses: { over: 'last', departments: 'sum' },
  peak: { over: 'max', departments: 'max' },
  'grid-gr-pa': { over: 'sum', departments: 'sum' },
};

/** What last year's returns say, by figure and month: a number a department. */
type Said = Map<string, Map<string, number>>;

/** The figures of what is cited, in this year's units; nothing where they are in others. */
function saidLastYear({ comparedWith }: Publication, aftermath: Aftermath): Said {
  const said: Said = new Map();
  if (comparedWith?.kind === 'baseline') {
    const own = [...ownChains(aftermath).values()].flat();
    const entered = baselineEvents(own).find(({ happening }) => happening.baseline === comparedWith.digest)!;
    for (const { indicator, department, values } of baselineIn(entered, aftermath.ports).rows) {
      for (const [period, value] of Object.entries(values)) {
        const key = `${indicator} ${period}`;
        said.set(key, (said.get(key) ?? new Map()).set(department ?? '', Number(value)));
      }
    }
    return said;
  }
  const events = lastYears(aftermath);
  const published = events.filter((event) => isEvent(event, 'published')).map(({ happening }) => happening);
  const cited = published.findIndex(({ digest }) => digest === comparedWith?.digest);
  const counted = countedAfter(published.slice(0, cited + 1));
  for (const { happening } of events.filter((event) => isEvent(event, 'return-accepted'))) {
    const { department, period, upload, observations, measures } = happening;
    if (counted.get(`${department} ${period}`) !== uploadId(upload)) continue;
    if (measures.some(({ unit }) => unit.startsWith('百'))) continue;
    for (const observation of observations) {
      if (observation.status !== 'reported') continue;
      const key = `${observation.indicator} ${period}`;
      said.set(key, (said.get(key) ?? new Map()).set(department, Number(observation.value)));
    }
  }
  return said;
}

/** What stands beside each month of a publication, and beside the year to its end, is what last year's returns say. */
export function lastYearProblems(last: Publication, aftermath: Aftermath): string[] {
  const said = saidLastYear(last, aftermath);
  const units = new Map(last.totals.map(({ indicator, unit }) => [indicator, unit]));
  return last.comparisons
    .filter(({ indicator, period }) => ways[indicator] !== undefined && isMonth(period))
    .flatMap((row) => {
      const factor = row.indicator === 'money' && units.get('money') === '元' ? 10_000 : 1;
      const found = [row.lastYear, row.toDate.lastYear, ...(isJanuary(row) ? [row.before] : [])];
      const expected = besides(row, said).map((value) => value && value * factor);
      const values = found.map((base) => base && Number(base.value));
      if (isDeepStrictEqual(values, expected) && found.every((base) => (base?.missing ?? 0) === 0)) return [];
      return [
        `the last publication: beside ${row.indicator} in ${row.period} stand ${values.join()}, must be ${expected.join()}`,
      ];
    });
}

const isJanuary = ({ period }: PeriodComparison) => period.endsWith('-01');

function besides(row: PeriodComparison, said: Said): (number | null)[] {
  const year = Number(row.period.slice(0, 4)) - 1;
  const months = ['01', '02', '03'].filter((month) => month <= row.period.slice(5));
  const { over, departments } = ways[row.indicator]!;
  const of = (month: string) => {
    const own = [...(said.get(`${row.indicator} ${year}-${month}`)?.values() ?? [])];
    if (own.length === 0) return null;
    return departments === 'sum' ? own.reduce((a, b) => a + b) : Math.max(...own);
  };
  const now = of(months.at(-1)!);
  const soFar = months.map(of).filter((each) => each !== null);
  const toDate = { sum: sumOf, last: () => now, max: (all: number[]) => Math.max(...all) }[over](soFar);
  const both = [now, now === null ? null : toDate];
  return isJanuary(row) ? [...both, of('12')] : both;
}

const sumOf = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
