import { html } from 'hono/html';
import { z } from 'zod';
import { localTime } from '../../../shared/core/catalogue/period.ts';
import type { EventOf } from '../../../shared/core/ledger/event.ts';
import type { Summary } from '../../../shared/core/publication/publication.ts';
import { issueWords, sourceInWords } from '../../../shared/core/words.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { mediaTypeOf } from '../../../shared/publication/media-types.ts';
import { problemWithIssuing } from '../../use-cases/publish/issue.ts';
import { purposeOf } from '../../use-cases/publish/published-files.ts';
import {
  type KeptManifest,
  manifestName,
  publicationKey,
  readKeptManifest,
} from '../../use-cases/stores/publication-store.ts';
import { actsForOffice, readers } from '../access/identity.ts';
import { textsSection } from '../figures/texts-section.ts';
import { tableGrids, totalsTable } from '../figures/totals-tables.ts';
import { eventOf, summaryOf } from '../found-publication.ts';
import { baselineAddress } from '../pages/addresses.ts';
import { statusBadge } from '../pages/figure-text.ts';
import { pageLayout } from '../pages/layout.ts';
import { publicationAddress } from '../pages/publication-addresses.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, publicationParams, type RequestContext } from '../route.ts';
import { sendDocument } from '../send-document.ts';
import { adoptionChanges, changesTable } from './changes-tables.ts';
import { downloads, isForPeople, savedAs } from './downloads.ts';
import { issueAddress } from './issue-page.ts';
import { admissionsSection, openSection } from './open-matters.ts';
import { textChangesTable } from './text-changes.ts';

/** One publication: what it is, its files, what it changed, what it left open, what it pins. */
export const publicationRoute = htmlRoute(
  {
    path: '/:year/publications/:number',
    access: readers,
    params: publicationParams,
    query: { done: z.literal('issued').optional().catch(undefined) },
  },
  async (request) => {
    const { year, number } = request.params;
    const { state } = await request.readYear(year);
    const event = eventOf(state, number);
    const publication = await summaryOf(request, state, number);
    const kept = await readKeptManifest(event, request.services.documents);
    return { kind: 'page', body: publicationPage(request, { publication, event, kept, state }) };
  },
);

interface Shown {
  publication: Summary;
  event: EventOf<'published'>;
  kept: KeptManifest | undefined;
  state: YearState;
}

function publicationPage(
  request: RequestContext<unknown, { done?: 'issued' | undefined }>,
  { publication, event, kept, state }: Shown,
): Html {
  const { year, number, changes } = publication;
  return pageLayout(request, {
    title: `${year}年第 ${number} 次发布`,
    year,
    current: `/${year}/publications`,
    trail: [{ title: '发布', address: `/${year}/publications` }],
    done: request.query.done === undefined ? undefined : '已正式发布，并已记入台账。',
    content: html`${statusSection(publication)}
${issuedSection(request, publication, state)}
${downloads(kept, publication, state)}
<h2 id="figures">数字</h2>
${totalsTable(publication, number)}
${tableGrids(publication.tables, publication.totals, { year, publication: number })}
<h2>变动</h2>
${changes.since === null ? html`<p>首次发布，没有可比的上一次发布。</p>` : sinceChanges(publication)}
${textsSection(publication)}
<h2 id="open-matters">发布时的待处理事项</h2>
${openSection(publication)}
${admissionsSection(publication)}
<h2>文件</h2>
${filesSection(kept, event)}
<h2>发布信息</h2>
<details><summary>时间、发布人、内容摘要、所用的指标目录</summary>${factsSection(request, { publication, event })}</details>
<h2>台账位置</h2>
<details><summary>发布时各条台账链的长度和最后一条的哈希</summary><p>此后台账只能增加，不能改动这以前的内容。</p>
${chainsTable(publication)}</details>`,
  });
}

/** As many changes stand open; more are folded. */
const fewChanges = 12;

function sinceChanges(later: Summary): Html {
  const { since, figures, texts, adoptions } = later.changes;
  const table = changesTable(`与第 ${since} 次发布相比的变动`, figures, later);
  return html`${figures.length > fewChanges ? html`<details><summary>与第 ${since} 次发布相比，有 ${figures.length} 项指标变动</summary>${table}</details>` : table}
${textChangesTable(texts, later)}
${adoptions.length === 0 ? '' : adoptionChanges('其间采用过的指标目录', adoptions, later)}`;
}

/** Whether the legal office issued it (正式) or it is a copy that was kept (存档), and the way to issue it. */
function issuedSection(
  { identity }: RequestContext,
  { year, number, utcOffset }: Summary,
  state: YearState,
): Html {
  const issued = state.issued.get(number);
  if (issued !== undefined) {
    return html`<p class="notice good"><strong>${issueWords.issued}</strong>：${issued.by}于 ${localTime(issued.at, utcOffset)} 正式发布。说明：<span class="typed">${issued.reason}</span></p>`;
  }
  const may = actsForOffice(identity) && problemWithIssuing(state, number) === undefined;
  return html`<p class="notice"><strong>${issueWords.archived}</strong>：没有正式发布，部门改动其中的数字不用说明理由。${may ? html` <a class="button" href="${issueAddress(year, number)}">正式发布…</a>` : ''}</p>`;
}

function statusSection({ status, totals, notice }: Summary): Html {
  const provisional = totals.filter((total) => total.status === 'provisional').length;
  const text =
    status === 'final' ? '应报的报表都已计入。' : `${totals.length} 项指标中 ${provisional} 项还不是最终数。`;
  return html`<p class="notice ${status === 'final' ? 'good' : 'warn'}">${statusBadge(status)} ${text}</p>
${notice === '' ? '' : html`<p class="notice">${notice}</p>`}`;
}

function factsSection(
  { services }: RequestContext,
  { publication, event: { chain, sequence, hash, by } }: Pick<Shown, 'publication' | 'event'>,
): Html {
  const { publishedAt, utcOffset, digest, catalogue, software } = publication;
  const facts: [string, Html | string][] = [
    ['发布时间', `${localTime(publishedAt, utcOffset)}（UTC${utcOffset}）`],
    ['发布人', by],
    ['内容摘要', html`<span class="key">${digest}</span>`],
    ['指标目录', html`<span class="key">${catalogue}</span>`],
    ['所比的上年数', comparedWithInWords(publication, services)],
    ['软件', software],
    ['台账', html`<span class="key">${chain}#${sequence} ${hash}</span>`],
  ];
  return html`<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

/** Beside what of last year figures were looked at, linked where that is shown here. */
function comparedWithInWords(
  { comparedWith: cited, utcOffset, year }: Summary,
  { catalogues }: RequestContext['services'],
): Html | string {
  if (cited === null) return '上年没有发布，也没有录入基数，没有比较';
  const title = sourceInWords(cited, utcOffset);
  const address =
    cited.kind === 'baseline'
      ? baselineAddress({ year, hash: cited.digest })
      : catalogues.last.has(cited.year)
        ? publicationAddress(cited.year, cited.number)
        : undefined;
  const name = address === undefined ? title : html`<a href="${address}">${title}</a>`;
  return html`${name}，内容摘要 <span class="key">${cited.digest}</span>`;
}

function chainsTable({ chains }: Summary): Html {
  return scrollingTable('发布时的台账位置', {
    head: html`<tr><th scope="col">台账链</th><th scope="col" class="number">条数</th><th scope="col">最后一条的哈希</th></tr>`,
    rows: chains.map(
      ({ chain, length, hash }) =>
        html`<tr><th scope="row" class="short">${chain}</th><td class="number">${length}</td><td><span class="key">${hash}</span></td></tr>`,
    ),
  });
}

/** The files of a publication as its manifest lists them, with the manifest itself. */
function filesSection(
  kept: KeptManifest | undefined,
  { happening: { year, number } }: EventOf<'published'>,
): Html {
  if (kept === undefined) {
    return html`<p class="notice warn">文件清单还没有写完，或者读不出来：再发布一次会补全；仍然这样的，请到<a href="/${year}/verification">台账核验</a>查看。</p>`;
  }
  const itself = { name: manifestName, bytes: kept.size, sha256: kept.sha256 };
  const listed = [...kept.manifest.files, itself].toSorted(
    (a, b) => Number(isForPeople(b)) - Number(isForPeople(a)),
  );
  return html`${
    kept.asRecorded
      ? html`<p>文件清单与台账中记下的一致。</p>`
      : html`<p class="notice bad">文件清单与台账中记下的不一致，可能被改动，请到<a href="/${year}/verification">台账核验</a>查看。</p>`
  }
<details><summary>全部 ${listed.length} 个文件，包括供程序读取的，及其指纹</summary>${scrollingTable(
    '发布的文件',
    {
      head: html`<tr><th scope="col">文件</th><th scope="col">用途</th><th scope="col" class="number">字节</th><th scope="col">SHA-256</th></tr>`,
      rows: listed.map(
        ({ name, bytes, sha256 }) =>
          html`<tr><th scope="row" class="short"><a href="${publicationAddress(year, number)}/files/${name}">${name}</a></th><td>${purposeOf(name)}</td><td class="number">${bytes}</td><td><span class="key">${sha256}</span></td></tr>`,
      ),
    },
  )}</details>`;
}

/** A file of a publication: only what its manifest names, and the manifest itself. */
export const publicationFileRoute = htmlRoute(
  {
    path: '/:year/publications/:number/files/:name',
    access: readers,
    params: { ...publicationParams, name: z.string().max(100) },
  },
  async (request) => {
    const { year, number, name } = request.params;
    const { state } = await request.readYear(year);
    const kept = await readKeptManifest(eventOf(state, number), request.services.documents);
    const names = [manifestName, ...(kept?.manifest.files.map((file) => file.name) ?? [])];
    if (kept === undefined || !names.includes(name))
      throw new PortalError('not-found', '这次发布没有这个文件。');
    return sendDocument(request, {
      key: publicationKey({ year, number }, name),
      version: null,
      fileName: savedAs({ number, name }, state),
      type: mediaTypeOf(name),
    });
  },
);
