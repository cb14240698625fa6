import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { localTime } from '../../../shared/core/catalogue/period.ts';
import { expectedWord, foundInWords } from '../../../shared/core/words.ts';
import type { Warning } from '../../../shared/core/year/warning.ts';
import type { Identity } from '../access/identity.ts';
import { acknowledgementAddress, type ReturnPlace } from '../pages/addresses.ts';
import { breakdownOf } from '../pages/breakdown.ts';
import { reasonForm } from '../pages/form-fields.ts';
import type { Html } from '../reply.ts';
import type { RequestContext } from '../route.ts';
import { type FoundReturn, isLegalOffice, reportsFor } from './found-return.ts';

/** The warnings on a return: those that are open with a form to settle each, the others with who settled them. */
export function warningsSection(
  request: RequestContext<ReturnPlace>,
  { warnings, catalogue, place }: Pick<FoundReturn, 'warnings' | 'catalogue' | 'place'>,
): Html {
  const open = warnings.filter(({ acknowledged }) => acknowledged === null);
  const settled = warnings.filter(({ acknowledged }) => acknowledged !== null);
  const maySettle = mayAcknowledge(request.identity, place.department);
  return html`${
    open.length === 0
      ? ''
      : html`<h2 id="warnings">请核对的数字（${open.length} 处）</h2>
${maySettle ? html`<p>这些数字已经计入。有误的，请改正后重新上传；核对无误的，请在下面说明原因。</p>` : ''}
<ol class="findings">${open.map(
          (warning) => html`<li class="warning">${warningText(warning, catalogue)}
${maySettle ? acknowledgementForm(request, warning, catalogue) : ''}</li>`,
        )}</ol>`
  }
${
  settled.length === 0
    ? ''
    : html`<h2>核对无误的数字（${settled.length} 处）</h2>
<ol class="findings">${settled.map(
        (warning) => html`<li>${warningText(warning, catalogue)}${acknowledgedBy(warning, catalogue)}</li>`,
      )}</ol>`
}`;
}

function mayAcknowledge(identity: Identity, department: string): boolean {
  return isLegalOffice(identity) || reportsFor(identity, department);
}

/** Where it is, which indicator, what was found, what would be expected, what to do. */
function warningText({ finding }: Warning, catalogue: Catalogue): Html {
  const { place, found, expected, message } = finding;
  const where = [place?.sheet, place?.cell].filter((part) => part !== undefined).join(' ');
  return html`<p><strong>${nameOf(finding.indicator, catalogue)}</strong>${where === '' ? '' : html` <span class="place">${where}</span>`}</p>
<p>${message}</p>
<ul>${found === undefined ? '' : html`<li>现在是：<span class="typed">${foundInWords(finding).words}</span></li>`}
${expected === undefined ? '' : html`<li>${expectedWord(finding.severity)}：${expected}</li>`}</ul>${breakdownOf(finding)}`;
}

function nameOf(indicator: string | undefined, catalogue: Catalogue): string {
  return indicator === undefined ? '' : nameOfAsked(indicator, catalogue);
}

function acknowledgementForm({ formToken }: RequestContext, warning: Warning, catalogue: Catalogue): Html {
  return reasonForm({
    address: acknowledgementAddress(warning),
    formToken,
    label: `“${nameOf(warning.finding.indicator, catalogue)}”核对无误的原因`,
    button: '确认无误',
  });
}

function acknowledgedBy({ acknowledged }: Warning, { utcOffset }: Catalogue): Html {
  if (acknowledged === null) return html``;
  const { by, at, reason } = acknowledged;
  return html`<p>${by}于 ${localTime(at, utcOffset)} 确认无误：<span class="typed">${reason}</span></p>`;
}
