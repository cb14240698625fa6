import { html } from 'hono/html';
import type { EventOf } from '../../../shared/core/event.ts';
import { localTime, periodInWords } from '../../../shared/core/period.ts';
import type { Publication } from '../../../shared/core/publication.ts';
import { heldWords } from '../../../shared/core/terms.ts';
import { namesOf } from '../../../shared/workbook/summary/names.ts';
import { type KeptManifest, readKeptManifest } from '../../publish/kept-publication.ts';
import { readers } from '../access/readers.ts';
import { statusBadge } from '../pages/figure-text.ts';
import { frame } from '../pages/frame.ts';
import { returnAddress } from '../pages/return-links.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';
import { page, type Visit } from '../route.ts';
import { changesTable } from './changes-table.ts';
import { filesPart } from './files-part.ts';
import { eventOf, publicationOf, publicationParams } from './publication-params.ts';

/** One publication: what it is, its files, what it changed, what it left open, what it pins. */
export const publicationRoute = page(
  { path: '/:year/publications/:number', access: readers, params: publicationParams },
  async (visit) => {
    const { year, number } = visit.params;
    const { state } = await visit.readYear(year);
    const event = eventOf(state, number);
    const publication = await publicationOf(visit, state, number);
    const kept = await readKeptManifest(visit.services.documents, event);
    return { kind: 'page', body: publicationPage(visit, { publication, event, kept }) };
  },
);

interface Shown {
  publication: Publication;
  event: EventOf<'published'>;
  kept: KeptManifest | undefined;
}

function publicationPage(visit: Visit, { publication, event, kept }: Shown): Html {
  const { year, number, changes } = publication;
  return frame(visit, {
    title: `${year}年第 ${number} 次发布`,
    year,
    current: `/${year}/publications`,
    trail: [{ title: '发布', address: `/${year}/publications` }],
    content: html`${statusPart(publication)}
<h2>文件</h2>
${filesPart(kept, event)}
<h2>变动</h2>
${changes.since === null ? html`<p>首次发布，没有可比的上一次发布。</p>` : changesTable(`与第 ${changes.since} 次发布相比的变动`, changes.figures, publication)}
<h2>发布时的待处理事项</h2>
${openPart(publication)}
<h2>发布信息</h2>
${factsPart(publication, event)}
<h2>台账位置</h2>
<p>发布时各条台账链的长度和最后一条的哈希；此后台账只能增加，不能改动这以前的内容。</p>
${chainsTable(publication)}`,
  });
}

function statusPart({ status, totals, notice }: Publication): Html {
  const provisional = totals.filter((total) => total.status === 'provisional').length;
  const text =
    status === 'final' ? '应报的月报都已计入。' : `${totals.length} 项指标中 ${provisional} 项还不是最终数。`;
  return html`<p class="notice ${status === 'final' ? 'good' : 'warn'}">${statusBadge(status)} ${text}</p>
${notice === '' ? '' : html`<p class="notice">${notice}</p>`}`;
}

/** Warnings nobody had settled and returns that were held when it was published. */
function openPart(publication: Publication): Html {
  const names = namesOf(publication);
  const open = publication.warnings.filter(({ acknowledged }) => acknowledged === null);
  const { held, utcOffset } = publication;
  if (open.length + held.length === 0) return html`<p>没有。</p>`;
  return html`<ul>${open.map(
    (warning) =>
      html`<li><a href="${returnAddress(warning)}">${names.department(warning.department)}${periodInWords(warning.period)}${warning.finding.indicator === undefined ? '' : `“${names.indicator(warning.finding.indicator)}”`}</a>：${warning.finding.message}</li>`,
  )}${held.map(
    (one) =>
      html`<li><a href="${returnAddress(one)}">${names.department(one.department)}${periodInWords(one.period)}（修订 ${one.revision}）</a>暂存：${heldWords[one.because]}（${one.uploader}，${localTime(one.uploadedAt, utcOffset)}）</li>`,
  )}</ul>`;
}

function factsPart(publication: Publication, { chain, sequence, hash, by }: EventOf<'published'>): Html {
  const { publishedAt, utcOffset, digest, catalogue, software } = publication;
  const facts: [string, Html | string][] = [
    ['发布时间', `${localTime(publishedAt, utcOffset)}（UTC${utcOffset}）`],
    ['发布人', by],
    ['内容摘要', html`<span class="key">${digest}</span>`],
    ['指标目录', html`<span class="key">${catalogue}</span>`],
    ['软件', software],
    ['台账', html`<span class="key">${chain}#${sequence} ${hash}</span>`],
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function chainsTable({ chains }: Publication): Html {
  return scrollingTable('发布时的台账位置', {
    head: html`<tr><th scope="col">台账链</th><th scope="col" class="number">条数</th><th scope="col">最后一条的哈希</th></tr>`,
    rows: chains.map(
      ({ chain, length, hash }) =>
        html`<tr><th scope="row" class="short">${chain}</th><td class="number">${length}</td><td><span class="key">${hash}</span></td></tr>`,
    ),
  });
}
