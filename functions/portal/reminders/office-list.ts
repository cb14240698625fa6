import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { type Contact, contactsOf, type ReminderList } from '../../../shared/core/reminders/contacts.ts';
import { departmentName, remindersAddress } from '../pages/addresses.ts';
import { departmentChoice, formTokenField } from '../pages/form-fields.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

interface ListForms {
  catalogue: Catalogue;
  list: ReminderList;
  formToken: string;
}

/** To whom mails go: the office's own list, which no department and no auditor sees. */
export function contactsSection({ catalogue, list, formToken }: ListForms): Html {
  const { departments, year } = catalogue;
  const without = departments.filter(({ id }) => contactsOf(list, id).length === 0);
  const head = html`<tr><th scope="col">部门</th><th scope="col">姓名</th><th scope="col">邮件地址</th><th scope="col">办理</th></tr>`;
  return html`<h2 id="contacts">联系人</h2>
<p>提醒邮件发给这里的联系人。名单只有法制机构看得到，不记入台账，删除后不再保留。</p>
${without.length === 0 ? '' : html`<p>还没有联系人的部门：${without.map(({ name }) => name).join('、')}。</p>`}
${
  list.contacts.length === 0
    ? ''
    : scrollingTable('联系人名单', {
        head,
        rows: list.contacts.map((contact, index) => contactRow(contact, { catalogue, formToken, index })),
      })
}
<form class="card" method="post" action="${remindersAddress(year)}/contacts" aria-label="添加联系人">
${formTokenField({ formToken })}
<div class="fields">
${departmentChoice(catalogue, { chosen: undefined, all: '请选择' })}
${contactFields('new')}
</div>
<p><button type="submit">添加联系人</button></p>
</form>`;
}

function contactFields(id: string, { name, mail }: Partial<Contact> = {}): Html {
  return html`<div><label for="name-${id}">姓名</label><input id="name-${id}" name="name" type="text" maxlength="80" required value="${name ?? ''}"></div>
<div><label for="mail-${id}">邮件地址</label><input id="mail-${id}" name="mail" type="email" maxlength="254" required value="${mail ?? ''}"></div>`;
}

function contactRow(
  contact: Contact,
  { catalogue, formToken, index }: Omit<ListForms, 'list'> & { index: number },
): Html {
  const { department, name, mail } = contact;
  const address = `${remindersAddress(catalogue.year)}/contacts`;
  const whose = html`<span class="unseen">${name}</span>`;
  return html`<tr><th scope="row" class="short">${departmentName(catalogue, department)}</th><td class="typed">${name}</td><td class="typed">${mail}</td>
<td class="wordy"><details><summary>修改${whose}</summary><form method="post" action="${address}" aria-label="修改${name}">
${formTokenField({ formToken })}
<input type="hidden" name="department" value="${department}"><input type="hidden" name="was" value="${mail}">
${contactFields(String(index), contact)}
<p><button type="submit">保存</button></p></form></details>
<form method="post" action="${address}/removal">
${formTokenField({ formToken })}
<input type="hidden" name="department" value="${department}"><input type="hidden" name="mail" value="${mail}">
<button type="submit" class="quiet">删除${whose}</button></form></td></tr>`;
}

/** When reminders are sent, and whom they say to ask. */
export function rulesSection({ catalogue: { year, authority }, list, formToken }: ListForms): Html {
  return html`<h2 id="rules">提醒规则</h2>
<p>报告期结束的次日、截止前、截止当天、逾期的次日各提醒一次，逾期后每隔几天再提醒；没有答复的核实、没有说明理由的更正也是如此。已经办完的部门不会收到提醒。</p>
<form class="card" method="post" action="${remindersAddress(year)}/rules" aria-label="提醒规则">
${formTokenField({ formToken })}
<div class="fields">
<div><label for="daysBefore">截止前几天提醒（可填几个，如 7、3；不填就不提前）</label><input id="daysBefore" name="daysBefore" type="text" maxlength="40" value="${list.daysBefore.join('、')}"></div>
<div><label for="overdueEvery">逾期后每几天提醒一次</label><input id="overdueEvery" name="overdueEvery" type="number" min="1" max="90" required value="${list.overdueEvery}"></div>
<div><label for="askWhom">有疑问请联系谁（写在每份提醒里；不填就写“${authority}”）</label><input id="askWhom" name="askWhom" type="text" maxlength="100" value="${list.askWhom}"></div>
</div>
<p><button type="submit">保存</button></p>
</form>`;
}
