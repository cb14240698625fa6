import { html } from 'hono/html';
import { type Catalogue, deadlineOf } from '../../../shared/core/catalogue/catalogue.ts';
import { isOver } from '../../../shared/core/catalogue/deadlines.ts';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { type Gap, periodUnit, type Total } from '../../../shared/core/totals/total.ts';
import { gapWords } from '../../../shared/core/words.ts';
import { departmentName, periodLinks } from '../pages/addresses.ts';
import type { Html } from '../reply.ts';

/** How much of the year a figure covers, in a few words. */
export function coverageText(total: Pick<Total, 'coverage' | 'byPeriod'>): string {
  const { periods, returns, missing } = total.coverage;
  const received = returns.expected - missing.length;
  return `${periods.complete}/${periods.expected} ${periodUnit(total)}，${received}/${returns.expected} 份`;
}

/** How much of the year a figure covers, and which returns are missing. */
export function coverageSection(
  total: Total,
  { catalogue, now }: { catalogue: Catalogue; now: Instant },
): Html {
  const { periods, returns, missing } = total.coverage;
  const facts = [
    ['完整的报告期', `${periods.complete} 个（应有 ${periods.expected} 个）`],
    ['计入的报表', `${returns.expected - missing.length} 份（应报 ${returns.expected} 份）`],
    ...(returns.notApplicable === 0 ? [] : [['填“不适用”的', `${returns.notApplicable} 份`]]),
    ...(returns.blank === 0 ? [] : [['此项空白的', `${returns.blank} 份`]]),
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
${total.reasons.length === 0 ? '' : html`<ul>${total.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
${missing.length === 0 ? '' : missingList(missing, { catalogue, now })}`;
}

/** What is missing, by department; of periods that are not over yet only how many. */
function missingList(
  missing: readonly Gap[],
  { catalogue, now }: { catalogue: Catalogue; now: Instant },
): Html {
  const owed = missing.filter(({ period, because }) => {
    const deadline = deadlineOf(catalogue, period);
    return because !== 'not-reported' || (deadline !== undefined && isOver(deadline, now, catalogue));
  });
  const groups = Map.groupBy(owed, ({ department, because }) => `${department} ${because}`);
  const early = missing.length - owed.length;
  return html`<p>缺少：</p><ul>${[...groups.values()].map((group) => {
    const [{ department, because }] = group as [Gap];
    const name = departmentName(catalogue, department);
    return html`<li>${name}：${periodLinks(name, group)}（${gapWords[because]}）</li>`;
  })}${early === 0 ? '' : html`<li>还没有到报送的时候：${early} 份</li>`}</ul>`;
}
