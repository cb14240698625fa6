import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { nameOfAsked } from '../../../shared/core/catalogue/narratives.ts';
import { expectedWord, foundInWords } from '../../../shared/core/words.ts';
import type { Revision } from '../../../shared/core/year/revision.ts';
import type { Warning } from '../../../shared/core/year/warning.ts';
import { warningsOnVersion } from '../../../shared/core/year/warnings.ts';
import type { Identity } from '../access/identity.ts';
import { answersAddress, type ReturnPlace } from '../pages/addresses.ts';
import { breakdownOf } from '../pages/breakdown.ts';
import type { Html } from '../reply.ts';
import type { RequestContext } from '../route.ts';
import { answererOf, answerField, answerInWords, answersForm, explanation } from './answers.ts';
import { type FoundReturn, isLegalOffice, reportsFor } from './found-return.ts';

/** The warnings on a return: those that are open with a form to answer them together, the others with who settled them. */
export function warningsSection(
  request: RequestContext<ReturnPlace>,
  { warnings, catalogue, place }: Pick<FoundReturn, 'warnings' | 'catalogue' | 'place'>,
): Html {
  const open = warnings.filter(({ acknowledged }) => acknowledged === null);
  const settled = warnings.filter(({ acknowledged }) => acknowledged !== null);
  return html`${open.length === 0 ? '' : openSection(request, open, { catalogue, place })}
${
  settled.length === 0
    ? ''
    : html`<h2>核对无误的数字（${settled.length} 处）</h2>
<ol class="findings">${settled.map(
        (warning) => html`<li>${warningText(warning, catalogue)}${settledBy(warning, catalogue)}</li>`,
      )}</ol>`
}`;
}

/** What a version that waits will be asked about once it counts: whoever decides about it sees it before. */
export function warningsAhead(
  version: Revision,
  { state, catalogue }: Pick<FoundReturn, 'state' | 'catalogue'>,
): Html {
  const ahead = warningsOnVersion(state, version);
  if (ahead.length === 0) return html``;
  return html`<h2>这一版里需要核对的数字（${ahead.length} 处）</h2>
<ol class="findings">${ahead.map(
    (warning) =>
      html`<li class="warning">${warningText(warning, catalogue)}${settledBy(warning, catalogue)}</li>`,
  )}</ol>`;
}

function openSection(
  request: RequestContext<ReturnPlace>,
  open: readonly Warning[],
  { catalogue, place }: Pick<FoundReturn, 'catalogue' | 'place'>,
): Html {
  const mayAnswer = mayAcknowledge(request.identity, place.department);
  const entryOf = (warning: Warning) => {
    const title = `“${nameOf(warning.finding.indicator, catalogue)}”`;
    const as = answererOf(request.identity);
    return html`<li class="warning">${warningText(warning, catalogue)}
${explanation(warning, catalogue)}${mayAnswer ? answerField(warning, { as, title }) : ''}</li>`;
  };
  const entries = html`<ol class="findings">${open.map(entryOf)}</ol>`;
  return html`<h2 id="warnings">请核对的数字（${open.length} 处）</h2>
${
  mayAnswer
    ? html`<p>这些数字已经计入。有误的，请改正后重新上传；核对无误的，请写明原因${open.length > 1 ? '，几处可以一并提交' : ''}。</p>
${answersForm(request, { address: answersAddress(place), open, entries, areOfOneReturn: true })}`
    : entries
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
  return indicator === undefined ? '整份报表' : nameOfAsked(indicator, catalogue);
}

function settledBy({ acknowledged, ...warning }: Warning, catalogue: Catalogue): Html {
  if (acknowledged === null) return html``;
  return html`<p>${answerInWords(acknowledged, catalogue)}</p>${explanation({ acknowledged, ...warning }, catalogue)}`;
}
