import { html } from 'hono/html';
import { localDay, localTime, periodInWords } from '../../../shared/core/catalogue/period.ts';
import type { ExtensionRequest } from '../../../shared/core/year/extension-requests.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { departmentName, extensionRequestsAddress, returnAddress } from '../pages/addresses.ts';
import { reasonForm } from '../pages/form-fields.ts';
import type { Html } from '../reply.ts';

/** Requests that wait, each with the forms that grant and decline it for whoever may. */
export function extensionRequestList(
  requests: readonly ExtensionRequest[],
  { state, form }: { state: YearState; form: { token: string } | undefined },
): Html {
  if (requests.length === 0) return html`<p>没有等待答复的延期申请。</p>`;
  return html`<ul class="cards">${requests.map((request) => requestCard(request, state, form))}</ul>`;
}

function requestCard(
  { id, department, period, until, asked }: ExtensionRequest,
  { catalogue }: YearState,
  form: { token: string } | undefined,
): Html {
  const { year, utcOffset } = catalogue;
  const name = `${departmentName(catalogue, department)}${periodInWords(period)}`;
  const day = localDay(until, utcOffset);
  const fields = html`<input type="hidden" name="department" value="${department}"><input type="hidden" name="period" value="${period}">
<label for="until-${id.slice(0, 12)}">延至（含当日）</label><input id="until-${id.slice(0, 12)}" name="until" type="date" required value="${day}">`;
  return html`<li class="card"><h3><a href="${returnAddress({ department, period })}">${name}</a>：申请延至 ${day}</h3>
<p>${asked.by}于 ${localTime(asked.at, utcOffset)} 申请：<span class="typed">${asked.reason}</span></p>
${
  form === undefined
    ? ''
    : reasonForm({
        address: `/${year}/deadlines`,
        formToken: form.token,
        label: `答复${name}的原因（记入台账）`,
        button: '同意延期',
        more: fields,
        other: {
          address: `${extensionRequestsAddress({ year, department, period })}/${id}/refusal`,
          button: '不同意',
        },
      })
}</li>`;
}
