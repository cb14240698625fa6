import { html } from 'hono/html';
import { localTime, periodInWords } from '../../../shared/core/period.ts';
import type { Publication, ReturnStanding } from '../../../shared/core/publication.ts';
import { standingWords } from '../../../shared/core/terms.ts';
import { type Names, namesOf } from '../../../shared/workbook/summary/names.ts';
import type { Comparison } from '../../publish/compare-publications.ts';
import { returnAddress } from '../pages/return-links.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';

/** Returns that stand elsewhere than before: come, corrected, admitted. */
export function returnChanges(
  caption: string,
  returns: Comparison['returns'],
  publication: Publication,
): Html {
  if (returns.length === 0) return html`<p>月报的报送情况没有变动。</p>`;
  const names = namesOf(publication);
  const { utcOffset } = publication;
  return scrollingTable(caption, {
    head: html`<tr><th scope="col">月报</th><th scope="col">原来</th><th scope="col">现在</th></tr>`,
    rows: returns.map(
      ({ before, after, ...one }) =>
        html`<tr><th scope="row"><a href="${returnAddress(one)}">${names.department(one.department)}${periodInWords(one.period)}</a></th>
<td class="wordy">${standingText(before, utcOffset)}</td><td class="wordy">${standingText(after, utcOffset)}</td></tr>`,
    ),
  });
}

function standingText(row: ReturnStanding | null, utcOffset: string): Html {
  if (row === null) return html`不需报送`;
  const { standing, late, revision, revisions, uploader, uploadedAt } = row;
  const word = standingWords[standing === 'counting' && late ? 'late' : standing];
  const which = revision === null ? '' : `，修订 ${revision}`;
  const more = revisions > (revision ?? 0) ? `，共收到 ${revisions} 次修订` : '';
  const came = uploadedAt === null ? '' : `（${uploader ?? ''} ${localTime(uploadedAt, utcOffset)} 上传）`;
  return html`${word}${which}${came}${more}`;
}

const turnWords: Record<Comparison['warnings'][number]['turn'], string> = {
  appeared: '新出现',
  gone: '已消除',
  acknowledged: '已确认',
  reopened: '重新待处理',
};

/** Warnings that came, went, or were settled. */
export function warningChanges(
  caption: string,
  warnings: Comparison['warnings'],
  publication: Publication,
): Html {
  if (warnings.length === 0) return html`<p>需要核对的数字没有变动。</p>`;
  const names = namesOf(publication);
  return scrollingTable(caption, {
    head: html`<tr><th scope="col">变动</th><th scope="col">月报</th><th scope="col">说明</th></tr>`,
    rows: warnings.map(
      (one) => html`<tr><td class="short">${turnWords[one.turn]}</td>${warningCells(one, names)}</tr>`,
    ),
  });
}

function warningCells({ warning }: Comparison['warnings'][number], names: Names): Html {
  const { finding, acknowledged, department, period } = warning;
  const indicator = finding.indicator === undefined ? '' : `“${names.indicator(finding.indicator)}”`;
  return html`<th scope="row"><a href="${returnAddress(warning)}">${names.department(department)}${periodInWords(period)}${indicator}</a></th>
<td class="wordy">${finding.message}${acknowledged === null ? '' : html`<br>${acknowledged.by} 确认，理由：<span class="typed">${acknowledged.reason}</span>`}</td>`;
}
