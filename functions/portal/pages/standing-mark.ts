import { html } from 'hono/html';
import type { Standing, StandingKind } from '../../../shared/core/year/standing.ts';
import type { Html } from '../reply.ts';

/** A mark and a word for each standing, so that it can be told without colours. */
const marks: Record<StandingKind, { mark: string; word: string; meaning: string }> = {
  accepted: { mark: '●', word: '已接收', meaning: '已接收并计入汇总' },
  held: { mark: '△', word: '暂存', meaning: '已收到，暂不计入汇总' },
  refused: { mark: '×', word: '退回', meaning: '有错误，退回后还没有重报' },
  overdue: { mark: '！', word: '逾期', meaning: '过了报送时限，没有收到' },
  due: { mark: '○', word: '待报', meaning: '本月已结束，尚未到报送时限' },
  'not-due': { mark: '·', word: '未到期', meaning: '还没有到报送的时候' },
};

/** What a return's standing is called in full: `已接收（迟报），2 处请核对`. */
export function standingWords({ kind, late, openWarnings, heldRevisions, lastRefused }: Standing): string {
  const more = [
    ...(openWarnings > 0 ? [`${openWarnings} 处请核对`] : []),
    ...(kind === 'accepted' && heldRevisions > 0 ? ['有暂存的修订'] : []),
    ...(kind === 'accepted' && lastRefused ? ['最近一次上传被退回'] : []),
  ];
  const word = `${marks[kind].word}${kind === 'accepted' && late ? '（迟报）' : ''}`;
  return [word, ...more].join('，');
}

/** What a standing looks like, as a class of the stylesheet. */
export function standingLook({ kind, openWarnings }: Standing): StandingKind | 'accepted-with-warnings' {
  return kind === 'accepted' && openWarnings > 0 ? 'accepted-with-warnings' : kind;
}

/** A standing as a coloured mark with its words. */
export function standingMark(standing: Standing): Html {
  const { kind } = standing;
  return html`<span class="standing ${standingLook(standing)}"><span aria-hidden="true">${marks[kind].mark}</span> ${standingWords(standing)}</span>`;
}

/** A standing in little room, for matrices: the mark, with its words for those who cannot see it or point at it. */
export function standingSign(standing: Standing): Html {
  const { kind, late } = standing;
  const mark = kind === 'accepted' && late ? '◎' : marks[kind].mark;
  return html`<span class="standing sign ${standingLook(standing)}" title="${standingWords(standing)}"><span aria-hidden="true">${mark}</span><span class="unseen">${standingWords(standing)}</span></span>`;
}

/** What the marks mean. */
export function standingLegend(): Html {
  return html`<ul class="legend">${Object.entries(marks).map(
    ([kind, { mark, word, meaning }]) =>
      html`<li><span class="standing sign ${kind}" aria-hidden="true">${mark}</span> ${word}：${meaning}</li>`,
  )}<li><span class="standing sign accepted" aria-hidden="true">◎</span> 迟报：过了时限才收到，已计入汇总</li>
<li><span class="standing sign accepted-with-warnings" aria-hidden="true">●</span> 已接收，有数字请核对</li></ul>`;
}
