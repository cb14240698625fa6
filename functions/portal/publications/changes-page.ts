import { html } from 'hono/html';
import { localDay, localTime } from '../../../shared/core/catalogue/period.ts';
import { type Comparison, comparePublications } from '../../../shared/core/publication/comparison.ts';
import type { Publication } from '../../../shared/core/publication/publication.ts';
import type { YearState } from '../../../shared/core/year/year-state.ts';
import { readers } from '../access/identity.ts';
import { publicationOf } from '../found-publication.ts';
import { pageLayout } from '../pages/layout.ts';
import { publicationAddress } from '../pages/publication-addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, publicationNumber, type RequestContext, yearParam } from '../route.ts';
import {
  adoptionChanges,
  basisChange,
  changesTable,
  returnChanges,
  warningChanges,
} from './changes-tables.ts';
import { textChangesTable } from './text-changes.ts';

/** What changed between any two publications, the earlier first whichever was named first. */
export const changesRoute = htmlRoute(
  {
    path: '/:year/publications/changes',
    access: readers,
    params: yearParam,
    query: { from: publicationNumber, to: publicationNumber },
  },
  async (request) => {
    const { state } = await request.readYear(request.params.year);
    const { from, to } = request.query;
    if (from === to) throw new PortalError('malformed', '请选择两次不同的发布。');
    const [earlier, later] = await Promise.all([
      publicationOf(request, state, Math.min(from, to)),
      publicationOf(request, state, Math.max(from, to)),
    ]);
    const comparison = comparePublications(earlier, later, state);
    return { kind: 'page', body: changesPage(request, { state, comparison, later }) };
  },
);

interface Changes {
  state: YearState;
  comparison: Comparison;
  later: Publication;
}

function changesPage(request: RequestContext, { state, comparison, later }: Changes): Html {
  const { year, utcOffset } = state.catalogue;
  const { from, to, figures, texts, returns, warnings, adoptions } = comparison;
  const side = ({ number, publishedAt }: Comparison['from']) =>
    html`<a href="${publicationAddress(year, number)}">第 ${number} 次发布</a>（${localTime(publishedAt, utcOffset)}）`;
  return pageLayout(request, {
    title: `第 ${from.number} 次到第 ${to.number} 次发布的变动`,
    year,
    current: `/${year}/publications`,
    trail: [{ title: '发布', address: `/${year}/publications` }],
    content: html`<p>从${side(from)}到${side(to)}，${figures.length} 项指标、${texts.length === 0 ? '' : `${texts.length} 处文字、`}${returns.length} 份报表、${warnings.length} 处请核对的数字有变动${adoptions.length === 0 ? '' : `，采用过 ${adoptions.length} 次新的指标目录`}。</p>
${comparisonForm(state, { from: from.number, to: to.number })}
<h2>年度数</h2>
${changesTable('变动的年度数', figures, later)}
${textChangesTable(texts, later)}
<h2>报表</h2>
${returnChanges('变动的报表', returns, later)}
<h2>请核对的数字</h2>
${warningChanges('变动的核对事项', warnings, later)}
<h2>指标目录</h2>
${adoptionChanges('采用过的指标目录', adoptions, later)}
${basisChange(comparison, later.utcOffset)}`,
  });
}

/** The choice of two publications; nothing while there are fewer. */
export function comparisonForm(
  { publications, catalogue: { year, utcOffset } }: YearState,
  { from, to }: { from: number | undefined; to: number | undefined },
): Html {
  if (publications.length < 2) return html`<p>有两次发布以后，可以在这里比较任意两次。</p>`;
  const options = (chosen: number | undefined) =>
    publications
      .toReversed()
      .map(
        ({ happening: { number }, at }) =>
          html`<option value="${number}"${number === chosen ? html` selected` : ''}>第 ${number} 次（${localDay(at, utcOffset)}）</option>`,
      );
  const last = publications.at(-1)?.happening.number;
  const before = publications.at(-2)?.happening.number;
  return html`<form class="filter" method="get" action="/${year}/publications/changes">
<div><label for="from">从</label><select id="from" name="from">${options(from ?? before)}</select></div>
<div><label for="to">到</label><select id="to" name="to">${options(to ?? last)}</select></div>
<div class="actions"><button type="submit">比较两次发布</button></div>
</form>`;
}
