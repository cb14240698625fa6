import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
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
export function coverageSection(total: Total, catalogue: Catalogue): Html {
  const { periods, returns, missing } = total.coverage;
  const facts = [
    ['完整的报告期', `${periods.complete} 个（应有 ${periods.expected} 个）`],
    ['计入的报表', `${returns.expected - missing.length} 份（应报 ${returns.expected} 份）`],
    ...(returns.notApplicable === 0 ? [] : [['填“不适用”的', `${returns.notApplicable} 份`]]),
    ...(returns.blank === 0 ? [] : [['此项空白的', `${returns.blank} 份`]]),
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
${total.reasons.length === 0 ? '' : html`<ul>${total.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
${missingList(missing, catalogue)}`;
}

/** What is missing, by department; what is not due is counted above. */
function missingList(missing: readonly Gap[], catalogue: Catalogue): Html {
  const owed = missing.filter(({ because }) => because !== 'not-due');
  if (owed.length === 0) return html``;
  const groups = Map.groupBy(owed, ({ department, because }) => `${department} ${because}`);
  return html`<p>缺少：</p><ul>${[...groups.values()].map((group) => {
    const [{ department, because }] = group as [Gap];
    const name = departmentName(catalogue, department);
    return html`<li>${name}：${periodLinks(name, group)}（${gapWords[because]}）</li>`;
  })}</ul>`;
}
