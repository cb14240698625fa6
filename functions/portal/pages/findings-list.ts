import { html } from 'hono/html';
import { type Catalogue, indicatorOf } from '../../../shared/core/catalogue.ts';
import { bySeverity, type Finding, type Severity } from '../../../shared/core/finding.ts';
import type { Html } from '../reply.ts';

const severityWords: Record<Severity, string> = { error: '必须改正', warning: '请核对', info: '提示' };

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
function findingPlace({ place, indicator, found, expected }: Finding, catalogue: Catalogue): Html {
  const where = [place?.sheet, place?.cell].filter((part) => part !== undefined).join(' ');
  const name = indicator === undefined ? '' : (indicatorOf(catalogue, indicator)?.name ?? indicator);
  const parts = [
    ...(where === '' ? [] : [html`<span class="place">${where}</span>`]),
    ...(name === '' ? [] : [html`<span>${name}</span>`]),
    ...(found === undefined ? [] : [html`<span>填写的是“<span class="typed">${found}</span>”</span>`]),
    ...(expected === undefined ? [] : [html`<span>应为：${expected}</span>`]),
  ];
  return parts.length === 0
    ? html``
    : html`<li>${parts.map((part, index) => html`${index > 0 ? '；' : ''}${part}`)}</li>`;
}
