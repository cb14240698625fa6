import { html } from 'hono/html';
import { sampleCatalogue } from '../../../shared/catalogue/sample.ts';
import { actsForOffice } from '../access/identity.ts';
import { cataloguesAddress } from '../pages/addresses.ts';
import { formTokenField } from '../pages/form-fields.ts';
import type { Html } from '../reply.ts';
import type { RequestContext } from '../route.ts';
import { presentYear } from './catalogue-files.ts';
import { cutOffChoices, departmentField } from './new-catalogue.ts';
import { sampleChoice } from './sample-year-page.ts';
import { uploadForm } from './upload.ts';

/** What to do where no catalogue was ever adopted. */
export function firstChoices(request: RequestContext): Html {
  const { identity } = request;
  const sample = sampleChoice(request);
  if (!actsForOffice(identity)) {
    return html`<p class="notice">还没有采用指标目录。请法制机构登录，先采用一份；在那以前没有什么可以查询。</p>${sample}`;
  }
  return html`<div class="notice"><p><strong>还没有指标目录，所以还不能报送。</strong>目录规定报送哪些指标、由哪些部门报送、什么时候报送。请从下面选一种办法做出本年的目录；每一种都会先让您看清楚，点“采用”以后才生效。</p></div>
${sample}
<section class="card" aria-labelledby="from-sample"><h2 id="from-sample">从样例开始做本年的目录</h2>
<p>用样例的 ${sampleCatalogue().indicators.length} 项指标，换成您这里的部门和期限。指标以后随时可以改。</p>
${fromSampleForm(request)}</section>
<section class="card" aria-labelledby="own"><h2 id="own">上传自己的目录工作簿</h2>
<p>先下载一份工作簿，用 Excel、WPS 表格或 LibreOffice 改好：</p>
<p><a class="button quiet" href="${cataloguesAddress}/sample.xlsx">下载样例目录（改成自己的）</a> <a class="button quiet" href="${cataloguesAddress}/empty.xlsx">下载空白目录</a></p>
${uploadForm(request)}</section>`;
}

function fromSampleForm(request: RequestContext): Html {
  const year = presentYear(request.now);
  return html`<form method="post" action="${cataloguesAddress}/from-sample">
${formTokenField(request)}
<div class="fields">
<div><label for="year">年份</label><select id="year" name="year">${[year - 1, year, year + 1].map(
    (each) => html`<option value="${each}"${each === year ? html` selected` : ''}>${each}年</option>`,
  )}</select></div>
<div><label for="authority">地方或机关（印在报告和表上）</label><input id="authority" name="authority" required maxlength="40" placeholder="例：万源市"></div>
<div><label for="firstMonth">从几月报起（年中开始用的，以前的月份可以不报）</label><select id="firstMonth" name="firstMonth">${Array.from(
    { length: 12 },
    (_, index) => html`<option value="${index + 1}">${index + 1}月</option>`,
  )}</select></div>
<div><label for="dueDay">报送时限：次月几日（1 至 28）</label><input id="dueDay" name="dueDay" type="number" min="1" max="28" step="1" value="10" required></div>
<div><label for="cutOff">最迟报送日（以后的先暂存）</label><select id="cutOff" name="cutOff">${Object.entries(
    cutOffChoices,
  ).map(([value, { words }]) => html`<option value="${value}">${words}</option>`)}</select></div>
</div>
<fieldset class="names"><legend>部门名称（没有这个部门的，清空）</legend>
<div class="fields">${sampleCatalogue().departments.map(
    ({ id, name }) =>
      html`<div><label class="unseen" for="department-${id}">样例中的${name}</label><input id="department-${id}" name="${departmentField}${id}" value="${name}" maxlength="30"></div>`,
  )}</div></fieldset>
<p><button type="submit">做出目录，看一看</button></p>
</form>`;
}
