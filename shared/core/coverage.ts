import type { Evidence } from './evidence.ts';
import type { Observation } from './observation.ts';
import { lastOf, takenOverTime } from './operators.ts';
import { periodInWords } from './period.ts';
import type { Coverage } from './publication.ts';

export function coverageOf({ expected, counted, missing }: Evidence): Coverage {
  const lacking = new Set(missing.map(({ period }) => period));
  const periods = new Set(expected.map(({ period }) => period));
  const count = (status: Observation['status']) =>
    counted.filter(({ observation }) => observation.status === status).length;
  return {
    months: { expected: periods.size, complete: periods.size - lacking.size },
    returns: {
      expected: expected.length,
      reported: count('reported'),
      notApplicable: count('not-applicable'),
      blank: count('missing'),
    },
    missing,
  };
}

export function gapReasons({ expected, missing }: Evidence): string[] {
  return missing.length === 0 ? [] : [`缺少 ${missing.length} 份月报（应报 ${expected.length} 份）`];
}

export function otherReasons(evidence: Evidence): string[] {
  const { indicator, expected } = evidence;
  const lastPeriod = lastOf(expected.map(({ period }) => period));
  if (lastPeriod === undefined) return ['本年没有部门需要报送本指标'];
  if (indicator.kind !== 'stock') return [];
  const early = takenOverTime(evidence).filter(({ period }) => period < lastPeriod);
  return early.length === 0
    ? []
    : [`${early.length} 个部门没有${periodInWords(lastPeriod)}的期末数，暂用其最近一个月的数`];
}
