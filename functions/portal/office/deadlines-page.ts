import { html } from 'hono/html';
import { z } from 'zod';
import type { Catalogue, Deadline } from '../../../shared/core/catalogue.ts';
import { endOfDay, localTime, periodInWords, periodSchema } from '../../../shared/core/period.ts';
import type { LedgerYear } from '../../year/read-year.ts';
import { actsForOffice, readers } from '../access/readers.ts';
import { anyDepartment } from '../pages/department-filter.ts';
import { frame } from '../pages/frame.ts';
import { departmentName } from '../pages/return-links.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';
import { page, type Visit, yearParam } from '../route.ts';
import { extensionForm } from './extension-form.ts';
import { dayOf, type Extension, extensionsOf } from './extensions.ts';

const query = {
  department: anyDepartment,
  period: periodSchema.optional(),
  done: z.string().optional(),
};

/** Until when returns are due, and for whom that was put off. */
export const deadlinesRoute = page(
  { path: '/:year/deadlines', access: readers, params: yearParam, query },
  async (visit) => {
    const year = await visit.readYear(visit.params.year);
    return { kind: 'page', body: deadlinesPage(visit, year) };
  },
);

function deadlinesPage(visit: Visit<unknown, z.infer<z.ZodObject<typeof query>>>, year: LedgerYear): Html {
  const { formToken, now, query } = visit;
  const { catalogue, state } = year;
  const extensions = extensionsOf(year);
  const head = html`<tr><th scope="col">报告期</th><th scope="col">报送时限</th><th scope="col">最迟报送日</th><th scope="col">目前（延期除外）</th><th scope="col">延期</th></tr>`;
  return frame(visit, {
    title: '报送期限',
    year: catalogue.year,
    current: `/${catalogue.year}/deadlines`,
    done: query.done === 'extended' ? '已延期，并已记入台账。' : undefined,
    content: html`<p>过了报送时限才上传的，记为迟报；过了最迟报送日的，先暂存，法制机构同意后才计入。把期限延到今天以后，就是重新开放某月：在延期内上传的都按时计入，已经暂存的也会计入。</p>
${
  actsForOffice(visit.identity)
    ? html`<h2>延期</h2>${extensionForm(state, { formToken, now, chosen: { department: query.department, period: query.period } })}<h2>各月期限</h2>`
    : ''
}
${scrollingTable(`${catalogue.year}年各月报送期限`, {
  head,
  rows: catalogue.periods.map((deadline) => deadlineRow(deadline, { catalogue, extensions, now })),
})}`,
  });
}

function deadlineRow(
  { period, due, cutOff }: Deadline,
  { catalogue, extensions, now }: { catalogue: Catalogue; extensions: readonly Extension[]; now: string },
): Html {
  const own = extensions.filter(({ happening }) => happening.period === period);
  return html`<tr><th scope="row" class="short">${periodInWords(period)}</th>
<td class="short">${due}</td><td class="short">${cutOff}</td>
<td class="short">${stageOf({ period, due, cutOff }, { catalogue, now })}</td>
<td class="${own.length === 0 ? '' : 'wordy'}">${own.length === 0 ? '' : html`<ul class="plain">${own.map((one) => extensionItem(one, catalogue))}</ul>`}</td></tr>`;
}

/** What time it is for a period, extensions apart. */
function stageOf(
  { period, due, cutOff }: Deadline,
  { catalogue: { utcOffset }, now }: { catalogue: Catalogue; now: string },
): string {
  if (localTime(now, utcOffset).slice(0, 7) <= period) return '未到期';
  if (now <= endOfDay(due, utcOffset)) return '报送中';
  return now <= endOfDay(cutOff, utcOffset) ? '已过时限' : '已截止';
}

function extensionItem({ at, by, happening }: Extension, catalogue: Catalogue): Html {
  const { department, until, reason } = happening;
  const whose = department === null ? '全部部门' : departmentName(catalogue, department);
  return html`<li>${whose}延至 <strong>${dayOf(until, catalogue)}</strong>：<span class="typed">${reason}</span>（${by}，${localTime(at, catalogue.utcOffset)}）</li>`;
}
