import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { bySeverity, type Finding } from '../../../shared/core/returns/finding.ts';
import { expectedWord, foundInWords, severityWords } from '../../../shared/core/words.ts';
import { breakdownOf } from '../pages/breakdown.ts';
import type { Html } from '../reply.ts';

/** Findings, worst first, those that say the same together: what to do, and each place of which it is to be said. */
export function findingsList(findings: readonly Finding[], catalogue: Catalogue): Html {
  const groups = Map.groupBy(
    findings.toSorted(bySeverity),
    ({ severity, rule, message }) => `${severity} ${rule} ${message}`,
  );
  return html`<ol class="findings">${[...groups.values()].map((group) => findingGroup(group, catalogue))}</ol>`;
}

function findingGroup(group: readonly Finding[], catalogue: Catalogue): Html {
  const [{ severity, message }] = group as [Finding];
  return html`<li class="${severity}"><p><strong class="severity">${severityWords[severity]}</strong> ${message}</p>
<ul>${group.map((finding) => findingPlace(finding, catalogue))}</ul></li>`;
}

/** Where it is, which indicator, what was found, what is expected; empty for a finding about the whole file. */
function findingPlace(finding: Finding, catalogue: Catalogue): Html {
  const { severity, place, indicator, found, expected } = finding;
  const where = [place?.sheet, place?.cell].filter((part) => part !== undefined).join(' ');
  const name = indicator === undefined ? '' : nameOfAsked(indicator, catalogue);
  const parts = [
    ...(where === '' ? [] : [html`<span class="place">${where}</span>`]),
    ...(name === '' ? [] : [html`<span>${name}</span>`]),
    ...(found === undefined ? [] : [foundText(finding)]),
    ...(expected === undefined ? [] : [html`<span>${expectedWord(severity)}：${expected}</span>`]),
  ];
  return parts.length === 0
    ? html``
    : html`<li>${parts.map((part, index) => html`${index > 0 ? '；' : ''}${part}`)}${breakdownOf(finding)}</li>`;
}

function foundText(finding: Finding): Html {
  const { words, isTyped } = foundInWords(finding);
  return isTyped
    ? html`<span>填写的是“<span class="typed">${words}</span>”</span>`
    : html`<span>${words}</span>`;
}
