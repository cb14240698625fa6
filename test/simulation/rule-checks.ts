import { isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { endOf, isOfLength } from './asked.ts';
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
    .filter(({ finding: { rule } }) => rule === 'rule-fleet' || rule === 'rule-posts')
    .map(({ department, period, finding }) => `${finding.rule} ${department} ${period} ${finding.found}`);
  const expected = [...fleet(model, lastYear), ...posts(model)];
  const odd = [...new Set([...said, ...expected])].filter(
    (one) => said.filter((each) => each === one).length !== expected.filter((each) => each === one).length,
  );
  return odd.map((one) => `the last publication: warns otherwise of ${one}`);
}

/**
 * Each month by itself beside the same month of last year, as its newest publication counted it, in the same unit; nothing
 * of the one that has taken over another since.
 */
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
  if (department === 'sfj' && period > '2023-02') return undefined;
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

/** What all departments have, while nothing is missing of it; what is too many by the same is said once. */
function posts({ returns, totalsIn }: ModelYear): string[] {
  const asked = [...returns.keys()].map((key) => key.split(' ')[1] ?? '');
  const warned: string[] = [];
  let before = 0;
  for (const period of [...new Set(asked)].filter((each) => isOfLength('staff', each)).sort()) {
    const { staff } = totalsIn((each) => endOf(each) <= endOf(period));
    if (!staff?.final || staff.value === null) break;
    const excess = Math.max(0, Number(staff.value) - 9);
    if (excess > 0 && excess !== before) warned.push(`rule-posts null ${period} 人员 ${staff.value}，9`);
    before = excess;
  }
  return warned;
}
