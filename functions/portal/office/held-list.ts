import { html } from 'hono/html';
import { periodInWords } from '../../../shared/core/catalogue/period.ts';
import { heldInWords, revisionInWords } from '../../../shared/core/words.ts';
import { heldBecause, type Revision } from '../../../shared/core/year/revision.ts';
import { heldRevisions } from '../../../shared/core/year/standing.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { departmentName, refusalToAdmitAddress, uploadAddress } from '../pages/addresses.ts';
import { reasonForm } from '../pages/form-fields.ts';
import type { Html } from '../reply.ts';
import { receivedInWords } from '../returns/dates-in-words.ts';

/** The revisions of a year that were accepted but do not count yet. */
export function heldInYear({ returns }: Pick<YearState, 'returns'>): Revision[] {
  return returns.flatMap(heldRevisions);
}

/** Held revisions with why; for the legal office also the form that lets in one that came after the cut-off. */
export function heldList(
  held: readonly Revision[],
  { state, form }: { state: YearState; form: { token: string } | undefined },
): Html {
  if (held.length === 0) return html`<p>没有暂存的报表。</p>`;
  return html`<ul class="cards">${held.map((revision) => heldItem(revision, state, form))}</ul>`;
}

function heldItem(revision: Revision, { catalogue }: YearState, form: { token: string } | undefined): Html {
  const { department, period, number, id, upload, reason } = revision;
  const because = heldBecause(revision);
  const name = departmentName(catalogue, department);
  const address = uploadAddress({ department, period }, id);
  const admission = `决定${name}${periodInWords(period)}（${revisionInWords(number)}）是否计入`;
  return html`<li class="card held-return"><h3><a href="${address}">${name}${periodInWords(period)}（${revisionInWords(number)}）</a></h3>
<p>${heldInWords(because)}。${upload.uploader} 于 ${receivedInWords(revision.handedIn, catalogue)} 上传“<span class="typed">${upload.fileName}</span>”。${reason === '' ? '' : html`部门说明：<span class="typed">${reason}</span>`}</p>
${
  form === undefined || !because.includes('after-cut-off')
    ? ''
    : html`<details><summary>${admission}</summary>${reasonForm({
        address: `${address}/admission`,
        formToken: form.token,
        label: '同意或不同意的原因（记入台账）',
        button: '同意计入',
        other: { address: refusalToAdmitAddress({ department, period }, id), button: '不同意' },
      })}</details>`
}</li>`;
}
