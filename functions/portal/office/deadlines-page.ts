import { html } from 'hono/html';
import { z } from 'zod';
import { type Catalogue, type Deadline, ownSpanInWords } from '../../../shared/core/catalogue/catalogue.ts';
import { type Stage, stageOf } from '../../../shared/core/catalogue/deadlines.ts';
import {
  daySchema,
  endOfDay,
  type Instant,
  localDay,
  localTime,
  type Period,
  periodInWords,
  periodSchema,
} from '../../../shared/core/catalogue/period.ts';
import { reasonSchema } from '../../../shared/core/ledger/people.ts';
import { standings } from '../../../shared/core/words.ts';
import { openExtensionRequestsIn } from '../../../shared/core/year/standing.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { DecisionError, recordDecision } from '../../use-cases/office.ts';
import type { LedgerYear } from '../../use-cases/read-year.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { departmentName } from '../pages/addresses.ts';
import { anyDepartment, departmentChoice, formTokenField, reasonField } from '../pages/form-fields.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { formRoute, htmlRoute, type RequestContext, yearParam } from '../route.ts';
import { extensionRequestList } from './extension-requests.ts';
import { type Extension, extensionsOf, nothingToExtend, problemWithExtension } from './extensions.ts';

const query = {
  department: anyDepartment,
  period: periodSchema.optional(),
  done: z.enum(['extended', 'declined']).optional().catch(undefined),
};

/** Until when returns are due, and for whom that was put off. */
export const deadlinesRoute = htmlRoute(
  { path: '/:year/deadlines', access: readers, params: yearParam, query },
  async (request) => {
    const year = await request.readYear(request.params.year);
    return { kind: 'page', body: deadlinesPage(request, year) };
  },
);

const doneWords = { extended: '已延期，并已记入台账。', declined: '已答复：不同意延期，并已记入台账。' };

function deadlinesPage(
  request: RequestContext<unknown, z.infer<z.ZodObject<typeof query>>>,
  year: LedgerYear,
): Html {
  const { formToken, now, query } = request;
  const { catalogue, state } = year;
  const extensions = extensionsOf(year);
  const head = html`<tr><th scope="col">报告期</th><th scope="col">报送时限</th><th scope="col">最迟报送日</th><th scope="col">目前（延期除外）</th><th scope="col">延期</th></tr>`;
  return pageLayout(request, {
    title: '报送期限',
    year: catalogue.year,
    current: `/${catalogue.year}/deadlines`,
    done: query.done && doneWords[query.done],
    content: html`<p>过了报送时限才上传的，记为迟报；过了最迟报送日的，先暂存，法制机构同意后才计入。把期限延到今天以后，就是重新开放某一期：在延期内上传的都按时计入，已经暂存的也会计入。</p>
<h2 id="requests">部门申请延期</h2>
${extensionRequestList(openExtensionRequestsIn(state), { state, form: actsForOffice(request.identity) ? { token: formToken } : undefined })}
${
  actsForOffice(request.identity)
    ? html`<h2>延期</h2>${extensionForm(state, { formToken, now, chosen: { department: query.department, period: query.period } })}<h2>各期期限</h2>`
    : ''
}
${scrollingTable(`${catalogue.year}年各期报送期限`, {
  head,
  rows: catalogue.periods.map((deadline) => deadlineRow(deadline, { catalogue, extensions, now })),
})}`,
  });
}

function deadlineRow(
  deadline: Deadline,
  { catalogue, extensions, now }: { catalogue: Catalogue; extensions: readonly Extension[]; now: Instant },
): Html {
  const { period, due, cutOff } = deadline;
  const span = ownSpanInWords(deadline);
  const own = extensions.filter(({ happening }) => happening.period === period);
  return html`<tr><th scope="row" class="short">${periodInWords(period)}${span === undefined ? '' : html` <span class="hint">${span}</span>`}</th>
<td class="short">${due}</td><td class="short">${cutOff}</td>
<td class="short">${stageWords[stageOf(deadline, now, catalogue)]}</td>
<td class="${own.length === 0 ? '' : 'wordy'}">${own.length === 0 ? '' : html`<ul class="plain">${own.map((one) => extensionItem(one, catalogue))}</ul>`}</td></tr>`;
}

const stageWords: Record<Stage, string> = {
  'not-due': standings['not-due'].word,
  due: '报送中',
  'past-due': '已过时限',
  'cut-off': '已截止',
};

function extensionItem({ at, by, happening }: Extension, catalogue: Catalogue): Html {
  const { department, until, reason } = happening;
  const whose = department === null ? '全部部门' : departmentName(catalogue, department);
  return html`<li>${whose}延至 <strong>${localDay(until, catalogue.utcOffset)}</strong>：<span class="typed">${reason}</span>（${by}，${localTime(at, catalogue.utcOffset)}）</li>`;
}

interface ExtensionForm {
  formToken: string;
  now: Instant;
  /** What the link that led here was about. */
  chosen: { department: string | undefined; period: Period | undefined };
}

/** The form that extends a deadline. */
export function extensionForm({ catalogue }: YearState, { formToken, now, chosen }: ExtensionForm): Html {
  return html`<form class="card" id="extend" method="post" action="/${catalogue.year}/deadlines" aria-label="延期">
${formTokenField({ formToken })}
<div class="fields">
<div><label for="period">报告期</label><select id="period" name="period" required>
<option value="">请选择</option>
${catalogue.periods.map(({ period }) => html`<option value="${period}"${period === chosen.period ? html` selected` : ''}>${periodInWords(period)}</option>`)}
</select></div>
${departmentChoice(catalogue, { chosen: chosen.department, all: '全部部门' })}
<div><label for="until">延至（含当日）</label><input id="until" name="until" type="date" required min="${localDay(now, catalogue.utcOffset)}" placeholder="2023-05-20"></div>
</div>
${reasonField({ id: 'reason', label: '原因（记入台账）' })}
<p><button type="submit">延期</button></p>
</form>`;
}

/** Extends the deadlines of a period, for one department or for all, to the end of a day. */
export const extendDeadlineRoute = formRoute(
  {
    path: '/:year/deadlines',
    access: ['legal-office'],
    params: yearParam,
    form: { period: periodSchema, department: anyDepartment, until: daySchema, reason: reasonSchema },
  },
  async (request) => {
    const { form, now, services, identity } = request;
    const { catalogue, state } = await request.readYear(request.params.year);
    const problem = problemWithExtension(form, { state, now });
    if (problem !== undefined) throw new PortalError('malformed', problem);
    const until = endOfDay(form.until, catalogue.utcOffset);
    const { period, department = null, reason } = form;
    try {
      await recordDecision(
        { kind: 'deadline-extended', department, period, until, reason },
        { at: now, by: identity.name },
        services,
      );
    } catch (error) {
      if (!(error instanceof DecisionError)) throw error;
      throw new PortalError('conflict', nothingToExtend);
    }
    return { kind: 'redirect', to: `/${catalogue.year}/deadlines?done=extended` };
  },
);
