import { html } from 'hono/html';
import { z } from 'zod';
import { daySchema, localTime, usualOffset } from '../../../shared/core/catalogue/period.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { newestOf } from '../../use-cases/known-catalogues.ts';
import { accessAddress } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import { pageLinks, pageOf, scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import { orEmpty } from '../records/record-query.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, type Route } from '../route.ts';
import { type AccessDay, type AccessDays, type AccessEntry, entriesIn } from './access-entry.ts';

const perPage = 100;

const query = {
  day: orEmpty(daySchema),
  person: orEmpty(z.string().max(80)),
  page: z.coerce.number().int().min(1).catch(1),
};
type AccessVisit = RequestContext<unknown, z.infer<z.ZodObject<typeof query>>>;

/** Who signed in, looked at or downloaded what, for auditors. */
async function accessPage(request: AccessVisit): Promise<Html> {
  const kept = request.services.accessLog?.kept;
  return pageLayout(request, {
    title: '访问记录',
    current: accessAddress,
    content: html`<p>谁在什么时候登录过，看过、下载过、提交过什么，结果如何；不记内容，至少保存180天。</p>
${kept?.kind === 'here' ? await keptDays(request, kept) : keptElsewhere(kept?.name)}`,
  });
}

function keptElsewhere(name: string | undefined): Html {
  return name === undefined
    ? html`<p class="notice" role="status">本系统没有记录访问。</p>`
    : html`<p class="notice" role="status">访问记录保存在云上的日志组 <code class="key">${name}</code>（内容为 access 的各行），请向管理员索取。</p>`;
}

async function keptDays(request: AccessVisit, kept: AccessDays): Promise<Html> {
  const days = await kept.days();
  const { day = days[0], person = '' } = request.query;
  const found = day === undefined ? undefined : await kept.read(day);
  if (day === undefined || found === undefined) {
    return html`${filterForm(days, { day, person })}<p class="notice" role="status">这一天没有访问记录。</p>`;
  }
  return html`${filterForm(days, { day, person })}${dayTable(request, found, person)}`;
}

function dayTable(request: AccessVisit, found: AccessDay, person: string): Html {
  const { day } = found;
  const { entries, unreadable } = entriesIn(found);
  const wanted = person.trim().toLowerCase();
  const fitting = entries.filter(({ by }) => by.toLowerCase().includes(wanted)).toReversed();
  const shown = pageOf(fitting, request.query.page, perPage);
  const utcOffset = newestOf(request.services.catalogues.last)?.utcOffset ?? usualOffset;
  const columns = ['时间', '姓名', '身份', '方式', '地址', '结果'];
  return html`<p class="exports"><a class="button quiet" href="${accessAddress}/${day}.jsonl">下载这一天的全部 ${entries.length} 条</a></p>
${unreadable === 0 ? '' : html`<p class="notice warn">有 ${unreadable} 行无法读取（例如写到一半时断电），原样留在文件里。</p>`}
${scrollingTable(`${day}，共 ${fitting.length} 条，最近的在前`, {
  head: html`<tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr>`,
  rows: shown.rows.map((entry) => entryRow(entry, utcOffset)),
})}
${pageLinks(shown, { url: request.url, label: '访问记录的各页' })}`;
}

const roleWords: Record<AccessEntry['roles'][number], string> = {
  reviewer: '部门审核人',
  department: '部门',
  'legal-office': '法制机构',
  auditor: '审计',
};

function entryRow(
  { at, by, roles, department, method, address, status }: AccessEntry,
  utcOffset: string,
): Html {
  const who = roles.map((role) => roleWords[role]).join('、');
  return html`<tr><td class="short">${localTime(at, utcOffset)}</td><td class="typed">${by}</td>
<td class="short">${who}${department === null ? '' : `（${department}）`}</td>
<td class="short">${method === 'POST' ? '提交' : '查看'}</td><td class="key">${address}</td><td class="short">${resultWords(status)}</td></tr>`;
}

function resultWords(status: number): string {
  if (status < 400) return '完成';
  return status === 403 ? '拒绝（403）' : `没有完成（${status}）`;
}

function filterForm(
  days: readonly string[],
  { day, person }: { day: string | undefined; person: string },
): Html {
  return html`<form class="filter card" method="get" action="${accessAddress}">
<div><label for="day">日期</label><select id="day" name="day">
${days.map((each) => html`<option value="${each}"${each === day ? html` selected` : ''}>${each}</option>`)}</select></div>
<div><label for="person">姓名</label><input type="text" id="person" name="person" maxlength="80" value="${person}" placeholder="姓名或其中几个字"></div>
<p class="actions"><button type="submit">查询</button></p>
</form>`;
}

/** The log of accesses and its files, for auditors alone: who looked is nobody else's business. */
export const accessRoutes: Route[] = [
  htmlRoute({ path: accessAddress, access: ['auditor'], query }, async (request) => ({
    kind: 'page',
    body: await accessPage(request),
  })),
  htmlRoute(
    { path: `${accessAddress}/:file`, access: ['auditor'], params: { file: z.string().max(40) } },
    async ({ params, services }) => {
      const day = daySchema.safeParse(params.file.replace(/\.jsonl$/, ''));
      const kept = services.accessLog?.kept;
      const found = day.success && kept?.kind === 'here' ? await kept.read(day.data) : undefined;
      if (found === undefined) throw new PortalError('not-found', '这一天没有访问记录。');
      const fileName = `访问记录-${found.day}.jsonl`;
      return { kind: 'file', bytes: found.bytes, fileName, type: mediaTypes.other };
    },
  ),
];
