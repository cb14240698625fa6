import { html } from 'hono/html';
import { revisionInWords } from '../../../shared/core/words.ts';
import { type HeldBecause, heldBecause, type Revision } from '../../../shared/core/year/revision.ts';
import { heldRevisions } from '../../../shared/core/year/standing.ts';
import type { ReturnState } from '../../../shared/core/year/year-state.ts';
import { type ReturnPlace, refusalToAdmitAddress, uploadAddress } from '../pages/addresses.ts';
import { reasonForm } from '../pages/form-fields.ts';
import type { Html } from '../reply.ts';
import type { RequestContext } from '../route.ts';
import { waitingForReviewer } from './agreements.ts';
import { receivedInWords } from './dates-in-words.ts';
import { type FoundReturn, isLegalOffice, reportsFor } from './found-return.ts';
import { changesBetween } from './revision-changes.ts';

/** Held revisions that wait for the department's own reason. */
export function revisionsToExplain(one: ReturnState): Revision[] {
  return heldRevisions(one).filter((one) => heldBecause(one).includes('changes-issued'));
}

/** The revisions that wait for a decision: the newest in full, since it takes the place of any before it. */
export function heldSection(request: RequestContext<ReturnPlace>, found: FoundReturn): Html {
  const [newest, ...older] = heldRevisions(found.one);
  if (newest === undefined) return html``;
  return html`<h2 id="held">暂存的版本</h2>
${heldRevision(request, newest, found)}
${
  older.length === 0
    ? ''
    : html`<details><summary>更早的 ${older.length} 次暂存</summary>
<p>一般只需处理上面最新的一次。</p>
${older.map((revision) => heldRevision(request, revision, found))}</details>`
}`;
}

/** For the legal office: the form that lets in the newest version that it declined, unless another counts since. */
export function declinedSection(request: RequestContext<ReturnPlace>, { one, place }: FoundReturn): Html {
  const declined = one.revisions.findLast(({ state }) => state.kind === 'declined');
  if (declined === undefined || !isLegalOffice(request.identity)) return html``;
  const { id, number } = declined;
  return html`<details><summary>${revisionInWords(number)}改为同意计入</summary>${reasonForm({
    address: `${uploadAddress(place, id)}/admission`,
    formToken: request.formToken,
    label: '改为同意的原因（记入台账）',
    button: '改为同意计入',
  })}</details>`;
}

/** One held revision: what would change, why it waits, and the form of whoever may decide. */
export function heldRevision(
  request: RequestContext<ReturnPlace>,
  revision: Revision,
  found: FoundReturn,
): Html {
  const { catalogue, one } = found;
  const { number, upload, reason } = revision;
  return html`<section class="card"><h3>${revisionInWords(number)}</h3>
<p><span class="typed">${upload.fileName}</span>，${upload.uploader}于 ${receivedInWords(revision.handedIn, catalogue)} 上传</p>
${reason === '' ? '' : html`<p>更正说明：<span class="typed">${reason}</span></p>`}
${one.counting === undefined ? '' : changesBetween(one.counting, revision, catalogue)}
${heldBecause(revision).map((each) => waitingFor[each](request, revision, found))}
</section>`;
}

/** What is to be done about each reason for which a revision is held: all of it can be done at once. */
const waitingFor: Record<HeldBecause, typeof waitingForOffice> = {
  'after-cut-off': waitingForOffice,
  'changes-issued': waitingForReason,
  'awaits-agreement': waitingForReviewer,
  'sent-back': () =>
    html`<p>法制机构退回核实，部门答复后重新计入，见<a href="#questions">法制机构的核实</a>。</p>`,
};

function waitingForReason(
  request: RequestContext<ReturnPlace>,
  revision: Revision,
  { place }: FoundReturn,
): Html {
  const { id, number } = revision;
  if (!reportsFor(request.identity, place.department)) {
    return html`<p>这次上传改动了正式发布的内容，没有说明原因；部门说明原因后才计入汇总。</p>`;
  }
  const alone = heldBecause(revision).length === 1;
  return html`<p>这次上传改动了正式发布的内容，工作簿里没有写“更正说明”。请在这里说明原因，${alone ? '说明后马上计入汇总，' : ''}不用重新上传。</p>
${reasonForm({
  address: `${uploadAddress(place, id)}/explanation`,
  formToken: request.formToken,
  label: `${revisionInWords(number)}更正的原因`,
  button: '提交原因',
})}`;
}

function waitingForOffice(
  request: RequestContext<ReturnPlace>,
  revision: Revision,
  { place }: FoundReturn,
): Html {
  const { id, number } = revision;
  if (!isLegalOffice(request.identity)) {
    const own = reportsFor(request.identity, place.department);
    const alone = heldBecause(revision).length === 1;
    const hint = alone ? '您现在不用做什么，也不用重新上传；如果着急，请联系法制机构。' : '';
    return html`<p>这次上传晚于最迟报送日，等法制机构同意后计入汇总。${own ? hint : ''}</p>`;
  }
  return html`<p>这次上传晚于最迟报送日，同意后计入汇总；不同意的，部门会看到原因，以后仍可改为同意。</p>
${reasonForm({
  address: `${uploadAddress(place, id)}/admission`,
  formToken: request.formToken,
  label: `${revisionInWords(number)}同意或不同意计入的原因`,
  button: '同意计入',
  other: { address: refusalToAdmitAddress(place, id), button: '不同意' },
})}`;
}
