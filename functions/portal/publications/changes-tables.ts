import { html } from 'hono/html';
import { localTime, periodInWords, periodInYear } from '../../../shared/core/catalogue/period.ts';
import type { Comparison } from '../../../shared/core/publication/comparison.ts';
import { type Names, namesOf } from '../../../shared/core/publication/names.ts';
import type { Change, ReturnStanding, Summary } from '../../../shared/core/publication/publication.ts';
import { answerWords, revisionInWords, sourceInWords, standingInWords } from '../../../shared/core/words.ts';
import { catalogueAddress, returnAddress, uploadAddress, warnedAddress } from '../pages/addresses.ts';
import { conversionLines, figureText, statusBadge } from '../pages/figure-text.ts';
import { scrollingTable } from '../pages/table.ts';
import type { Html } from '../reply.ts';

interface Words {
  names: Names;
  utcOffset: string;
}

/** Figures before and after, each in its unit then, with the returns that made the difference. */
export function changesTable(caption: string, figures: readonly Change[], later: Summary): Html {
  if (figures.length === 0) return html`<p>年度数没有变动。</p>`;
  const words = { names: namesOf(later), utcOffset: later.utcOffset };
  return scrollingTable(caption, {
    head: html`<tr><th scope="col">指标</th><th scope="col" class="number">原来</th><th scope="col" class="number">现在</th><th scope="col">变动的报表</th></tr>`,
    rows: figures.map((change) => changeRow(change, { year: later.year, words })),
  });
}

function changeRow(
  { indicator, before, after, because }: Change,
  { year, words }: { year: number; words: Words },
): Html {
  const { names } = words;
  return html`<tr><th scope="row" class="wordy"><a href="/${year}/figures/${indicator}">${names.indicator(indicator)}</a></th>
<td class="number">${sideText(before, after)}</td>
<td class="number"><strong>${sideText(after, before)}</strong></td>
<td class="wordy">${because.length === 0 ? '没有，只是状态不同' : html`<ul class="plain">${because.map((cause) => causeItem(cause, words))}</ul>`}</td></tr>`;
}

/** A figure; with its status only if that is not what it was. */
function sideText(figure: Change['before'], other: Change['before']): Html {
  if (figure === null) return html`没有这项指标`;
  const badge = figure.status === other?.status ? '' : html`<br>${statusBadge(figure.status)}`;
  return html`${figureText(figure.value, figure.unit)}${badge}`;
}

function causeItem(cause: Change['because'][number], { names, utcOffset }: Words): Html {
  const { department, period, before, after, upload, uploader, uploadedAt, reason } = cause;
  const address = upload === null ? returnAddress(cause) : uploadAddress({ department, period }, upload);
  const by =
    uploader === null || uploadedAt === null ? '' : `，${uploader} ${localTime(uploadedAt, utcOffset)} 上传`;
  return html`<li><a href="${address}">${names.department(department)}${periodInYear(period)}</a>：${reportedText(before)} → ${reportedText(after)}${by}${reason === '' ? '' : html`，理由：<span class="typed">${reason}</span>`}</li>`;
}

/** What a return says, in the unit in which it says it. */
function reportedText(figure: Change['because'][number]['before']): Html {
  if (figure === null) return html`未计入`;
  return html`${figureText(figure.value, figure.unit)}（${revisionInWords(figure.revision)}）`;
}

/** The catalogues that were adopted between two publications: by whom, when and why, and how units were converted. */
export function adoptionChanges(
  caption: string,
  adoptions: Comparison['adoptions'],
  publication: Summary,
): Html {
  if (adoptions.length === 0) return html`<p>没有采用过新的指标目录。</p>`;
  const { year, utcOffset } = publication;
  const names = namesOf(publication);
  return scrollingTable(caption, {
    head: html`<tr><th scope="col">采用时间</th><th scope="col">采用人</th><th scope="col">原因</th><th scope="col">单位换算</th><th scope="col">目录</th></tr>`,
    rows: adoptions.map(
      ({ catalogue: hash, at, by, reason, conversions }) =>
        html`<tr><th scope="row" class="short">${localTime(at, utcOffset)}</th><td class="typed">${by}</td><td class="wordy typed">${reason}</td>
<td class="wordy">${conversionLines(conversions, names.indicator)}</td><td class="key short"><a href="${catalogueAddress({ year, hash })}">${hash.slice(0, 12)}</a></td></tr>`,
    ),
  });
}

/** Returns that stand elsewhere than before: come, corrected, admitted. */
export function returnChanges(caption: string, returns: Comparison['returns'], publication: Summary): Html {
  if (returns.length === 0) return html`<p>报表的报送情况没有变动。</p>`;
  const names = namesOf(publication);
  const { utcOffset } = publication;
  return scrollingTable(caption, {
    head: html`<tr><th scope="col">报表</th><th scope="col">原来</th><th scope="col">现在</th></tr>`,
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
  const word = standingInWords(standing === 'counting' && late ? 'late' : standing);
  const which = revision === null ? '' : `，${revisionInWords(revision)}`;
  const more = revisions > (revision ?? 0) ? `，共收到 ${revisions} 版` : '';
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
  publication: Summary,
): Html {
  if (warnings.length === 0) return html`<p>需要核对的数字没有变动。</p>`;
  const names = namesOf(publication);
  return scrollingTable(caption, {
    head: html`<tr><th scope="col">变动</th><th scope="col">报表</th><th scope="col">说明</th></tr>`,
    rows: warnings.map(
      (one) => html`<tr><td class="short">${turnWords[one.turn]}</td>${warningCells(one, names)}</tr>`,
    ),
  });
}

function warningCells({ warning }: Comparison['warnings'][number], names: Names): Html {
  const { finding, acknowledged, department, period } = warning;
  const indicator = finding.indicator === undefined ? '' : `“${names.indicator(finding.indicator)}”`;
  return html`<th scope="row"><a href="${warnedAddress(warning)}">${names.department(department)}${periodInWords(period)}${indicator}</a></th>
<td class="wordy">${finding.message}${acknowledged === null ? '' : html`<br>${acknowledged.by}${answerWords[acknowledged.as]}：<span class="typed">${acknowledged.reason}</span>`}</td>`;
}

/** Which other figures of last year stand beside this year's than before; nothing where they are the same. */
export function basisChange({ comparedWith }: Comparison, utcOffset: string): Html {
  if (comparedWith === null) return html``;
  const said = (citation: NonNullable<Comparison['comparedWith']>['before']) =>
    citation === null ? '没有发布' : sourceInWords(citation, utcOffset);
  return html`<p>所比的上年数有变动：由${said(comparedWith.before)}改为${said(comparedWith.after)}。</p>`;
}
