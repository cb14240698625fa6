import { isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { endOf, isMonth } from './asked.ts';
import type { ModelYear } from './model.ts';

/**
 * What the city's rules beside last year and over the totals of all departments must warn of, said a second time and in
 * the plainest way: of which return or period, and with which numbers.
 */
export function ruleProblems(
  { warnings }: Publication,
  model: ModelYear,
  lastYear: readonly LedgerEvent[],
): string[] {
  const said = warnings
    .filter(({ finding: { rule } }) => rule === 'rule-fleet' || rule === 'rule-closed')
    .map(({ department, period, finding }) => `${finding.rule} ${department} ${period} ${finding.found}`);
  const expected = [...fleet(model, lastYear), ...closed(model)];
  const odd = [...new Set([...said, ...expected])].filter(
    (one) => said.filter((each) => each === one).length !== expected.filter((each) => each === one).length,
  );
  return odd.map((one) => `the last publication: warns otherwise of ${one}`);
}

/** Each month by itself beside the same month of last year, as its newest publication counted it, in the same unit. */
function fleet({ returns }: ModelYear, lastYear: readonly LedgerEvent[]): string[] {
  return [...returns].flatMap(([key, { counting }]) => {
    const [department = '', period = ''] = key.split(' ');
    const now = counting?.figures?.buses;
    const then = busesLastYear(department, period, lastYear);
    if (typeof now !== 'string' || now === 'n/a' || then === undefined || Number(now) >= Number(then))
      return [];
    return [`rule-fleet ${department} ${period} 车辆 ${now}，上年同期【车辆】 ${then}`];
  });
}

function busesLastYear(
  department: string,
  period: string,
  lastYear: readonly LedgerEvent[],
): string | undefined {
  const then = period.replace(/^2023/, '2022');
  const newest = lastYear.findLast((event) => isEvent(event, 'published'));
  const accepted = lastYear
    .filter((event) => isEvent(event, 'return-accepted'))
    .map(({ happening }) => happening)
    .filter((each) => each.department === department && each.period === then);
  if (newest === undefined || accepted.length === 0) return undefined;
  // Only the last return of last year is ever corrected, and its month is none of this year's.
  const [{ observations, measures }] = accepted as [(typeof accepted)[0]];
  const isInBuses = measures.some(({ unit, indicators }) => unit === '辆' && indicators.includes('buses'));
  const observation = observations.find(({ indicator }) => indicator === 'buses');
  return isInBuses && observation?.status === 'reported' ? observation.value : undefined;
}

/** The months so far of all departments, while nothing is missing of them; what differs by the same is said once. */
function closed({ returns, totalsIn }: ModelYear): string[] {
  const months = [...new Set([...returns.keys()].map((key) => key.split(' ')[1] ?? ''))]
    .filter(isMonth)
    .sort();
  const warned: string[] = [];
  let before = 0;
  for (const period of months) {
    const { cases, solved } = totalsIn((each) => endOf(each) <= endOf(period));
    if (!cases?.final || !solved?.final || cases.value === null || solved.value === null) break;
    const difference = Number(cases.value) - Number(solved.value);
    if (difference !== 0 && difference !== before) {
      warned.push(`rule-closed null ${period} 案件 ${cases.value}，办结 ${solved.value}`);
    }
    before = difference;
  }
  return warned;
}
