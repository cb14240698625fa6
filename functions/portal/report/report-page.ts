import { html } from 'hono/html';
import { z } from 'zod';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { localTime } from '../../../shared/core/catalogue/period.ts';
import type { EventOf } from '../../../shared/core/ledger/event.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import type { TemplateFinding } from '../../../shared/report/template.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { reportAddress, reportTemplateAddress } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import { publicationAddress } from '../pages/publication-addresses.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, yearParam } from '../route.ts';
import { checkForm, templateForm, unfitTemplate } from './word-files.ts';

const query = { done: z.literal('adopted').optional().catch(undefined) };

/** The annual report in Word: the template in force and those before it, and where an edited report is checked. */
export const reportRoute = htmlRoute(
  { path: '/:year/report', access: readers, params: yearParam, query },
  async (request) => {
    const { state } = await request.readYear(request.params.year);
    const unfit = await request.services.work.wordReports.examineStanding(state.catalogue);
    return { kind: 'page', body: reportPage(request, state, unfit) };
  },
);

function reportPage(
  request: RequestContext<unknown, { done?: 'adopted' | undefined }>,
  state: YearState,
  unfit: readonly TemplateFinding[],
): Html {
  const { year } = state.catalogue;
  return pageLayout(request, {
    title: `${year}年报告`,
    year,
    current: reportAddress(year),
    done: request.query.done && '模板已启用，并已记入台账；以后的发布用它写成报告。',
    content: html`<p>每次发布都有一份 Word 报告：系统把模板里【】中的内容换成发布的数，其余的字不动。报告里的数与发布关联，改过以后仍可以核对和更新。</p>
${newestReport(state)}
<h2 id="check">核对改过的报告</h2>
${checkForm(request, year)}
<h2 id="template">模板</h2>
${unfitTemplate(unfit, { year, by: '按现行指标目录' })}
${standingTemplate(state)}
${actsForOffice(request.identity) ? templateForm(request, year) : html`<p class="hint">由法制机构换模板。</p>`}
${templatesSection(state)}`,
  });
}

function newestReport({ catalogue: { year }, publications }: YearState): Html {
  const number = publications.at(-1)?.happening.number;
  if (number === undefined) return html`<p class="notice">${year}年还没有发布过，发布以后才有报告。</p>`;
  return html`<p>最新的报告在<a href="${publicationAddress(year, number)}">第 ${number} 次发布</a>。</p>`;
}

function standingTemplate({ catalogue, reportTemplates }: YearState): Html {
  const { year, utcOffset } = catalogue;
  const newTemplate = html`<a href="${reportAddress(year)}/new-template.docx">下载起始模板</a>`;
  const standing = reportTemplates.at(-1);
  if (standing === undefined) {
    return html`<p>还没有启用过模板，报告用起始模板写成：它按现行指标目录排好了章节和句子，可以下载后在 Word 或 WPS 里改。</p>
<p>${newTemplate}</p>`;
  }
  const { at, by, happening } = standing;
  const address = reportTemplateAddress({ year, hash: happening.template });
  return html`<p>现行模板：${localTime(at, utcOffset)} 起，${by}启用。原因：<span class="typed">${happening.reason}</span></p>
<p><a href="${address}/template.docx">下载现行模板</a> · <a href="${address}">查看检查结果</a> · ${newTemplate}</p>`;
}

function templatesSection({ catalogue, reportTemplates }: YearState): Html {
  if (reportTemplates.length === 0) return html``;
  return html`<h2>启用过的模板</h2>
${scrollingTable('启用过的模板，新的在前', {
  head: html`<tr><th scope="col">启用时间</th><th scope="col">启用人</th><th scope="col">原因</th><th scope="col">模板</th></tr>`,
  rows: reportTemplates.toReversed().map((event) => templateRow(event, catalogue)),
})}`;
}

function templateRow(
  { at, by, happening: { template, reason } }: EventOf<'report-template-adopted'>,
  { year, utcOffset }: Pick<Catalogue, 'year' | 'utcOffset'>,
): Html {
  const address = reportTemplateAddress({ year, hash: template });
  return html`<tr><th scope="row" class="short">${localTime(at, utcOffset)}</th><td class="short">${by}</td><td class="wordy typed">${reason}</td>
<td class="short"><a class="key" href="${address}">${template.slice(0, 12)}</a></td></tr>`;
}
