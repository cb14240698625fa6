import { html } from 'hono/html';
import { z } from 'zod';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { localTime, periodInYear } from '../../../shared/core/catalogue/period.ts';
import type { ReminderList } from '../../../shared/core/reminders/contacts.ts';
import { type LackingDepartment, lackingIn, occasionWords } from '../../../shared/core/reminders/lacking.ts';
import { channelWords, type ReminderRecord } from '../../../shared/core/reminders/record.ts';
import { reminderText, textsTogether } from '../../../shared/core/reminders/text.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { newestReminders, readReminderList } from '../../use-cases/stores/reminder-store.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { departmentName } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, yearParam } from '../route.ts';
import type { Reminding } from '../services.ts';
import { contactsSection, rulesSection } from './office-list.ts';

/** What was just done, as the page says it once. */
export const doneWords = {
  kept: '联系人已保存。',
  removed: '联系人已删除。',
  rules: '提醒规则已保存。',
} as const;

/** How many of the newest records are shown. */
const mostShown = 200;

const query = { done: z.enum(['kept', 'removed', 'rules']).optional().catch(undefined) };

/** Who lacks what, in words to copy; what went out; and, for the office alone, to whom and when. */
export const remindersRoute = htmlRoute(
  { path: '/:year/reminders', access: readers, params: yearParam, query },
  async (request) => {
    const { documents } = request.services;
    const { state } = await request.readYear(request.params.year);
    const [list, records] = await Promise.all([
      readReminderList(documents),
      newestReminders(request.params.year, mostShown, documents),
    ]);
    return { kind: 'page', body: remindersPage(request, { state, list, records }) };
  },
);

interface Shown {
  state: YearState;
  list: ReminderList;
  records: readonly ReminderRecord[];
}

function remindersPage(
  request: RequestContext<unknown, z.infer<z.ZodObject<typeof query>>>,
  { state, list, records }: Shown,
): Html {
  const { now, query, services, identity } = request;
  const { catalogue } = state;
  const { year, utcOffset } = catalogue;
  const forms = { catalogue, list, formToken: request.formToken };
  return pageLayout(request, {
    title: `${year}年催报`,
    year,
    current: `/${year}`,
    trail: [{ title: '报送总览', address: `/${year}` }],
    done: query.done && doneWords[query.done],
    content: html`<p class="hint">截至 ${localTime(now, utcOffset)}</p>
${channelsNotice(services.reminding.by)}
<h2 id="texts">催报文字</h2>
${textsSection(request, state, list)}
<h2 id="sent">已发出的提醒</h2>
${recordTable(records, catalogue)}
${actsForOffice(identity) ? html`${contactsSection(forms)}${rulesSection(forms)}` : ''}`,
  });
}

function channelsNotice(by: Reminding['by']): Html {
  if (by === 'what-was-deployed') return html`<p>提醒由部署的定时任务自动发送；发送渠道由管理员配置。</p>`;
  if (by.length === 0) {
    return html`<p class="notice">还没有配置发送渠道，系统不会自动提醒。请复制下面的文字发给各部门，或者请管理员配置邮件服务器或群机器人。</p>`;
  }
  return html`<p>到了提醒的日子，系统会自动发送：${by.map((name) => channelWords[name]).join('、')}。</p>`;
}

/** The same words that go out, for a department at a time and for all. */
function textsSection({ now, services }: RequestContext, state: YearState, list: ReminderList): Html {
  const { year } = state.catalogue;
  const { link } = services.reminding;
  const context = { state, now, list, link: link && ((department: string) => link(department, year)) };
  const reminders = lackingIn(state, now, list).map((reminder) => ({
    reminder,
    ...reminderText(reminder, context),
  }));
  if (reminders.length === 0) return html`<p>现在没有部门需要催报。</p>`;
  return html`<p>${reminders.length} 个部门还有报表没有办完。下面的文字与系统发出的一样。</p>
${reminders.length === 1 ? '' : textToCopy({ id: 'text-all', label: '全部部门', text: textsTogether(reminders) })}
${reminders.map(({ reminder, subject, text }) => departmentText(reminder, { subject, text }))}`;
}

function departmentText(
  { department }: LackingDepartment,
  { subject, text }: { subject: string; text: string },
): Html {
  return html`<details><summary>${subject}</summary>
${textToCopy({ id: `text-of-${department.id}`, label: department.name, text })}
</details>`;
}

/** A text that can be marked and copied by hand; the button is shown where a script can copy it. */
function textToCopy({ id, label, text }: { id: string; label: string; text: string }): Html {
  const rows = Math.min(text.split('\n').length + 1, 16);
  return html`<div class="to-copy"><label for="${id}">${label}</label>
<textarea id="${id}" rows="${rows}" readonly>${text}</textarea>
<p><button type="button" class="quiet" data-copy="${id}" data-copied="已复制" hidden>复制<span class="unseen">给${label}的文字</span></button> <span role="status"></span></p></div>`;
}

/** What went out, and what could not. */
function recordTable(records: readonly ReminderRecord[], catalogue: Catalogue): Html {
  if (records.length === 0) return html`<p>还没有发出过提醒。</p>`;
  const head = html`<tr><th scope="col">时间</th><th scope="col">部门</th><th scope="col">渠道</th><th scope="col">事由</th><th scope="col">报告期</th><th scope="col">结果</th></tr>`;
  return html`${records.length < mostShown ? '' : html`<p class="hint">只列出最近的 ${mostShown} 条。</p>`}
${scrollingTable('提醒记录', { head, rows: records.map((record) => recordRow(record, catalogue)) })}`;
}

function recordRow(record: ReminderRecord, catalogue: Catalogue): Html {
  const { at, department, channel, occasion, periods } = record;
  return html`<tr><td class="short">${localTime(at, catalogue.utcOffset)}</td>
<th scope="row" class="short">${departmentName(catalogue, department)}</th>
<td class="short">${channelWords[channel]}</td><td class="short">${occasionWords[occasion]}</td>
<td>${periods.map(periodInYear).join('、')}</td><td class="wordy">${outcomeInWords(record)}</td></tr>`;
}

function outcomeInWords(record: ReminderRecord): Html {
  if (record.outcome === 'failed') {
    return html`没有发出，已试 ${record.tries} 次；下次会再试。<span class="hint" lang="en">${record.because}</span>`;
  }
  const { channel, recipients, refused, subject, text } = record;
  const addresses = channel === 'mail' ? `，${recipients} 个地址` : '';
  const others = refused === 0 ? '' : `，另有 ${refused} 个被拒收`;
  return html`<details><summary>已发出${addresses}${others}<span class="unseen">：${subject}</span></summary><pre class="typed">${text}</pre></details>`;
}
