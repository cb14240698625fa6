import { html } from 'hono/html';
import { localTime } from '../../../shared/core/period.ts';
import type { Publication } from '../../../shared/core/publication.ts';
import { comparePublications, isSame } from '../../publish/compare-publications.ts';
import { composeNow } from '../../publish/compose-now.ts';
import { readPublication } from '../../publish/kept-publication.ts';
import type { LedgerYear } from '../../year/read-year.ts';
import { actsForOffice } from '../access/readers.ts';
import { statusBadge } from '../pages/figure-text.ts';
import type { Html } from '../reply.ts';
import type { Visit } from '../route.ts';
import { changesTable } from './changes-table.ts';
import { returnChanges, warningChanges } from './other-changes.ts';

/** What would be new if the year were published now, with the button for those who may. */
export async function pendingPart(visit: Visit, year: LedgerYear): Promise<Html> {
  const { now, services } = visit;
  const newest = year.state.publications.at(-1)?.happening;
  const previous = newest === undefined ? undefined : await readPublication(services.documents, newest);
  const next = composeNow(year, { at: now, previous });
  const time = localTime(now, year.catalogue.utcOffset);
  if (newest?.digest === next.digest) {
    return html`<p class="notice" id="pending">截至 ${time}，台账与第 ${newest.number} 次发布一致，现在发布不会产生新的一次。</p>`;
  }
  return html`<section class="card" id="pending"><h2>现在发布会有什么变化</h2>
<p>截至 ${time} 的台账：${statusBadge(next.status)} ${nextInWords(next)}</p>
${newest === undefined ? html`<p>还没有发布过，发布后可在这里比较各次的变动。</p>` : previous === undefined ? html`<p class="notice bad">第 ${newest.number} 次发布的文件缺失或被改动，无法比较；请先到<a href="/${year.catalogue.year}/verification">台账核验</a>查看。</p>` : pendingChanges(previous, next, year)}
${actsForOffice(visit.identity) ? publishForm(visit, next) : ''}
</section>`;
}

function nextInWords({ totals, warnings, held }: Publication): string {
  const provisional = totals.filter(({ status }) => status === 'provisional').length;
  const open = warnings.filter(({ acknowledged }) => acknowledged === null).length;
  const parts = [
    `${totals.length} 项指标`,
    ...(provisional === 0 ? [] : [`${provisional} 项暂定`]),
    ...(open === 0 ? [] : [`${open} 处请核对的数字还没有确认`]),
    ...(held.length === 0 ? [] : [`${held.length} 份月报暂存`]),
  ];
  return `${parts.join('，')}。`;
}

function pendingChanges(previous: Publication, next: Publication, { state }: LedgerYear): Html {
  const comparison = comparePublications(previous, next, state);
  if (isSame(comparison)) {
    return html`<p>年度数和月报都没有变动，只是来源或指标目录有改动。</p>`;
  }
  const { figures, returns, warnings } = comparison;
  return html`<p>与第 ${previous.number} 次发布相比，${figures.length} 项指标、${returns.length} 份月报、${warnings.length} 处请核对的数字有变动。</p>
<details><summary>查看变动</summary>
${changesTable('将变动的年度数', figures, next)}
${returnChanges('将变动的月报', returns, next)}
${warningChanges('将变动的核对事项', warnings, next)}
</details>`;
}

function publishForm({ formToken }: Visit, { year, number }: Publication): Html {
  return html`<form method="post" action="/${year}/publications">
<input type="hidden" name="_form" value="${formToken}">
<button type="submit">现在发布</button>
</form>
<p class="hint">这将是第 ${number} 次发布。发布后的文件不再改动；以后有更正，再发布一次，并说明变动和理由。</p>`;
}
