import { html } from 'hono/html';
import { z } from 'zod';
import { comparePeriods, localTime, periodInWords } from '../../../shared/core/catalogue/period.ts';
import { evidenceCodes, publicationCode, reportedUnder } from '../../../shared/core/publication/evidence.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import type { Total } from '../../../shared/core/totals/total.ts';
import { issueWords, lastCounting, openInWords, statusWords } from '../../../shared/core/words.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { readers } from '../access/identity.ts';
import { publishedSources } from '../figures/figure-sources.ts';
import { publicationOf } from '../found-publication.ts';
import { figureAddress } from '../pages/addresses.ts';
import { pageLayout } from '../pages/layout.ts';
import { publicationAddress } from '../pages/publication-addresses.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, publicationParams, type RequestContext, type Route } from '../route.ts';
import { departmentsTable, onTwoPages, reasonsTable, sourcesTable } from './certificate-sources.ts';

const ofPublication = '/:year/publications/:number';
const indicator = z.string().max(64);

/** What a publication, or a figure of one, rests on, on paper (证明单): for files and inquiries, to be checked later. */
export const certificateRoutes: Route[] = [
  htmlRoute(
    { path: `${ofPublication}/certificate`, access: readers, params: publicationParams },
    async (request) => {
      const { publication, state } = await published(request);
      return { kind: 'page', body: publicationCertificate(request, publication, state) };
    },
  ),
  htmlRoute(
    {
      path: `${ofPublication}/figures/:indicator/certificate`,
      access: readers,
      params: { ...publicationParams, indicator },
    },
    async (request) => {
      const { publication, state } = await published(request);
      const total = publication.totals.find((each) => each.indicator === request.params.indicator);
      if (total === undefined) throw new PortalError('not-found', '这次发布没有这项指标。');
      return { kind: 'page', body: figureCertificate(request, { publication, total, state }) };
    },
  ),
];

async function published(request: RequestContext<{ year: number; number: number }>) {
  const { year, number } = request.params;
  const { state } = await request.readYear(year);
  return { state, publication: await publicationOf(request, state, number) };
}

interface Certificate {
  publication: Publication;
  title: string;
  content: Html;
  /** What follows on pages of its own, so that the first ones stand by themselves. */
  annex?: Html;
}

/** What is printed on every one: of what it is, and what its code means, in a sentence. */
function sheet(request: RequestContext, { publication, title, content, annex = html`` }: Certificate): Html {
  const { year, number } = publication;
  return pageLayout(request, {
    title,
    year,
    isSheet: true,
    current: `/${year}/publications`,
    trail: [
      { title: '发布', address: `/${year}/publications` },
      { title: `第 ${number} 次发布`, address: publicationAddress(year, number) },
    ],
    content: html`<p class="notice unprinted">请用 A4 纸打印。</p>
${content}
<p>校验码由数字、单元格、文件、人员、时间按固定的方法算出（SHA-256 的前 80 位）：其中任何一处与发布时不同，算出的校验码就不同；校验码相同，就可以认定没有改动过。</p>
<p>核对办法：在系统的“记录查询”页面输入校验码（填写第 ${number} 次发布），会找到这张证明单；发布的文件和台账是否被改动过，在“台账核验”页面核验，或者离线运行 <span class="key">indicators verify</span>。</p>
${annex}`,
  });
}

function heading(publication: Publication, state: YearState): Html {
  const { number, publishedAt, publishedBy, utcOffset } = publication;
  const issued = state.issued.get(number);
  const standing =
    issued === undefined
      ? issueWords.archived
      : `${issueWords.issued}（${issued.by}，${localTime(issued.at, utcOffset)}：${issued.reason}）`;
  return html`<dl class="sheet-heading">
<div><dt>发布</dt><dd>第 ${number} 次，${localTime(publishedAt, utcOffset)}，<span class="typed">${publishedBy}</span></dd></div>
<div><dt>性质</dt><dd class="typed">${standing}</dd></div>
</dl>`;
}

function figureCertificate(
  request: RequestContext,
  { publication, total, state }: { publication: Publication; total: Total; state: YearState },
): Html {
  const { year, number, open } = publication;
  const { name, value, unit, status, reasons, definition } = total;
  const below = openInWords(open.find((one) => one.indicator === total.indicator));
  const sources = publishedSources(reportedUnder(total, publication.totals), publication, state).toSorted(
    (a, b) => comparePeriods(a.lineage.period, b.lineage.period),
  );
  const isMany = sources.length > onTwoPages;
  return sheet(request, {
    publication,
    title: `数据证明单：${name}`,
    content: html`${heading(publication, state)}
<dl class="sheet-proof">
<div><dt>指标</dt><dd class="typed"><a href="${figureAddress(year, total.indicator, number)}">${name}</a></dd></div>
<div><dt>${year}年的数</dt><dd><strong>${value ?? '—'} ${unit}</strong>（${statusWords[status]}${reasons.length === 0 ? '' : `：${reasons.join('；')}`}${below === '' ? '' : `；${below}`}）</dd></div>
<div><dt>口径</dt><dd class="typed">${definition}</dd></div>
<div><dt>校验码</dt><dd class="key">${evidenceCodes(publication)(total)}</dd></div>
</dl>
${isMany ? departmentsTable(sources, publication) : sourcesTable(sources, publication)}
${reasonsTable(sources, publication)}`,
    ...(isMany && {
      annex: html`<section class="sheet-annex"><h2>附：逐个数的依据</h2>
${sourcesTable(sources, publication)}</section>`,
    }),
  });
}

function publicationCertificate(request: RequestContext, publication: Publication, state: YearState): Html {
  const { title, totals, returns, chains, digest, catalogue } = publication;
  const counting = returns.filter(({ standing }) => standing === 'counting').length;
  const due = returns.filter(({ standing }) => standing !== 'not-due').length;
  const last = lastCounting(returns);
  const codeOf = evidenceCodes(publication);
  return sheet(request, {
    publication,
    title: `发布证明单：${publication.year}年第 ${publication.number} 次发布`,
    content: html`${heading(publication, state)}
<dl class="sheet-proof">
<div><dt>指标目录</dt><dd class="typed">${title} <span class="key">${catalogue.slice(0, 16)}…</span></dd></div>
<div><dt>内容</dt><dd>${totals.length} 项指标，${statusWords[publication.status]}；应报 ${due} 份报表，计入 ${counting} 份${last === undefined ? '' : `，报告期至${periodInWords(last)}`}</dd></div>
<div><dt>内容摘要</dt><dd class="key">${digest}</dd></div>
<div><dt>校验码</dt><dd class="key">${publicationCode(publication)}</dd></div>
</dl>
${scrollingTable('各项指标', {
  head: html`<tr><th scope="col">指标</th><th scope="col" class="number">数</th><th scope="col">单位</th><th scope="col">状态</th><th scope="col">校验码</th></tr>`,
  rows: totals.map(
    (total) =>
      html`<tr><th scope="row" class="typed">${total.name}</th><td class="number">${total.value ?? '—'}</td><td>${total.unit}</td><td>${statusWords[total.status]}</td><td><span class="key">${codeOf(total)}</span></td></tr>`,
  ),
})}`,
    annex: html`<section class="sheet-annex">${scrollingTable('附：发布时的台账', {
      head: html`<tr><th scope="col">台账链</th><th scope="col" class="number">条数</th><th scope="col">最后一条的哈希</th></tr>`,
      rows: chains.map(
        ({ chain, length, hash }) =>
          html`<tr><th scope="row">${chain}</th><td class="number">${length}</td><td><span class="key">${hash.slice(0, 32)}…</span></td></tr>`,
      ),
    })}</section>`,
  });
}
