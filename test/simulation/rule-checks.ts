import { isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { endOf, isOfLength } from './asked.ts';
import type { ModelYear } from './model.ts';
import { countedFigures } from './model-figures.ts';

const rules = ['rule-fleet', 'rule-spent', 'rule-posts'];

/**
 * What the city's rules beside last year and over the totals of all departments must warn of, said a second time and in
 * the plainest way: of which return or period, and with which numbers.
 */
export function ruleProblems(
  { warnings, totals }: Publication,
  model: ModelYear,
  lastYear: readonly LedgerEvent[],
): string[] {
  const said = warnings
    .filter(({ finding: { rule } }) => rules.includes(rule))
    .map(({ department, period, finding }) => `${finding.rule} ${department} ${period} ${finding.found}`);
  const isInYuan = totals.some(({ indicator, unit }) => indicator === 'money' && unit === '元');
  const beside = { lastYear, isInYuan };
  const expected = [
    ...fewer({ rule: 'fleet', id: 'buses', name: '车辆', unit: '辆' }, model, beside),
    ...fewer({ rule: 'spent', id: 'money', name: '金额', unit: '万元' }, model, beside),
    ...posts(model),
  ];
  const odd = [...new Set([...said, ...expected])].filter(
    (one) => said.filter((each) => each === one).length !== expected.filter((each) => each === one).length,
  );
  return odd.map((one) => `the last publication: warns otherwise of ${one}`);
}

/** What may not be less than last year, with the unit in which it is comparable. */
interface NotFewer {
  rule: string;
  id: 'buses' | 'money';
  name: string;
  unit: string;
}

interface BesideLastYear {
  lastYear: readonly LedgerEvent[];
  /** Whether this year has come to count money in 元, ten thousand of which were one 万元. */
  isInYuan: boolean;
}

/**
 * Each month by itself beside the same month of last year, as its newest publication counted it, in this year's unit;
 * nothing of the one that has taken over another since.
 */
function fewer(what: NotFewer, { returns }: ModelYear, beside: BesideLastYear): string[] {
  const { rule, id, name } = what;
  return [...returns].flatMap(([key, { counting }]) => {
    const [department = '', period = ''] = key.split(' ');
    const now = counting && countedFigures(counting, beside.isInYuan ? 3 : 0)[id];
    const then = saidLastYear(what, { department, period }, beside);
    if (typeof now !== 'string' || now === 'n/a' || then === undefined || Number(now) >= Number(then))
      return [];
    return [`rule-${rule} ${department} ${period} ${name} ${now}，上年同期【${name}】 ${then}`];
  });
}

function saidLastYear(
  { id, unit }: NotFewer,
  { department, period }: { department: string; period: string },
  { lastYear, isInYuan }: BesideLastYear,
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
  const isAlike = measures.some((each) => each.unit === unit && each.indicators.includes(id));
  const observation = observations.find(({ indicator }) => indicator === id);
  if (!isAlike || observation?.status !== 'reported') return undefined;
  return id === 'money' && isInYuan ? `${Number(observation.value) * 10_000}` : observation.value;
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
