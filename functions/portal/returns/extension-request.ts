import { html } from 'hono/html';
import { isOver } from '../../../shared/core/catalogue/deadlines.ts';
import { daySchema, endOfDay, localDay, localTime } from '../../../shared/core/catalogue/period.ts';
import { reasonSchema } from '../../../shared/core/ledger/people.ts';
import { sha256Schema } from '../../../shared/core/values/digest.ts';
import type { ExtensionRequest } from '../../../shared/core/year/extension-requests.ts';
import { problemWithExtension } from '../office/extensions.ts';
import { extensionRequestsAddress, type ReturnPlace, returnAddress, returnPath } from '../pages/addresses.ts';
import { reasonForm } from '../pages/form-fields.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { formRoute, type RequestContext, type Route, returnParams } from '../route.ts';
import { recordNow } from './decisions.ts';
import { type FoundReturn, findReturn, reportsFor } from './found-return.ts';

/** What the department asked for, what the office answered, and the form to ask while nothing has come. */
export function extensionSection(request: RequestContext<ReturnPlace>, found: FoundReturn): Html {
  const { one, place, catalogue } = found;
  const waits = one.extensionRequests.some(({ answer }) => answer === undefined);
  const mayAsk =
    reportsFor(request.identity, place.department) &&
    one.revisions.length === 0 &&
    !waits &&
    isOver(one.deadline, request.now, catalogue);
  return html`${
    one.extensionRequests.length === 0
      ? ''
      : html`<h2 id="extension">延期申请</h2>
<ul class="plain">${one.extensionRequests.map((each) => requestItem(each, found))}</ul>`
  }
${mayAsk ? askingForm(request, found) : ''}`;
}

function requestItem({ until, asked, answer }: ExtensionRequest, { catalogue }: FoundReturn): Html {
  const { utcOffset } = catalogue;
  const said =
    answer === undefined
      ? '等法制机构答复'
      : html`${answer.by}于 ${localTime(answer.at, utcOffset)} ${answer.kind === 'granted' ? `同意，延至 ${localDay(answer.until, utcOffset)}` : '不同意'}：<span class="typed">${answer.reason}</span>`;
  return html`<li>${asked.by}于 ${localTime(asked.at, utcOffset)} 申请延至 <strong>${localDay(until, utcOffset)}</strong>：<span class="typed">${asked.reason}</span>——${said}</li>`;
}

function askingForm({ formToken, now }: RequestContext, { place, catalogue }: FoundReturn): Html {
  const more = html`<label for="until">延至（含当日）</label>
<input id="until" name="until" type="date" required min="${localDay(now, catalogue.utcOffset)}" placeholder="${localDay(now, catalogue.utcOffset)}">`;
  return html`<details><summary>来不及报送？申请延期</summary>
${reasonForm({ address: extensionRequestsAddress(place), formToken, label: '申请延期的原因（法制机构会看到）', button: '提交申请', more })}</details>`;
}

/** A department asks for more time; the office declines, or extends the deadline on its own page. */
export const extensionRequestRoutes: Route[] = [
  formRoute(
    {
      path: `${returnPath}/extension-requests`,
      access: ['department'],
      params: returnParams,
      form: { until: daySchema, reason: reasonSchema },
    },
    async (request) => {
      const { state, catalogue } = await findReturn(request);
      const { params, form, now } = request;
      const { department, period } = params;
      const problem = problemWithExtension({ period, department, until: form.until }, { state, now });
      if (problem !== undefined) throw new PortalError('malformed', problem);
      const until = endOfDay(form.until, catalogue.utcOffset);
      const { reason } = form;
      await recordNow(request, { kind: 'extension-requested', department, period, until, reason });
      return { kind: 'redirect', to: `${returnAddress(params)}?done=requested` };
    },
  ),
  formRoute(
    {
      path: `${returnPath}/extension-requests/:request/refusal`,
      access: ['legal-office'],
      params: { ...returnParams, request: sha256Schema },
      form: { reason: reasonSchema },
    },
    async (request) => {
      await findReturn(request);
      const { department, period, request: id } = request.params;
      const { reason } = request.form;
      await recordNow(request, { kind: 'extension-declined', department, period, request: id, reason });
      return { kind: 'redirect', to: `/${request.params.year}/deadlines?done=declined` };
    },
  ),
];
