import { html } from 'hono/html';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { awaitsScanWord, standings } from '../../../shared/core/words.ts';
import type { Standing, StandingKind } from '../../../shared/core/year/standing.ts';
import type { Html } from '../reply.ts';

/** What a return's standing is called in full: `已报（迟报），2 处请核对`. */
export function standingWords(standing: Standing): string {
  const { kind, late, openWarnings, openQuestions, heldRevisions, lastRefused, awaitsScan } = standing;
  const more = [
    ...(openWarnings > 0 ? [`${openWarnings} 处请核对`] : []),
    ...(kind === 'counting' && openQuestions > 0 ? ['正在核实'] : []),
    ...(kind === 'counting' && heldRevisions > 0 ? ['有暂存的版本'] : []),
    ...(kind === 'counting' && lastRefused ? ['最近一次上传被退回'] : []),
    ...(awaitsScan ? [awaitsScanWord] : []),
  ];
  const word = `${standings[kind].word}${kind === 'counting' && late ? `（${standings.late.word}）` : ''}`;
  return [word, ...more].join('，');
}

/** What a standing looks like, as a class of the stylesheet. */
export function standingLook({
  kind,
  openWarnings,
  openQuestions,
}: Standing): StandingKind | 'counting-with-warnings' {
  return kind === 'counting' && openWarnings + openQuestions > 0 ? 'counting-with-warnings' : kind;
}

/** The mark of a standing, which tells it from every other without its colour. */
function markOf({ kind, late, openWarnings, openQuestions }: Standing): string {
  if (kind !== 'counting') return standings[kind].mark;
  const word =
    openWarnings + openQuestions > 0 ? (late ? 'late-to-check' : 'to-check') : late ? 'late' : kind;
  return standings[word].mark;
}

/** A standing as a coloured mark with its words. */
export function standingMark(standing: Standing): Html {
  return html`<span class="standing ${standingLook(standing)}"><span aria-hidden="true">${markOf(standing)}</span> ${standingWords(standing)}</span>`;
}

/** A standing in little room, for matrices: the mark, with its words for those who cannot see it or point at it. */
export function standingSign(standing: Standing): Html {
  return html`<span class="standing sign ${standingLook(standing)}" title="${standingWords(standing)}"><span aria-hidden="true">${markOf(standing)}${standing.awaitsScan ? html`<sub>章</sub>` : ''}</span><span class="unseen">${standingWords(standing)}</span></span>`;
}

const legend = {
  counting: 'counting',
  'to-check': 'counting-with-warnings',
  late: 'counting',
  'late-to-check': 'counting-with-warnings',
  held: 'held',
  'sent-back': 'sent-back',
  declined: 'declined',
  refused: 'refused',
  overdue: 'overdue',
  due: 'due',
  'not-due': 'not-due',
} as const;

/** What the marks mean. */
export function standingLegend({ signing }: Pick<Catalogue, 'signing'>): Html {
  return html`<ul class="legend">${Object.entries(legend).map(([each, look]) => {
    const { mark, word, meaning } = standings[each as keyof typeof legend];
    return html`<li><span class="standing sign ${look}" aria-hidden="true">${mark}</span> ${word}：${meaning}</li>`;
  })}${signing.scan ? html`<li><sub>章</sub> ${awaitsScanWord}：已计入汇总，还没有上传签字盖章的扫描件</li>` : ''}</ul>`;
}
