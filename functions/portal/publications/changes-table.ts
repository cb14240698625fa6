import { html } from 'hono/html';
import { localTime, monthOf } from '../../../shared/core/period.ts';
import type { Change, Publication } from '../../../shared/core/publication.ts';
import { type Names, namesOf } from '../../../shared/workbook/summary/names.ts';
import { figureText, statusBadge } from '../pages/figure-text.ts';
import { returnAddress, uploadAddress } from '../pages/return-links.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';

interface Words {
  names: Names;
  utcOffset: string;
}

/** Figures before and after, each with the returns that made the difference. */
export function changesTable(caption: string, figures: readonly Change[], publication: Publication): Html {
  if (figures.length === 0) return html`<p>年度数没有变动。</p>`;
  const words = { names: namesOf(publication), utcOffset: publication.utcOffset };
  return scrollingTable(caption, {
    head: html`<tr><th scope="col">指标</th><th scope="col" class="number">原来</th><th scope="col" class="number">现在</th><th scope="col">变动的月报</th></tr>`,
    rows: figures.map((change) => changeRow(change, { year: publication.year, words })),
  });
}

function changeRow(
  { indicator, before, after, because }: Change,
  { year, words }: { year: number; words: Words },
): Html {
  const { names } = words;
  const { unit = '', kind } = names.total(indicator) ?? {};
  // The parts of a ratio have units of their own, which are not the ratio's.
  const reported = kind === 'ratio' ? '' : unit;
  return html`<tr><th scope="row" class="wordy"><a href="/${year}/figures/${indicator}">${names.indicator(indicator)}</a></th>
<td class="number">${sideText(before, { unit, other: after })}</td>
<td class="number"><strong>${sideText(after, { unit, other: before })}</strong></td>
<td class="wordy">${because.length === 0 ? '没有，只是状态不同' : html`<ul class="plain">${because.map((cause) => causeItem(cause, { unit: reported, words }))}</ul>`}</td></tr>`;
}

/** A figure; with its status only if that is not what it was. */
function sideText(
  figure: Change['before'],
  { unit, other }: { unit: string; other: Change['before'] },
): Html {
  if (figure === null) return html`没有这项指标`;
  const badge = figure.status === other?.status ? '' : html`<br>${statusBadge(figure.status)}`;
  return html`${figureText(figure.value, unit)}${badge}`;
}

function causeItem(
  cause: Change['because'][number],
  { unit, words: { names, utcOffset } }: { unit: string; words: Words },
): Html {
  const { department, period, before, after, upload, uploader, uploadedAt, reason } = cause;
  const address = upload === null ? returnAddress(cause) : uploadAddress({ department, period, upload });
  const by =
    uploader === null || uploadedAt === null ? '' : `，${uploader} ${localTime(uploadedAt, utcOffset)} 上传`;
  return html`<li><a href="${address}">${names.department(department)}${monthOf(period)}月</a>：${reportedText(before, unit)} → ${reportedText(after, unit)}${by}${reason === '' ? '' : html`，理由：<span class="typed">${reason}</span>`}</li>`;
}

function reportedText(figure: { value: string | null; revision: number } | null, unit: string): Html {
  if (figure === null) return html`未计入`;
  return html`${figureText(figure.value, unit)}（修订 ${figure.revision}）`;
}
