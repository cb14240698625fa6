import { html } from 'hono/html';
import { type Catalogue, indicatorOf } from '../../../shared/core/catalogue.ts';
import { localTime } from '../../../shared/core/period.ts';
import type { Warning } from '../../../shared/core/publication.ts';
import { acknowledgementAddress } from '../pages/addresses.ts';
import { reasonForm } from '../pages/reason-form.ts';
import { departmentName, returnAddress, returnTitle } from '../pages/return-links.ts';
import type { Html } from '../reply.ts';

/** A warning nobody has settled: what it is about, and for the legal office the form that settles it. */
export function openWarning(
  warning: Warning,
  { catalogue, form }: { catalogue: Catalogue; form: { token: string } | undefined },
): Html {
  const { finding, id, department, period } = warning;
  const title = titleOf(warning, catalogue);
  return html`<li class="warning"><p><strong>${indicatorName(warning, catalogue)}</strong>${whereOf(warning)}：${finding.message}</p>
${finding.found === undefined ? '' : html`<p>现在是：<span class="typed">${finding.found}</span>${finding.expected === undefined ? '' : html`；应为：${finding.expected}`}</p>`}
${
  form === undefined
    ? ''
    : html`<details><summary>核对无误，说明原因<span class="unseen">：${title}</span></summary>${reasonForm({
        address: acknowledgementAddress({ year: catalogue.year, department, period }, id),
        formToken: form.token,
        label: '核对无误的原因（记入台账，随发布公开）',
        button: '确认无误',
      })}</details>`
}</li>`;
}

/** A warning that was settled: by whom, when, why. */
export function settledWarning(warning: Warning, catalogue: Catalogue): Html {
  const { finding, acknowledged } = warning;
  if (acknowledged === null) return html``;
  return html`<li><p><a href="${returnAddress(warning)}">${titleOf(warning, catalogue)}</a>：${finding.message}</p>
<p class="hint">${acknowledged.by} 于 ${localTime(acknowledged.at, catalogue.utcOffset)} 确认，理由：<span class="typed">${acknowledged.reason}</span></p></li>`;
}

function titleOf(warning: Warning, catalogue: Catalogue): string {
  const name = returnTitle(departmentName(catalogue, warning.department), warning.period);
  return `${name}“${indicatorName(warning, catalogue)}”`;
}

function indicatorName({ finding: { indicator } }: Warning, catalogue: Catalogue): string {
  return indicator === undefined ? '整份月报' : (indicatorOf(catalogue, indicator)?.name ?? indicator);
}

function whereOf({ finding: { place } }: Warning): Html {
  const where = [place?.sheet, place?.cell].filter((part) => part !== undefined).join(' ');
  return where === '' ? html`` : html`（${where}）`;
}
