import { kinds } from '../catalogue/kinds.ts';
import { comparePeriods, frequencies, lastPeriodOf, periodInWords } from '../catalogue/period.ts';
import type { Observation } from '../returns/observation.ts';
import { frequencyIn, type IndicatorObservations, type Observed } from './observations-by-indicator.ts';
import { takenOverTime } from './operators.ts';
import type { Coverage } from './total.ts';

/** How much of what is expected has come. */
export function coverageOf({ expected, counted, missing }: Observed): Coverage {
  const incomplete = new Set(missing.map(({ period }) => period));
  const periods = new Set(expected.map(({ period }) => period));
  const count = (status: Observation['status']) =>
    counted.filter(({ observation }) => observation.status === status).length;
  return {
    periods: { expected: periods.size, complete: periods.size - incomplete.size },
    returns: {
      expected: expected.length,
      reported: count('reported'),
      notApplicable: count('not-applicable'),
      blank: count('missing'),
    },
    missing,
  };
}

/** That something is missing, in words. */
export function gapReasons(observed: Observed): string[] {
  const { expected, missing } = observed;
  const often = frequencyIn(observed);
  const name = often === undefined ? '报表' : frequencies[often].report;
  return missing.length === 0 ? [] : [`缺少 ${missing.length} 份${name}（应报 ${expected.length} 份）`];
}

/** Why a total is not final though nothing is missing. */
export function otherReasons(observations: IndicatorObservations): string[] {
  const { indicator, expected } = observations;
  const lastPeriod = lastPeriodOf(expected.map(({ period }) => period));
  if (lastPeriod === undefined) return ['本年没有部门需要报送本指标'];
  if (kinds[indicator.kind].taken === 'every-period') return [];
  const early = takenOverTime(observations).filter(({ period }) => comparePeriods(period, lastPeriod) < 0);
  return early.length === 0
    ? []
    : [`${early.length} 个部门没有${periodInWords(lastPeriod)}的期末数，暂用其最近一期的数`];
}
