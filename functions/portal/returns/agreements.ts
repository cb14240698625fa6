import { html } from 'hono/html';
import { reasonSchema } from '../../../shared/core/ledger/people.ts';
import { agreementWords, revisionInWords } from '../../../shared/core/words.ts';
import { isUploadedBy, type Revision } from '../../../shared/core/year/revision.ts';
import { agreementAddress, disagreementAddress, uploadAddress, uploadPath } from '../pages/addresses.ts';
import { formTokenField, reasonForm } from '../pages/form-fields.ts';
import type { Html } from '../reply.ts';
import { formRoute, type RequestContext, type Route, uploadParams } from '../route.ts';
import { actLine } from './dates-in-words.ts';
import { decideOnUpload } from './decisions.ts';
import { type FoundReturn, reportsFor, reviewsFor } from './found-return.ts';

/** A version that counts only when the department's own reviewer agrees: who is waited for, and the forms of whoever that is. */
export function waitingForReviewer(
  { identity, formToken }: Pick<RequestContext, 'identity' | 'formToken'>,
  revision: Revision,
  { place, catalogue }: FoundReturn,
): Html {
  const { id, number, agreement } = revision;
  const said = agreement?.kind === 'disagreed' ? html`<p>${agreementLine(revision, catalogue)}</p>` : '';
  if (!reviewsFor(identity, place.department)) {
    const next =
      agreement?.kind !== 'disagreed'
        ? '等本部门审核人同意后计入汇总。'
        : reportsFor(identity, place.department)
          ? '请按审核意见改正后重新上传；审核人也可以改为同意。'
          : '等部门改正，或者审核人改为同意。';
    return html`${said}<p>${next}</p>`;
  }
  if (isUploadedBy(revision, identity.name)) {
    return html`${said}<p>这一版是您自己上传的，要由本部门另一位审核人审核。</p>`;
  }
  return html`${said}<p>请审核<a href="${uploadAddress(place, id)}">这一版的全部数字</a>：同意后计入汇总；不同意的写明原因，填报人会看到，改正后重新上传。</p>
<form class="reason" method="post" action="${agreementAddress(place, id)}">
${formTokenField({ formToken })}
<button type="submit">审核同意（${revisionInWords(number)}）</button>
</form>
${
  agreement?.kind === 'disagreed'
    ? ''
    : html`<details><summary>不同意</summary>${reasonForm({
        address: disagreementAddress(place, id),
        formToken,
        label: '不同意的原因（填报人会看到）',
        button: '审核不同意',
      })}</details>`
}`;
}

/** Who agreed, or did not, when and why; empty where nobody said anything. */
export function agreementLine(
  { agreement }: Pick<Revision, 'agreement'>,
  catalogue: FoundReturn['catalogue'],
): Html {
  return agreement === undefined ? html`` : actLine(agreementWords[agreement.kind], agreement, catalogue);
}

/** What the department's own reviewers decide about its versions. */
export const agreementRoutes: Route[] = [
  formRoute({ path: `${uploadPath}/agreement`, access: ['reviewer'], params: uploadParams }, (request) =>
    decideOnUpload(request, (key) => ({ kind: 'return-agreed', ...key }), 'agreed'),
  ),
  formRoute(
    {
      path: `${uploadPath}/disagreement`,
      access: ['reviewer'],
      params: uploadParams,
      form: { reason: reasonSchema },
    },
    (request) =>
      decideOnUpload(
        request,
        (key) => ({ kind: 'return-disagreed', ...key, reason: request.form.reason }),
        'disagreed',
      ),
  ),
];
