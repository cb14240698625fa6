import { html } from 'hono/html';
import { localTime } from '../../../shared/core/period.ts';
import type { Publication } from '../../../shared/core/publication.ts';
import type { YearState } from '../../../shared/core/year-state.ts';
import { type Comparison, comparePublications } from '../../publish/compare-publications.ts';
import { readers } from '../access/readers.ts';
import { Failure } from '../failure.ts';
import { frame } from '../pages/frame.ts';
import type { Html } from '../reply.ts';
import { page, type Visit, yearParam } from '../route.ts';
import { changesTable } from './changes-table.ts';
import { comparisonForm } from './comparison-form.ts';
import { returnChanges, warningChanges } from './other-changes.ts';
import { publicationAddress, publicationNumber, publicationOf } from './publication-params.ts';

/** What changed between any two publications, the earlier first whichever was named first. */
export const changesRoute = page(
  {
    path: '/:year/publications/changes',
    access: readers,
    params: yearParam,
    query: { from: publicationNumber, to: publicationNumber },
  },
  async (visit) => {
    const { state } = await visit.readYear(visit.params.year);
    const { from, to } = visit.query;
    if (from === to) throw new Failure('malformed', '请选择两次不同的发布。');
    const [earlier, later] = await Promise.all([
      publicationOf(visit, state, Math.min(from, to)),
      publicationOf(visit, state, Math.max(from, to)),
    ]);
    const comparison = comparePublications(earlier, later, state);
    return { kind: 'page', body: changesPage(visit, { state, comparison, later }) };
  },
);

interface Changes {
  state: YearState;
  comparison: Comparison;
  later: Publication;
}

function changesPage(visit: Visit, { state, comparison, later }: Changes): Html {
  const { year, utcOffset } = state.catalogue;
  const { from, to, figures, returns, warnings } = comparison;
  const side = ({ number, publishedAt }: Comparison['from']) =>
    html`<a href="${publicationAddress(year, number)}">第 ${number} 次发布</a>（${localTime(publishedAt, utcOffset)}）`;
  return frame(visit, {
    title: `第 ${from.number} 次到第 ${to.number} 次发布的变动`,
    year,
    current: `/${year}/publications`,
    trail: [{ title: '发布', address: `/${year}/publications` }],
    content: html`<p>从${side(from)}到${side(to)}，${figures.length} 项指标、${returns.length} 份月报、${warnings.length} 处请核对的数字有变动。</p>
${comparisonForm(state, { from: from.number, to: to.number })}
<h2>年度数</h2>
${changesTable('变动的年度数', figures, later)}
<h2>月报</h2>
${returnChanges('变动的月报', returns, later)}
<h2>请核对的数字</h2>
${warningChanges('变动的核对事项', warnings, later)}`,
  });
}
