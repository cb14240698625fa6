import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue.ts';
import { frame, type Setting } from '../pages/frame.ts';
import type { Html } from '../reply.ts';

/** The choice of identities on one machine, with what a first-time user should do. */
export function chooserPage(
  setting: Setting,
  {
    catalogue,
    returnTo,
    formToken,
    complaint,
  }: { catalogue: Catalogue; returnTo: string; formToken: string; complaint?: string },
): Html {
  return frame(setting, {
    title: '选择您的身份',
    content: html`${complaint === undefined ? '' : html`<p class="notice bad" role="alert">${complaint}</p>`}
<form class="card" method="post" action="/sign-in">
<input type="hidden" name="_form" value="${formToken}">
<input type="hidden" name="return" value="${returnTo}">
<p><label for="name">您的姓名</label><input id="name" name="name" required maxlength="40" autocomplete="name"></p>
<p><label for="who">您的身份</label><select id="who" name="who" required>
<option value="">请选择</option>
<optgroup label="部门（报送月报）">${catalogue.departments.map(
      ({ id, name }) => html`<option value="department:${id}">${name}</option>`,
    )}</optgroup>
<optgroup label="其他">
<option value="legal-office">法制机构（汇总、发布）</option>
<option value="auditor">审计（查询、核验）</option>
</optgroup></select></p>
<p><button type="submit">进入</button></p>
<p class="hint">本机不核对身份：您选择的身份和姓名会记入台账。多人使用时，请让管理员配置统一身份认证。</p>
</form>
${firstSteps()}`,
  });
}

/** What each of the three does first. */
export function firstSteps(): Html {
  return html`<section aria-labelledby="first"><h2 id="first">第一次使用</h2>
<div class="columns">
<div class="card"><h3>各部门</h3><ol>
<li>打开要报的月份，下载填报模板。</li>
<li>用 Excel、WPS 表格或 LibreOffice 填写浅黄色单元格，保存。</li>
<li>在同一页面上传。几秒钟内就知道是否接收；有错误的，页面和“校验结果”工作簿会标出每一处怎样改。</li>
</ol></div>
<div class="card"><h3>法制机构</h3><ol>
<li>在“报送总览”看谁报了、谁没报、谁逾期。</li>
<li>在“待处理”核对疑点，办理迟报、延期。</li>
<li>在“发布”生成本期汇总，下载工作簿和数据文件。</li>
</ol></div>
<div class="card"><h3>审计</h3><ol>
<li>在“汇总数据”点开一个数，逐级追到部门、月份、单元格和原始文件。</li>
<li>在“记录查询”按条件检索、导出。</li>
<li>在“台账核验”确认记录没有被改动。</li>
</ol></div>
</div></section>`;
}
