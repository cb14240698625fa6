import { html } from 'hono/html';
import { maxReasonLength } from '../../../shared/core/event.ts';
import { type Period, periodInWords } from '../../../shared/core/period.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import { departmentChoice } from '../pages/department-filter.ts';
import type { Html } from '../reply.ts';
import { dayOf } from './extensions.ts';

interface ExtensionForm {
  formToken: string;
  now: string;
  /** What the link that led here was about. */
  chosen: { department: string | undefined; period: Period | undefined };
}

/** The form that extends a deadline. */
export function extensionForm({ catalogue }: YearState, { formToken, now, chosen }: ExtensionForm): Html {
  return html`<form class="card" id="extend" method="post" action="/${catalogue.year}/deadlines" aria-label="延期">
<input type="hidden" name="_form" value="${formToken}">
<div class="fields">
<div><label for="period">报告期</label><select id="period" name="period" required>
<option value="">请选择</option>
${catalogue.periods.map(({ period }) => html`<option value="${period}"${period === chosen.period ? html` selected` : ''}>${periodInWords(period)}</option>`)}
</select></div>
${departmentChoice(catalogue, { chosen: chosen.department, all: '全部部门' })}
<div><label for="until">延至（含当日）</label><input id="until" name="until" type="date" required min="${dayOf(now, catalogue)}" placeholder="2023-05-20"></div>
</div>
<label for="reason">原因（记入台账）</label>
<textarea id="reason" name="reason" rows="2" maxlength="${maxReasonLength}" required></textarea>
<p><button type="submit">延期</button></p>
</form>`;
}
