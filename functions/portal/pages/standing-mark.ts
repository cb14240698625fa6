import { html } from 'hono/html';
import { standings } from '../../../shared/core/words.ts';
import type { Standing, StandingKind } from '../../../shared/core/year/standing.ts';
import type { Html } from '../reply.ts';

/** What a return's standing is called in full: `已报（迟报），2 处请核对`. */
export function standingWords(standing: Standing): string {
  const { kind, late, openWarnings, openQuestions, heldRevisions, lastRefused } = standing;
  const more = [
    ...(openWarnings > 0 ? [`${openWarnings} 处请核对`] : []),
    ...(kind === 'counting' && openQuestions > 0 ? ['正在核实'] : []),
    ...(kind === 'counting' && heldRevisions > 0 ? ['有暂存的修订'] : []),
    ...(kind === 'counting' && lastRefused ? ['最近一次上传被退回'] : []),
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

/** A standing as a coloured mark with its words. */
export function standingMark(standing: Standing): Html {
  const { kind } = standing;
  return html`<span class="standing ${standingLook(standing)}"><span aria-hidden="true">${standings[kind].mark}</span> ${standingWords(standing)}</span>`;
}

/** A standing in little room, for matrices: the mark, with its words for those who cannot see it or point at it. */
export function standingSign(standing: Standing): Html {
  const { kind, late } = standing;
  const mark = kind === 'counting' && late ? standings.late.mark : standings[kind].mark;
  return html`<span class="standing sign ${standingLook(standing)}" title="${standingWords(standing)}"><span aria-hidden="true">${mark}</span><span class="unseen">${standingWords(standing)}</span></span>`;
}

const legend = [
  'counting',
  'held',
  'sent-back',
  'declined',
  'refused',
  'overdue',
  'due',
  'not-due',
  'late',
] as const;

/** What the marks mean. */
export function standingLegend(): Html {
  return html`<ul class="legend">${legend.map((each) => {
    const { mark, word, meaning } = standings[each];
    const look = each === 'late' ? 'counting' : each;
    return html`<li><span class="standing sign ${look}" aria-hidden="true">${mark}</span> ${word}：${meaning}</li>`;
  })}
<li><span class="standing sign counting-with-warnings" aria-hidden="true">${standings.counting.mark}</span> ${standings.counting.word}，有数字请核对或正在核实</li></ul>`;
}
